"""mastkit triggers: the table, Markdown and JSON say the same, and never what must not be said."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from mastkit.record.files import dump_record, read_record, write_record
from mastkit.reports.triggers import triggers_as_data, triggers_as_markdown
from mastkit.triggers.analysis import my_triggers
from mastkit.triggers.result import STATUS_WORDS, MyTriggers
from mastkit.triggers.words import messages
from tests.triggers.diaries import Pages, alcohol_diary
from tools.make_example_diary import EXAMPLE, example

WARNING = "This does not mean it is safe for you"
FORBIDDEN = re.compile(
    r"\b(try it|try again|retry|re-?introduce|provoke|challenge yourself|increase the|eat more|is safe|are safe"
    r"|not a trigger|you can (eat|drink|take|have)|stop taking|wait before|no need for adrenaline)\b",
    re.IGNORECASE,
)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["triggers", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def rich() -> MyTriggers:
    """Return a result with as many statuses as one diary can have."""
    pages = alcohol_diary()
    for n, day in enumerate(range(3, 118, 5)):
        pages.put("exposure", day * 24 + 1.0, code="stress").put("flare", day * 24 + 1.5 + n % 5 / 2)
        pages.put("exposure", day * 24 + 35.0, code="stress")
    pages.put("exposure", 30.0, code="wasp_sting").put("exposure", 31.0, code="| odd *name*")
    return my_triggers(pages.record())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("diary") / "ada.json"
    write_record(alcohol_diary(60).record(), path)
    return path


def test_the_example_is_what_the_tool_makes() -> None:
    assert EXAMPLE.read_bytes() == dump_record(example())


def test_the_example_has_something_to_show() -> None:
    code, output = run(EXAMPLE)
    assert code == 0
    assert "2 likely triggers; 5 no sign so far" in output
    assert "What to log next" in output


def test_all_forms_agree(file: Path) -> None:
    result = my_triggers(read_record(file).record)
    code, text = run(file, "--format", "json")
    data = json.loads(text)
    assert code == 0
    assert data["triggers"] == json.loads(json.dumps(triggers_as_data(result)))["triggers"]
    code, text = run(file, "--format", "md")
    assert (code, text) == (0, triggers_as_markdown(result))
    code, text = run(file)
    assert code == 0
    for trigger in result.triggers:
        assert trigger.label.split()[0] in text


def test_what_has_changed_since_the_last_look(file: Path) -> None:
    code, output = run(file, "--since", "2026-01-20")
    assert code == 0
    assert "was not enough data yet, now" in output


def test_before_the_first_day_everything_is_new(file: Path) -> None:
    assert ": new," in run(file, "--since", "2020-01-01", "--format", "md")[1]


def test_shuffled_copies_are_told_of(file: Path) -> None:
    code, output = run(file, "--shuffles", "2", "--format", "json")
    assert code == 0
    assert 0 <= json.loads(output)["permutation_null"] <= 1


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"format": "mastkit-record"}'])
def test_a_file_of_no_use_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    code, output = run(path)
    assert code == 2
    assert output.count("\n") == 1


def test_a_day_that_is_none_gets_one_sentence(file: Path) -> None:
    code, output = run(file, "--since", "last week")
    assert code == 2
    assert output == '--since: found "last week", expected a day such as 2026-03-20.\n'


def test_an_empty_record(tmp_path: Path) -> None:
    write_record(Pages().record(), tmp_path / "empty.json")
    code, output = run(tmp_path / "empty.json")
    assert code == 0
    assert "no flares, exposures or check-ins" in output


def test_nothing_forbidden_is_said(rich: MyTriggers) -> None:
    """No sentence suggests to try, clears an exposure, or touches a medicine or an emergency."""
    said = [*messages().values(), *STATUS_WORDS.values(), triggers_as_markdown(rich)]
    for text in said:
        assert not FORBIDDEN.search(text.replace(WARNING, "")), text


def test_only_a_likely_and_avoidable_exposure_may_be_talked_about(rich: MyTriggers) -> None:
    for step in rich.next_steps:
        if step.name == "could_discuss":
            trigger = rich.of(step.codes[0])
            assert trigger
            assert trigger.status == "likely"


def test_probabilities_come_as_a_word_and_a_number(rich: MyTriggers) -> None:
    text = triggers_as_markdown(rich)
    assert re.search(r"\| Likely trigger \| \d\d in 100 \| \d+\.\d \(\d+\.\d to \d+\.\d\)", text)
    assert " 100 in 100" not in text
    assert "| 0 in 100" not in text
    assert "Insect sting" not in text or "Known" in text
    assert r"\| odd \*name\* |" in text
