"""Medicines: what is taken now, what was tried and stopped, and what changed in a period."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from mastkit.record.facts import Dose, MedicineCourse
from mastkit.record.time import Moment
from mastkit.reports.current import CurrentFacts, Period
from mastkit.reports.words import key_of, substance
from mastkit.vocabulary.terms import terms


@dataclass(frozen=True)
class MedicineLine:
    """A course of a medicine in words, with the doses of the period that were written down."""

    id: UUID
    medicine: str
    code: str
    role: str
    """What it is commonly used for: recalled, not verified, and no advice."""
    schedule: str | None
    as_needed: bool | None
    reason: str | None
    since: str
    until: str | None
    stopped_because: str | None
    response: Literal["better", "same", "worse"] | None
    taken: int
    skipped: int


@dataclass(frozen=True)
class MedicineSummary:
    """The medicines of a person on a day."""

    now: tuple[MedicineLine, ...]
    stopped: tuple[MedicineLine, ...]
    """What was tried and stopped, the latest first."""
    started_in_period: tuple[MedicineLine, ...]
    stopped_in_period: tuple[MedicineLine, ...]
    without_course: tuple[str, ...]
    """Medicines of which doses were taken in the period, but no course is written down."""


def summarise_medicines(facts: CurrentFacts, period: Period) -> MedicineSummary:
    """List the medicines of a person on the day of the facts."""
    courses = facts.of(MedicineCourse)
    doses = facts.within(Dose, period)
    counts: dict[tuple[str, str], int] = {}
    for dose in doses:
        key = key_of(dose.medicine), dose.status
        counts[key] = counts.get(key, 0) + 1
    running = [course for course in courses if not _over(course, facts.on)]
    over = [course for course in courses if _over(course, facts.on)]

    def line(course: MedicineCourse) -> MedicineLine:
        return _line(course, counts)

    with_course = {key_of(course.medicine) for course in courses}
    loose = {substance(dose.medicine) for dose in doses if key_of(dose.medicine) not in with_course}
    return MedicineSummary(
        now=tuple(line(course) for course in running),
        stopped=tuple(line(course) for course in sorted(over, key=_ended, reverse=True)),
        started_in_period=tuple(line(course) for course in courses if period.holds(facts.day(course))),
        stopped_in_period=tuple(
            line(course) for course in over if course.end and period.holds(facts.day_of(course.end))
        ),
        without_course=tuple(sorted(loose)),
    )


def role_of(code: str) -> str:
    """Return what a medicine is commonly used for, as the vocabulary recalls it; empty where it does not."""
    key = key_of(code)
    for kind in ("medicine", "medicine-caution"):
        if (term := terms().get((kind, key))) is not None:
            return term.role
    return ""


def _over(course: MedicineCourse, on: date) -> bool:
    return course.end is not None and _last_day(course.end) < on


def _last_day(end: Moment) -> date:
    return end.clock.date()


def _ended(course: MedicineCourse) -> float:
    return course.end.at.timestamp() if course.end is not None else 0.0


def _line(course: MedicineCourse, counts: dict[tuple[str, str], int]) -> MedicineLine:
    key = key_of(course.medicine)
    return MedicineLine(
        id=course.id,
        medicine=substance(course.medicine),
        code=course.medicine,
        role=role_of(course.medicine),
        schedule=course.schedule,
        as_needed=course.as_needed,
        reason=course.reason,
        since=str(course.time),
        until=str(course.end) if course.end else None,
        stopped_because=course.stopped_because,
        response=course.response,
        taken=counts.get((key, "taken"), 0),
        skipped=counts.get((key, "skipped"), 0),
    )
