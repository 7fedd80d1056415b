"""Record: every fact that holds now, by kind, the newest first."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from mastkit.companion.pages.clocks import day_name
from mastkit.companion.pages.describe import SEVERITY_READING, Line, describe, kind_name
from mastkit.record import facts as f
from mastkit.record.facts import AnyFact
from mastkit.record.record import Record
from mastkit.record.time import zone_of

ON_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact that the record has."""

    kind: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The facts of a day, or those without one."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The page."""

    kinds: tuple[Kind, ...]
    chosen: str
    days: tuple[Day, ...]
    page: int
    pages: int
    total: int
    facts: int
    """Facts in all, replaced and withdrawn ones included."""
    conflicts: tuple[Line, ...]
    """Facts that were corrected on two devices that did not know of each other."""


def ledger(record: Record, zone: str, now: datetime, kind: str = "", page: int = 1) -> Ledger:
    """Return a page of the record."""
    current = [fact for fact in record.current() if getattr(fact, "code", "") != SEVERITY_READING]
    counts = Counter(fact.kind for fact in current)
    shown = sorted((fact for fact in current if not kind or fact.kind == kind), key=_newest, reverse=True)
    pages = max(1, -(-len(shown) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    today = now.astimezone(zone_of(zone)).date()
    days: dict[str, list[Line]] = {}
    for fact in shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]:
        name = day_name(fact.time.day(zone), today) if isinstance(fact, f.DatedFact) else ""
        days.setdefault(name, []).append(describe(fact, zone))
    return Ledger(
        kinds=tuple(Kind(one, kind_name(one), count, one == kind) for one, count in counts.most_common()),
        chosen=kind,
        days=tuple(Day(name, tuple(lines)) for name, lines in days.items()),
        page=page,
        pages=pages,
        total=len(shown),
        facts=len(record),
        conflicts=tuple(describe(ends[-1], zone) for ends in record.conflicts()),
    )


def _newest(fact: AnyFact) -> datetime:
    return fact.time.at if isinstance(fact, f.DatedFact) else fact.recorded_at
