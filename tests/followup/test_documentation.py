"""What the guide to follow-up says is true: its tables are those of the data, and its examples run."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from mastkit.followup.documentation import with_tables

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "follow-up.md").read_text(encoding="utf-8")


def test_the_tables_are_up_to_date():
    assert with_tables(PAGE) == PAGE, "run: uv run python -m tools.pages"


def test_a_page_without_a_mark_is_refused():
    with pytest.raises(ValueError, match="no marks for the table of scores"):
        with_tables("# empty")


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL))
def test_the_examples_run(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "follow-up.md", "exec"), {})
    assert capsys.readouterr().out


def test_the_commands_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    commands = re.findall(r"^    mastkit (.+)$", PAGE, flags=re.MULTILINE)
    assert commands
    for command in commands:
        assert CliRunner().invoke(app, command.split()).exit_code == 0, command
