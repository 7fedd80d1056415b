"""The dates that an axis of time names."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import pgettext

from mastkit.record.time import zone_of


def dates(start: datetime, end: datetime, zone: str) -> list[tuple[datetime, str]]:
    """Return days, months or years between two instants, at the beginning of each in the zone."""
    length = end - start
    if length <= timedelta(days=14):
        return [(day, date_format(day, pgettext("format of a date", "D j"))) for day in _days(start, end, zone, 1)]
    if length <= timedelta(days=75):
        return [(day, date_format(day, pgettext("format of a date", "j M"))) for day in _days(start, end, zone, 7)]
    months = 1 if length <= timedelta(days=430) else 3 if length <= timedelta(days=1100) else 12
    found = _months(start, end, zone, months)
    return [(day, date_format(day, "Y" if day.month == 1 or months == 12 else "M")) for day in found]


def _days(start: datetime, end: datetime, zone: str, step: int) -> list[datetime]:
    here = zone_of(zone)
    first = start.astimezone(here).date() + timedelta(days=1)
    count = (end - start).days // step + 2
    days = [first + timedelta(days=step * number) for number in range(count)]
    return [at for day in days if start <= (at := datetime(day.year, day.month, day.day, tzinfo=here)) <= end]


def _months(start: datetime, end: datetime, zone: str, step: int) -> list[datetime]:
    here = zone_of(zone)
    found: list[datetime] = []
    first = start.astimezone(here)
    number = first.year * 12 + first.month - 1
    while True:
        number += 1
        at = datetime(number // 12, number % 12 + 1, 1, tzinfo=here)
        if at > end:
            return found
        if (number % 12) % step == 0:
            found.append(at)
