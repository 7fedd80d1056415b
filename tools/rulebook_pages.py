"""Print docs/rulebooks from the rules themselves: uv run python tools/rulebook_pages.py."""

from pathlib import Path

from mastkit.rulebooks import RULEBOOKS
from mastkit.rulebooks.pages import page
from mastkit.rulebooks.reaction_pages import pages

FOLDER = Path(__file__).parents[1] / "docs" / "rulebooks"

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in RULEBOOKS.items():
        (FOLDER / f"{name}.md").write_text(page(make), encoding="utf-8")
    for name, text in pages().items():
        (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
