"""A cell that is not understood becomes unknown and a problem; all else goes on."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mastkit.record.sheets import CannotRead, Interval, Problem, SheetTable, read_sheets, write_sheets


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sentences(table: SheetTable) -> list[str]:
    return [problem.sentence().removeprefix(f"{problem.file}, ") for problem in table.problems]


def test_each_mistake_has_its_sentence_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "cases.csv",
        "id,bst,flushing,cd25,tpsab1_extra_copies,bstt\n"
        "ada,abc,TRUE,partial,1,7\n"
        "ben,31.2,perhaps,No,1.5,\n"
        "ben,>200,0,mostly,2,\n",
    )
    table = read_sheets(path)
    assert sentences(table) == [
        "row 1, field bstt: found an unknown variable, expected the name of a variable of the case sheet, "
        'perhaps "bst"; it is kept beside the sheet and not used.',
        'row 4, id "ben", field id: found the id of row 3 again, expected an id of its own for each row.',
        'row 2, id "ada", field bst: found "abc", expected a number in ng/mL from 0, or a limit '
        'such as ">3" or "<=2.5".',
        'row 3, id "ben", field flushing: found "perhaps", expected true or false.',
        'row 4, id "ben", field cd25: found "mostly", expected one of true, false, partial.',
        'row 3, id "ben", field tpsab1_extra_copies: found "1.5", expected a whole number from 0 to 10, '
        'or a limit such as ">3" or "<=2.5".',
    ]
    assert [table.cell("bst", i) for i in range(3)] == [None, 31.2, ">200"]
    assert [table.cell("flushing", i) for i in range(3)] == [True, None, False]
    assert [table.cell("cd25", i) for i in range(3)] == ["partial", False, None]
    assert table.extra == [{"bstt": "7"}, {}, {}]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_separators_and_byte_order_mark(tmp_path: Path, separator: str, mark: bytes) -> None:
    text = f'id{separator}bst{separator}Flushing\nada{separator}"31,2"{separator}yes\n\n'
    table = read_sheets(write(tmp_path, "cases.csv", mark + text.encode()))
    assert table.problems == []
    assert (table.ids, table.cell("bst", 0), table.cell("flushing", 0)) == (["ada"], 31.2, True)


def test_a_line_that_is_no_json_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    path = write(tmp_path, "c.jsonl", '{"id": "a", "bst": 3}\n{"id": \n[1]\n{"sheet": 5}\n{"bst": 4}\n')
    table = read_sheets(path)
    assert (table.ids, table.rows) == (["a", "row-5"], [1, 5])
    assert [problem.row for problem in table.problems] == [2, 3, 4]


def test_short_and_long_rows(tmp_path: Path) -> None:
    table = read_sheets(write(tmp_path, "c.csv", "id,bst,hb\na,3\nb,3,4,5\nc,3,4,\n"))
    assert [table.cell("hb", i) for i in range(3)] == [None, 4, 4]
    assert [(p.row, p.found) for p in table.problems] == [(2, "2 cells"), (3, "4 cells")]


def test_words_for_missing_are_unknown_and_noted_once(tmp_path: Path) -> None:
    table = read_sheets(write(tmp_path, "c.csv", "id,bst\n" + "".join(f"p{i},NA\n" for i in range(1, 1001))))
    (problem,) = table.problems
    assert problem.kind == "warning"
    assert problem.found == '"NA" (here and in 999 more rows)'


def test_nan_is_unknown_and_infinity_is_refused() -> None:
    table = SheetTable.from_sheets([{"bst": float("nan"), "hb": float("inf"), "plt": float("nan"), "anc": ">2"}])
    assert table.known == ("anc",)
    assert [(p.field, p.kind) for p in table.problems] == [
        ("hb", "error"),
        ("bst", "warning"),
        ("plt", "warning"),
    ]


def test_an_interval_that_no_laboratory_prints_is_refused() -> None:
    table = SheetTable.from_sheets([{"bst": Interval(3, 7), "hb": Interval(0, 7), "plt": 10**400}])
    assert table.cell("hb", 0) == "<=7"
    assert [p.field for p in table.problems] == ["bst", "plt"]


def test_a_byte_that_is_no_utf_8_spoils_only_its_cell(tmp_path: Path) -> None:
    table = read_sheets(write(tmp_path, "c.csv", b"id,bst,ahn_diagnosis\na,3,m\xe4h\nb,4,CMML\n"))
    assert [table.cell("ahn_diagnosis", i) for i in range(2)] == [None, "CMML"]
    assert [p.field for p in table.problems] == [None, "ahn_diagnosis"]  # the file, then the cell


def test_a_quote_that_is_not_closed_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path, "c.csv", 'id,bst\na,"3\n' + "b,4\n" * 40_000)
    assert any("no CSV" in sentence for sentence in sentences(read_sheets(path)))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"PK\x03\x04...", "Excel"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"\xff\xfea\0", "UTF-16"),
        (b"PAR1 and then nonsense", "Parquet"),
        (b"dear diary\n", "no case sheet"),
    ],
)
def test_a_file_of_no_use_gets_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        read_sheets(write(tmp_path, "file", content))


def test_folders_and_missing_files_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="folder"):
        read_sheets(tmp_path)
    with pytest.raises(CannotRead, match="no such file"):
        read_sheets(tmp_path / "none.csv")
    with pytest.raises(CannotRead, match="no path"):
        read_sheets("a\0b")


def read_quietly(content: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        try:
            table = read_sheets(write(Path(folder), name, content))
        except CannotRead as error:
            table = SheetTable.from_sheets([])
            table.problems.append(Problem("", None, None, None, str(error), ""))
        for problem in table.problems:
            assert "\n" not in problem.sentence()
        for i in range(len(table)):
            table.sheet(i)


@settings(max_examples=150, deadline=None)
@given(
    st.binary() | st.text().map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.sampled_from(["a.csv", "a.jsonl", "a.json"]),
)
def test_no_bytes_make_a_traceback(content: bytes, name: str) -> None:
    read_quietly(content, name)
    read_quietly(b"id,bst,cd25,ahn_past,flushing\n" + content, name)
    read_quietly(b"PAR1" + content + b"PAR1", name)


KEYS = st.sampled_from(["id", "sheet", "bst", "cd25", "flushing", "ahn_past", "tpsab1_extra_copies", "other"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(JSON, max_size=3))
def test_no_json_makes_a_traceback(things: list[object]) -> None:
    table = SheetTable.from_sheets(things)  # type: ignore[arg-type]
    for i in range(len(table)):
        table.sheet(i)
    assert len(table) + sum(p.kind == "error" for p in table.problems) >= len(things)


def test_without_pyarrow_parquet_gets_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sheets(SheetTable.from_sheets([{"bst": 3}]), tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CannotRead, match=r'pip install "mastkit\[tables\]"'):
        read_sheets(tmp_path / "a.parquet")


def test_progress_ends_with_all(tmp_path: Path) -> None:
    table = SheetTable.from_sheets([{"bst": n} for n in range(2500)])
    for ending in ("csv", "jsonl", "parquet"):
        write_sheets(table, tmp_path / f"a.{ending}")
        calls: list[tuple[int, int]] = []
        read_sheets(tmp_path / f"a.{ending}", progress=lambda done, all_, calls=calls: calls.append((done, all_)))
        assert calls[-1][0] == calls[-1][1]
        assert calls == sorted(calls)
