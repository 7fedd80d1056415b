"""The sentences that go with results: written in one file, so that they can be read and checked as a whole."""

import csv
from functools import cache
from importlib.resources import files

from mastkit.triggers.result import Message


def said(name: str, **values: object) -> Message:
    """Return a sentence with its values filled in, and with these beside it."""
    return Message(name, message(name, **values), values)


def message(name: str, **values: object) -> str:
    """Return a sentence with its values filled in."""
    return messages()[name].format(**values)


@cache
def messages() -> dict[str, str]:
    """Return all sentences by name."""
    table = files("mastkit.triggers").joinpath("data/messages.csv").read_text("utf-8")
    return {row["id"]: row["text"] for row in csv.DictReader(table.splitlines())}
