"""A table of case sheets held by columns, so that 100,000 rows are no burden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from mastkit.record.problems import Problem
from mastkit.record.sheets.numbers import Interval
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Sheet:
    """What is known about one person: only the variables that have a value."""

    id: str
    values: dict[str, bool | str | Interval]
    texts: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class SheetTable:
    """Many case sheets by column; every variable has a column, whether or not anybody has a value.

    Columns in which nothing is known share one array that cannot be written to.
    """

    file: str
    ids: list[str]
    rows: list[int]
    numbers: dict[str, tuple[Floats, Floats]]
    """Lowest and highest value permitted; NaN is unknown."""
    booleans: dict[str, npt.NDArray[np.int8]]
    """-1 unknown, 0 false, 1 true."""
    choices: dict[str, npt.NDArray[np.int16]]
    """Place in the variable's list of values; -1 is unknown."""
    texts: dict[str, list[str | None]]
    printed: dict[str, dict[int, str]]
    """The censored numbers as they were printed: variable, then place in the table."""
    extra: list[dict[str, Any]] | None
    """Of each row what is no variable: source, stated, expect, note, other columns."""
    problems: list[Problem]
    known: tuple[str, ...]
    """The variables that at least one row has a value for, in the order of the data file."""

    def __len__(self) -> int:
        """Return the number of persons."""
        return len(self.ids)

    @classmethod
    def from_sheets(cls, sheets: Iterable[Mapping[str, Any]], *, file: str = "") -> "SheetTable":
        """Make a table of objects like lines of JSON: flat, or with the variables under ``sheet``."""
        from mastkit.record.sheets.columns import TableBuilder

        builder = TableBuilder(file)
        builder.add_objects([(number, sheet) for number, sheet in enumerate(sheets, start=1)])
        return builder.table()

    def sheet(self, i: int) -> Sheet:
        """Return one row."""
        variables = sheet_variables()
        values: dict[str, bool | str | Interval] = {}
        texts: dict[str, str] = {}
        for name in self.known:
            variable = variables[name]
            match variable.kind:
                case "number":
                    low, high = self.numbers[name]
                    if low[i] == low[i]:
                        values[name] = Interval(float(low[i]), float(high[i]))
                case "boolean":
                    if (truth := self.booleans[name][i]) >= 0:
                        values[name] = bool(truth)
                case "choice":
                    if (place := self.choices[name][i]) >= 0:
                        values[name] = variable.values[place]
                case "text":
                    if (text := self.texts[name][i]) is not None:
                        texts[name] = text
        return Sheet(self.ids[i], values, texts, self.extra[i] if self.extra else {})

    def sheets(self) -> Iterable[Sheet]:
        """Go through the rows in order."""
        return (self.sheet(i) for i in range(len(self)))

    def cell(self, name: str, i: int) -> bool | int | float | str | None:
        """Return one cell as a line of JSON holds it; None is unknown."""
        variable = sheet_variables()[name]
        match variable.kind:
            case "number":
                return self._number(variable, i)
            case "boolean":
                return (None, False, True)[self.booleans[name][i] + 1]
            case "choice":
                place = int(self.choices[name][i])
                if place < 0:
                    return None
                value = variable.values[place]
                return value == "true" if value in ("true", "false") else value
            case "text":
                return self.texts[name][i]

    def _number(self, variable: SheetVariable, i: int) -> int | float | str | None:
        low, high = (float(side[i]) for side in self.numbers[variable.name])
        if low != low:
            return None
        if low == high:
            return int(low) if low.is_integer() and abs(low) < 2**53 else low
        printed = self.printed.get(variable.name, {}).get(i)
        return printed if printed is not None else Interval(low, high).text(variable)

    def same_as(self, other: "SheetTable") -> bool:
        """Whether both hold the same persons and values, wherever they were read from."""
        return (
            self.ids == other.ids
            and self.known == other.known
            and self.printed == other.printed
            and self._extra_rows() == other._extra_rows()
            and all(self._same_column(name, other) for name in self.known)
        )

    def _same_column(self, name: str, other: "SheetTable") -> bool:
        match sheet_variables()[name].kind:
            case "number":
                pairs = zip(self.numbers[name], other.numbers[name], strict=True)
                return all(np.array_equal(ours, theirs, equal_nan=True) for ours, theirs in pairs)
            case "boolean":
                return np.array_equal(self.booleans[name], other.booleans[name])
            case "choice":
                return np.array_equal(self.choices[name], other.choices[name])
            case "text":
                return self.texts[name] == other.texts[name]

    def _extra_rows(self) -> Sequence[Mapping[str, Any]]:
        return self.extra if self.extra is not None else [{}] * len(self)
