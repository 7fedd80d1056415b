"""What is known of many persons, column by column, made ready for the rules; silence is read as for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from mastkit.logic.facts import Asks, possible_values
from mastkit.logic.rulebook import Presumption
from mastkit.logic.values import Interval
from mastkit.logic.variables import Variable

Floats: TypeAlias = npt.NDArray[np.float64]
Bits: TypeAlias = npt.NDArray[np.uint64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Ends: TypeAlias = tuple[Floats, Floats]

Column: TypeAlias = Bits | Ends
"""What is possible in each row: of a number its lowest and highest value (NaN where nothing is known), of
anything else a bit for each of :func:`values_of` (no bit where nothing is known)."""


class Table(Protocol):
    """Persons by column, as a table of case sheets holds them."""

    @property
    def numbers(self) -> Mapping[str, Ends]:
        """Lowest and highest value; NaN is unknown."""

    @property
    def booleans(self) -> Mapping[str, npt.NDArray[np.int8]]:
        """-1 unknown, 0 false, 1 true."""

    @property
    def choices(self) -> Mapping[str, npt.NDArray[np.int16]]:
        """Place in the values of the variable; -1 is unknown."""

    def __len__(self) -> int:
        """The number of rows."""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What rules may use of many persons.

    Attributes:
        known: of each variable of which something is known in some row, what is possible in each row.
        stated: in which rows something was stated of it. A variable that is missing was stated nowhere.
    """

    rows: int
    known: dict[Variable, Column] = field(default_factory=dict)
    stated: dict[Variable, Flags] = field(default_factory=dict)


def values_of(variable: Variable) -> tuple[bool | str, ...]:
    """The values that a boolean or a choice can have, in the order of the bits of its column."""
    return (False, True) if variable.kind == "boolean" else (*variable.truths, *variable.provisional)


def bits_of(variable: Variable, values: object) -> int:
    """The bits of some values of a boolean or a choice."""
    assert isinstance(values, frozenset | set)
    return sum(1 << i for i, value in enumerate(values_of(variable)) if value in values)


def read_columns(asks: Asks, table: Table) -> ColumnFacts:
    """What the table says of the variables asked about, then silence as the rules read it.

    Variables that are no column of the table are unknown in every row.
    """
    facts = ColumnFacts(len(table))
    for variable in asks.variables:
        column = _column(variable, table) if variable.observable else None
        if column is not None:
            facts.known[variable] = column
            facts.stated[variable] = ~np.isnan(column[0]) if isinstance(column, tuple) else column != 0
    taken = {v: there.copy() for v, there in facts.stated.items()}
    for variable in asks.variables:
        if variable.absent is not None:
            _fill(facts, taken, variable, np.ones(facts.rows, bool), possible_values(variable, variable.absent))
    _presume(facts, taken, asks.presumptions)
    return facts


def _column(variable: Variable, table: Table) -> Column | None:
    if variable.kind == "number":
        ends = table.numbers.get(variable.name)
        return None if ends is None else (np.maximum(ends[0], variable.low), np.minimum(ends[1], variable.high))
    if variable.kind == "boolean":
        truths = table.booleans.get(variable.name)
        return None if truths is None else np.array([1, 2, 0], dtype=np.uint64)[truths]
    places = table.choices.get(variable.name)
    if places is None:
        return None
    opened = dict(variable.open_values)
    bits = [bits_of(variable, frozenset(opened.get(value, (value,)))) for value in variable.values]
    return np.array([*bits, 0], dtype=np.uint64)[places]


def _presume(facts: ColumnFacts, taken: dict[Variable, Flags], presumptions: tuple[Presumption, ...]) -> None:
    """Add what the presumptions give, until nothing new follows in any row."""
    from mastkit.logic.evaluate_many import ManyEvaluator

    waiting = list(presumptions)
    while waiting:
        evaluate = ManyEvaluator(facts)
        fired = [(p, evaluate(p.when) == 1) for p in waiting]
        changed = [_fill(facts, taken, p.variable, rows, p.leaves) for p, rows in fired]
        if not any(changed):
            return


def _fill(
    facts: ColumnFacts, taken: dict[Variable, Flags], variable: Variable, rows: Flags, possible: object
) -> bool:
    """State what is possible in those rows in which nothing is stated or presumed yet; whether there are any."""
    there = taken.setdefault(variable, np.zeros(facts.rows, bool))
    new = rows & ~there
    if not new.any():
        return False
    there |= new
    old = facts.known.get(variable)
    if isinstance(possible, Interval):
        lows, highs = old if isinstance(old, tuple) else (np.full(facts.rows, np.nan),) * 2
        facts.known[variable] = (np.where(new, possible.low, lows), np.where(new, possible.high, highs))
    else:
        before = old if isinstance(old, np.ndarray) else np.zeros(facts.rows, np.uint64)
        facts.known[variable] = np.where(new, np.uint64(bits_of(variable, possible)), before)
    return True
