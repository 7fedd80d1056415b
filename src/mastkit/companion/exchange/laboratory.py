"""Laboratory values from a table: one row a result, the columns found by their headings."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from mastkit.companion.exchange.ids import id_of
from mastkit.companion.pages.forms.values import read_code, read_quantity
from mastkit.record.facts import FACT, TRYPTASE, AnyFact, Recorder
from mastkit.record.problems import CannotRead, Problem, shown
from mastkit.record.quantity import Quantity
from mastkit.record.sheets.numbers import NotANumber
from mastkit.record.time import Moment

MOST_ROWS = 20_000
_NEEDED = ("date", "test", "value")
_RANGE = re.compile(r"\s*(?P<low>[0-9.,]+)?\s*(?:-|–|bis|to|<=?|≤)\s*(?P<high>[0-9.,]+)\s*")


@dataclass
class Values:
    """The values that were understood, and what was not."""

    facts: list[AnyFact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    own_names: list[str] = field(default_factory=list)
    """Tests that the vocabulary does not know; they are kept under the name they were printed with."""


def is_laboratory_table(content: bytes) -> bool:
    """Whether the first line names the columns of laboratory values."""
    try:
        lines = _decoded(content)
    except CannotRead:
        return False
    head = lines.split("\n", 1)[0]
    found = set(_columns(next(csv.reader([head], delimiter=_delimiter(head)), [])).values())
    return set(_NEEDED) <= found


def read_values(content: bytes, file: str, person: UUID, zone: str, recorded_at: datetime) -> Values:
    """Read a table of laboratory values; rows that are not understood are problems, and the others go on.

    Raises `CannotRead` where it is no such table.
    """
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head))
    columns = _columns(next(reader, []))
    if missing := [name for name in _NEEDED if name not in columns.values()]:
        raise CannotRead(
            f"{file}: no column {' or '.join(missing)}; expected the columns date, test, value and unit."
        )
    values = Values()
    try:
        for number, cells in enumerate(reader, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if number > MOST_ROWS + 1:
                raise CannotRead(f"{file}: more than {MOST_ROWS:,} rows; expected a smaller table.")
            row = {name: cells[place].strip() for place, name in columns.items() if place < len(cells)}
            _read_row(_Row(file, number, row, person, zone, recorded_at), values)
    except csv.Error as error:
        raise CannotRead(f"{file}: this is no table of values ({error}).") from None
    return values


@dataclass(frozen=True)
class _Row:
    file: str
    number: int
    cells: Mapping[str, str]
    person: UUID
    zone: str
    recorded_at: datetime

    def problem(self, field_: str, expected: str) -> Problem:
        return Problem(self.file, self.number, None, field_, shown(self.cells.get(field_, "")), expected)


def _read_row(row: _Row, values: Values) -> None:
    cells = row.cells
    test = cells.get("test", "")
    if not test:
        values.problems.append(row.problem("test", "the name of a test"))
        return
    when = read_moment(cells.get("date", ""), cells.get("time", ""), row.zone)
    if isinstance(when, str):
        values.problems.append(row.problem("date", when))
        return
    code = read_code(test, ("value", "lab"))
    code = {"tryptase-molar": TRYPTASE}.get(code, code)
    try:
        quantity = read_quantity(cells.get("value", ""), cells.get("unit", ""), code)
    except NotANumber as error:
        values.problems.append(row.problem("value", str(error)))
        return
    except ValidationError:
        values.problems.append(row.problem("unit", "a UCUM unit such as ng/mL or 10*9/L"))
        return
    content = _content(row, code, quantity, when)
    try:
        values.facts.append(FACT.validate_python(content))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        expected = detail.get("ctx", {}).get("expected") or detail["msg"]
        values.problems.append(row.problem("unit" if "unit" in str(expected) else "value", str(expected)))
        return
    if code == " ".join(test.split()) and code not in values.own_names:
        values.own_names.append(code)


def _content(row: _Row, code: str, quantity: Quantity, when: Moment) -> dict[str, Any]:
    cells = row.cells
    low, high = _limits(cells)
    context = {"baseline": "baseline", "event": "event"}.get(cells.get("context", "").lower(), "unknown")
    words = {name: cells[name][:200] for name in ("laboratory", "method", "specimen") if cells.get(name)}
    said = [cells.get(name, "") for name in ("date", "time", "test", "value", "unit")]
    return {
        "kind": "measurement",
        "id": id_of(row.person, when.at, "laboratory", *said, cells.get("laboratory", "")),
        "recorded_at": row.recorded_at,
        "recorded_by": Recorder(source="import", name=row.file[:200] or None),
        "source_text": " ".join(part for part in said if part)[:20_000],
        "time": when,
        "code": code[:200],
        "quantity": quantity,
        "context": context if code == TRYPTASE else "unknown",
        "reference_low": low,
        "reference_high": high,
        **words,
        **({"note": cells["note"]} if cells.get("note") else {}),
    }


def read_moment(day: str, clock: str, zone: str) -> Moment | str:
    """Return the moment that is written as a day and perhaps a time of day, or what was expected instead."""
    day, _, rest = day.strip().replace("T", " ").partition(" ")
    clock = clock.strip() or rest.strip()
    read = _day(day)
    if isinstance(read, str):
        return read
    if not clock:
        return Moment.on(read, zone)
    try:
        of_day = time.fromisoformat(clock.removesuffix("Z"))
    except ValueError:
        return "a time of day such as 14:30"
    return Moment.local(datetime.combine(read, of_day.replace(tzinfo=None)), zone)


def _day(text: str) -> date | str:
    expected = "a day such as 2026-03-12 or 12.03.2026"
    try:
        if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
            first, second, year = (int(part) for part in match.groups())
            if first <= 12 and second <= 12 and first != second:
                return f"{year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}, for {text} can mean either"
            return date(year, min(first, second), max(first, second))
        return date.fromisoformat(text)
    except ValueError:
        return expected


def _limits(cells: Mapping[str, str]) -> tuple[float | None, float | None]:
    """Return the laboratory's own limits; what is written otherwise stays in the source text alone."""
    match = _RANGE.fullmatch(cells.get("range", ""))
    low = cells.get("low") or (match["low"] if match else None)
    high = cells.get("high") or (match["high"] if match else None)
    return _number(low), _number(high)


def _number(text: str | None) -> float | None:
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        return None


def _decoded(content: bytes) -> str:
    if b"\0" in content[:4096]:
        raise CannotRead("This is no text; expected a table saved as CSV (UTF-8).")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what spreadsheets still write in some countries


def _delimiter(head: str) -> str:
    return max((";", "\t", ","), key=head.count)


def _columns(headings: list[str]) -> dict[int, str]:
    known, found = dict(_headings()), dict[int, str]()
    for place, heading in enumerate(headings):
        name = known.get(" ".join(heading.casefold().replace("_", " ").split()))
        if name is not None and name not in found.values():
            found[place] = name
    return found


@cache
def _headings() -> tuple[tuple[str, str], ...]:
    return tuple(_heading_rows())


def _heading_rows() -> Iterator[tuple[str, str]]:
    source = files("mastkit.companion.exchange").joinpath("data", "laboratory_columns.csv")
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        yield row["heading"], row["column"]
