"""Bring the table of variables in docs/case-sheet.md up to date: uv run python tools/case_sheet_page.py."""

from pathlib import Path

from mastkit.record.sheets.documentation import with_variable_table

PAGE = Path(__file__).parents[1] / "docs" / "case-sheet.md"

if __name__ == "__main__":
    PAGE.write_text(with_variable_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
