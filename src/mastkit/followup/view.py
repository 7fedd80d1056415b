"""A record looked at once: its facts by kind and in order of time, for questions that are asked of every flare."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID

from mastkit.followup.signs import coded
from mastkit.record.facts import (
    AnyFact,
    BirthDate,
    CheckIn,
    DatedFact,
    Exposure,
    Finding,
    Flare,
    Measurement,
    Variant,
)
from mastkit.record.record import Record
from mastkit.record.time import Moment

F = TypeVar("F", bound=DatedFact)


class InOrder(Generic[F]):
    """Facts in order of time, of which those near an instant are found quickly."""

    def __init__(self, facts: Iterable[F]) -> None:
        self._all = sorted(facts, key=lambda fact: (fact.time.at, str(fact.id)))
        # What reaches far beyond its beginning is little, and looked at each time.
        self._coarse = [f for f in self._all if _reaches_far(f)]
        self._fine = [f for f in self._all if not _reaches_far(f)]
        self._times = [f.time.at for f in self._fine]

    def __iter__(self) -> Iterator[F]:
        return iter(self._all)

    def near(self, start: datetime, end: datetime) -> Sequence[F]:
        """The facts that may lie between two instants; some of them may not."""
        day = timedelta(days=2)
        first, last = bisect_left(self._times, start - day), bisect_right(self._times, end + day)
        return [*self._coarse, *self._fine[first:last]]


def _reaches_far(fact: DatedFact) -> bool:
    """Whether a fact is told as a month or a year, or lasted longer than a day."""
    if fact.time.precision in ("month", "year"):
        return True
    end = getattr(fact, "end", None)
    return isinstance(end, Moment) and end.interval()[1] - fact.time.at > timedelta(days=1)


@dataclass(frozen=True)
class RecordView:
    """The facts of a record that hold now, sorted out by kind."""

    record: Record

    @cached_property
    def facts(self) -> list[AnyFact]:
        """All of them."""
        return self.record.current()

    @cached_property
    def flares(self) -> InOrder[Flare]:
        """The flares."""
        return InOrder(f for f in self.facts if isinstance(f, Flare))

    @cached_property
    def check_ins(self) -> InOrder[CheckIn]:
        """The check-ins."""
        return InOrder(f for f in self.facts if isinstance(f, CheckIn))

    @cached_property
    def exposures(self) -> InOrder[Exposure]:
        """The exposures."""
        return InOrder(f for f in self.facts if isinstance(f, Exposure))

    @cached_property
    def measurements(self) -> dict[str, list[Measurement]]:
        """The measurements by their code, as the vocabulary writes it, in order of time."""
        found: dict[str, list[Measurement]] = {}
        for fact in InOrder(f for f in self.facts if isinstance(f, Measurement)):
            found.setdefault(coded(fact.code), []).append(fact)
        return found

    @cached_property
    def birth(self) -> BirthDate | None:
        """When the person was born, as entered last."""
        births = [f for f in self.facts if isinstance(f, BirthDate)]
        return births[-1] if births else None

    @cached_property
    def variants(self) -> InOrder[Variant]:
        """The genes that were tested."""
        return InOrder(f for f in self.facts if isinstance(f, Variant))

    def values_found(self, code: str) -> set[str]:
        """The values of the findings of one code that were found, as the vocabulary writes them."""
        return {coded(f.value) for f in self._found if f.value and coded(f.code) == code}

    @cached_property
    def _found(self) -> list[Finding]:
        """The findings that were found and have a value: few among all facts, and asked for at each flare."""
        return [f for f in self.facts if isinstance(f, Finding) and f.state == "present" and f.value]

    def ids_of(self, flare: Flare) -> frozenset[UUID]:
        """The ids under which other facts may name a flare: its own and those of the facts that it corrects."""
        return frozenset(fact.id for fact in self.record.history(flare.id)) | {flare.id}
