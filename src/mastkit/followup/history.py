"""What the other modules ask of a record: facts up to a day, the type of disease, treatment, names of medicines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from mastkit.record.facts import AnyFact, Diagnosis, MedicineCourse
from mastkit.record.record import Record
from mastkit.rulebooks import variables as v
from mastkit.vocabulary.terms import Term, find

MEDICINE_KINDS = ("medicine", "medicine-caution")
_SAME_TYPE = {"SM-AMN": "SM-AHN", "SM-AHNMD": "SM-AHN", "ACUTE-MCL": "MCL", "CHRONIC-MCL": "MCL"}
_SKIN_ONLY = {"mpcm", "dcm", "bullous-dcm", "mastocytoma-skin"}


@dataclass(frozen=True, slots=True)
class StatedType:
    """The type of disease as a clinician stated it last."""

    code: str
    day: date
    fact: UUID


def facts_until(record: Record, on: date) -> list[AnyFact]:
    """The facts that hold and whose time is not after a day; facts without a time are all there."""
    return [f for f in record.current() if (day := day_of(f, record)) is None or day <= on]


def day_of(fact: AnyFact, record: Record) -> date | None:
    """The day of a fact in the record's zone; of a month or year, its first day. ``None`` where it has no time."""
    time = getattr(fact, "time", None)
    return None if time is None else time.day(record.zone)


def order_of(fact: AnyFact) -> tuple[datetime, datetime, UUID]:
    """A stable order of facts by their time, so that the order of entry makes no difference."""
    time = getattr(fact, "time", None)
    return (fact.recorded_at if time is None else time.at, fact.recorded_at, fact.id)


def stated_type(record: Record, on: date) -> StatedType | None:
    """The type of disease that was stated last, as confirmed or without a status; ``None`` where none was."""
    stated = [
        (order_of(fact), code, day, fact.id)
        for fact in facts_until(record, on)
        if isinstance(fact, Diagnosis)
        and fact.status in (None, "confirmed")
        and (code := type_of(fact)) is not None
        and (day := day_of(fact, record)) is not None
    ]
    if not stated:
        return None
    _, code, day, fact_id = max(stated)
    return StatedType(code, day, fact_id)


def type_of(diagnosis: Diagnosis) -> str | None:
    """The code of the type that a diagnosis names, as classifications write it; ``None`` for another disease."""
    for text in (diagnosis.code, diagnosis.label):
        code = None if text is None else _type_named(text)
        if code is not None:
            return code
    return None


def _type_named(text: str) -> str | None:
    code = text.strip().upper()
    code = _SAME_TYPE.get(code, code)
    if code in v.subtype.values:
        return code
    term = _term(text, ("subtype",))
    if term is None:
        return None
    if term.id in _SKIN_ONLY:
        return "CM"
    code = term.id.upper()
    code = _SAME_TYPE.get(code, code)
    return code if code in v.subtype.values else None


def medicine_named(text: str) -> str:
    """The id of a medicine of the vocabulary that is called so, else the words in small letters."""
    term = _term(text, MEDICINE_KINDS)
    return text.strip().casefold() if term is None else term.id


def _term(text: str, kinds: tuple[str, ...]) -> Term | None:
    """The term that is called exactly so, if there is one of these kinds."""
    folded = text.strip().casefold()
    for term in _found(folded):
        if term.kind in kinds and folded in _names(term):
            return term
    return None


@lru_cache(maxsize=4096)
def _found(folded: str) -> tuple[Term, ...]:
    return tuple(find(folded))


def _names(term: Term) -> set[str]:
    names = (term.id, term.label, term.plain_label, term.plain_label.split(" (")[0], *term.synonyms)
    return {name.casefold() for name in names}


@dataclass(frozen=True, slots=True)
class Treatment:
    """A course of a medicine that runs on a day."""

    medicine: str
    since: date
    fact: UUID


def treatments(record: Record, on: date) -> tuple[Treatment, ...]:
    """The courses that run on a day, those taken only when needed left out; oldest first."""
    running = [
        fact
        for fact in facts_until(record, on)
        if isinstance(fact, MedicineCourse)
        and not fact.as_needed
        and (fact.end is None or fact.end.day(record.zone) > on)
    ]
    return tuple(
        Treatment(medicine_named(fact.medicine), fact.time.day(record.zone), fact.id)
        for fact in sorted(running, key=order_of)
    )


def latest(facts: Iterable[AnyFact]) -> AnyFact | None:
    """The fact with the latest time; ``None`` of none."""
    return max(facts, key=order_of, default=None)
