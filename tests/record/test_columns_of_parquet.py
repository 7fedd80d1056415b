"""The columns of a Parquet file are named as in CSV: capitals and blanks make no other variable."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mastkit.record.sheets.readers import read_sheets


def test_capitals_and_blanks_are_no_other_variable(tmp_path: Path) -> None:
    file = tmp_path / "cases.parquet"
    pq.write_table(pa.table({"ID": ["ada"], " BST": [31.2], "Hb": [8.5], "Centre": ["Ulm"]}), file)
    table = read_sheets(file)
    assert (table.ids, table.known) == (["ada"], ("bst", "hb"))
    assert [problem.field for problem in table.problems] == ["Centre"]


def test_of_two_columns_that_differ_in_capitals_the_one_written_rightly_is_the_variable(tmp_path: Path) -> None:
    file = tmp_path / "cases.parquet"
    pq.write_table(pa.table({"id": ["ada"], "BST": [1.0], "bst": [31.2]}), file)
    table = read_sheets(file)
    assert table.cell("bst", 0) == 31.2
    assert [problem.field for problem in table.problems] == ["BST"]
