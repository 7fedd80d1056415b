"""The program says which version it is."""

import tomllib

from typer.testing import CliRunner

from mastkit.cli import app
from tests.repository.tree import ROOT


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = CliRunner().invoke(app, ["--version"])
    assert (told.exit_code, told.stdout) == (0, f"mastkit {project['version']}\n")
