"""What is wrong in a thousand rows of a column in the same way is said once; nothing else is left out."""

from pathlib import Path

from typer.testing import CliRunner

from mastkit.cli import app
from mastkit.record.problems import Problem, sentences
from mastkit.record.sheets.readers import parse_sheets


def lines(path: Path, *options: str, command: str = "validate") -> list[str]:
    result = CliRunner().invoke(app, [command, str(path), *options])
    assert result.exit_code == 1, result.exception
    return (result.stdout if command == "validate" else result.stderr).splitlines()


def test_the_same_in_many_rows_of_a_column_is_one_sentence_with_the_first_rows(tmp_path: Path) -> None:
    sheet = tmp_path / "cases.csv"
    rows = [f"p{i},{'ja' if i % 2 else 'nein'},{i % 90}" for i in range(3000)]
    sheet.write_text("\n".join(["id,cd25,age", *rows]))
    said = [
        f'{sheet}, rows {rows} and 1,495 more, field cd25: found "{found}", expected one of true, false, partial.'
        for rows, found in (("2, 4, 6, 8, 10", "nein"), ("3, 5, 7, 9, 11", "ja"))
    ]
    assert lines(sheet) == [
        *said,
        f"{sheet}: a case sheet with 3,000 rows and values for 1 variable. 3,000 problems.",
    ]
    assert lines(sheet, "--format", "csv", command="assess") == said


def test_a_few_are_named_one_by_one_with_their_ids(tmp_path: Path) -> None:
    sheet = tmp_path / "cases.csv"
    sheet.write_text("id,cd25\na,ja\nb,ja\nc,ja\n")
    said = [f'{sheet}, row {r}, id "{i}", field cd25: found "ja"' for r, i in ((2, "a"), (3, "b"), (4, "c"))]
    assert [line.partition(", expected")[0] for line in lines(sheet)[:-1]] == said


def test_facts_of_records_are_never_drawn_together() -> None:
    problems = [Problem("f", n, f"id-{n}", "kind", "nothing", "the kind", place="fact") for n in range(9)]
    assert list(sentences(problems)) == [problem.sentence() for problem in problems]


def test_a_file_in_latin_1_says_so_once_and_shows_the_bytes() -> None:
    content = "id,sex,Größe\na,männlich,1\nb,männlich,2\n".encode("latin-1")
    problems = [problem.sentence() for problem in parse_sheets(content, "x.csv").problems]
    assert [p for p in problems if "no UTF-8" in p] == [
        "x.csv, row 1: found letters that are no UTF-8, here first, expected a file saved as UTF-8."
    ]
    assert any('found "m\\xe4nnlich", expected one of male, female' in p for p in problems)
    content = "id,sex\na,male\nb,männlich\n".encode("latin-1")
    assert "row 3: found letters that are no UTF-8" in parse_sheets(content, "").problems[0].sentence()


def test_a_column_without_a_name_after_a_double_one_is_no_double_one() -> None:
    table = parse_sheets(b"id,bst,bst,\na,20,20,more\n", "x.csv")
    assert [p.field for p in table.problems if "a second time" in p.found] == ["bst"]
    assert table.extra == [{"column 4": "more"}]


def test_an_age_is_expected_in_years() -> None:
    problem = parse_sheets(b"id,age\na,1980-03-01\n", "x.csv").problems[0]
    assert problem.expected.startswith("a number in years from 0")
