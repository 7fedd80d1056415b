"""Today: what matters now. The running flare and the buttons are drawn by the logger in the page."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from mastkit.companion.pages.checkin import Item, items
from mastkit.companion.pages.clocks import is_on, weekday_and_day
from mastkit.companion.pages.describe import Line, describe
from mastkit.record import facts as f
from mastkit.record.record import Record
from mastkit.record.time import zone_of

Prompt = Literal["moment", "day"]

EVENING = time(17)
FIRST_ASK, LAST_ASK = time(9), time(20)
ASKED_FOR = timedelta(hours=3)
EXPIRES_SOON = timedelta(days=60)
AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Expiring:
    """An injector whose time is up, or soon."""

    line: Line
    days: int
    """Days that are left; below 0 it has expired."""


@dataclass(frozen=True, slots=True)
class Today:
    """The page."""

    day: str
    prompt: Prompt | None
    asked: tuple[Item, ...]
    """What is asked of the moment."""
    quiet: bool
    """Whether no flare was logged today."""
    logged: tuple[Line, ...]
    unfinished: tuple[Line, ...]
    """Flares of the last days with nothing but their time: details can be added now."""
    expiring: tuple[Expiring, ...]
    appointments: tuple[Line, ...]
    empty: bool
    """Whether the record has no fact at all."""


def today(record: Record, zone: str, now: datetime) -> Today:
    """Return the page for a moment."""
    here = now.astimezone(zone_of(zone))
    flares = [fact for fact in record.of_kind("flare") if isinstance(fact, f.Flare)]
    appointments = [fact for fact in record.of_kind("appointment") if isinstance(fact, f.Appointment)]
    of_today = [
        fact
        for fact in record.of_kind(*_DIARY)
        if isinstance(fact, f.DatedFact) and is_on(fact.time, here.date(), zone)
    ]
    return Today(
        day=weekday_and_day(here.date()),
        prompt=prompt(record, zone, now),
        asked=tuple(items(record, zone, here.date(), now)),
        quiet=not any(isinstance(fact, f.Flare) for fact in of_today),
        logged=tuple(
            describe(fact, zone) for fact in sorted(of_today, key=_at, reverse=True) if not _reading(fact)
        ),
        unfinished=tuple(describe(fact, zone) for fact in flares if _unfinished(fact, now)),
        expiring=_expiring(record, zone, here.date()),
        appointments=tuple(
            describe(fact, zone)
            for fact in sorted(appointments, key=_at)
            if fact.status == "planned" and now <= fact.time.at < now + AHEAD
        ),
        empty=len(record) == 0,
    )


def prompt(record: Record, zone: str, now: datetime) -> Prompt | None:
    """Return what to ask now: a moment drawn at random for each day, and the day as a whole in the evening.

    Only quiet times can show what does no harm; so one is asked on days without a flare as well.
    """
    here = now.astimezone(zone_of(zone))
    check_ins = [
        fact
        for fact in record.of_kind("check_in")
        if isinstance(fact, f.CheckIn) and is_on(fact.time, here.date(), zone)
    ]
    if here.time() >= EVENING and not any(fact.time.precision == "day" for fact in check_ins):
        return "day"
    drawn = random_moment(record, here.date(), zone)
    asked = any(fact.time.precision == "minute" for fact in check_ins)
    return "moment" if drawn <= now < drawn + ASKED_FOR and not asked else None


def random_moment(record: Record, day: date, zone: str) -> datetime:
    """Return the moment of a day at which to ask; the same however often the page is opened."""
    digest = hashlib.sha256(f"{record.id} {day}".encode()).digest()
    minutes = (LAST_ASK.hour - FIRST_ASK.hour) * 60
    after = int.from_bytes(digest[:8]) % minutes
    return datetime.combine(day, FIRST_ASK, tzinfo=zone_of(zone)) + timedelta(minutes=after)


_DIARY = ("flare", "exposure", "check_in", "dose", "photo", "note", "measurement")


def _reading(fact: f.AnyFact) -> bool:
    return isinstance(fact, f.Measurement) and fact.flare is not None


def _unfinished(fact: f.AnyFact, now: datetime) -> bool:
    """Tell whether a flare has only its time, and is over by now, or is at least half a day old."""
    if not isinstance(fact, f.Flare) or not timedelta(hours=12) < now - fact.time.at < timedelta(days=3):
        return False
    return not fact.symptoms or fact.severity is None or fact.end is None


def _expiring(record: Record, zone: str, day: date) -> tuple[Expiring, ...]:
    devices = [
        fact for fact in record.of_kind("device") if isinstance(fact, f.Device) and not fact.gone and fact.expires
    ]
    found = [
        Expiring(describe(fact, zone), (fact.expires.interval()[1].astimezone(zone_of(zone)).date() - day).days - 1)
        for fact in devices
        if fact.expires is not None
    ]
    soon = [one for one in found if one.days <= EXPIRES_SOON.days]
    return tuple(sorted(soon, key=lambda one: one.days))


def _at(fact: f.DatedFact) -> datetime:
    return fact.time.at
