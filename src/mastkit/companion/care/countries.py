"""The emergency number of a country, from data, and the country that a clock is set to."""

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

WORKS_WIDELY = "112"
"""Mobile phones know it as an emergency call in most of the world."""


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """Whom to call in a country: the number for an ambulance, and others that are answered too."""

    country: str
    name: str
    number: str
    also: str
    verified: str
    source: str


@cache
def emergency_numbers() -> Mapping[str, EmergencyNumber]:
    """Return the numbers by country (ISO 3166)."""
    text = files("mastkit.companion").joinpath("data", "emergency_numbers.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["country"]: EmergencyNumber(**row) for row in csv.DictReader(text.splitlines())})


@cache
def countries_of_zones() -> Mapping[str, str]:
    """Return the country of each time zone, as far as its number is known."""
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row[2]: row[0] for row in rows if row[0] in emergency_numbers()})


def emergency_content() -> dict[str, object]:
    """Return what the emergency mode holds whoever opens it: numbers by country, and nothing of a record."""
    found = [asdict(number) for number in sorted(emergency_numbers().values(), key=lambda one: one.name)]
    return {"numbers": found, "zones": dict(countries_of_zones())}
