"""Small diaries for the tests, written as the facts of Ada's record."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from mastkit.record.facts import FACT, AnyFact
from mastkit.record.ids import uuid7
from mastkit.record.record import Record

ADA = UUID("01990000-0000-7000-8000-00000000ada0")
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
ZONE = "Europe/London"


class Pages:
    """A diary that is written page by page; hours are counted from the beginning of the first day."""

    def __init__(self, zone: str = ZONE) -> None:
        self.zone = zone
        self.facts: list[AnyFact] = []

    def put(self, kind: str, hour: float, *, entered: float | None = None, **more: Any) -> "Pages":
        at = FIRST + timedelta(hours=hour)
        recorded = FIRST + timedelta(hours=hour if entered is None else entered)
        content: dict[str, Any] = {
            "kind": kind,
            "id": uuid7(int(recorded.timestamp() * 1000), len(self.facts) + 1),
            "recorded_at": recorded,
            "recorded_by": {"source": "self", "name": "Ada"},
            "time": {"at": at, "zone": self.zone, "precision": "minute"},
        }
        self.facts.append(FACT.validate_python(content | more))
        return self

    def kept(self, days: int, first: int = 0) -> "Pages":
        for day in range(first, first + days):
            self.put("check_in", day * 24 + 22.0)
        return self

    def record(self) -> Record:
        return Record(ADA, self.zone, {fact.id: fact for fact in self.facts})


def alcohol_diary(days: int = 120, every: int = 4, flare_every: int = 2) -> Pages:
    """Return a diary in which half the evenings with alcohol end in a flare, and hardly any other time does."""
    pages = Pages().kept(days)
    for n, day in enumerate(range(2, days - 1, every)):
        pages.put("exposure", day * 24 + 19.0, code="alcohol", symptoms_already_there=False)
        if n % flare_every == 0:
            pages.put("flare", day * 24 + 20.5)
    for day in range(5, days, 29):
        pages.put("flare", day * 24 + 9.0)
    for day in range(1, days, 3):
        pages.put("exposure", day * 24 + 12.0, code="perfume")
    return pages
