import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.companion.pages.forms.values import read_code, read_quantity, ucum
from mastkit.record.quantity import Quantity
from mastkit.record.sheets.numbers import NotANumber


@pytest.mark.parametrize(
    ("typed", "unit", "value", "comparator"),
    [
        ("31,2", "", 31.2, None),
        ("31.2", "ng/ml", 31.2, None),
        (" > 200 ", "", 200.0, ">"),
        ("≤5", "", 5.0, "<="),
        ("<1.0", "", 1.0, "<"),
        ("31.2 ng/mL", "", 31.2, None),
        ("-1.8", "1", -1.8, None),
    ],
)
def test_numbers_as_laboratories_print_them(typed, unit, value, comparator):
    read = read_quantity(typed, unit, "tryptase")
    assert (read.value, read.comparator) == (value, comparator)
    assert read.unit == ("1" if unit == "1" else "ng/mL")


@pytest.mark.parametrize("typed", ["1,234", "", "high", "12 13", "1.2.3", "--5", "nan", "1e999"])
def test_what_can_mean_two_things_or_nothing_is_asked_about(typed):
    with pytest.raises(NotANumber):
        read_quantity(typed, "", "tryptase")


def test_a_comma_before_three_digits_names_both_readings():
    with pytest.raises(NotANumber, match=r"1\.234 or 1234"):
        read_quantity("1,234", "", "tryptase")


@given(st.text(max_size=40), st.text(max_size=10))
def test_nothing_that_is_typed_makes_a_traceback(typed, unit):
    try:
        read = read_quantity(typed, unit, "tryptase")
    except ValueError:  # NotANumber, or a unit that no quantity can have: both are said to the person
        return
    assert isinstance(read, Quantity)


@given(st.decimals(min_value="0.01", max_value="99999", places=2, allow_nan=False))
def test_a_comma_and_a_point_are_the_same(number):
    text = f"{number}"
    assert read_quantity(text, "", "x").value == float(number)
    if len(text.split(".")[1]) != 3:
        assert read_quantity(text.replace(".", ","), "", "x").value == float(number)


def test_units_are_read_as_people_type_them():
    assert ucum("µg/l") == "ug/L"
    assert ucum("10^9 / l") == "10*9/L"
    assert ucum("furlongs") == "furlongs"


def test_a_word_is_read_by_its_label_its_synonym_or_stays_itself():
    assert read_code("Hives", ("symptom",)) == "urticaria"
    assert read_code("adrenaline", ("medicine",)) == "epinephrine"
    assert read_code("  my   aunt's tea ", ("trigger",)) == "my aunt's tea"
    assert read_code("Haemoglobin", ("value",)) == "hb"
