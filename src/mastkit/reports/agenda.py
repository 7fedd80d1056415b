"""What is due: tests of the follow-up schedule, the baseline sample after a flare, injectors and supplies that run
out, appointments ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Literal
from uuid import UUID

from mastkit.followup.due import Due, State, due
from mastkit.record.facts import Appointment
from mastkit.reports.current import CurrentFacts
from mastkit.reports.kept_ready import KeptReady, kept_ready
from mastkit.reports.sampling_due import TITLE, baseline_of, drawn_from, reason_of, source_of

Kind = Literal["test", "sample", "injector", "supply", "appointment"]


@dataclass(frozen=True)
class AgendaItem:
    """One thing that is due, with its reason and source.

    ``key`` stays the same for the same thing, so that a calendar replaces an entry instead of doubling it.
    ``source`` is the publication of a rule, or the record itself. ``verified`` is how well the reading of the
    publication is verified; empty where the record is the source.
    """

    key: str
    kind: Kind
    title: str
    due: date
    state: State
    reason: str
    source: str
    verified: str = ""
    starts: str | None = None
    """Of an appointment with a time: the instant it begins, in UTC."""
    place: str | None = None
    facts: tuple[UUID, ...] = ()
    test: str = ""
    """Of a test, its id in the follow-up data."""
    applies: bool = True
    """Whether it is sure that the schedule applies to this person, and that its time is known."""
    dated: bool = True
    """Whether its source names a day by which it is to be done, and not only how soon it can be."""
    occasion: str = ""
    """Which time of several this is: the same thing is due anew when this changes."""

    @property
    def overdue(self) -> bool:
        """Whether its day is over."""
        return self.state == "overdue"


def agenda(facts: CurrentFacts, protocol: str | None = None) -> tuple[AgendaItem, ...]:
    """Return what is due, soonest first.

    ``protocol`` is the id of the sampling protocol by which the baseline sample after a flare is drawn; the default
    one where none is named. Raises `CannotRead` in one sentence for one that there is not.
    """
    found = [*_kept(facts), *_appointments(facts), *_tests(facts), *_baseline(facts, protocol)]
    return tuple(sorted(found, key=lambda item: (item.due, item.kind, item.title)))


def overdue(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    """Return what is overdue, one entry a thing: where sources differ, the first that is over."""
    return tuple({item.title: item for item in reversed(items) if item.overdue}.values())[::-1]


def not_in_record(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    """Return the tests of the schedules of which the record has no result, one entry a test."""
    found = {item.title: item for item in reversed(items) if item.state == "not in the record" and item.applies}
    return tuple(found.values())[::-1]


def _tests(facts: CurrentFacts) -> Iterator[AgendaItem]:
    for entry in due(facts.record, facts.on):
        day = entry.by or entry.earliest
        if day is None and entry.state == "as indicated":
            continue  # the team says when
        yield AgendaItem(
            key=f"test-{entry.id}",
            kind="test",
            title=entry.plain,
            due=day or facts.on,
            state=entry.state,
            reason=_reason(entry),
            source=f"{entry.source.reference}" + (f" ({entry.source.link})" if entry.source.link else ""),
            verified=entry.verified,
            facts=entry.facts,
            test=entry.test,
            applies=entry.applies is True,
            dated=entry.by is not None,
            occasion=str(entry.last.day) if entry.last else "never",
        )


def _reason(entry: Due) -> str:
    last = f"last: {entry.last.result} on {entry.last.day}" if entry.last else "none in the record"
    grounds = "; ".join((last, *entry.because))
    sure = "" if entry.applies else " It is open whether this schedule applies."
    return f"{entry.plain_reason or entry.reason} ({grounds}).{sure}"


def _kept(facts: CurrentFacts) -> Iterator[AgendaItem]:
    for one in kept_ready(facts):
        if one.last_day is not None:
            yield AgendaItem(
                key=f"expiry-{facts.first_version(one.fact)}",
                kind="injector" if one.injector else "supply",
                title=f"{one.name} expires",
                due=one.last_day,
                state="overdue" if one.last_day < facts.on else "due",
                reason=_why_replace(one),
                source="your record: the expiry that you wrote down",
                place=one.place,
                facts=(one.fact,),
                occasion=str(one.last_day),
            )


def _why_replace(one: KeptReady) -> str:
    where = f" It is kept here: {one.place}." if one.place else ""
    return f"The expiry on it is {one.expires}; ask for a new one before that.{where}"


def _appointments(facts: CurrentFacts) -> Iterator[AgendaItem]:
    for visit in facts.of(Appointment):
        if visit.status != "planned" or facts.day(visit) < facts.on:
            continue
        with_whom = visit.with_whom or visit.speciality or "appointment"
        exact = visit.time.precision == "minute"
        yield AgendaItem(
            key=f"appointment-{facts.first_version(visit.id)}",
            kind="appointment",
            title=f"Appointment: {with_whom}",
            due=facts.day(visit),
            state="due",
            reason=visit.purpose or "planned visit",
            source="your record: the appointment that you wrote down",
            starts=visit.time.at.isoformat() if exact else None,
            place=visit.place,
            facts=(visit.id,),
            occasion=visit.time.at.isoformat(),
        )


def _baseline(facts: CurrentFacts, protocol: str | None) -> Iterator[AgendaItem]:
    sample = baseline_of(facts, protocol)
    if sample is None:
        return
    zone = facts.record.zone
    start = drawn_from(sample, zone)
    day = start.date()
    yield AgendaItem(
        # One key for as long as the same flare asks for it: a new flare moves the entry and makes no second one.
        key=f"baseline-{sample.flare or 'first'}",
        kind="sample",
        title=TITLE,
        due=day,
        state="due" if day <= facts.on else "later",
        reason=reason_of(sample, zone),
        source=source_of(sample),
        verified=sample.protocol.verified,
        starts=start.astimezone(UTC).isoformat() if sample.certain and day >= facts.on else None,
        facts=sample.facts,
        applies=sample.certain,
        occasion=sample.opens.isoformat(),
    )


def within(items: tuple[AgendaItem, ...], on: date, days: int) -> tuple[AgendaItem, ...]:
    """Return what is due within so many days from a day, overdue things included."""
    return tuple(item for item in items if item.due <= on + timedelta(days=days))
