"""What is due on the command line: a table, JSON, Markdown, and one sentence for a mistake."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app

ADA = str(Path(__file__).parents[2] / "examples" / "ada.json")


def run(*arguments):
    return CliRunner().invoke(app, ["due", *arguments], env={"COLUMNS": "200"})


def test_the_table_shows_test_last_result_next_date_and_source():
    result = run(ADA, "--on", "2026-03-20")
    assert result.exit_code == 0
    for words in ("A blood count", "overdue", "2026-03-04", "stated 2025-04-16", "NCCN-SM", "recalled"):
        assert words in result.stdout, words


def test_json_is_for_programs():
    result = run(ADA, "--on", "2026-03-20", "--format", "json")
    assert result.exit_code == 0
    content = json.loads(result.stdout)
    assert content["on"] == "2026-03-20"
    entry = next(e for e in content["due"] if e["id"] == "nccn-tryptase-ism")
    assert entry["last"] == {"day": "2025-09-01", "result": "29.5 ng/mL"}
    assert entry["state"] == "due"
    assert entry["verified"] == "unverified"
    assert entry["source"]["link"].startswith("https://")


def test_markdown_has_a_row_for_each_entry():
    text = run(ADA, "--on", "2026-03-20", "--format", "md").stdout
    entries = json.loads(run(ADA, "--on", "2026-03-20", "--format", "json").stdout)["due"]
    assert text.startswith("# What is due on 2026-03-20")
    assert sum(line.startswith("| ") for line in text.splitlines()) == len(entries) + 1


def test_the_type_can_be_given():
    result = run(ADA, "--on", "2026-03-20", "--type", "asm", "--format", "json")
    assert "nccn-tryptase-adv" in result.stdout
    assert "nccn-tryptase-ism" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((ADA, "--on", "tomorrow"), '--on: found "tomorrow", expected a day such as 2026-03-20'),
        ((ADA, "--type", "SM"), "type of disease: found 'SM', expected one of CM, MIS, BMM"),
        (("nothing.json",), "nothing.json: cannot be opened"),
    ],
)
def test_a_mistake_is_one_sentence_and_status_2(arguments, sentence):
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_a_case_sheet_is_no_record(tmp_path):
    sheet = tmp_path / "cases.csv"
    sheet.write_text("id,age\nada,41\n", encoding="utf-8")
    result = run(str(sheet))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_record_without_a_type_says_what_to_do(tmp_path):
    record = json.loads(Path(ADA).read_text(encoding="utf-8"))
    record["facts"] = [fact for fact in record["facts"] if fact["kind"] != "diagnosis"]
    file = tmp_path / "ada.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    result = run(str(file), "--on", "2026-03-20")
    assert result.exit_code == 0
    assert "name it with --type" in result.stdout.replace("\n", " ")
