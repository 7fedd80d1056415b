"""A limit is reached exactly where the printed decimals say so, whatever the doubles do."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.exact import side

TENTHS = st.integers(0, 20_000).map(lambda n: n / 10)


@pytest.mark.parametrize(
    ("acute", "baseline", "expected"),
    [
        (23.6, 18, 0),  # 1.2 * 18 + 2 is 23.599999999999998 in doubles
        (8.0, 5.0, 0),
        (13.76, 9.8, 0),
        (7.4, 4.5, 0),
        (26.0, 20.0, 0),
        (7.9, 5.0, -1),
        (8.1, 5.0, 1),
        (math.nextafter(23.6, math.inf), 18, 1),
        (math.nextafter(23.6, -math.inf), 18, -1),
    ],
)
def test_twenty_per_cent_plus_two(acute: float, baseline: float, expected: int) -> None:
    assert side(acute, 1.2, baseline, 2.0) == expected


@given(TENTHS, TENTHS)
def test_it_is_the_sign_of_the_decimals(acute: float, baseline: float) -> None:
    difference = Fraction(str(acute)) - (Fraction("1.2") * Fraction(str(baseline)) + 2)
    assert side(acute, 1.2, baseline, 2.0) == (difference > 0) - (difference < 0)


def test_ends_without_a_limit() -> None:
    assert side(math.inf, 1.2, 5, 2) == 1
    assert side(-math.inf, 1.2, 5, 2) == -1
    assert side(5, 1.2, math.inf, 2) == -1
    assert side(5, 1.2, -math.inf, 2) == 1
    assert side(math.inf, 1.2, math.inf, 2) == 1
