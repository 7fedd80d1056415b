"""Reading a record: once in full, and then only what came since."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django_scopes import scope
from pydantic import TypeAdapter, ValidationError

from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import ALL_SECTIONS, Section, section_of_fact
from mastkit.companion.store.models import StoredFact
from mastkit.record.facts import FACT, AnyFact
from mastkit.record.record import Record

MOST_FACTS_KEPT = 200_000
"""Facts of recently opened records that stay in memory, about a kilobyte each."""

_FACTS: TypeAdapter[list[AnyFact]] = TypeAdapter(list[AnyFact])


@dataclass(frozen=True, slots=True)
class _Kept:
    """A record as it was read."""

    number: int
    """The number of the last fact in it."""
    record: Record


_kept: OrderedDict[tuple[UUID, frozenset[Section]], _Kept] = OrderedDict()
_lock = threading.Lock()
_first_reading = threading.Lock()


def load(person: Person, sections: frozenset[Section] = ALL_SECTIONS) -> Record:
    """Return the record of a person, as far as it lies in these sections, with all facts acknowledged so far.

    Facts are numbered without a gap in the order in which they were committed, so what is in memory lacks just
    those of a higher number. Call it outside of transactions: what is kept in memory must be there to stay.
    """
    whole = _whole(person)
    if sections == ALL_SECTIONS:
        return whole
    kept = _kept.get((person.pk, sections))
    if kept is not None and kept.number == len(whole) and kept.record.zone == whole.zone:
        return kept.record
    facts = {fact.id: fact for fact in whole if section_of(fact, whole) in sections}
    record = Record(whole.id, whole.zone, facts)
    _keep(person, sections, _Kept(len(whole), record))
    return record


def section_of(fact: AnyFact, record: Record) -> Section | None:
    """Return the section of a fact; of a retraction that of the fact it is about, None where that is not there."""
    seen: set[UUID] = set()
    at: AnyFact | None = fact
    while at is not None and at.kind == "retraction" and at.id not in seen:
        seen.add(at.id)
        at = record.facts.get(at.replaces)
    return None if at is None else section_of_fact(at)


def received_since(person: Person, moment: datetime) -> frozenset[UUID]:
    """Return the ids of the facts that came here after an instant."""
    with scope(person=person):
        came = StoredFact.objects.filter(received_at__gt=moment)
        return frozenset(came.values_list("fact_id", flat=True))


def forget(person_id: UUID) -> None:
    """Drop what is in memory of a person's record."""
    with _lock:
        for key in [key for key in _kept if key[0] == person_id]:
            del _kept[key]


def unreadable(person: Person) -> list[str]:
    """Return the facts, as stored, that this version of the program does not understand."""
    with scope(person=person):
        bodies = StoredFact.objects.order_by("number").values_list("body", flat=True)
        return [body for body in bodies.iterator() if _read(body) is None]


def _whole(person: Person) -> Record:
    key = (person.pk, ALL_SECTIONS)
    kept = _kept.get(key)
    if kept is None and person.facts_count:
        with _first_reading:  # two who open a record at once read it once
            return _brought_up(person, _kept.get(key))
    return _brought_up(person, kept)


def _brought_up(person: Person, kept: _Kept | None) -> Record:
    """Return the record with what came since it was read."""
    if kept is not None and kept.number >= person.facts_count and kept.record.zone == person.zone:
        return kept.record
    before = kept.number if kept is not None else 0
    with scope(person=person):
        rows = list(StoredFact.objects.filter(number__gt=before).order_by("number").values_list("number", "body"))
    facts = _read_all([body for _, body in rows])
    if kept is None:
        record = Record(person.pk, person.zone, {fact.id: fact for fact in facts})
    else:
        before_them = kept.record
        if before_them.zone != person.zone:
            before_them = Record(person.pk, person.zone, before_them.facts)
        record = before_them.add(*facts)
    _keep(person, ALL_SECTIONS, _Kept(rows[-1][0] if rows else before, record))
    return record


def _read_all(bodies: list[str]) -> list[AnyFact]:
    try:
        return _FACTS.validate_json("[" + ",".join(bodies) + "]")
    except ValidationError:
        # A fact of a later version of the program: the others are read, and the doctor tells of it.
        return [fact for fact in map(_read, bodies) if fact is not None]


def _read(body: str) -> AnyFact | None:
    try:
        return FACT.validate_json(body)
    except ValidationError:
        return None


def _keep(person: Person, sections: frozenset[Section], kept: _Kept) -> None:
    key = (person.pk, sections)
    with _lock:
        older = _kept.get(key)
        if older is not None and older.number > kept.number and older.record.zone == person.zone:
            return
        _kept[key] = kept
        _kept.move_to_end(key)
        while len(_kept) > 1 and sum(len(one.record) for one in _kept.values()) > MOST_FACTS_KEPT:
            _kept.popitem(last=False)
