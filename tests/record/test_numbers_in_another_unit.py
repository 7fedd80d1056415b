"""A number that nobody can have is in another unit: read as it stands it would decide, and wrongly."""

import pytest

from mastkit.assessment import assess_table
from mastkit.record.sheets.readers import parse_sheets
from mastkit.record.sheets.table import SheetTable
from mastkit.vocabulary.variables import impossible_numbers, sheet_variables


@pytest.mark.parametrize(
    ("name", "cell", "may_be"),
    [("hb", "85", "g/L"), ("plt", "80000", "platelets in a microlitre"), ("age", "1965", "a year of birth"),
     ("anc", ">1800", "cells in a microlitre")],
)  # fmt: skip
@pytest.mark.parametrize("written", ["text", "number"])
def test_it_is_unknown_and_named(name: str, cell: str, may_be: str, written: str) -> None:
    if written == "text":
        table = parse_sheets(f"id,{name}\na,{cell}\n".encode(), "x.csv")
    else:
        table = SheetTable.from_sheets([{"id": "a", name: int(cell) if cell.isdigit() else cell}])
    assert table.cell(name, 0) is None
    [problem] = table.problems
    assert problem.kind == "error"
    assert f"this may be {may_be}." in problem.sentence()


def test_an_anaemia_in_another_unit_is_no_healthy_blood() -> None:
    table = parse_sheets(b"id,hb,anc,plt\na,85,2,200\nb,15,2,200\n", "x.csv")
    answers = assess_table(table, missing=False)
    assert [answers.row(i)["who-2022"]["criteria"]["C1"] for i in range(2)] == [None, False]


@pytest.mark.parametrize("name", impossible_numbers())
def test_the_limit_itself_and_a_limit_below_it_are_understood(name: str) -> None:
    most = impossible_numbers()[name].above
    table = SheetTable.from_sheets([{name: most}, {name: f"<{most * 2}"}, {name: f">={most}"}])
    assert [table.cell(name, i) is None for i in range(3)] == [False, False, False]
    assert table.problems == []
    assert sheet_variables()[name].kind == "number"
