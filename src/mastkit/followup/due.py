"""What is due when: each published interval, set beside what the record shows was done.

Each line follows one source; where sources differ there are several lines for one test, and none is hidden.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias
from uuid import UUID

from mastkit.followup import bone
from mastkit.followup.done import Last, last_done, last_number
from mastkit.followup.history import (
    Treatment,
    facts_until,
    latest,
    stated_type,
    treatments,
)
from mastkit.followup.monitoring import Schedule, Unit, schedules
from mastkit.followup.sources import source_as_data
from mastkit.logic.evaluate import conjunction
from mastkit.logic.expressions import Source, Verification
from mastkit.logic.values import Truth
from mastkit.record.facts import AnyFact, Finding
from mastkit.record.record import Record
from mastkit.rulebooks import variables as v

State: TypeAlias = Literal["overdue", "due", "not in the record", "later", "as indicated"]
_ORDER: tuple[State, ...] = ("overdue", "not in the record", "due", "later", "as indicated")


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do by a day, with its grounds.

    Attributes:
        id: the schedule it follows.
        applies: ``None`` where it holds only for some of the types of disease that are possible, or where a
            condition is open.
        state: ``not in the record`` where no fact shows that it was ever done; ``overdue`` after ``by``; ``due``
            from ``earliest`` on; ``later`` before that; ``as indicated`` where the source leaves the time open.
        earliest, by: the days between which it is due; ``by`` is ``None`` where the source names no latest time.
        because: what of the record it rests on, in words.
        facts: the facts it rests on.
    """

    id: str
    test: str
    title: str
    plain: str
    applies: Truth
    state: State
    last: Last | None
    earliest: date | None
    by: date | None
    reason: str
    plain_reason: str
    because: tuple[str, ...]
    facts: tuple[UUID, ...]
    source: Source
    authority: str
    country: str
    year: str
    verified: Verification

    def to_dict(self) -> dict[str, Any]:
        """It as plain data, ready to be written as JSON."""
        last = self.last
        return {
            "id": self.id,
            "test": self.test,
            "title": self.title,
            "plain": self.plain,
            "applies": self.applies,
            "state": self.state,
            "last": None if last is None else {"day": last.day.isoformat(), "result": last.result},
            "earliest": None if self.earliest is None else self.earliest.isoformat(),
            "by": None if self.by is None else self.by.isoformat(),
            "reason": self.reason,
            "plain_reason": self.plain_reason,
            "because": list(self.because),
            "facts": [str(fact) for fact in self.facts],
            "source": source_as_data(self.source),
            "authority": self.authority or None,
            "country": self.country or None,
            "year": self.year or None,
            "verified": self.verified,
        }


@dataclass(frozen=True, slots=True)
class _Situation:
    """What the schedules ask of a record on a day."""

    record: Record
    on: date
    facts: tuple[AnyFact, ...]
    subtypes: frozenset[str]
    type_because: str
    type_fact: UUID | None
    treatments: tuple[Treatment, ...]
    osteoporosis: Truth


def due(record: Record, on: date, *, subtypes: Collection[str] | None = None) -> list[Due]:
    """What is due for a person on a day, the most urgent first.

    Facts after that day are not looked at, and facts may come in any order.

    Args:
        record: all facts of the person.
        on: the day, in the record's zone.
        subtypes: the types of disease that are possible; without it, the type that a clinician stated last.
            Where neither is known, schedules that depend on the type are left out.

    Raises:
        ValueError: in one sentence, for a type that is unknown.
    """
    situation = _situation(record, on, subtypes)
    found = [one for schedule in schedules() if (one := _due(schedule, situation)) is not None]
    tests = {schedule.test.id: place for place, schedule in enumerate(schedules())}
    return sorted(found, key=lambda d: (_ORDER.index(d.state), d.by or d.earliest or date.max, tests[d.test], d.id))


def _situation(record: Record, on: date, subtypes: Collection[str] | None) -> _Situation:
    unknown = sorted(set(subtypes or ()) - set(v.subtype.values))
    if unknown:
        raise ValueError(f"type of disease: found {unknown[0]!r}, expected one of {', '.join(v.subtype.values)}")
    stated = None if subtypes else stated_type(record, on)
    if subtypes:
        codes, words = frozenset(subtypes), f"type of disease: {' or '.join(sorted(subtypes))}"
    elif stated is not None:
        codes, words = frozenset({stated.code}), f"type of disease: {stated.code}, stated {stated.day}"
    else:
        codes, words = frozenset(), ""
    return _Situation(
        record=record,
        on=on,
        facts=tuple(facts_until(record, on)),
        subtypes=codes,
        type_because=words,
        type_fact=None if stated is None else stated.fact,
        treatments=treatments(record, on),
        osteoporosis=_osteoporosis(record, on),
    )


