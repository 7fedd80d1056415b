"""What is known of one person, made ready for the rules: checked, and with silence read as the rulebook says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mastkit.logic.evaluate import Evaluator, Known, asked_by, known_range, of_nothing
from mastkit.logic.rulebook import Presumption
from mastkit.logic.values import Fact, Range
from mastkit.logic.variables import Variable


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rulebook may use of one person.

    Attributes:
        known: for each variable of which something is known, what is still possible: a set of values, or an
            interval. A variable that is missing here is unknown.
        stated: the variables of which something was stated.
        presumed: the others in ``known``, each with why its silence is read so.
    """

    known: dict[Variable, Known] = field(default_factory=dict)
    stated: frozenset[Variable] = frozenset()
    presumed: dict[Variable, str] = field(default_factory=dict)

    def differing_from(self, other: Facts) -> frozenset[Variable]:
        """The variables of which these facts and others do not say the same in the same way."""
        return frozenset(
            v
            for v in {**self.known, **other.known}
            if self.known.get(v) != other.known.get(v)
            or self.presumed.get(v) != other.presumed.get(v)
            or (v in self.stated) != (v in other.stated)
        )


class Asks(Protocol):
    """Anything that asks about variables and says how silence is read: a rulebook, a score."""

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable asked about."""

    @property
    def presumptions(self) -> tuple[Presumption, ...]:
        """How silence is read."""


def read_facts(rulebook: Asks, values: Mapping[str, Fact | None]) -> Facts:
    """Check the stated values, then read silence as the rulebook does.

    Args:
        rulebook: says which variables there are. Others are ignored.
        values: variable name to a boolean, one of the values of a choice, a number, or anything with ``low``
            and ``high``. ``None`` and NaN mean that nothing is known.

    Raises:
        ValueError: in one sentence, for a value that the variable cannot have.
    """
    known: dict[Variable, Known] = {}
    for variable in rulebook.variables:
        value = values.get(variable.name)
        if value is not None and variable.observable:
            possible = possible_values(variable, value)
            if possible is not None:
                known[variable] = possible
    stated = frozenset(known)
    presumed: dict[Variable, str] = {}
    for variable in rulebook.variables:
        if variable.absent is not None and variable not in stated:
            known[variable] = possible_values(variable, variable.absent) or frozenset()
            presumed[variable] = variable.absent_reason
    presume_silence(rulebook.presumptions, known, stated, presumed)
    return Facts(known, stated, presumed)


def presume_silence(
    presumptions: tuple[Presumption, ...],
    known: dict[Variable, Known],
    stated: frozenset[Variable],
    presumed: dict[Variable, str],
) -> None:
    """Add what the presumptions give, until nothing new follows."""
    waiting = [p for p in presumptions if p.variable not in stated]
    asked = [p for p in waiting if of_nothing(p.when) or not known.keys().isdisjoint(asked_by(p.when))]
    while asked:
        truth = Evaluator(known, stated)
        fired = [p for p in asked if truth(p.when)]
        new = set()
        for presumption in fired:
            if presumption.variable not in presumed:
                known[presumption.variable] = presumption.leaves
                presumed[presumption.variable] = presumption.title
                new.add(presumption.variable)
        waiting = [p for p in waiting if p.variable not in presumed]
        # Only what asks about something new can have changed its mind.
        asked = [p for p in waiting if not new.isdisjoint(asked_by(p.when))]


def possible_values(variable: Variable, value: Fact) -> Known | None:
    """What a stated value leaves possible; ``None`` where it says nothing (NaN).

    Raises:
        ValueError: in one sentence, for a value that the variable cannot have.
    """
    if variable.kind == "boolean":
        if isinstance(value, bool):
            return frozenset({value})
        raise ValueError(f"{variable.name}: expected true or false, found {value!r}")
    if variable.kind == "choice":
        word = str(value).lower() if isinstance(value, bool) else value
        if isinstance(word, str) and word in variable.values:
            return frozenset(dict(variable.open_values).get(word, (word,)))
        raise ValueError(f"{variable.name}: expected one of {', '.join(variable.values)}, found {value!r}")
    if isinstance(value, int | float) and not isinstance(value, bool):
        low = high = float(value)
    elif isinstance(value, Range):
        low, high = value.low, value.high
    else:
        raise ValueError(f"{variable.name}: expected a number, found {value!r}")
    if math.isnan(low) or math.isnan(high):
        return None
    clipped = known_range(variable, low, high)
    if clipped is None:
        expected = "a whole number" if variable.integer else "a number"
        raise ValueError(
            f"{variable.name}: expected {expected} from {variable.low:g} to {variable.high:g}, found {value!r}"
        )
    return clipped
