"""From cells as they were read to the columns of a table, with a problem for each cell not understood."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import numpy as np
import numpy.typing as npt

from mastkit.record.problems import Problem, shown
from mastkit.record.sheets.numbers import (
    Interval,
    NotANumber,
    bounds,
    expected_number,
    parse_number,
    plain,
    unit_in_words,
)
from mastkit.record.sheets.table import SheetTable
from mastkit.vocabulary.variables import Impossible, SheetVariable, impossible_numbers, sheet_variables

LINE_KEYS = frozenset({"source", "stated", "expect", "note"})
"""Keys beside the variables that a line of JSON may have without anybody wondering."""

MISSING_WORDS = frozenset({"nan", "na", "n/a", "#n/a", "null", "unknown"})
"""Words that spreadsheets write where nothing is known."""

_TRUTH = {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0}

Cells = Sequence[object]

_PLAIN = {float, int, type(None)}


@dataclass(slots=True)
class _Chunks:
    """The parts of one column, in order."""

    first: list[Any] = field(default_factory=list)
    second: list[Any] = field(default_factory=list)
    rows: int = 0


@dataclass(slots=True)
class TableBuilder:
    """Takes cells a chunk of rows at a time and makes the table at the end."""

    file: str
    ids: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _extra: list[dict[str, Any]] = field(default_factory=list)
    _printed: dict[str, dict[int, str]] = field(default_factory=dict)
    _chunks: dict[str, _Chunks] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    _notes: dict[tuple[str, str], tuple[Problem, int]] = field(default_factory=dict)

    def add_objects(self, objects: Sequence[tuple[int, object]]) -> None:
        """Add objects as they stand in lines of JSON, each with the number of its line."""
        rows: list[int] = []
        ids: list[object] = []
        sheets: list[Mapping[str, Any]] = []
        extra: list[dict[str, Any]] = []
        variables = sheet_variables()
        for row, thing in objects:
            if not isinstance(thing, Mapping):
                self.problem(row, None, None, shown(thing), "an object with the variables of one person")
                continue
            nested = "sheet" in thing
            sheet = thing["sheet"] if nested else thing
            if not isinstance(sheet, Mapping):
                self.problem(row, None, "sheet", shown(sheet), "an object with the variables of one person")
                continue
            rest = {key: value for key, value in thing.items() if key != "id" and key not in variables}
            rest.pop("sheet", None)
            if nested:
                rest = {key: value for key, value in thing.items() if key not in ("id", "sheet")}
                for key in rest.keys() & variables.keys():
                    self.note(key, row, 'a variable beside "sheet"', 'it inside "sheet"; it is not used')
                if unknown := {key: value for key, value in sheet.items() if key not in variables}:
                    rest["sheet"] = unknown
                    self._note_unknown(unknown, row)
            else:
                self._note_unknown((key for key in rest if key not in LINE_KEYS), row)
            rows.append(row)
            ids.append(thing.get("id"))
            sheets.append(sheet)
            extra.append(rest)
        present = set().union(*(sheet.keys() for sheet in sheets))
        columns = {name: [sheet.get(name) for sheet in sheets] for name in variables if name in present}
        self.add(columns, ids, rows, extra)

    def add(
        self, columns: Mapping[str, Cells], ids: Cells, rows: Sequence[int], extra: Sequence[dict[str, Any]]
    ) -> None:
        """Add a chunk of rows: the cells of each variable, and of each row its id, number and the rest."""
        start = len(self.ids)
        for row, value in zip(rows, ids, strict=True):
            self._add_id(value, row)
        self.rows.extend(rows)
        self._extra.extend(extra)
        for name, cells in columns.items():
            variable = sheet_variables()[name]
            chunks = self._chunks.setdefault(name, _Chunks())
            if chunks.rows < start:
                self._append(variable, chunks, self._unknown(variable, start - chunks.rows))
            self._append(variable, chunks, self._convert(variable, cells, start))
            chunks.rows = len(self.ids)

    def table(self) -> SheetTable:
        """Return the table of all that was added."""
        count = len(self.ids)
        nothing = {kind: self._unknown_column(kind, count) for kind in ("number", "boolean", "choice")}
        no_text: list[str | None] = [None] * count
        table = SheetTable(
            file=self.file,
            ids=self.ids,
            rows=self.rows,
            numbers={},
            booleans={},
            choices={},
            texts={},
            printed=self._printed,
            extra=self._extra if any(self._extra) else None,
            problems=self.problems + [self._counted(*note) for note in self._notes.values()],
            known=(),
        )
        known = []
        for name, variable in sheet_variables().items():
            column = self._column(variable, count)
            if column is not None:
                known.append(name)
            match variable.kind:
                case "number":
                    table.numbers[name] = column or (nothing["number"], nothing["number"])
                case "boolean":
                    table.booleans[name] = nothing["boolean"] if column is None else column[0]
                case "choice":
                    table.choices[name] = nothing["choice"] if column is None else column[0]
                case "text":
                    table.texts[name] = no_text if column is None else column[0]
        table.known = tuple(known)
        return table

    def problem(self, row: int | None, name: str | None, field: str | None, found: str, expected: str) -> None:
        """Keep one thing that could not be understood."""
        self.problems.append(Problem(self.file, row, name, field, found, expected))

    def warn(self, row: int | None, name: str | None, field: str | None, found: str, expected: str) -> None:
        """Keep one thing that was understood, but may be a mistake."""
        self.problems.append(Problem(self.file, row, name, field, found, expected, "warning"))

    def note(self, field: str, row: int, found: str, expected: str) -> None:
        """Keep a remark that is made once for a column, with the number of rows it holds for."""
        first, count = self._notes.get(
            (field, found), (Problem(self.file, row, None, field, found, expected, "warning"), 0)
        )
        self._notes[field, found] = (first, count + 1)

    def _note_unknown(self, names: Any, row: int) -> None:
        for name in names:
            self.note(str(name), row, "an unknown variable", suggestion(str(name)))

    def _counted(self, first: Problem, count: int) -> Problem:
        if count == 1:
            return first
        return Problem(
            first.file,
            first.row,
            first.id,
            first.field,
            f"{first.found} (here and in {count - 1:,} more rows)",
            first.expected,
            first.kind,
        )

    def _add_id(self, value: object, row: int) -> None:
        name = value.strip() if isinstance(value, str) else ""
        if isinstance(value, int | np.integer) and not isinstance(value, bool):
            name = shown(value)
        elif value is not None and not isinstance(value, str):
            self.problem(row, None, "id", shown(value), f'a text or a whole number; read as "row-{row}"')
        if not is_text(name):
            self.problem(row, None, "id", shown(name), f'a text in UTF-8; read as "row-{row}"')
            name = ""
        name = name or f"row-{row}"
        if name in self._seen:
            first = self._seen[name]
            self.warn(row, name, "id", f"the id of row {first} again", "an id of its own for each row")
        else:
            self._seen[name] = row
        self.ids.append(name)

    def _convert(self, variable: SheetVariable, cells: Cells, start: int) -> tuple[Any, ...]:
        match variable.kind:
            case "number":
                return self._numbers(variable, cells, start)
            case "boolean":
                codes = dict(_TRUTH)
                return (self._codes(variable, cells, start, codes, "true or false", np.int8),)
            case "choice":
                codes = {value.casefold(): place for place, value in enumerate(variable.values)}
                for word, truth in _TRUTH.items():
                    if (value := ("false", "true")[truth]) in codes:
                        codes.setdefault(word, codes[value])
                return (
                    self._codes(variable, cells, start, codes, f"one of {', '.join(variable.values)}", np.int16),
                )
            case "text":
                return (self._texts(variable, cells, start),)

    def _numbers(self, variable: SheetVariable, cells: Cells, start: int) -> tuple[Any, Any]:
        # Plain numbers at once, by numpy; the few that are printed as text one by one.
        printed = (
            [] if set(map(type, cells)) <= _PLAIN else [i for i, c in enumerate(cells) if type(c) not in _PLAIN]
        )
        plain = [cell if type(cell) in _PLAIN else None for cell in cells] if printed else cells
        try:
            low = np.array(plain, dtype=np.float64)
        except OverflowError:  # an integer too long for a double
            low, plain, printed = np.full(len(cells), np.nan), [None] * len(cells), list(range(len(cells)))
        self._check_plain(variable, plain, low, start)
        if not printed:
            return low, low
        high = low.copy()
        impossible = impossible_numbers().get(variable.name)
        for i in printed:
            cell = cells[i]
            if cell is None or cell == "":
                continue
            try:
                interval = parse_number(cell, variable)
                text = cell.strip() if isinstance(cell, str) else interval.text(variable)
            except NotANumber as error:
                self._not_understood(variable, cell, start + i, str(error))
                continue
            if impossible is not None and interval.low > impossible.above:
                self._not_understood(variable, cell, start + i, _possible(variable, impossible))
                continue
            low[i], high[i] = interval.low, interval.high
            if not interval.exact:
                self._printed.setdefault(variable.name, {})[start + i] = text
        return low, high

    def _check_plain(
        self, variable: SheetVariable, cells: Cells, values: npt.NDArray[np.float64], start: int
    ) -> None:
        """Make unknown, in place, what the variable cannot be."""
        floor, ceiling = bounds(variable)
        bad = (values < floor) | (values > ceiling) | np.isinf(values)
        if variable.integer:
            bad |= values != np.floor(values)
        bad |= np.isnan(values)
        for i in np.flatnonzero(bad).tolist():
            if cells[i] is not None:
                self._not_understood(variable, cells[i], start + i, expected_number(variable))
        if impossible := impossible_numbers().get(variable.name):
            beyond = ~bad & (values > impossible.above)
            for i in np.flatnonzero(beyond).tolist():
                self._not_understood(variable, cells[i], start + i, _possible(variable, impossible))
            bad |= beyond
        values[bad] = np.nan
        values += 0.0  # -0.0 becomes 0.0

    def _codes(
        self,
        variable: SheetVariable,
        cells: Cells,
        start: int,
        codes: Mapping[str, int],
        expected: str,
        dtype: type[np.int8] | type[np.int16],
    ) -> npt.NDArray[Any]:
        seen: dict[object, int | None] = {None: -1, "": -1}
        result = np.empty(len(cells), dtype=dtype)
        read: Callable[[object], int | None] = lambda cell: codes.get(_word(cell))  # noqa: E731
        for i, cell in enumerate(cells):
            try:
                code = seen[cell]
            except KeyError:
                code = seen[cell] = read(cell)
            except TypeError:  # a list or an object cannot be looked up
                code = None
            if code is None:
                self._not_understood(variable, cell, start + i, expected)
                code = -1
            result[i] = code
        return result

    def _texts(self, variable: SheetVariable, cells: Cells, start: int) -> list[str | None]:
        result: list[str | None] = []
        for i, cell in enumerate(cells):
            text = cell.strip() if isinstance(cell, str) else None
            if cell is not None and (text is None or not is_text(text)):
                self._not_understood(variable, cell, start + i, "a text in UTF-8")
                text = None
            result.append(text or None)
        return result

    def _not_understood(self, variable: SheetVariable, cell: object, place: int, expected: str) -> None:
        row = self.rows[place]
        if isinstance(cell, str) and not cell.strip():
            return
        if (isinstance(cell, str) and cell.strip().casefold() in MISSING_WORDS) or _is_nan(cell):
            found = shown(cell.strip()) if isinstance(cell, str) else "NaN"
            self.note(variable.name, row, found, "an empty cell where nothing is known; read as unknown")
            return
        self.problem(row, self.ids[place], variable.name, shown(cell), expected)

    def _append(self, variable: SheetVariable, chunks: _Chunks, parts: tuple[Any, ...]) -> None:
        chunks.first.append(parts[0])
        if variable.kind == "number":
            chunks.second.append(parts[1])

    def _unknown(self, variable: SheetVariable, count: int) -> tuple[Any, ...]:
        if variable.kind == "text":
            return ([None] * count,)
        column = self._unknown_column(variable.kind, count)
        return (column, column)

    @staticmethod
    def _unknown_column(kind: str, count: int) -> npt.NDArray[Any]:
        column: npt.NDArray[Any] = {
            "number": np.full(count, np.nan),
            "boolean": np.full(count, -1, dtype=np.int8),
            "choice": np.full(count, -1, dtype=np.int16),
        }[kind]
        column.flags.writeable = False
        return column

    def _column(self, variable: SheetVariable, count: int) -> tuple[Any, ...] | None:
        """Return the whole column, or None where nobody has a value."""
        chunks = self._chunks.pop(variable.name, None)
        if chunks is None:
            return None
        if chunks.rows < count:
            self._append(variable, chunks, self._unknown(variable, count - chunks.rows))
        if variable.kind == "text":
            texts = [text for chunk in chunks.first for text in chunk]
            return None if all(text is None for text in texts) else (texts,)
        first = np.concatenate(chunks.first)
        if variable.kind != "number":
            return None if (first < 0).all() else (first,)
        if np.isnan(first).all():
            return None
        exact = all(low is high for low, high in zip(chunks.first, chunks.second, strict=True))
        return (first, first.copy() if exact else np.concatenate(chunks.second))


def suggestion(name: str) -> str:
    """Say what was expected in place of an unknown variable."""
    close = get_close_matches(name.strip().casefold(), sheet_variables(), n=1, cutoff=0.6)
    perhaps = f', perhaps "{close[0]}"' if close else ""
    return f"the name of a variable of the case sheet{perhaps}; it is kept beside the sheet and not used"


def _possible(variable: SheetVariable, impossible: Impossible) -> str:
    """Say what was expected in place of a number that nobody can have."""
    unit = unit_in_words(variable)
    limit = plain(impossible.above)
    return f"a number in {unit} up to {limit}, for nobody has more; this may be {impossible.other_unit}"


def is_text(text: str) -> bool:
    """Whether every file can hold the text: no NUL, and no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def _word(cell: object) -> str:
    """Return the word by which a truth or a choice is looked up."""
    if isinstance(cell, str):
        return cell.strip().casefold()
    if isinstance(cell, bool | np.bool_):
        return "true" if cell else "false"
    if isinstance(cell, Interval) or cell not in (0, 1):
        return "\0"
    return "1" if cell else "0"


def _is_nan(cell: object) -> bool:
    return isinstance(cell, float) and math.isnan(cell)
