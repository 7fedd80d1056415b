"""`mastkit assess` as a person calls it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app

EXAMPLES = Path(__file__).parents[2] / "examples"
ADA, CASES = str(EXAMPLES / "ada.json"), str(EXAMPLES / "published.jsonl")


def run(*arguments: str):
    return CliRunner().invoke(app, ["assess", *arguments])


def test_a_person_as_a_tree():
    result = run(ADA)
    assert result.exit_code == 0
    for words in ("WHO-MAJ", "could settle it", "What it would take to be sure", "not a certified"):
        assert words in result.output


def test_a_person_as_json():
    answer = json.loads(run(ADA, "--format", "json").stdout)
    assert answer["who-2022"]["systemic_mastocytosis"] is True
    assert answer["who-2022"]["grounds"]["MAJ"]["because"]["truth"] is True
    assert answer["facts_of"]["cd25"].startswith("finding of 2025-04-02")


@pytest.mark.parametrize("form", ["md", "html"])
def test_words_of_a_record_are_escaped(form, tmp_path):
    sheet = tmp_path / "one.jsonl"
    sheet.write_text(json.dumps({"id": "<script>alert(1)</script>*x*", "bst": 30}), encoding="utf-8")
    output = run(str(sheet), "--format", form).stdout
    assert "<script>" not in output
    assert "*x*" not in output or form == "html"


def test_a_table_one_row_in_one_row_out(tmp_path):
    lines = run(CASES, "--format", "jsonl").stdout.splitlines()
    given = [json.loads(line)["id"] for line in Path(CASES).read_text(encoding="utf-8").splitlines()]
    assert [json.loads(line)["id"] for line in lines] == given
    assert json.loads(lines[0])["who-2022"]["missing"]
    out = tmp_path / "out.csv"
    assert run(CASES, "--format", "csv", "--output", str(out)).exit_code == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [row["id"] for row in rows] == given
    assert rows[0]["who-2022.systemic_mastocytosis"] == "true"


def test_parquet(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "out.parquet"
    assert run(CASES, "--format", "parquet", "--output", str(out), "--missing").exit_code == 0
    table = pq.read_table(out).to_pydict()
    assert table["who-2022.systemic_mastocytosis"][0] is True
    assert "ISM" in table["who-2022.possible"][0]
    assert table["who-2022.b_findings.met"][0] >= 1


def test_a_table_in_the_terminal():
    result = run(CASES)
    assert result.exit_code == 0
    assert "who-2022: open" in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.json",), "nowhere.json: cannot be opened"),
        ((CASES, "--format", "html"), "html shows one person"),
        ((CASES, "--format", "parquet"), "name a file with --output"),
        ((ADA, "--reading", "b1"), "expected NAME=OPTION"),
        ((ADA, "--reading", "b1=every"), "has no option 'every'"),
        ((ADA, "--on", "yesterday"), "expected a day"),
        ((ADA, "--format", "json", "--output", "/nowhere/x.json"), "cannot be written"),
    ],
)
def test_a_mistake_gets_one_sentence(arguments, words):
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_bad_cell_is_told_and_the_rest_goes_on(tmp_path):
    sheet = tmp_path / "two.csv"
    sheet.write_text("id,bst,cd25\na,thirty,true\nb,30,true\n", encoding="utf-8")
    result = run(str(sheet), "--format", "jsonl")
    assert result.exit_code == 1
    assert 'found "thirty"' in result.output
    assert [json.loads(line)["id"] for line in result.stdout.splitlines() if line.startswith("{")] == ["a", "b"]


def test_as_of_a_day():
    early = json.loads(run(ADA, "--format", "json", "--on", "2025-03-10").stdout)
    assert early["who-2022"]["systemic_mastocytosis"] is None


def test_a_day_asked_of_a_case_sheet_is_said_to_be_of_no_use():
    result = run(CASES, "--format", "csv", "--on", "2025-06-01")
    assert (result.exit_code, result.stderr) == (0, f"--on was not used for {CASES}: a case sheet has no days.\n")
    assert run(ADA, "--on", "2025-06-01", "--format", "csv").stderr == ""
