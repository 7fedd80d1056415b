"""The age is a range where the birth date is not known to the day; nobody is younger than nothing."""

from datetime import date

import pytest

from mastkit.record.facts import BirthDate
from tests.record.people import fact


@pytest.mark.parametrize(
    ("born", "precision", "on", "ages"),
    [
        (date(1976, 6, 1), "day", date(2026, 6, 1), (50, 50)),
        (date(1976, 6, 2), "day", date(2026, 6, 1), (49, 49)),
        (date(1976, 6, 1), "month", date(2026, 6, 1), (49, 50)),
        (date(1976, 6, 1), "month", date(2026, 6, 29), (49, 50)),
        (date(1976, 6, 1), "month", date(2026, 6, 30), (50, 50)),
        (date(1976, 2, 1), "month", date(2026, 2, 28), (49, 50)),
        (date(1976, 1, 1), "year", date(2026, 6, 1), (49, 50)),
        (date(1976, 1, 1), "year", date(2026, 12, 31), (50, 50)),
        (date(2026, 1, 1), "year", date(2026, 6, 1), (0, 0)),
        (date(2025, 1, 1), "year", date(2026, 6, 1), (0, 1)),
        (date(2027, 1, 1), "day", date(2026, 6, 1), None),
    ],
)
def test_age_on_a_day(born: date, precision: str, on: date, ages: tuple[int, int] | None) -> None:
    birth = fact(2, "birth_date", born=born, precision=precision)
    assert isinstance(birth, BirthDate)
    assert birth.ages_on(on) == ages
