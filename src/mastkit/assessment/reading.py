"""What was read from a record: values of variables, each with the facts that it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from mastkit.logic.values import Fact, Interval
from mastkit.record.facts import AnyFact, DatedFact


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: the fact, and in words its kind, day and who wrote it down."""

    fact: UUID
    words: str


@dataclass(slots=True)
class RecordSheet:
    """The variables that a record gives, as the rules read them.

    Attributes:
        values: variable to value, in the units of the case sheet.
        sources: variable to where the value comes from.
        remarks: what a careful reader should know, a sentence each.
    """

    values: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def put(self, name: str, value: object, fact: AnyFact) -> None:
        """Set a variable to what a fact says."""
        self.values[name] = value  # type: ignore[assignment]  # the facts have checked the value
        self.sources[name] = Source(fact.id, _words(fact))

    def put_number(self, name: str, low: float, high: float, fact: AnyFact) -> None:
        """Set a variable to a number between two limits, both included."""
        self.put(name, Interval(float(low), float(high)), fact)

    @property
    def facts_of(self) -> dict[str, str]:
        """Variable to where its value comes from, in words."""
        return {name: source.words for name, source in self.sources.items()}


def _words(fact: AnyFact) -> str:
    when = f" of {fact.time}" if isinstance(fact, DatedFact) else ""
    by = fact.recorded_by
    who = f", {by.source}" + (f" ({by.name})" if by.name else "")
    return f"{fact.kind.replace('_', ' ')}{when}{who}"
