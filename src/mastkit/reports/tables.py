"""Read the data files of the reports."""

import csv
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO
from typing import Any


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one CSV file of this package, column name to text."""
    yield from csv.DictReader(StringIO(_text(name), newline=""))


def entries(name: str) -> dict[str, Any]:
    """Return the content of one TOML file of this package."""
    return tomllib.loads(_text(name))


def _text(name: str) -> str:
    return files("mastkit.reports").joinpath("data", name).read_text(encoding="utf-8")
