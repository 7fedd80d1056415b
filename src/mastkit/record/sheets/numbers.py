"""Numbers as laboratories print them: exact, or censored such as ">200" and "<=5"."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from numbers import Real

from mastkit.vocabulary.variables import SheetVariable

_PRINTED = re.compile(
    r"(?P<comparator>>=|<=|>|<|≥|≤)?\s*"
    r"(?P<number>[+\-−]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+\-]?[0-9]+)?)"
)
_THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2},[0-9]{3}")


_UNIT_WORDS = {"a": "years", "h": "hours"}
"""Units whose UCUM letter alone nobody would take for one."""


class NotANumber(ValueError):  # noqa: N818 - the message says what was expected instead
    """A cell that is no number the variable permits; the message is what was expected."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The closed interval of doubles that a number permits; an exact number is an interval of one."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether only one value is permitted."""
        return self.low == self.high

    def text(self, variable: SheetVariable) -> str:
        """Return the shortest printed number that reads back as this interval."""
        floor, ceiling = bounds(variable)
        if self.exact:
            return plain(self.low)
        if self.high == ceiling and self.low > -math.inf:
            return _shorter(">=", self.low, ">", math.nextafter(self.low, -math.inf))
        if self.low == floor and self.high < math.inf:
            return _shorter("<=", self.high, "<", math.nextafter(self.high, math.inf))
        raise NotANumber(f"an interval that {variable.name} can print as one number with <, <=, > or >=")


def bounds(variable: SheetVariable) -> tuple[float, float]:
    """Return the lowest and the highest value of a variable."""
    low = -math.inf if variable.low is None else variable.low
    high = math.inf if variable.high is None else variable.high
    return low, high


def plain(number: float) -> str:
    """Return the shortest text that reads back as the same double, without a needless ".0"."""
    return repr(number).removesuffix(".0")


def parse_number(value: object, variable: SheetVariable) -> Interval:
    """Return the interval that a cell permits, or raise `NotANumber` with what was expected."""
    if isinstance(value, str):
        return _parse_text(value, variable)
    if isinstance(value, Interval):
        return _within(value.low, value.high, variable)
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise NotANumber(expected_number(variable))
    try:
        number = float(value)
    except (OverflowError, ValueError):
        number = math.inf
    return _within(number, number, variable)


def unit_in_words(variable: SheetVariable) -> str:
    """The unit of a variable as a reader knows it."""
    return _UNIT_WORDS.get(variable.unit, variable.unit)


def expected_number(variable: SheetVariable) -> str:
    """Say what a variable takes."""
    what = "a whole number" if variable.integer else "a number"
    if variable.unit not in ("", "1"):
        what += f" in {unit_in_words(variable)}"
    if variable.low is not None:
        what += f" from {plain(variable.low)}"
    if variable.high is not None:
        what += f" to {plain(variable.high)}"
    return f'{what}, or a limit such as ">3" or "<=2.5"'


@lru_cache(maxsize=65536)
def _parse_text(text: str, variable: SheetVariable) -> Interval:
    match = _PRINTED.fullmatch(text.strip())
    if match is None:
        raise NotANumber(expected_number(variable))
    printed = match["number"]
    if _THOUSANDS.fullmatch(printed):
        dotted, joined = printed.replace(",", "."), printed.replace(",", "")
        raise NotANumber(f"{dotted} or {joined}, for a comma before three digits can mean either")
    number = float(printed.replace(",", ".").replace("−", "-"))
    if math.isinf(number):
        raise NotANumber(expected_number(variable))
    match match["comparator"]:
        case None:
            return _within(number, number, variable)
        case ">":
            return _within(math.nextafter(number, math.inf), math.inf, variable)
        case ">=" | "≥":
            return _within(number, math.inf, variable)
        case "<":
            return _within(-math.inf, math.nextafter(number, -math.inf), variable)
        case _:
            return _within(-math.inf, number, variable)


def _within(low: float, high: float, variable: SheetVariable) -> Interval:
    """Return what the variable's own limits leave of the interval."""
    floor, ceiling = bounds(variable)
    clipped_low, clipped_high = max(low, floor), min(high, ceiling)
    if variable.integer:
        clipped_low = float(math.ceil(clipped_low)) if math.isfinite(clipped_low) else clipped_low
        clipped_high = float(math.floor(clipped_high)) if math.isfinite(clipped_high) else clipped_high
    says_something = clipped_low <= clipped_high and (clipped_low > -math.inf or clipped_high < math.inf)
    if not says_something or clipped_low == math.inf or clipped_high == -math.inf:
        raise NotANumber(expected_number(variable))
    # Adding zero turns -0.0 into 0.0: one zero, written one way.
    return Interval(clipped_low + 0.0, clipped_high + 0.0)


def _shorter(closed: str, limit: float, opened: str, neighbour: float) -> str:
    first, second = f"{closed}{plain(limit)}", f"{opened}{plain(neighbour)}"
    # Beside the largest double lies infinity, which is no number that can be read back.
    return first if len(first) <= len(second) + 1 or math.isinf(neighbour) else second
