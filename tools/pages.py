"""The pages that are made, not written: uv run python -m tools.pages brings all of them up to date."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from mastkit.followup.documentation import with_tables
from mastkit.record.sheets.documentation import with_variable_table
from mastkit.rulebooks import follow_up_pages
from tools import needs

ROOT = Path(__file__).parents[1]


def rule_page(name: str) -> Callable[[str], str]:
    """What prints one page of the follow-up rules."""
    return lambda _: follow_up_pages.pages()[name]


def commands(_: str) -> str:
    """Every command of mastkit with its arguments, as typer prints them."""
    typer = (sys.executable, "-m", "typer", "mastkit.cli", "utils", "docs", "--name=mastkit", "--title=Commands")
    environment = os.environ | {"COLUMNS": "116", "NO_COLOR": "1", "TERM": "dumb"}
    printed = subprocess.run(typer, capture_output=True, text=True, check=True, env=environment).stdout
    # The list at the head cuts each sentence short, and completion is not ours to explain.
    without_list = re.sub(r"\*\*Commands\*\*:\n\n(\* .*\n)+\n", "", printed)
    return re.sub(r"\* `--(install|show)-completion`.*\n", "", without_list).rstrip() + "\n"


PAGES: dict[str, Callable[[str], str]] = {
    "docs/commands.md": commands,
    "docs/needs.md": needs.page,
    "docs/case-sheet.md": with_variable_table,
    "docs/follow-up.md": with_tables,
    **{f"docs/rulebooks/{name}.md": rule_page(name) for name in follow_up_pages.pages()},
    "README.md": needs.with_summary,
}
"""Each page with what makes it from its present text (a page made whole looks at none)."""


def main() -> None:
    """Write every page that has changed and say which."""
    for name, make in PAGES.items():
        path = ROOT / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = make(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"{name}: brought up to date")


if __name__ == "__main__":
    main()
