"""Read the data files that the packages carry."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO


def rows(name: str, package: str = "mastkit.vocabulary") -> Iterator[dict[str, str]]:
    """Yield the rows of one CSV file in the data folder of a package, column name to text."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text, newline=""))
