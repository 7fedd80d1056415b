"""Units convert where they fit, and are refused with the unit expected where they do not."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.record.quantity import Quantity, UnitDoesNotFit, ucum_unit
from mastkit.record.sheets.numbers import Interval
from mastkit.vocabulary.variables import sheet_variables


@pytest.mark.parametrize(
    ("value", "unit", "to", "result"),
    [
        (31.2, "ug/L", "ng/mL", 31.2),
        (134, "g/L", "g/dL", 13.4),
        (150, "10*3/uL", "10*9/L", 150),
        (4.3, "g/dL", "g/L", 43),
        (0.021, "1", "%", 2.1),
        (25, "mm", "cm", 2.5),
    ],
)
def test_units_that_fit(value: float, unit: str, to: str, result: float) -> None:
    assert Quantity(value=value, unit=unit).to(to) == Quantity(value=result, unit=to)


@pytest.mark.parametrize("unit", ["mmol/L", "K/uL", "foo", "((", "%", "kg.", "1e999/L"])
def test_units_that_do_not_fit_name_the_one_expected(unit: str) -> None:
    with pytest.raises(UnitDoesNotFit, match=r"unit .*g/dL|UCUM unit"):
        Quantity(value=8, unit=unit).to("g/dL")


def test_a_censored_quantity_stays_censored() -> None:
    bst = sheet_variables()["bst"]
    assert Quantity(value=200, unit="ug/L", comparator=">").interval(bst) == Interval(
        math.nextafter(200, math.inf), math.inf
    )
    assert str(Quantity(value=200, unit="ug/L", comparator=">")) == ">200 ug/L"


def test_every_variable_has_a_unit_that_is_ucum() -> None:
    for variable in sheet_variables().values():
        if variable.kind == "number":
            with pytest.raises(UnitDoesNotFit, match="a unit that fits kg"):
                Quantity(value=1, unit=ucum_unit(variable)).to("kg")


def test_units_are_not_loaded_before_they_are_needed() -> None:
    code = "import sys, mastkit.record.record, mastkit.record.files; sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12))
def test_no_unit_makes_another_error(unit: str) -> None:
    try:
        Quantity(value=1, unit=unit).to("ng/mL")
    except UnitDoesNotFit as error:
        assert "unit" in str(error)  # noqa: PT017
