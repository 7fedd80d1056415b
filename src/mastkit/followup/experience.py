"""What the record says of how a person took a medicine: reacted, tolerated, or taken with nothing recorded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias
from uuid import UUID

from mastkit.followup.history import facts_until, medicine_named, order_of
from mastkit.record.facts import AnyFact, CheckIn, Dose, Exposure, Finding, Flare, MedicineCourse
from mastkit.record.record import Record
from mastkit.record.time import Moment

Kind: TypeAlias = Literal["reacted", "tolerated", "taken"]

REACTION_CODES = ("medicine_reaction", "adverse-drug-reaction")
TOLERATED_CODE = "medicine_tolerated"
"""Findings that say it outright; their value names the medicine."""

WATCHED = timedelta(hours=24)
"""How long after a medicine a flare is set beside it: a choice of this project."""

SOONEST_CHECK = timedelta(hours=2)
"""A check-in sooner after a medicine than this does not show that it was tolerated: a choice of this project."""


@dataclass(frozen=True, slots=True)
class Experience:
    """One thing that the record says of a medicine.

    Attributes:
        kind: ``taken`` where nothing was recorded after it, which is no proof that it was tolerated.
        severe: whether it was anaphylaxis.
        words: what was recorded.
    """

    medicine: str
    kind: Kind
    day: date
    severe: bool
    words: str
    fact: UUID

    def to_dict(self) -> dict[str, Any]:
        """The experience as plain data, ready to be written as JSON."""
        return {
            "medicine": self.medicine,
            "kind": self.kind,
            "day": self.day.isoformat(),
            "severe": self.severe,
            "words": self.words,
            "fact": str(self.fact),
        }


def experiences(record: Record, on: date) -> list[Experience]:
    """Everything that the record says up to a day of how medicines were taken, oldest first."""
    facts = sorted(facts_until(record, on), key=order_of)
    flares = _Near([fact for fact in facts if isinstance(fact, Flare)])
    quiet = _Near([fact for fact in facts if isinstance(fact, CheckIn) and fact.asked and not fact.ticked])
    found = [e for fact in facts for e in _of(fact, quiet, flares, record.zone)]
    return sorted(found, key=lambda e: (e.day, e.medicine, e.kind, e.fact))


class _Near:
    """Facts by time, to look only at those that can lie near a moment: a record has thousands of intakes."""

    def __init__(self, facts: Sequence[Flare | CheckIn]) -> None:
        self._vague = [fact for fact in facts if fact.time.precision in ("month", "year")]
        exact = [fact for fact in facts if fact.time.precision not in ("month", "year")]
        self._exact = sorted(exact, key=lambda fact: fact.time.at)
        self._times = [fact.time.at for fact in self._exact]

    def after(self, intake: Moment) -> Iterable[Flare | CheckIn]:
        """Yield every fact that may lie within the time watched after an intake, and a few that do not."""
        start, end = intake.interval()
        first = bisect_left(self._times, start - _LONGEST_DAY)
        last = bisect_right(self._times, end + WATCHED)
        yield from self._exact[first:last]
        yield from self._vague


_LONGEST_DAY = timedelta(hours=26)
"""A fact known to the day may begin up to a day before its time; with a clock change, an hour more."""


def _of(fact: AnyFact, quiet: _Near, flares: _Near, zone: str) -> Iterable[Experience]:
    match fact:
        case Flare():
            severe = fact.anaphylaxis is True
            words = "suspected in anaphylaxis" if severe else "suspected in a flare"
            day = fact.time.day(zone)
            return [Experience(medicine_named(s), "reacted", day, severe, words, fact.id) for s in fact.suspected]
        case Finding(state="present", value=str(medicine)) if fact.code in (*REACTION_CODES, TOLERATED_CODE):
            tolerated = fact.code == TOLERATED_CODE
            said = "said to be tolerated" if tolerated else "said to have caused a reaction"
            kind: Kind = "tolerated" if tolerated else "reacted"
            return [Experience(medicine_named(medicine), kind, fact.time.day(zone), False, said, fact.id)]
        case MedicineCourse():
            return _of_course(fact, zone)
        case Dose(status="taken", flare=None):
            return _of_intake(fact, fact.medicine, quiet, flares, zone)
        case Exposure(symptoms_already_there=None | False):
            return _of_intake(fact, fact.code, quiet, flares, zone)
        case _:
            return []


def _of_course(course: MedicineCourse, zone: str) -> list[Experience]:
    if course.response is None:
        return []
    kind: Kind = "reacted" if course.response == "worse" else "tolerated"
    words = f"taken regularly; symptoms were {course.response}"
    return [Experience(medicine_named(course.medicine), kind, course.time.day(zone), False, words, course.id)]


def _of_intake(fact: Dose | Exposure, medicine: str, quiet: _Near, flares: _Near, zone: str) -> list[Experience]:
    """A single intake. A flare within the time watched says nothing of it unless the medicine is suspected."""
    if any(_follows(fact.time, flare.time) for flare in flares.after(fact.time)):
        return []
    asked = any(_checks(fact.time, check_in.time) for check_in in quiet.after(fact.time))
    kind: Kind = "tolerated" if asked else "taken"
    words = "taken; nothing on the check-in after it" if asked else "taken; nothing was recorded after it"
    return [Experience(medicine_named(medicine), kind, fact.time.day(zone), False, words, fact.id)]


def _checks(intake: Moment, check_in: Moment) -> bool:
    """Whether a check-in surely lies late enough after an intake, and within the time watched."""
    shortest, longest = check_in.elapsed_since(intake)
    return shortest >= SOONEST_CHECK and longest <= WATCHED


def _follows(earlier: Moment, later: Moment) -> bool:
    """Whether the later time may lie within the time watched after the earlier one."""
    shortest, longest = later.elapsed_since(earlier)
    return longest >= timedelta(0) and shortest <= WATCHED
