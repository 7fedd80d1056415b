"""Facts for invented people: the same arguments always make the same facts, ids included."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from mastkit.record.facts import FACT, AnyFact, Recorder
from mastkit.record.ids import uuid7
from mastkit.record.quantity import Quantity
from mastkit.record.record import Record
from mastkit.record.time import Moment

Source = Literal["self", "clinician", "document", "import"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Writer:
    """Writes the facts of one invented person, one after the other."""

    def __init__(self, person: str, zone: str, today: date) -> None:
        self.person = person
        self.zone = zone
        self.today = today
        self._facts: list[AnyFact] = []
        # Read by a clock that stands still: the record of a day must not depend on when it is made.
        self._made = Moment.local(datetime.combine(today, time(8)), zone).at

    def day(self, ago: int) -> date:
        """Return the day so many days before today; after it, where the number is negative."""
        return self.today - timedelta(days=ago)

    def at(self, ago: int, clock: str = "09:00") -> Moment:
        """Return the moment when the clocks showed a time, so many days ago."""
        return Moment.local(datetime.combine(self.day(ago), time.fromisoformat(clock)), self.zone)

    def on(self, ago: int) -> Moment:
        """Return the day so many days ago, with no hour."""
        return Moment.on(self.day(ago), self.zone)

    def put(
        self,
        kind: str,
        when: Moment | None = None,
        *,
        source: Source = "self",
        by: str | None = None,
        recorded_at: datetime | None = None,
        **content: Any,
    ) -> UUID:
        """Write a fact down and return its id; without ``recorded_at``, when it was; never after today."""
        recorded = min(recorded_at or (when.at if when is not None else self._made), self._made)
        number = sha256(f"{self.person}/{len(self._facts)}".encode()).digest()
        id_ = uuid7((recorded - _EPOCH) // timedelta(milliseconds=1), int.from_bytes(number[:9], "big"))
        fact: dict[str, Any] = {
            "kind": kind,
            "id": id_,
            "recorded_at": recorded,
            "recorded_by": Recorder(source=source, name=by or (self.person if source == "self" else None)),
        }
        if when is not None:
            fact["time"] = when
        self._facts.append(FACT.validate_python(fact | content))
        return id_

    def lab(self, ago: int, values: Mapping[str, tuple[float, str]], laboratory: str) -> None:
        """Write down the values of one blood sample, none of them tryptase."""
        for code, (value, unit) in values.items():
            self.put(
                "measurement", self.at(ago, "08:30"), source="document", by=laboratory, code=code,
                quantity=Quantity(value=value, unit=unit), laboratory=laboratory, specimen="blood",
            )  # fmt: skip

    def record(self) -> Record:
        """Return the record of all facts written."""
        # Its id belongs to the person: the record of the next day is a later state of the same one.
        number = int.from_bytes(sha256(self.person.encode()).digest()[:9], "big")
        id_ = uuid7(1_735_689_600_000, number)
        return Record(id_, self.zone, {fact.id: fact for fact in self._facts})
