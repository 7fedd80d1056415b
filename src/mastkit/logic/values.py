"""Truth values and what can be known of a number.

Truth is Kleene's: ``True``, ``False`` and ``None`` for unknown. A number is known as a closed interval of
doubles: ``12.5`` is ``[12.5, 12.5]`` and ``> 200`` is ``[nextafter(200, inf), inf]``, so that strict and
loose limits need no flags of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

Truth = bool | None
"""``True``, ``False``, or ``None`` where it is unknown."""


@runtime_checkable
class Range(Protocol):
    """Anything with a lowest and a highest possible value, both included."""

    @property
    def low(self) -> float:
        """The lowest value that is possible."""

    @property
    def high(self) -> float:
        """The highest value that is possible."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known to lie between two doubles, both included."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"an interval needs low <= high, not {self.low} and {self.high}")


def exactly(number: float) -> Interval:
    """The interval that holds one number only."""
    return Interval(number, number)


Fact = bool | str | float | Range
"""What a record says of one variable: true or false, one of its values, a number, or a range."""


def negation(truth: Truth) -> Truth:
    """Kleene's not: unknown stays unknown."""
    return None if truth is None else not truth
