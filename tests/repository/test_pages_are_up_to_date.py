"""Pages that are made from the program or from data files are what would be made now."""

import pytest
import typer

from mastkit.cli import app
from tests.repository.tree import ROOT
from tools.pages import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert PAGES[name](page) == page, "run: uv run python -m tools.pages"


def test_every_command_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert commands
    for name, command in commands.items():
        assert f"## `mastkit {name}`" in guide
        assert command.help, f"mastkit {name} says nothing of itself"
