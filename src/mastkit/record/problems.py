"""What could not be understood in a file, said in one sentence each."""

from collections.abc import Iterable, Iterator, Sequence
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

    def sentence(self, others: Sequence[int] = ()) -> str:
        """Say where it is, what was found there and what was expected.

        Args:
            others: further rows in which the same was found; then the id of the first is left out.
        """
        where = [self.file] if self.file else []
        if others:
            named = ", ".join(str(row) for row in (self.row, *others[:_MOST_ROWS_NAMED]))
            more = len(others) - _MOST_ROWS_NAMED
            where.append(f"{self.place}s {named}{f' and {more:,} more' if more > 0 else ''}")
        elif self.row is not None:
            where.append(f"{self.place} {self.row}")
        if self.id is not None and not others:
            where.append(f"id {shown(self.id)}")
        if self.field is not None:
            where.append(f"field {printable(self.field)}")
        return f"{', '.join(where) or 'input'}: found {self.found}, expected {self.expected}."


_MOST_ROWS_NAMED = 4
_SAID_ONE_BY_ONE = 3
"""So many rows with the same problem are still named one by one, with their ids."""


def sentences(problems: Iterable[Problem]) -> Iterator[str]:
    """Say all problems, each where it stands first; the same one in many rows of a column is one sentence."""
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        rest = () if problem.place == "row" and problem.row is not None else (problem.row, problem.id)
        key = (problem.file, problem.place, problem.field, problem.found, problem.expected, problem.kind, *rest)
        alike.setdefault(key, []).append(problem)
    for first, *others in alike.values():
        rows = [problem.row for problem in others if problem.row is not None]
        if len(others) < _SAID_ONE_BY_ONE or len(rows) < len(others):
            yield from (problem.sentence() for problem in (first, *others))
        else:
            yield first.sentence(rows)


class CannotRead(Exception):  # noqa: N818 - it is said to a person, not to a programmer
    """A file as a whole cannot be read; the message is one sentence for the person who gave it."""


def printable(text: str, limit: int = 60) -> str:
    """Return the text on one line, with what cannot be printed escaped, cut after ``limit`` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if c.isprintable() else _escaped(c) for c in cut)


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # a byte that is no UTF-8, as Python keeps it
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


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
