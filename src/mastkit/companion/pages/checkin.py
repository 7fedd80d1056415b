"""The check-in of a day: what is asked, and the facts that the answers make."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from mastkit.companion.pages.clocks import is_on
from mastkit.companion.pages.labels import label
from mastkit.companion.pages.usual import asked_items
from mastkit.record import facts as f
from mastkit.record.record import Record
from mastkit.record.time import Moment

TIMES = (("morning", time(9)), ("midday", time(13)), ("afternoon", time(16)), ("evening", time(20)))
"""The hour that is kept for a part of the day: about the middle of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is asked."""

    code: str
    what: str
    """A symptom, or an exposure."""
    label: str
    there: bool
    """Whether it was logged on that day already."""


def items(record: Record, zone: str, day: date, now: datetime) -> list[Item]:
    """Return what the check-in of a day asks; what the day's entries say already is ticked."""
    logged = [
        fact
        for fact in record.of_kind("flare", "exposure")
        if isinstance(fact, f.DatedFact) and is_on(fact.time, day, zone)
    ]
    felt = {one.code for fact in logged if isinstance(fact, f.Flare) for one in fact.symptoms}
    met = {fact.code for fact in logged if isinstance(fact, f.Exposure)}
    return [
        Item(code, what, label(code, "symptom" if what == "symptom" else "trigger"), code in felt | met)
        for what, code in asked_items(record, now)
    ]


def check_in(asked: list[Item], ticked: set[str], day: date, zone: str) -> dict[str, Any]:
    """Return the fields of the check-in: asked and not ticked is a recorded no."""
    there = tuple(f.SymptomDegree(code=item.code) for item in asked if item.code in ticked)
    return {"time": Moment.on(day, zone), "asked": tuple(item.code for item in asked), "ticked": there}


def exposure(code: str, part: str, day: date, zone: str) -> dict[str, Any]:
    """Return the fields of an exposure on that day, in a part of it, or at no known hour."""
    hour = dict(TIMES).get(part)
    moment = Moment.local(datetime.combine(day, hour), zone) if hour is not None else Moment.on(day, zone)
    return {"time": moment, "code": code}
