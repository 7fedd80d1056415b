"""Records made of a few facts, for the tests of the pages."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from mastkit.companion.people.models import Person
from mastkit.companion.store.reading import load
from mastkit.record.facts import FACT, AnyFact
from mastkit.record.files import dump_record
from mastkit.record.ids import new_id
from mastkit.record.record import Record
from mastkit.record.time import Moment

ZONE = "Europe/Berlin"
NOW = datetime(2026, 3, 20, 15, tzinfo=UTC)


def at(hours_ago: float) -> Moment:
    return Moment(at=NOW - timedelta(hours=hours_ago), zone=ZONE)


def fact(kind: str, *, recorded: float = 0, **fields: Any) -> AnyFact:
    content = {
        "kind": kind,
        "id": new_id(),
        "recorded_at": NOW - timedelta(hours=recorded),
        "recorded_by": {"source": "self"},
    }
    return FACT.validate_python(content | fields)


def record_of(*facts: AnyFact, zone: str = ZONE) -> Record:
    return Record(UUID(int=1), zone).add(*facts)


def stored(person: Person) -> list[dict[str, Any]]:
    """Return the facts that the store holds, as a record file has them."""
    person.refresh_from_db()
    return json.loads(dump_record(load(person)))["facts"]
