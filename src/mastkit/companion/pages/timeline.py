"""Timeline: flares, exposures, medicines and test results on one axis of time, and the table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.pages.axes import dates
from mastkit.companion.pages.clocks import day_name
from mastkit.companion.pages.describe import Line, describe
from mastkit.companion.pages.labels import label
from mastkit.followup.history import medicine_named
from mastkit.record import facts as f
from mastkit.record.facts import AnyFact
from mastkit.record.record import Record
from mastkit.record.time import zone_of
from mastkit.reports.svg import NARROW, WIDE, Lane, Mark, timeline

SPANS = (7, 30, 90, 365, 0)
"""Days that can be looked at together; 0 is everything."""
MOST_COURSES = 5
MOST_LINES = 300


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The page."""

    days: int
    start: datetime
    end: datetime
    earlier: str | None
    later: str | None
    """The ends of the spans before and after, as a date; None where there is nothing."""
    sentence: str
    wide: str
    narrow: str
    table: tuple[Day, ...]
    left_out: int
    """Entries that the table does not show."""
    empty: bool


def timeline_page(
    record: Record, zone: str, now: datetime, days: int = 30, until: datetime | None = None
) -> Timeline:
    """Return the page for a span of days that ends at ``until``, the end of today where it is not given."""
    events = [fact for fact in record.current() if isinstance(fact, _SHOWN) and not _reading(fact)]
    end = _end_of_day(until or now, zone)
    first = min((fact.time.at for fact in events), default=end - timedelta(days=30))
    start = end - timedelta(days=days) if days else min(first, end - timedelta(days=7))
    inside = [fact for fact in events if _touches(fact, start, end)]
    sentence = _sentence(inside, start, end)
    span = end - start
    lines = sorted(
        (fact for fact in inside if start <= fact.time.at < end), key=lambda fact: fact.time.at, reverse=True
    )
    return Timeline(
        days=days,
        start=start,
        end=end,
        earlier=(start - timedelta(days=1)).astimezone(zone_of(zone)).date().isoformat()
        if days and first < start
        else None,
        later=(end + span - timedelta(days=1)).astimezone(zone_of(zone)).date().isoformat()
        if days and end <= now
        else None,
        sentence=sentence,
        wide=_draw(inside, start, end, sentence, zone, WIDE),
        narrow=_draw(inside, start, end, sentence, zone, NARROW),
        table=_table(lines[:MOST_LINES], zone, now),
        left_out=max(0, len(lines) - MOST_LINES),
        empty=not events,
    )


_SHOWN = (f.Flare, f.Exposure, f.Dose, f.MedicineCourse, f.Measurement)


def _draw(facts: list[Any], start: datetime, end: datetime, sentence: str, zone: str, width: int) -> str:
    return timeline(
        _lanes(facts, end),
        start,
        end,
        title=_("Timeline"),
        description=sentence,
        dates=dates(start, end, zone),
        width=width,
    )


def _lanes(facts: list[Any], end: datetime) -> list[Lane]:
    flares = [fact for fact in facts if isinstance(fact, f.Flare)]
    exposures = [fact for fact in facts if isinstance(fact, f.Exposure)]
    doses = [fact for fact in facts if isinstance(fact, f.Dose) and fact.status == "taken"]
    values = [fact for fact in facts if isinstance(fact, f.Measurement)]
    courses = sorted((fact for fact in facts if isinstance(fact, f.MedicineCourse)), key=lambda one: one.time.at)
    regular = [fact for fact in doses if _is_regular(fact, courses)]
    needed = [fact for fact in doses if fact not in regular]
    lanes = [Lane(_("Flares: the taller, the worse"), "flare", tuple(_mark(fact) for fact in flares))]
    lanes.append(Lane(_("Exposures"), "exposure", tuple(_mark(fact) for fact in exposures)))
    if needed:
        lanes.append(Lane(_("Medicines taken when needed"), "dose", tuple(_mark(fact) for fact in needed)))
    if regular:
        lanes.append(Lane(_("Doses of regular medicines"), "dose", tuple(_mark(fact) for fact in regular)))
    lanes += [Lane(_course_name(fact), "course", (_mark(fact),)) for fact in courses[-MOST_COURSES:]]
    if values:
        lanes.append(Lane(_("Test results"), "value", tuple(_mark(fact) for fact in values)))
    return lanes


def _is_regular(dose: f.Dose, courses: list[f.MedicineCourse]) -> bool:
    """Whether a dose is one of a medicine taken regularly: not for a flare, and a course of it was running."""
    return dose.flare is None and any(
        not course.as_needed
        and medicine_named(course.medicine) == medicine_named(dose.medicine)
        and course.time.at <= dose.time.at
        and (course.end is None or dose.time.at <= course.end.interval()[1])
        for course in courses
    )


def _course_name(course: f.MedicineCourse) -> str:
    name = label(course.medicine, "medicine")
    return _("%(medicine)s, when needed") % {"medicine": name} if course.as_needed else name


def _mark(fact: Any) -> Mark:
    line = describe(fact, fact.time.zone)
    height = fact.severity / 10 if isinstance(fact, f.Flare) and fact.severity is not None else None
    end = fact.end.at if getattr(fact, "end", None) is not None else None
    return Mark(fact.time.at, end, height, f"{line.title}, {line.when}")


def _sentence(facts: Sequence[AnyFact], start: datetime, end: datetime) -> str:
    flares = [fact for fact in facts if isinstance(fact, f.Flare)]
    exposures = sum(isinstance(fact, f.Exposure) for fact in facts)
    severe = sum(1 for fact in flares if fact.severity is not None and fact.severity >= 7)
    days = max(1, round((end - start) / timedelta(days=1)))
    what = ngettext("%(n)d flare", "%(n)d flares", len(flares)) % {"n": len(flares)}
    bad = ngettext("%(n)d of them severe", "%(n)d of them severe", severe) % {"n": severe}
    met = ngettext("%(n)d exposure", "%(n)d exposures", exposures) % {"n": exposures}
    span = ngettext("In %(n)d day", "In %(n)d days", days) % {"n": days}
    return f"{span}: {what}, {bad}, {met}." if flares else f"{span}: {what}, {met}."


def _table(lines: list[Any], zone: str, now: datetime) -> tuple[Day, ...]:
    today = now.astimezone(zone_of(zone)).date()
    days: dict[Any, list[Line]] = {}
    for fact in lines:
        days.setdefault(fact.time.day(zone), []).append(describe(fact, zone))
    return tuple(Day(day_name(day, today), tuple(found)) for day, found in days.items())


def _touches(fact: Any, start: datetime, end: datetime) -> bool:
    last = fact.time.at
    if isinstance(fact, f.MedicineCourse):
        last = fact.end.at if fact.end is not None else end
    return bool(fact.time.at < end and last >= start)


def _reading(fact: AnyFact) -> bool:
    return isinstance(fact, f.Measurement) and fact.code == "flare-severity"


def _end_of_day(at: datetime, zone: str) -> datetime:
    here = zone_of(zone)
    day = at.astimezone(here).date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=here)
