"""A table written and read again is the same table."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mastkit.record.sheets import SheetTable, read_sheets, write_sheets
from mastkit.vocabulary.variables import SheetVariable, impossible_numbers, sheet_variables

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def cell(variable: SheetVariable) -> st.SearchStrategy[Any]:
    match variable.kind:
        case "number" if variable.integer:
            whole = st.integers(0, 10)
            return whole | whole.map(lambda n: f">={n}")
        case "number":
            impossible = impossible_numbers().get(variable.name)
            most = impossible.above if impossible else 1e9
            number = st.floats(variable.low or 0, variable.high or math.nextafter(most, 0))
            return number | st.builds(lambda c, n: f"{c}{n!r}", st.sampled_from([">", ">=", "<=", " <  "]), number)
        case "boolean":
            return st.booleans()
        case "choice":
            return st.sampled_from(variable.values)
        case "text":
            return TEXT


OTHER = TEXT.map(str.strip).filter(lambda t: t and "\0" not in t)
SHEETS = st.lists(
    st.builds(
        lambda sheet, rest: {**rest, **sheet},
        st.fixed_dictionaries(
            {}, optional={"id": TEXT} | {name: cell(variable) for name, variable in sheet_variables().items()}
        ),
        st.fixed_dictionaries({}, optional={"centre": OTHER, "note": OTHER}),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheets=SHEETS)
def test_read_after_write_is_the_same_table(ending: str, sheets: list[dict[str, Any]]) -> None:
    table = SheetTable.from_sheets(sheets)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sheets.{ending}"
        write_sheets(table, path)
        again = read_sheets(path)
    assert again.same_as(table)
    assert [problem for problem in again.problems if problem.kind == "error"] == []


def test_json_lines_keep_what_stands_beside_the_sheet(tmp_path: Path) -> None:
    line = {
        "id": "ada",
        "sheet": {"bst": ">200", "bts": 3},
        "stated": {"subtype": "ISM"},
        "expect": {"a": [1]},
    }
    table = SheetTable.from_sheets([line])
    write_sheets(table, tmp_path / "ada.jsonl")
    again = read_sheets(tmp_path / "ada.jsonl")
    assert again.same_as(table)
    assert again.extra == [{"stated": {"subtype": "ISM"}, "expect": {"a": [1]}, "sheet": {"bts": 3}}]


def test_a_chunk_without_a_column_does_not_shift_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mastkit.record.sheets.readers.CHUNK", 2)
    sheets = [
        {"bst": 1},
        {},
        {},
        {"hb": ">3", "flushing": True},
        {"bst": 5, "cd25": "partial", "ahn_past": "x"},
    ]
    write_sheets(SheetTable.from_sheets(sheets), tmp_path / "few.jsonl")
    table = read_sheets(tmp_path / "few.jsonl")
    assert [table.cell("bst", i) for i in range(5)] == [1, None, None, None, 5]
    assert [table.cell("hb", i) for i in range(5)] == [None, None, None, ">3", None]
    assert [table.cell("cd25", i) for i in range(5)] == [None, None, None, None, "partial"]
    assert [table.cell("ahn_past", i) for i in range(5)] == [None, None, None, None, "x"]
    assert table.same_as(SheetTable.from_sheets([{"id": f"row-{i}", **s} for i, s in enumerate(sheets, 1)]))
