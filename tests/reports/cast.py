"""Records for the documents: Ada as in the example, an empty one, and one with everything and far too much."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from mastkit.record.facts import FACT, AnyFact
from mastkit.record.files import read_record
from mastkit.record.record import Record
from mastkit.simulation.people import people

ON = date(2026, 11, 24)
ZONE = "Europe/Berlin"
ADA = UUID("01990000-0000-7000-8000-00000000ada0")
_ENTERED = datetime(2026, 1, 1, tzinfo=UTC)

EXAMPLE = Path(__file__).parents[2] / "examples" / "ada.json"


def number(n: int) -> UUID:
    return UUID(int=0x01990000000070008000000000000000 + n)


def at(text: str, precision: str = "minute") -> dict[str, Any]:
    """Return a moment; a text without an offset is UTC."""
    when = datetime.fromisoformat(text)
    return {"at": when if when.tzinfo else when.replace(tzinfo=UTC), "zone": ZONE, "precision": precision}


def fact(n: int, kind: str, when: str | None = "2026-11-01T10:00", **more: Any) -> AnyFact:
    """Return the n-th fact that Ada enters."""
    content: dict[str, Any] = {
        "kind": kind,
        "id": number(n),
        "recorded_at": _ENTERED + timedelta(minutes=n),
        "recorded_by": {"source": "self", "name": "Ada"},
    }
    if when is not None:
        content["time"] = at(when)
    return FACT.validate_python(content | more)


def record(*facts: AnyFact) -> Record:
    return Record(ADA, ZONE, {one.id: one for one in facts})


@cache
def ada() -> Record:
    return people(ON)[0]


@cache
def erik() -> Record:
    return people(ON)[1]


@cache
def example() -> Record:
    return read_record(EXAMPLE).record


EMPTY = record()


@cache
def crowded(word: str = "word", long: bool = True) -> Record:
    """Return a record with more of everything than any page holds, each text as long as it may be."""
    text = (f"{word} " * 400)[:1900] if long else word
    line = text[:190].strip()
    facts: list[AnyFact] = []

    def add(kind: str, when: str | None, **more: Any) -> None:
        facts.append(fact(len(facts) + 1, kind, when, **more))

    add("contact", None, name=line, role="self", phone="+49 30 1")
    add("birth_date", None, born=date(1984, 5, 17))
    add(
        "diagnosis",
        "2025-02-17T10:00",
        label=line,
        code="ISM",
        system="who-2022",
        stated_by=line,
        status="confirmed",
    )
    add("emergency_plan", "2026-01-02T10:00", steps=(text[:300],) * 12, written_by=line, emergency_number="112")
    for n in range(12):
        add("question", None, text=text, rank=n + 1)
        add("contact", None, name=f"{line[:150]} {n}", role="helper", phone="+49 30 5550101", emergency=True)
        add(
            "device",
            None,
            code="adrenaline_auto_injector",
            name=line,
            place=line,
            expires=at(f"2026-12-{n + 1:02d}"),
        )
        add("medicine_course", "2026-11-02T10:00", medicine=f"{line[:100]} {n}", schedule=line, reason=line)
        add(
            "medicine_course",
            "2026-10-02T10:00",
            medicine=f"{line[:90]} old {n}",
            end=at("2026-11-03T10:00"),
            stopped_because=line,
        )
        add("finding", "2026-11-04T10:00", code="medicine_tolerated", state="present", value=f"{line[:60]} t{n}")
        add("finding", "2026-11-04T10:00", code="medicine_reaction", state="present", value=f"{line[:60]} r{n}")
        add("finding", "2026-11-05T10:00", code=f"{line[:60]} f{n}", state="present", value=line, method=line)
        add("procedure", "2026-11-06T10:00", code=f"{line[:60]} p{n}", site=line)
        add("appointment", "2027-01-05T10:00", with_whom=line, speciality="haematology", purpose=line, place=line)
    for n in range(40):
        symptoms = tuple({"code": f"{line[:60]} s{k}", "severity": 5} for k in range(6))
        day = f"2026-11-{n % 20 + 1:02d}T{n % 24:02d}:00"
        add(
            "flare",
            day,
            symptoms=symptoms,
            severity=n % 11,
            anaphylaxis=n % 5 == 0,
            suspected=(f"{line[:60]} x{n % 9}",),
        )
        flare = facts[-1].id
        add("dose", day, medicine=f"{line[:80]} {n % 7}", amount_text=line, flare=flare)
        quantity = {"value": float(n), "unit": "ng/mL"}
        add(
            "measurement", day, code="tryptase", quantity=quantity, context="baseline", laboratory=line, method=line
        )
        add("measurement", day, code=f"{line[:60]} m{n % 6}", quantity=quantity)
    return record(*facts)
