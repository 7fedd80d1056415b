"""Read the data files of the vocabulary."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one CSV file of this package, column name to text."""
    text = files("mastkit.vocabulary").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text, newline=""))
