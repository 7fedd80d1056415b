"""The facts of a record that hold on a day, sorted by kind and time: what every document begins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from mastkit.record.facts import Appointment, DatedFact, Fact, Finding, Flare
from mastkit.record.record import Record
from mastkit.record.time import Moment, zone_of

F = TypeVar("F", bound=Fact)
D = TypeVar("D", bound=DatedFact)

DAYS_WITHOUT_A_VISIT = 365
"""How far a document looks back where no earlier visit is written down: our choice, one year."""


@dataclass(frozen=True)
class Period:
    """A span of days, the first and the last included, and why it was chosen."""

    first: date
    last: date
    why: str

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """Return the span of the same length that ends the day before it begins."""
        last = self.first - timedelta(days=1)
        return Period(last - timedelta(days=self.days - 1), last, "the same length of time before")


@dataclass(frozen=True)
class CurrentFacts:
    """What holds of a record on a day: corrected and retracted facts and later events left out.

    Appointments that lie ahead stay. A correction counts whenever it was entered, because it says what was so.
    """

    record: Record
    on: date

    @cached_property
    def _by_kind(self) -> dict[type[Fact], tuple[Fact, ...]]:
        sorted_out: dict[type[Fact], list[Fact]] = {}
        for fact in self.record.current():
            if isinstance(fact, DatedFact) and not isinstance(fact, Appointment) and self.day(fact) > self.on:
                continue
            sorted_out.setdefault(type(fact), []).append(fact)
        return {kind: tuple(sorted(facts, key=_by_time)) for kind, facts in sorted_out.items()}

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """Return the facts of a kind, earliest first."""
        return self._by_kind.get(kind, ())  # type: ignore[return-value]

    def day(self, fact: DatedFact) -> date:
        """Return the day of a fact in the record's zone."""
        return fact.time.day(self.record.zone)

    def day_of(self, moment: Moment) -> date:
        """Return the day of a moment in the record's zone."""
        return moment.day(self.record.zone)

    def within(self, kind: type[D], period: Period) -> tuple[D, ...]:
        """Return the facts of a kind whose day lies in a period."""
        return tuple(fact for fact in self.of(kind) if period.holds(self.day(fact)))

    def line_of(self, id: UUID) -> frozenset[UUID]:  # noqa: A002 - the word of the record
        """Return the ids of a fact and of those it corrects: what other facts may point to."""
        return frozenset(fact.id for fact in self.record.history(id)) | {id}

    def found(self, *codes: str) -> bool:
        """Whether one of these findings was present when it was last looked for."""
        state = {one.code: one.state for one in self.of(Finding)}
        return any(state.get(code) == "present" for code in codes)

    def had_anaphylaxis(self) -> bool:
        """Whether anaphylaxis is written down, as a flare judged so or as a finding."""
        return any(one.anaphylaxis for one in self.of(Flare)) or self.found("anaphylaxis")

    def first_version(self, id: UUID) -> UUID:  # noqa: A002 - the word of the record
        """Return the id under which a fact was first written down, whatever corrected it since."""
        return next((fact.id for fact in self.record.history(id)), id)

    def since_last_visit(self, speciality: str | None = None) -> Period:
        """Return the time since the last visit that was kept, of a speciality where one is named.

        Where no visit is written down, the last year.
        """
        visits = [
            visit
            for visit in self.of(Appointment)
            if visit.status == "kept"
            and self.day(visit) < self.on
            and (speciality is None or visit.speciality == speciality)
        ]
        if visits:
            last = visits[-1]
            with_whom = f" with {last.with_whom}" if last.with_whom else ""
            return Period(self.day(last), self.on, f"since the last visit{with_whom} on {self.day(last)}")
        first = self.on - timedelta(days=DAYS_WITHOUT_A_VISIT - 1)
        of_kind = f" in {speciality}" if speciality else ""
        return Period(first, self.on, f"the last 12 months, because no earlier visit{of_kind} is written down")


def until(record: Record, on: date) -> Record:
    """Return the record without the facts that happened after a day; what has no time stays, and what is planned.

    A record in which nothing happened after the day is returned itself, so that what was worked out of it holds.
    """
    kept = {fact.id: fact for fact in record if _there(fact, record, on)}
    return record if len(kept) == len(record) else Record(record.id, record.zone, kept)


def _there(fact: Fact, record: Record, on: date) -> bool:
    return not isinstance(fact, DatedFact) or isinstance(fact, Appointment) or fact.time.day(record.zone) <= on


def today(record: Record) -> date:
    """Return today's date where the person lives."""
    return datetime.now(zone_of(record.zone)).date()


def latest(facts: Iterable[F]) -> F | None:
    """Return the last of facts that are sorted by time."""
    found = None
    for found in facts:  # noqa: B007 - the last one is what is wanted
        pass
    return found


def _by_time(fact: Fact) -> tuple[datetime, datetime, UUID]:
    moment = fact.time.at if isinstance(fact, DatedFact) else fact.recorded_at
    return moment, fact.recorded_at, fact.id
