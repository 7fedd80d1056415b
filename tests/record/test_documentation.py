"""What the guide says about the two written forms is true."""

import re
from pathlib import Path

import orjson
import pytest

from mastkit.record.facts import KINDS
from mastkit.record.files import parse_record
from mastkit.record.sheets import read_sheets
from mastkit.record.sheets.documentation import with_variable_table

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_table_of_variables_is_up_to_date() -> None:
    page = (DOCS / "case-sheet.md").read_text(encoding="utf-8")
    assert with_variable_table(page) == page, "run: uv run python -m tools.pages"


@pytest.mark.parametrize(("language", "name"), [("csv", "few.csv"), ("jsonl", "few.jsonl")])
def test_the_examples_of_a_case_sheet_are_sound(tmp_path: Path, language: str, name: str) -> None:
    (example,) = blocks("case-sheet.md", language)
    (tmp_path / name).write_text(example, encoding="utf-8")
    table = read_sheets(tmp_path / name)
    assert table.problems == []
    assert table.ids == ["ada", "ben"]


def test_the_example_of_a_record_file_is_sound() -> None:
    (example,) = blocks("record-file.md", "json")
    read = parse_record(example.encode())
    assert read.problems == ()
    assert len(read.record) == len(orjson.loads(example)["facts"]) == 2


def test_every_kind_of_fact_is_in_the_guide() -> None:
    page = (DOCS / "record-file.md").read_text(encoding="utf-8")
    for model in KINDS:
        assert f"`{model.model_fields['kind'].default}`" in page
