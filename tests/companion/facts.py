"""Facts as a phone sends them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def number(n: int) -> str:
    return str(UUID(int=0x01990000000070008000000000000000 + n))


def entry(n: int, kind: str = "note", *, replaces: int | None = None, **more: Any) -> dict[str, Any]:
    """Return the n-th fact that is entered, as JSON."""
    content: dict[str, Any] = {
        "kind": kind,
        "id": number(n),
        "recorded_at": (NOON + timedelta(minutes=n)).isoformat(),
        "recorded_by": {"source": "self", "name": "Ada"},
    }
    if replaces is not None:
        content["replaces"] = number(replaces)
    if kind not in ("retraction", "sex", "birth_date", "question", "device", "contact"):
        content["time"] = {"at": (NOON + timedelta(hours=n)).isoformat(), "zone": "Europe/Berlin"}
    if kind == "note":
        content.setdefault("text", more.pop("text", f"note {n}"))
    return content | more


@st.composite
def diaries(draw: st.DrawFn, most: int = 25) -> list[dict[str, Any]]:
    """Draw what somebody enters: flares, exposures and notes, corrections and retractions of any of them."""
    entries: list[dict[str, Any]] = []
    for n in range(1, draw(st.integers(1, most)) + 1):
        earlier = draw(st.none() | st.integers(1, n - 1)) if n > 1 else None
        kinds = ["flare", "exposure", "note"] + (["retraction"] if earlier else [])
        kind = draw(st.sampled_from(kinds))
        more: dict[str, Any] = {}
        if kind == "flare":
            more["severity"] = draw(st.none() | st.integers(0, 10))
        if kind == "exposure":
            more["code"] = draw(st.sampled_from(["alcohol", "heat", "stress"]))
        entries.append(entry(n, kind, replaces=earlier, **{k: v for k, v in more.items() if v is not None}))
    return entries
