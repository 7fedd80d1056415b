"""A value with its unit, exact or censored as the laboratory printed it."""

import re
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mastkit.record.sheets.numbers import Interval, parse_number, plain
from mastkit.vocabulary.variables import SheetVariable

Comparator = Literal["<", "<=", ">=", ">"]

DIGITS = 12
"""Significant digits kept by a conversion: more than any laboratory prints, fewer than a double's noise."""


class UnitDoesNotFit(ValueError):  # noqa: N818 - the message says what was expected instead
    """A unit that cannot be converted to the one that is needed; the message names the unit expected."""


class Quantity(BaseModel):
    """A value with its unit; with a comparator it is a limit, such as "> 200"."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    value: float = Field(description="The number as the laboratory printed it.")
    unit: str = Field(
        description="The unit in UCUM, such as ng/mL or 10*9/L; 1 for a plain number.",
        min_length=1,
        max_length=60,
        pattern=r"^[!-~]+$",
    )
    comparator: Comparator | None = Field(default=None, description="Set where only a limit is known: >200, <=5.")

    def __str__(self) -> str:
        """Return it as it was printed."""
        return f"{self.comparator or ''}{plain(self.value)}" + (f" {self.unit}" if self.unit != "1" else "")

    def to(self, unit: str) -> "Quantity":
        """Return the same quantity in another unit; raises `UnitDoesNotFit`."""
        if unit == self.unit:
            return self
        registry = _registry()
        try:
            ours, theirs = _unit(self.unit), _unit(unit)
            value = float(registry.Quantity(self.value, ours).to(theirs).magnitude)
            return Quantity(value=float(f"{value:.{DIGITS}g}"), unit=unit, comparator=self.comparator)
        except UnitDoesNotFit:
            raise
        except Exception as error:
            # Pint and its parser raise errors of a dozen kinds; none may reach the person who typed a unit.
            raise UnitDoesNotFit(f"a unit that fits {unit}") from error

    def interval(self, variable: SheetVariable) -> Interval:
        """Return what the quantity permits for a variable, in the variable's unit."""
        quantity = self.to(ucum_unit(variable))
        return parse_number(f"{quantity.comparator or ''}{quantity.value!r}", variable)


def ucum_unit(variable: SheetVariable) -> str:
    """Return the UCUM unit of a variable: "% of alleles" is "%", none is "1"."""
    return re.sub(r" of .*", "", variable.unit) or "1"


@cache
def _registry() -> Any:
    # Slow to import and to build: only where units differ.
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()


@cache
def _unit(text: str) -> Any:
    registry = _registry()
    try:
        return registry.from_ucum(text).units
    except Exception as error:
        raise UnitDoesNotFit(f'a UCUM unit such as ng/mL or 10*9/L; "{text}" is none') from error
