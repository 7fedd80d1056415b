"""``mastkit report`` and ``mastkit calendar``: every kind in every format, one sentence for a mistake."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from tests.reports.cast import EXAMPLE

KINDS = ["appointment", "emergency-card", "procedure", "summary", "referral", "desk-card"]


def run(*arguments: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout_bytes, result.stderr


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("suffix", "begins"), [("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("md", b"# "), ("json", b"{")]
)
def test_every_kind_in_every_format(kind: str, suffix: str, begins: bytes, tmp_path: Path) -> None:
    target = tmp_path / f"made.{suffix}"
    more = ("--no-triggers", "--on", "2025-10-20")
    code, _, said = run("report", str(EXAMPLE), "--kind", kind, "--output", str(target), *more)
    assert (code, said) == (0, "")
    assert target.read_bytes().startswith(begins)
    if suffix == "json":
        json.loads(target.read_text())


def test_without_a_file_markdown_goes_to_the_terminal() -> None:
    code, out, _ = run("report", str(EXAMPLE), "--kind", "summary", "--on", "2025-10-20")
    assert code == 0
    assert out.startswith(b"# Summary of the record")


def test_the_pack_of_the_command_has_triggers_unless_they_are_left_out(tmp_path: Path) -> None:
    code, out, _ = run("report", str(EXAMPLE), "--on", "2025-10-20", "--format", "json")
    assert code == 0
    assert json.loads(out)["triggers"] is not None
    code, out, _ = run("report", str(EXAMPLE), "--on", "2025-10-20", "--format", "json", "--no-triggers")
    assert json.loads(out)["triggers"] is None


def test_the_card_in_its_sizes_and_languages(tmp_path: Path) -> None:
    for arguments, begins in (
        (("--size", "card", "--language", "pt", "--output", str(tmp_path / "a.pdf")), b"%PDF"),
        (("--size", "lock-screen", "--language", "it", "--output", str(tmp_path / "a.png")), b"\x89PNG"),
    ):
        code, _, said = run("report", str(EXAMPLE), "--kind", "emergency-card", *arguments)
        assert (code, said) == (0, "")
        assert Path(arguments[-1]).read_bytes().startswith(begins)


def test_the_card_has_the_numbers_of_the_countries_named() -> None:
    code, out, said = run(
        "report", str(EXAMPLE), "--kind", "emergency-card", "--countries", "fr,KE", "--format", "json"
    )
    assert (code, said) == (0, "")
    assert [(one["name"], one["number"]) for one in json.loads(out)["numbers"]] == [
        ("France", "15"),
        ("Kenya", None),
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--on", "soon"), '--on: found "soon", expected a day such as 2026-03-20.'),
        (("--language", "de"), '--language: found "de", expected en: only the emergency card has other languages.'),
        (("--kind", "emergency-card", "--language", "x"), '--language: found "x", expected one of en, de'),
        (("--countries", "DE"), '--countries: found "DE", expected nothing: only the emergency card has them.'),
        (("--kind", "emergency-card", "--countries", "DE,Spain"), '--countries: found "SPAIN", expected codes of'),
        (("--kind", "procedure", "--for", "x"), '--for: found "x", expected one of anaesthesia'),
        (("--kind", "desk-card", "--for", "x"), "--for: no protocol is called 'x'"),
        (("--output", "pack.doc"), '--output: found "pack.doc", expected a name that ends in .pdf'),
        (("--output", "/no/such/folder/pack.pdf"), "/no/such/folder/pack.pdf: cannot be written (no such file or"),
        (("--format", "png"), "--format: found png, expected pdf, html, md or json"),
        (("--kind", "emergency-card", "--size", "lock-screen", "--format", "pdf"), "--size: found lock-screen"),
    ],
)
def test_a_mistake_gets_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    code, out, said = run("report", str(EXAMPLE), "--no-triggers", *arguments)
    assert code == 2
    assert out == b""
    assert said.startswith(sentence)
    assert said.count("\n") == 1


@pytest.mark.parametrize("command", ["report", "calendar"])
def test_a_record_that_cannot_be_read_gets_one_sentence(command: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for path in (broken, tmp_path / "missing.json", tmp_path):
        code, _, said = run(command, str(path))
        assert code == 2
        assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("typst", ("report", "--kind", "summary", "--format", "pdf")),
        ("vl_convert", ("report", "--format", "html", "--no-triggers", "--on", "2025-10-20")),
        ("segno", ("report", "--kind", "emergency-card", "--format", "pdf")),
        ("icalendar", ("calendar",)),
    ],
)
def test_a_missing_extra_is_named(module: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    from mastkit.reports import render

    render.drawn.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    code, _, said = run(arguments[0], str(EXAMPLE), *arguments[1:])
    assert code == 2
    assert 'needs the extra "reports": install mastkit[reports]' in said or 'need the extra "reports"' in said
    assert said.count("\n") == 1


def test_the_calendar_of_the_command(tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    code, _, said = run(
        "calendar", str(EXAMPLE), "--output", str(target), "--on", "2025-10-20", "--titles", "discreet"
    )
    assert (code, said) == (0, "")
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--size", "card"), "--size: found card, expected a4: only the emergency card has other sizes.\n"),
        (
            ("--kind", "summary", "--for", "dental"),
            '--for: found "dental", expected nothing: the summary is the same for everybody.\n',
        ),
        (
            ("--kind", "emergency-card", "--size", "lock-screen", "--output", "card.pdf"),
            "--size: found lock-screen for a PDF, expected --format png with it.\n",
        ),
    ],
)
def test_an_option_that_cannot_be_heeded_is_refused(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", str(EXAMPLE), *arguments) == (2, b"", sentence)
    assert list(tmp_path.iterdir()) == []
