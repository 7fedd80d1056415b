"""The cast of the tests: Ada has the disease, Ben helps her, Dr Cole treats her."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from mastkit.record.facts import FACT, AnyFact

ADA = UUID("01990000-0000-7000-8000-00000000ada0")
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def number(n: int) -> UUID:
    return UUID(int=0x01990000000070008000000000000000 + n)


def fact(
    n: int, kind: str = "note", *, replaces: int | None = None, minute: int | None = None, **more: Any
) -> AnyFact:
    """Return the n-th fact that Ada enters, a minute after the one before it."""
    content: dict[str, Any] = {
        "kind": kind,
        "id": number(n),
        "recorded_at": NOON + timedelta(minutes=n if minute is None else minute),
        "recorded_by": {"source": "self", "name": "Ada"},
        "replaces": number(replaces) if replaces is not None else None,
    }
    if kind not in ("retraction", "sex", "birth_date", "question", "device", "contact"):
        content["time"] = {"at": NOON, "zone": "Europe/Berlin", "precision": "minute"}
    if kind == "note":
        content["text"] = f"note {n}"
    return FACT.validate_python(content | more)
