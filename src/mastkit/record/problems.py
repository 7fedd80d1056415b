"""What could not be understood in a file, said in one sentence each."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file that could not be read as it stands, and where it is."""

    file: str
    row: int | None
    id: str | None
    field: str | None
    found: str
    expected: str
    kind: Literal["error", "warning"] = "error"
    place: str = "row"

    def sentence(self) -> str:
        """Say where it is, what was found there and what was expected."""
        where = [self.file] if self.file else []
        if self.row is not None:
            where.append(f"{self.place} {self.row}")
        if self.id is not None:
            where.append(f"id {shown(self.id)}")
        if self.field is not None:
            where.append(f"field {printable(self.field)}")
        return f"{', '.join(where) or 'input'}: found {self.found}, expected {self.expected}."


class CannotRead(Exception):  # noqa: N818 - it is said to a person, not to a programmer
    """A file as a whole cannot be read; the message is one sentence for the person who gave it."""


def printable(text: str, limit: int = 60) -> str:
    """Return the text on one line, with what cannot be printed escaped, cut after ``limit`` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def shown(value: object, limit: int = 60) -> str:
    """Return a value as it is quoted in a sentence."""
    if isinstance(value, str):
        return f'"{printable(value, limit)}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    try:
        return printable(str(value), limit)
    except ValueError:  # an integer of more than 4300 digits
        return "a very long number"
