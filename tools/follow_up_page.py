"""Bring the tables in docs/follow-up.md up to date: uv run python tools/follow_up_page.py."""

from pathlib import Path

from mastkit.followup.documentation import with_tables

PAGE = Path(__file__).parents[1] / "docs" / "follow-up.md"

if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
