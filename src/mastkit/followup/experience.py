"""What the record says of how a person took a medicine: reacted, tolerated, or taken with nothing recorded."""

from __future__ import annotations

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
    flares = [fact for fact in facts if isinstance(fact, Flare)]
    found = [e for fact in facts for e in _of(fact, facts, flares, record.zone)]
    return sorted(found, key=lambda e: (e.day, e.medicine, e.kind, e.fact))


def _of(fact: AnyFact, facts: Sequence[AnyFact], flares: Sequence[Flare], zone: str) -> Iterable[Experience]:
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
            return _of_intake(fact, fact.medicine, facts, flares, zone)
        case Exposure(symptoms_already_there=None | False):
            return _of_intake(fact, fact.code, facts, flares, zone)
        case _:
            return []


def _of_course(course: MedicineCourse, zone: str) -> list[Experience]:
    if course.response is None:
        return []
    kind: Kind = "reacted" if course.response == "worse" else "tolerated"
    words = f"taken regularly; symptoms were {course.response}"
    return [Experience(medicine_named(course.medicine), kind, course.time.day(zone), False, words, course.id)]


def _of_intake(
    fact: Dose | Exposure, medicine: str, facts: Sequence[AnyFact], flares: Sequence[Flare], zone: str
) -> list[Experience]:
    """A single intake. A flare within the time watched says nothing of it unless the medicine is suspected."""
    if any(_follows(fact.time, flare.time) for flare in flares):
        return []
    asked = [f for f in facts if isinstance(f, CheckIn) and f.asked and not f.ticked and _checks(fact.time, f.time)]
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
