"""Variables of the case sheet for the rules: name, unit, values and limits come from the vocabulary."""

from __future__ import annotations

from mastkit.logic.variables import Variable, boolean, choice, number
from mastkit.vocabulary.variables import sheet_variables


def sheet_boolean(name: str, *, absent: bool | None = None, reason: str = "") -> Variable:
    """A statement of the case sheet; ``absent`` is how silence is read, and ``reason`` why."""
    return boolean(name, sheet_variables()[name].label, absent=absent, absent_reason=reason)


def sheet_choice(
    name: str, *, opened: dict[str, tuple[str, ...]] | None = None, provisional: tuple[str, ...] = ()
) -> Variable:
    """A choice of the case sheet; ``opened`` are statements that leave some of its values possible."""
    entry = sheet_variables()[name]
    return choice(name, entry.values, entry.label, open_values=opened, provisional=provisional)


def sheet_number(
    name: str, *, high: float | None = None, absent: float | None = None, reason: str = ""
) -> Variable:
    """A number of the case sheet; ``high`` narrows what the vocabulary permits."""
    entry = sheet_variables()[name]
    low = float("-inf") if entry.low is None else entry.low
    top = high if high is not None else float("inf") if entry.high is None else entry.high
    return number(
        name,
        entry.label,
        unit=entry.unit,
        low=low,
        high=top,
        integer=entry.integer,
        absent=absent,
        absent_reason=reason,
    )
