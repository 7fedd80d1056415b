"""What the options of several commands have in common."""

from datetime import date

from mastkit.record.problems import CannotRead, shown
from mastkit.record.time import FIRST_YEAR, LAST_YEAR


def asked_day(option: str, text: str) -> date:
    """Return the day that an option names. Raises `CannotRead`, in one sentence."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CannotRead(f"{option}: found {shown(text)}, expected a day such as 2026-03-20.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CannotRead(f"{option}: found {shown(text)}, expected a day from {FIRST_YEAR} to {LAST_YEAR}.")
    return day
