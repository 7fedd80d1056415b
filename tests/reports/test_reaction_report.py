"""mastkit reaction: text, JSON and Markdown say the same, and no input ends in a traceback."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from mastkit.record.files import read_record
from mastkit.record.record import Record
from mastkit.reports.reaction import reactions_as_markdown

ADA = Path(__file__).parents[2] / "examples" / "ada.json"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["reaction", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.exit_code, " ".join(result.output.split())


@pytest.mark.parametrize("form", ["text", "md"])
def test_what_stands_in_it(form: str) -> None:
    code, output = run(ADA, "--format", form)
    assert code == 0
    for words in (
        "do not wait for a result",
        "Adrenaline auto-injector into the outer thigh. Call 112.",
        "Flare of 2025-07-12 14:35 (Europe/Berlin)",
        "Meets 20 % + 2",
        "39.44 ng/mL",
        "above 1.685",
        "Brown 2004",
    ):
        assert words.replace("│ ", "") in output.replace("│ ", ""), words


def test_data() -> None:
    code, output = run(ADA, "--format", "json")
    data = json.loads(output)
    assert code == 0
    assert data["note"].startswith("This looks back")
    (reaction,) = data["reactions"]
    assert reaction["tryptase"]["answers"][0]["limit"] == "39.44 ng/mL"


def test_a_reading_is_named_and_a_wrong_one_is_one_sentence() -> None:
    assert run(ADA, "--reading", "comparator=>", "--reading", "window=usz")[0] == 0
    code, output = run(ADA, "--reading", "comparator")
    assert code == 2
    assert "expected a reading and an option" in output
    code, output = run(ADA, "--reading", "window=moon")
    assert code == 2
    assert "reading window has no option 'moon'" in output


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "x.json"
    broken.write_text("{")
    assert run(broken)[0] == 2
    assert run(tmp_path / "missing.json")[0] == 2


def test_a_record_without_flares_and_without_a_plan(tmp_path: Path) -> None:
    document = json.loads(ADA.read_text("utf-8"))
    document["facts"] = []
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps(document))
    for form in ("text", "md"):
        code, output = run(empty, "--format", form)
        assert code == 0
        assert "No flare is recorded." in output
        assert "No emergency plan is recorded." in output


def test_facts_that_are_not_understood_end_with_1(tmp_path: Path) -> None:
    document = json.loads(ADA.read_text("utf-8"))
    document["facts"].append({"kind": "flare"})
    partly = tmp_path / "partly.json"
    partly.write_text(json.dumps(document))
    assert run(partly)[0] == 1


def test_words_of_the_person_cannot_become_markup(tmp_path: Path) -> None:
    document = json.loads(ADA.read_text("utf-8"))
    for fact in document["facts"]:
        if fact["kind"] == "flare":
            fact["symptoms"] = [{"code": "[bold red]a | b[/x]\n# c"}]
    odd = tmp_path / "odd.json"
    odd.write_text(json.dumps(document))
    assert "[bold red]a" in run(odd)[1]
    assert run(odd, "--format", "md")[0] == 0


def test_a_window_that_is_still_open_is_named_in_the_clock_of_the_flare() -> None:
    record = read_record(ADA).record
    during = datetime(2025, 7, 12, 13, 30, tzinfo=UTC)
    text = reactions_as_markdown(record, now=during)
    assert "Baseline, 24 hours or more after all symptoms are gone" not in text, "there is one already"
    before = [f for f in record if getattr(f, "code", None) != "tryptase"]
    open_still = reactions_as_markdown(Record(record.id, record.zone).add(*before), now=during)
    assert "- Event sample: open now, from 2025-07-12 15:05 until 2025-07-12 18:35." in open_still
    assert "to come, from 2025-07-13 18:00." in open_still
