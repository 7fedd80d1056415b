"""Bring the tables in docs/follow-up.md and the pages of its rules up to date.

uv run python tools/follow_up_page.py
"""

from pathlib import Path

from mastkit.followup.documentation import with_tables
from mastkit.rulebooks.follow_up_pages import pages

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "follow-up.md"

if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    for name, page in pages().items():
        (DOCS / "rulebooks" / f"{name}.md").write_text(page, encoding="utf-8")