def _osteoporosis(record: Record, on: date) -> Truth:
    by_score = bone.for_record(record, on).osteoporosis
    said = latest(f for f in facts_until(record, on) if isinstance(f, Finding) and f.code == "osteoporosis")
    by_word = said.sheet_value() if isinstance(said, Finding) else None
    return True if by_score is True or by_word is True else by_score if by_word is None else False


def _due(schedule: Schedule, situation: _Situation) -> Due | None:
    course = _course(schedule, situation)
    if schedule.medicines and course is None:
        return None
    last = last_done(schedule.test, situation.facts, situation.record)
    if last is None and schedule.every_to is None and schedule.unit == "month":
        return None  # it says how soon not to repeat a test; it does not ask for the first one
    applies = conjunction(
        [
            _for_this_type(schedule, situation),
            _for_this_week(schedule, course, situation.on),
            _for_this_result(schedule, situation),
            _for_this_case(schedule, last, situation),
        ]
    )
    if applies is False:
        return None
    earliest, by = _days(schedule, last, situation.on)
    because = [situation.type_because] if schedule.subtypes and situation.type_because else []
    facts = [situation.type_fact] if schedule.subtypes and situation.type_fact is not None else []
    if course is not None:
        because.append(f"{course.medicine} since {course.since}")
        facts.append(course.fact)
    if last is not None:
        facts.append(last.fact)
    return Due(
        id=schedule.id,
        test=schedule.test.id,
        title=schedule.test.label,
        plain=schedule.test.plain_label,
        applies=applies,
        state=_state(schedule.unit, last, earliest, by, situation.on),
        last=last,
        earliest=earliest,
        by=by,
        reason=schedule.reason,
        plain_reason=schedule.plain,
        because=tuple(because),
        facts=tuple(facts),
        source=schedule.source,
        authority=schedule.authority,
        country=schedule.country,
        year=schedule.year,
        verified=schedule.verified,
    )


# --- Whether a schedule applies ---


def _course(schedule: Schedule, situation: _Situation) -> Treatment | None:
    """The course that the schedule is for; of several the latest."""
    courses = [t for t in situation.treatments if t.medicine in schedule.medicines]
    return courses[-1] if courses else None


def _for_this_type(schedule: Schedule, situation: _Situation) -> Truth:
    if not schedule.subtypes:
        return True
    if not situation.subtypes:
        # Treatment alone makes such a schedule worth showing; the type alone, when unknown, does not.
        return None if schedule.medicines else False
    if situation.subtypes <= schedule.subtypes:
        return True
    return False if situation.subtypes.isdisjoint(schedule.subtypes) else None


def _for_this_week(schedule: Schedule, course: Treatment | None, on: date) -> Truth:
    if course is None or (schedule.from_week is None and schedule.to_week is None):
        return True
    days = (on - course.since).days
    late_enough = schedule.from_week is None or days >= 7 * schedule.from_week
    return late_enough and (schedule.to_week is None or days < 7 * schedule.to_week)


def _for_this_result(schedule: Schedule, situation: _Situation) -> Truth:
    if schedule.last is None:
        return True
    value = last_number(schedule.test, situation.facts)
    if value is None:
        return None
    if schedule.last.low <= value.low and value.high <= schedule.last.high:
        return True
    return False if value.high < schedule.last.low or schedule.last.high < value.low else None


def _for_this_case(schedule: Schedule, last: Last | None, situation: _Situation) -> Truth:
    match schedule.when:
        case "never":
            return last is None
        case "used":
            return last is not None
        case "no-osteoporosis":
            return None if situation.osteoporosis is None else not situation.osteoporosis
        case _:
            return True


# --- When ---


def _days(schedule: Schedule, last: Last | None, on: date) -> tuple[date | None, date | None]:
    if schedule.unit == "as indicated":
        return None, None
    if last is None or schedule.unit == "once":
        return on, None
    earliest = None if schedule.every_from is None else later(last.day, schedule.every_from, schedule.unit)
    by = None if schedule.every_to is None else later(last.day, schedule.every_to, schedule.unit)
    return earliest, by


def later(day: date, count: int, unit: Unit) -> date:
    """The day so many days, weeks or months later; the last of a month that is shorter."""
    match unit:
        case "day":
            return day + timedelta(days=count)
        case "week":
            return day + timedelta(weeks=count)
        case "month":
            months = day.year * 12 + day.month - 1 + count
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        case _:
            raise ValueError(f"an interval has no unit {unit!r}")


def _state(unit: Unit, last: Last | None, earliest: date | None, by: date | None, on: date) -> State:
    if unit == "as indicated":
        return "as indicated"
    if last is None:
        return "not in the record"
    if by is not None and on > by:
        return "overdue"
    return "later" if earliest is not None and on < earliest else "due"
