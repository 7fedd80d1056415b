"""What the logger keeps on the device to work without a network: pick lists and the facts of the last days."""

from datetime import datetime, timedelta
from typing import Any

from mastkit.companion.pages.checkin import items
from mastkit.companion.pages.describe import SEVERITY_READING, ids_of
from mastkit.companion.pages.labels import label
from mastkit.companion.pages.usual import (
    ADRENALINE,
    labelled,
    other_symptoms,
    red_flags,
    usual_exposures,
    usual_medicines,
    usual_symptoms,
)
from mastkit.record import facts as f
from mastkit.record.facts import FACT
from mastkit.record.record import Record
from mastkit.record.time import zone_of

RUNNING = timedelta(hours=48)
"""A flare that began longer ago and has no end is no longer shown as running."""

EMERGENCY_NUMBER = "112"


def picks(record: Record, zone: str, now: datetime) -> dict[str, Any]:
    """Return the lists; nothing else of the record leaves the server for the device."""
    symptoms, exposures = usual_symptoms(record, now), usual_exposures(record, now)
    medicines = usual_medicines(record, now)
    return {
        "zone": record.zone,
        "symptoms": labelled(symptoms, "symptom"),
        "more_symptoms": labelled(other_symptoms(symptoms), "symptom"),
        "exposures": labelled(exposures, "trigger"),
        "medicines": [
            {"code": code, "label": label(code, "medicine"), "amount": amount} for code, amount in medicines
        ],
        "medicine_labels": {code: label(code, "medicine") for code in [*(one for one, _ in medicines), ADRENALINE]},
        "checkin": [
            {"code": item.code, "label": item.label, "what": item.what, "there": item.there}
            for item in items(record, zone, now.astimezone(zone_of(zone)).date(), now)
        ],
        "red_flags": list(red_flags()),
        "emergency_number": emergency_number(record),
        "recent": [FACT.dump_python(fact, mode="json", exclude_none=True) for fact in recent(record, now)],
    }


def recent(record: Record, now: datetime) -> list[f.AnyFact]:
    """Return the flares that may be running, with what was logged for them."""
    flares = [
        fact
        for fact in record.of_kind("flare")
        if isinstance(fact, f.Flare) and fact.end is None and now - fact.time.at < RUNNING
    ]
    ids = frozenset().union(*(ids_of(record, fact) for fact in flares))
    lines = [one for fact in flares for one in record.history(fact.id)]
    belonging = [
        fact
        for fact in record.of_kind("dose", "measurement")
        if (isinstance(fact, f.Dose) or (isinstance(fact, f.Measurement) and fact.code == SEVERITY_READING))
        and fact.flare in ids
    ]
    return [*lines, *belonging]


def emergency_number(record: Record) -> str:
    """Return the number of the person's own plan, or the one that works in most of the world."""
    plans = [
        fact
        for fact in record.of_kind("emergency_plan")
        if isinstance(fact, f.EmergencyPlan) and fact.emergency_number
    ]
    return (plans[-1].emergency_number or EMERGENCY_NUMBER) if plans else EMERGENCY_NUMBER
