"""The record: every fact of one person. Facts are added and never changed; what holds now is worked out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Self
from uuid import UUID

from mastkit.record.corrections import Corrections, entered
from mastkit.record.facts import FACT, AnyFact
from mastkit.record.time import zone_of

_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


class NotOnePerson(ValueError):  # noqa: N818 - the message is for the person who merges
    """Two records of different persons cannot be merged."""


@dataclass(frozen=True)
class Record:
    """All facts of one person, by id, in the order in which they were written down."""

    id: UUID
    zone: str
    facts: Mapping[UUID, AnyFact] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Check the zone, and put the facts in order."""
        zone_of(self.zone)
        ordered = {fact.id: fact for fact in sorted(self.facts.values(), key=entered)}
        object.__setattr__(self, "facts", MappingProxyType(ordered))

    def __len__(self) -> int:
        """Return the number of facts, replaced ones included."""
        return len(self.facts)

    def __iter__(self) -> Iterator[AnyFact]:
        """Go through all facts, replaced ones included."""
        return iter(self.facts.values())

    def add(self, *facts: AnyFact) -> Self:
        """Return the record with more facts; a fact that is there already is not added twice.

        Should two facts of one id differ, the later one is kept: `clashes` tells beforehand.
        """
        new = {fact.id: fact for fact in facts if fact.id not in self.facts}
        if len(new) == len(facts):
            return self._with_new(sorted(new.values(), key=entered))
        together = dict(self.facts)
        for fact in facts:
            together[fact.id] = max(fact, together.get(fact.id, fact), key=_decides)
        return type(self)(self.id, self.zone, together)

    def _with_new(self, facts: list[AnyFact]) -> Self:
        """Return the record with facts that are not yet in it, and with what was worked out of the others."""
        together = {fact.id: fact for fact in facts}
        if facts and self._last is not None and entered(facts[0]) < entered(self._last):
            record = type(self)(self.id, self.zone, {**self.facts, **together})
            in_order = False
        else:
            # Copied as a dictionary is, without asking each id for its hash again.
            in_order = True
            record = object.__new__(type(self))
            whole = MappingProxyType(MappingProxyType(self.facts).copy() | together)
            record.__dict__.update(id=self.id, zone=self.zone, facts=whole)
        known: Corrections | None = self.__dict__.get("_corrections")
        if known is not None and (corrections := known.with_facts(facts)) is not None:
            record.__dict__["_corrections"] = corrections
            if in_order and not any(fact.replaces is not None or fact.id in known.roots for fact in facts):
                record.__dict__["_now"] = (*self._now, *facts)
                record.__dict__["_by_kind"] = _and_by_kind(self._by_kind, facts)
        return record

    def clashes(self, facts: Iterable[AnyFact]) -> list[AnyFact]:
        """Return those facts that have the id of a fact of this record and another content."""
        return [fact for fact in facts if self.facts.get(fact.id, fact) != fact]

    def merge(self, other: "Record") -> Self:
        """Return the record with the facts of both; the order of merging makes no difference."""
        if self.id != other.id:
            raise NotOnePerson(f"two records of one person; {self.id} and {other.id} are two")
        zone = max((self._last_entry, self.zone), (other._last_entry, other.zone))[1]
        return type(self)(self.id, zone, self.facts).add(*other)

    def current(self) -> list[AnyFact]:
        """Return the facts that hold now: of each line of corrections the last, unless it was retracted."""
        return list(self._now)

    def of_kind(self, *kinds: str) -> list[AnyFact]:
        """Return those facts that hold now and are of one of these kinds, in the order they were written down."""
        if len(kinds) == 1:
            return list(self._by_kind.get(kinds[0], ()))
        wanted = frozenset(kinds)
        return [fact for fact in self._now if fact.kind in wanted]

    def history(self, id: UUID) -> list[AnyFact]:  # noqa: A002 - the word of the record
        """Return the line of corrections and retractions that a fact belongs to, oldest first."""
        return self._corrections.line(id)

    def conflicts(self) -> list[list[AnyFact]]:
        """Return the corrections of one fact that do not know of each other; the latest of a list holds."""
        return self._corrections.conflicts()

    @cached_property
    def _now(self) -> tuple[AnyFact, ...]:
        holds = self._corrections.current
        return tuple(fact for id_, fact in self.facts.items() if id_ in holds)

    @cached_property
    def _by_kind(self) -> dict[str, list[AnyFact]]:
        return _and_by_kind({}, self._now)

    @cached_property
    def _last(self) -> AnyFact | None:
        return list(self.facts.values())[-1] if self.facts else None

    @cached_property
    def _last_entry(self) -> datetime:
        return max((fact.recorded_at for fact in self), default=_LONG_AGO)

    @cached_property
    def _corrections(self) -> Corrections:
        return Corrections.among(self.facts)


def _and_by_kind(before: Mapping[str, list[AnyFact]], facts: Iterable[AnyFact]) -> dict[str, list[AnyFact]]:
    kinds = dict(before)
    for kind, of_kind in groupby(sorted(facts, key=_kind), _kind):
        kinds[kind] = [*kinds.get(kind, ()), *of_kind]
    return kinds


def _kind(fact: AnyFact) -> str:
    return fact.kind


def _decides(fact: AnyFact) -> tuple[datetime, bytes]:
    return fact.recorded_at, FACT.dump_json(fact)
