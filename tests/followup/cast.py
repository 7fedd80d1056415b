"""Ada's record for the tests of follow-up: short ways to write her facts."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from mastkit.record.facts import FACT, AnyFact
from mastkit.record.record import Record

ADA = UUID("01990000-0000-7000-8000-00000000ada0")
ZONE = "Europe/Berlin"


def record(*facts: AnyFact) -> Record:
    return Record(ADA, ZONE, {fact.id: fact for fact in facts})


def fact(n: int, kind: str, when: str | None, **more: Any) -> AnyFact:
    """Return the n-th fact: of a day such as 2026-03-01, or of a minute such as 2026-03-01T12:30 (in UTC)."""
    content: dict[str, Any] = {
        "kind": kind,
        "id": UUID(int=0x01990000000070008000000000000000 + n),
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
        "recorded_by": {"source": "self", "name": "Ada"},
    }
    if when is not None:
        content["time"] = moment(when)
    return FACT.validate_python(content | more)


def moment(when: str) -> dict[str, Any]:
    if "T" in when:
        return {"at": datetime.fromisoformat(when).replace(tzinfo=UTC), "zone": ZONE, "precision": "minute"}
    day = date.fromisoformat(when)
    return {"at": datetime(day.year, day.month, day.day, 12, tzinfo=UTC), "zone": ZONE, "precision": "day"}


def measured(n: int, when: str, code: str, value: float, unit: str, **more: Any) -> AnyFact:
    comparator = more.pop("comparator", None)
    quantity = {"value": float(value), "unit": unit, "comparator": comparator}
    return fact(n, "measurement", when, code=code, quantity=quantity, **more)


def tryptase(n: int, when: str, value: float, **more: Any) -> AnyFact:
    return measured(n, when, "tryptase", value, "ng/mL", **({"context": "baseline"} | more))


def platelets(n: int, when: str, value: float, **more: Any) -> AnyFact:
    return measured(n, when, "plt", value, "10*9/L", **more)


def diagnosis(n: int, when: str, code: str, **more: Any) -> AnyFact:
    return fact(n, "diagnosis", when, label=code, code=code, **({"status": "confirmed"} | more))


def course(n: int, when: str, medicine: str, **more: Any) -> AnyFact:
    return fact(n, "medicine_course", when, medicine=medicine, **more)


def found(n: int, when: str, code: str, state: str = "present", **more: Any) -> AnyFact:
    return fact(n, "finding", when, code=code, state=state, **more)
