"""The record: every fact of one person. Facts are added and never changed; what holds now is worked out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Self
from uuid import UUID

from mastkit.record.facts import FACT, AnyFact, Retraction
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
        ordered = {fact.id: fact for fact in sorted(self.facts.values(), key=_entered)}
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
        together = dict(self.facts)
        for fact in facts:
            together[fact.id] = max(fact, together.get(fact.id, fact), key=_decides)
        return type(self)(self.id, self.zone, together)

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
        return list(self._holding)

    def history(self, id: UUID) -> list[AnyFact]:  # noqa: A002 - the word of the record
        """Return the line of corrections and retractions that a fact belongs to, oldest first."""
        line = self._lines.get(self._roots.get(id, id), ())
        return list(line)

    def conflicts(self) -> list[list[AnyFact]]:
        """Return the corrections of one fact that do not know of each other; the latest of a list holds."""
        rivals = ([fact for fact in self._ends(line) if not _retracts(fact)] for line in self._lines.values())
        return [ends for ends in rivals if len(ends) > 1]

    @cached_property
    def _last_entry(self) -> datetime:
        return max((fact.recorded_at for fact in self), default=_LONG_AGO)

    @cached_property
    def _roots(self) -> dict[UUID, UUID]:
        """Of each fact, the id that its line of corrections begins with."""
        roots: dict[UUID, UUID] = {}
        for start in self.facts:
            path: list[UUID] = []
            at: UUID | None = start
            on_path: set[UUID] = set()
            while at is not None and at not in roots and at not in on_path:
                path.append(at)
                on_path.add(at)
                fact = self.facts.get(at)
                at = fact.replaces if fact is not None else None
            if at in roots:
                root = roots[at]
            elif at is None:
                root = path[-1]
            else:  # facts that replace each other in a circle: none is the first
                root = min(path[path.index(at) :])
            roots.update(dict.fromkeys(path, root))
        return roots

    @cached_property
    def _lines(self) -> dict[UUID, list[AnyFact]]:
        lines: dict[UUID, list[AnyFact]] = {}
        for fact in self:
            lines.setdefault(self._roots[fact.id], []).append(fact)
        return lines

    @cached_property
    def _holding(self) -> tuple[AnyFact, ...]:
        return tuple(fact for fact in self if fact.id in self._current)

    @cached_property
    def _current(self) -> set[UUID]:
        current = set()
        for line in self._lines.values():
            ends = [fact for fact in self._ends(line) if not _retracts(fact)]
            if ends:
                current.add(ends[-1].id)
        return current

    @staticmethod
    def _ends(line: list[AnyFact]) -> list[AnyFact]:
        """Return the facts of a line that no other replaces, in order; of a circle, the last entered."""
        replaced = {fact.replaces for fact in line}
        return [fact for fact in line if fact.id not in replaced] or line[-1:]


def _retracts(fact: AnyFact) -> bool:
    return isinstance(fact, Retraction)


def _entered(fact: AnyFact) -> tuple[datetime, UUID]:
    return fact.recorded_at, fact.id


def _decides(fact: AnyFact) -> tuple[datetime, bytes]:
    return fact.recorded_at, FACT.dump_json(fact)
