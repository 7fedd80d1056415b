"""Lines of corrections: which facts belong together, and which of each line holds now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from mastkit.record.facts import AnyFact, Retraction


def entered(fact: AnyFact) -> tuple[datetime, UUID]:
    """Return what facts are put in order by: when they were written down."""
    return fact.recorded_at, fact.id


@dataclass(frozen=True)
class Corrections:
    """The lines of corrections of a record."""

    roots: Mapping[UUID, UUID]
    """Of each fact, the id that its line of corrections begins with."""
    lines: Mapping[UUID, list[AnyFact]]
    """By that id, the facts of the line in the order in which they were written down."""
    current: frozenset[UUID] | set[UUID]
    """The facts that hold now: of each line the last, unless it was retracted."""

    @classmethod
    def among(cls, facts: Mapping[UUID, AnyFact]) -> Self:
        """Find the lines among facts that are in order."""
        roots = _roots(facts)
        lines: dict[UUID, list[AnyFact]] = {}
        for fact in facts.values():
            lines.setdefault(roots[fact.id], []).append(fact)
        return cls(roots, lines, {id_ for line in lines.values() if (id_ := _holds(line)) is not None})

    def with_facts(self, facts: Iterable[AnyFact]) -> Self | None:
        """Return the lines with new facts in them, without going through the old ones again.

        None where a line would begin elsewhere: a fact has come that others had already corrected, and that is a
        correction itself. Then the lines are found afresh.
        """
        roots, lines, current = dict(self.roots), dict(self.lines), set(self.current)
        for fact in facts:
            if fact.replaces is not None and fact.id in roots:
                return None
            root = fact.id if fact.replaces is None else roots.setdefault(fact.replaces, fact.replaces)
            roots[fact.id] = root
            before = lines.get(root, [])
            lines[root] = sorted([*before, fact], key=entered)
            current.difference_update(old.id for old in before)
            if (id_ := _holds(lines[root])) is not None:
                current.add(id_)
        return type(self)(roots, lines, current)

    def line(self, id: UUID) -> list[AnyFact]:  # noqa: A002 - the word of the record
        """Return the line that a fact belongs to, oldest first."""
        return list(self.lines.get(self.roots.get(id, id), ()))

    def conflicts(self) -> list[list[AnyFact]]:
        """Return the corrections of one fact that do not know of each other; the latest of a list holds."""
        corrected = (line for line in self.lines.values() if len(line) > 1)
        rivals = ([fact for fact in _ends(line) if not _retracts(fact)] for line in corrected)
        return [ends for ends in rivals if len(ends) > 1]


def _roots(facts: Mapping[UUID, AnyFact]) -> dict[UUID, UUID]:
    roots: dict[UUID, UUID] = {}
    for start in facts:
        path: list[UUID] = []
        at: UUID | None = start
        on_path: set[UUID] = set()
        while at is not None and at not in roots and at not in on_path:
            path.append(at)
            on_path.add(at)
            fact = facts.get(at)
            at = fact.replaces if fact is not None else None
        if at in roots:
            root = roots[at]
        elif at is None:
            root = path[-1]
        else:  # facts that replace each other in a circle: none is the first
            root = min(path[path.index(at) :])
        roots.update(dict.fromkeys(path, root))
    return roots


def _holds(line: list[AnyFact]) -> UUID | None:
    if len(line) == 1:
        return None if _retracts(line[0]) else line[0].id
    ends = [fact for fact in _ends(line) if not _retracts(fact)]
    return ends[-1].id if ends else None


def _ends(line: list[AnyFact]) -> list[AnyFact]:
    """Return the facts of a line that no other replaces, in order; of a circle, the last entered."""
    replaced = {fact.replaces for fact in line}
    return [fact for fact in line if fact.id not in replaced] or line[-1:]


def _retracts(fact: AnyFact) -> bool:
    return isinstance(fact, Retraction)
