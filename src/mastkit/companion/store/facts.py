"""Adding facts: each is accepted, was there already, or is refused with one clear sentence."""

import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope
from pydantic import ValidationError

from mastkit.companion.audit.log import note
from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import ALL_SECTIONS, Section, section_of_fact
from mastkit.companion.store.models import StoredFact
from mastkit.record.facts import FACT, AnyFact

LARGEST_BODY = 200_000
"""The most bytes of one fact: ten times the longest text that a fact may hold."""

_AT_ONCE = 500

_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a fact that was sent."""

    id: UUID | None
    status: Literal["accepted", "repeated", "refused"]
    sentence: str = ""
    """Of a refused fact: why, and what was expected."""


def append(
    person: Person,
    facts: Iterable[AnyFact],
    *,
    actor: User | None,
    sections: frozenset[Section] = ALL_SECTIONS,
) -> list[Outcome]:
    """Add facts to a record, all that can be added in one transaction; adding them again changes nothing.

    ``sections`` are those that the actor may add to. When this returns, what was accepted is on the disk.
    """
    sent = list(facts)
    with _turn(), transaction.atomic(), scope(person=person):
        # The lock makes the numbers of a record go up without a gap, whoever else is writing.
        locked = Person.objects.select_for_update().get(pk=person.pk)
        known = _Known(sent)
        rows: list[StoredFact] = []
        outcomes: list[Outcome] = []
        now = timezone.now()
        for fact in sent:
            body = written(fact)
            outcome = known.judge(fact, body, sections)
            if outcome.status == "accepted":
                rows.append(_row(locked, locked.facts_count + len(rows) + 1, fact, body, actor, now))
            outcomes.append(outcome)
        if rows:
            StoredFact.objects.bulk_create(rows, batch_size=_AT_ONCE)
            locked.facts_count += len(rows)
            locked.save(update_fields=["facts_count"])
            note(actor, person, "added", count=len(rows))
    person.facts_count = locked.facts_count
    return outcomes


def _turn() -> AbstractContextManager[Any]:
    """Let those who write to the file in this process wait in turn, rather than ask it again and again.

    Who is within a transaction already has the file's own lock, and must not wait for one who waits for that.
    """
    alone = connection.vendor != "sqlite" or connection.in_atomic_block
    return nullcontext() if alone else _writing


def written(fact: AnyFact) -> str:
    """Return a fact in JSON, in the one way in which it is stored."""
    return FACT.dump_json(fact, exclude_none=True).decode()


class _Known:
    """What is already there of the facts that were sent and of those that they replace."""

    def __init__(self, sent: list[AnyFact]) -> None:
        self._bodies: dict[UUID, str] = {}
        self._sections: dict[UUID, tuple[Section | None, UUID | None]] = {}
        """Of each fact its section, or of a retraction the fact that it withdraws."""
        self._look_up({fact.id for fact in sent} | {fact.replaces for fact in sent if fact.replaces is not None})
        # A retraction may withdraw a retraction; go on to the fact that it is all about.
        while missing := {
            replaces
            for section, replaces in self._sections.values()
            if section is None and replaces is not None and replaces not in self._sections
        }:
            if not self._look_up(missing):
                break

    def judge(self, fact: AnyFact, body: str, sections: frozenset[Section]) -> Outcome:
        """Return what becomes of a fact, and remember it when it is taken."""
        there = self._bodies.get(fact.id)
        if there is not None:
            if there == body:
                return Outcome(fact.id, "repeated")
            return _refused(fact, _("This id belongs to another fact of the record already; give it a new id."))
        if len(body.encode()) > LARGEST_BODY:
            return _refused(fact, _("This fact is too long: expected no more than 200,000 characters."))
        if sections != ALL_SECTIONS and (reason := self._not_allowed(fact, sections)):
            return _refused(fact, reason)
        self._bodies[fact.id] = body
        self._sections[fact.id] = (section_of_fact(fact), fact.replaces)
        return Outcome(fact.id, "accepted")

    def _not_allowed(self, fact: AnyFact, sections: frozenset[Section]) -> str | None:
        """Return why somebody who may add to these sections alone may not add this; None if they may."""
        if fact.kind != "retraction" and section_of_fact(fact) not in sections:
            return _("You may not add facts of this kind to this record.")
        if fact.replaces is None:
            return None
        section = self._section(fact.replaces)
        if section is None:
            return _("The fact that this one replaces is not here yet; send that one first.")
        if section not in sections:
            return _("You may not change facts of that kind in this record.")
        return None

    def _section(self, id: UUID) -> Section | None:  # noqa: A002 - the word of the record
        seen: set[UUID] = set()
        at: UUID | None = id
        while at is not None and at not in seen:
            seen.add(at)
            section, at = self._sections.get(at, (None, None))
            if section is not None:
                return section
        return None

    def _look_up(self, wanted: set[UUID]) -> bool:
        ids, found = list(wanted), False
        for start in range(0, len(ids), _AT_ONCE):
            rows = StoredFact.objects.filter(fact_id__in=ids[start : start + _AT_ONCE])
            for fact_id, body in rows.values_list("fact_id", "body"):
                self._bodies[fact_id], self._sections[fact_id] = _as_stored(body)
                found = True
        return found


def _as_stored(body: str) -> tuple[str, tuple[Section | None, UUID | None]]:
    """Return a stored fact as it would be written now, its section, and of a retraction what it withdraws."""
    try:
        fact = FACT.validate_json(body)
    except ValidationError:
        # A fact of a later version of the program: nobody but the owner may change it.
        return body, (None, None)
    return written(fact), (section_of_fact(fact), fact.replaces if fact.kind == "retraction" else None)


def _refused(fact: AnyFact, sentence: str) -> Outcome:
    return Outcome(fact.id, "refused", sentence)


def _row(person: Person, number: int, fact: AnyFact, body: str, actor: User | None, now: datetime) -> StoredFact:
    time = getattr(fact, "time", None)
    return StoredFact(
        person=person,
        number=number,
        fact_id=fact.id,
        kind=fact.kind,
        at=time.at if time is not None else None,
        recorded_at=fact.recorded_at,
        received_at=now,
        received_from=actor,
        body=body,
    )
