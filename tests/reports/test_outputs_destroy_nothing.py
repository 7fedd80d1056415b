"""What a command writes never takes the place of what it was made from, and is there whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from mastkit.record.whole_file import whole_file
from tests.reports.cast import EXAMPLE

SHEET = EXAMPLE.parent / "published.jsonl"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("assess", "--format", "json"),
        ("assess", "--format", "html"),
        ("assess", "--format", "csv"),
        ("assess", "--format", "parquet"),
        ("assess",),
        ("report", "--kind", "summary", "--format", "json"),
        ("calendar",),
    ],
)
@pytest.mark.parametrize("other", [False, True])
def test_no_record_is_written_over(command: tuple[str, ...], other: bool, tmp_path: Path) -> None:
    record, target = tmp_path / "ada.json", tmp_path / ("ben.json" if other else "ada.json")
    for file in (record, target):
        file.write_bytes(EXAMPLE.read_bytes())
    code, said = run(command[0], str(record), *command[1:], "--output", str(target))
    assert code == 2
    assert said.count("\n") == 1
    assert f"found {target}" in said
    assert target.read_bytes() == EXAMPLE.read_bytes()


def test_no_case_sheet_is_written_over_by_its_answers(tmp_path: Path) -> None:
    sheet, link = tmp_path / "cases.jsonl", tmp_path / "answers.jsonl"
    sheet.write_bytes(SHEET.read_bytes())
    link.symlink_to(sheet)
    code, said = run("assess", str(sheet), "--format", "jsonl", "--no-missing", "--output", str(link))
    assert (code, said.count("the file that is read")) == (2, 1)
    assert sheet.read_bytes() == SHEET.read_bytes()


def test_what_breaks_off_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "made.csv"
    target.write_text("older")
    target.chmod(0o640)
    with pytest.raises(OSError, match="No space left"):
        broken_off(target)
    assert target.read_text() == "older"
    assert list(tmp_path.iterdir()) == [target]
    with whole_file(target) as stream:
        stream.write(b"newer")
    assert target.read_text() == "newer"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_an_answer_that_is_no_ordinary_file_stays_what_it_is() -> None:
    with whole_file(os.devnull) as stream:
        stream.write(b"nowhere")
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
@pytest.mark.parametrize("command", [("schema", "sheet"), ("terms", "flush"), ("due", str(EXAMPLE))])
def test_a_full_disk_is_one_sentence(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(mastkit(*command), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "The output cannot be written (no space left on device).\n")


def test_a_terminal_without_the_signs_gets_all_the_words() -> None:
    for encoding in ("ascii", "latin-1"):
        done = subprocess.run(
            mastkit("assess", str(EXAMPLE), "--format", "md"),
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\\u2714" in done.stdout


def broken_off(target: Path) -> None:
    with whole_file(target) as stream:
        stream.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")


def mastkit(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from mastkit.cli import main; main()", *arguments]
