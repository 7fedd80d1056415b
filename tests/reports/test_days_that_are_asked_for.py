"""A day in an option is understood alike by every command, and one that cannot be is one sentence."""

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from tests.reports.cast import EXAMPLE


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31", "31.12.2025", "2025-02-30", "soon"])
@pytest.mark.parametrize(
    ("command", "option"),
    [("assess", "--on"), ("due", "--on"), ("report", "--on"), ("calendar", "--on"), ("triggers", "--since")],
)
def test_a_day_that_is_none_is_one_sentence(command: str, option: str, day: str) -> None:
    result = CliRunner().invoke(app, [command, str(EXAMPLE), option, day])
    assert result.exit_code == 2, result.exception
    assert result.stderr.startswith(f'{option}: found "{day}", expected a day ')
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("command", ["due", "calendar"])
def test_the_first_and_the_last_day_are_understood(command: str, day: str) -> None:
    assert CliRunner().invoke(app, [command, str(EXAMPLE), "--on", day]).exit_code == 0
