"""The commands that the pages show are commands of the program, with options it knows and files that are there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from markdown_it import MarkdownIt

from mastkit.cli import app
from tests.repository.tree import ROOT, files, name_of

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
# Printed by the program, and so not written by anybody.
PAGES = [p for p in files() if p.suffix == ".md" and name_of(p) not in {"docs/commands.md", "docs/needs.md"}]


def shown(text: str) -> Iterator[str]:
    """Every line of a block of code, and every span of code, that is mastkit with a word."""
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        if token.type in {"fence", "code_block"}:
            code = token.content.splitlines()
        else:
            code = [span.content for span in token.children or () if span.type == "code_inline"]
        for line in code:
            if found := re.match(r"(?:\$ |python3 start\.py )*(mastkit [a-z].*)", line.strip()):
                yield found[1]


def wrong(command: str) -> str | None:
    """What does not fit the program in a command, or None."""
    try:
        name, *arguments = shlex.split(command, comments=True)[1:]
    except ValueError:
        return "cannot be read"
    if name not in COMMANDS:
        return f"there is no {name}"
    options = {option for one in COMMANDS[name].params for option in (*one.opts, *one.secondary_opts)}
    for word in arguments:
        if word.startswith("-") and word.partition("=")[0] not in {*options, "--help"}:
            return f"{name} has no {word}"
        if word.startswith("examples/") and not (ROOT / word).exists():
            return f"there is no {word}"
    return None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_of(page: Path) -> None:
    found = [(command, wrong(command)) for command in shown(page.read_text(encoding="utf-8"))]
    assert [pair for pair in found if pair[1]] == []


def test_the_readme_shows_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {command.split()[1] for command in shown(readme)} >= {"demo", "assess", "due", "reaction", "triggers"}


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("mastkit asses examples/ada.json", "there is no asses"),
        ("mastkit due examples/adda.json", "there is no examples/adda.json"),
        ("mastkit due examples/ada.json --when 2026-03-20", "due has no --when"),
        ("mastkit due examples/ada.json --on 2026-03-20   # as of that day", None),
    ],
)
def test_what_is_wrong_is_found(command: str, complaint: str | None) -> None:
    assert wrong(command) == complaint
