"""Every command that reads a record names the facts that it could not read, and its status says so."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from tests.reports.cast import EXAMPLE


@pytest.mark.parametrize(
    "command",
    ["validate", "assess", "due", "reaction", "triggers", "calendar", "report --kind summary"],
)
def test_they_are_named_and_the_status_is_1(command: str, tmp_path: Path) -> None:
    content = json.loads(EXAMPLE.read_bytes())
    content["facts"][0]["kind"] = "flair"
    record = tmp_path / "ada.json"
    record.write_text(json.dumps(content))
    result = CliRunner().invoke(app, [*command.split(), str(record)])
    assert result.exit_code == 1, result.exception
    assert 'fact 1, id "' in result.output
    assert 'found "flair", expected "flare"' in result.output
