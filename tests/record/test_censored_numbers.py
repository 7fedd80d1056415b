"""A number decides only what it says: exact, or a limit as laboratories print it."""

import math
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mastkit.record.sheets.numbers import Interval, NotANumber, parse_number
from mastkit.vocabulary.variables import sheet_variables

BST = sheet_variables()["bst"]
PERCENT = sheet_variables()["bm_mc_pct_smear"]
COPIES = sheet_variables()["tpsab1_extra_copies"]
TSCORE = sheet_variables()["tscore_min"]

JUST_ABOVE_200 = math.nextafter(200, math.inf)
JUST_BELOW_20 = math.nextafter(20, -math.inf)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        (31.2, 31.2, 31.2),
        ("31.2", 31.2, 31.2),
        ("31,2", 31.2, 31.2),
        ("0,125", 0.125, 0.125),
        ("1234,567", 1234.567, 1234.567),
        (">200", JUST_ABOVE_200, math.inf),
        (" > 200 ", JUST_ABOVE_200, math.inf),
        (">=30", 30, math.inf),
        ("≥30", 30, math.inf),
        ("<20", 0, JUST_BELOW_20),
        ("<=5", 0, 5),
        ("≤ 5", 0, 5),
        ("1e3", 1000, 1000),
    ],
)
def test_what_a_tryptase_permits(printed: object, low: float, high: float) -> None:
    assert parse_number(printed, BST) == Interval(low, high)


def test_the_limits_of_the_variable_clip_the_interval() -> None:
    assert parse_number(">=30", PERCENT) == Interval(30, 100)
    assert parse_number("<0.5", TSCORE) == Interval(-math.inf, math.nextafter(0.5, -math.inf))
    assert parse_number("−3,2", TSCORE) == Interval(-3.2, -3.2)


def test_whole_numbers_have_nothing_between() -> None:
    assert parse_number(">3", COPIES) == Interval(4, 10)
    assert parse_number("<3.5", COPIES) == Interval(0, 3)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "abc",
        "1_000",
        "1,234",
        "12 ng/mL",
        "~5",
        "><3",
        "1.2.3",
        "inf",
        "1e999",
        "-1",
        "<0",
        math.inf,
        -3,
        math.nan,
        True,
        [],
        {},
        10**400,
        "٣",
        ">",
        "1,2,3",
    ],
)
def test_what_is_no_number_is_refused_with_what_was_expected(bad: object) -> None:
    with pytest.raises(NotANumber, match=r"\w"):
        parse_number(bad, BST)


@pytest.mark.parametrize("bad", [3.5, "3.5", 11, ">10", -1])
def test_whole_numbers_refuse_fractions_and_what_is_out_of_range(bad: object) -> None:
    with pytest.raises(NotANumber, match="whole number"):
        parse_number(bad, COPIES)


def test_a_comma_before_three_digits_is_not_guessed() -> None:
    with pytest.raises(NotANumber, match=r"1\.234 or 1234"):
        parse_number("1,234", BST)


@given(
    st.sampled_from([BST, PERCENT, COPIES, TSCORE]),
    st.sampled_from(["", ">", ">=", "<", "<="]),
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-5, 120),
)
@example(TSCORE, ">=", -sys.float_info.max)
@example(TSCORE, "<=", sys.float_info.max)
def test_an_interval_printed_reads_back_as_itself(variable, comparator: str, number: float) -> None:  # type: ignore[no-untyped-def]
    try:
        interval = parse_number(f"{comparator}{number!r}", variable)
    except NotANumber:
        return
    assert parse_number(interval.text(variable), variable) == interval


@given(st.sampled_from([">", ">=", "<", "<="]), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_censored_number_permits_exactly_what_it_says(comparator: str, limit: float, x: float) -> None:
    try:
        interval = parse_number(f"{comparator}{limit!r}", BST)
    except NotANumber:
        assert (comparator, limit) == ("<", 0)
        return
    says = {">": x > limit, ">=": x >= limit, "<": x < limit, "<=": x <= limit}[comparator]
    assert (interval.low <= x <= interval.high) == says
