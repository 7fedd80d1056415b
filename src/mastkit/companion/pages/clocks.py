"""Times as people read them: in the zone of the page, no more precise than they are known."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mastkit.record.time import Moment, zone_of


def clock(moment: Moment, zone: str) -> str:
    """Return the time of day, or nothing where it is not known; names the zone where clocks there differ."""
    if moment.precision != "minute":
        return ""
    here, there = moment.at.astimezone(zone_of(zone)), moment.clock
    text = time_format(here, "H:i")
    if here.utcoffset() != there.utcoffset():
        text += " " + _("(%(time)s in %(zone)s)") % {"time": time_format(there, "H:i"), "zone": place(moment.zone)}
    return text


def is_on(moment: Moment, day: date, zone: str) -> bool:
    """Tell whether a moment lies on a day in a zone.

    Moments far off are told by their UTC date alone, which is quick: no zone is two days from it.
    """
    return abs((moment.at.date() - day).days) <= 2 and moment.day(zone) == day


def day_name(day: date, today: date) -> str:
    """Return today, yesterday, or the date with its weekday."""
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if day.year != today.year:
        return date_format(day, pgettext("format of a date", "l, j F Y"))
    return weekday_and_day(day)


def weekday_and_day(day: date) -> str:
    """Return a day of this year with its weekday."""
    return date_format(day, pgettext("format of a date", "l, j F"))


def short_date(day: date) -> str:
    """Return a day with month and year, as short as it stays clear."""
    return date_format(day, pgettext("format of a date", "j M Y"))


def long_date(day: date) -> str:
    """Return a day with its month in full."""
    return date_format(day, pgettext("format of a date", "j F Y"))


def when(moment: Moment, zone: str) -> str:
    """Return date and time in one line."""
    match moment.precision:
        case "year":
            return str(moment.clock.year)
        case "month":
            return date_format(moment.clock, "F Y")
        case "day":
            return short_date(moment.clock)
        case _:
            return f"{short_date(moment.at.astimezone(zone_of(zone)))}, {clock(moment, zone)}"


def instant(at: datetime, zone: str) -> str:
    """Return a point of time in one line."""
    here = at.astimezone(zone_of(zone))
    return f"{short_date(here)}, {time_format(here, 'H:i')}"


def lasted(start: Moment, end: Moment) -> str:
    """Return how long something lasted, as far as it is known."""
    shortest, longest = end.elapsed_since(start)
    if shortest != longest:
        return ""
    minutes = max(0, int(shortest.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        text = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
        return f"{text} {minutes % 60} min" if minutes % 60 else text
    days = hours // 24
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def place(zone: str) -> str:
    """Return a zone as a place."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
