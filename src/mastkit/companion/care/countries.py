"""The countries of the emergency mode and of the card: by the clock of a device, or chosen for travel."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import urlencode

from mastkit.companion.care.languages import card_language
from mastkit.reports.card_texts import CardLanguage, card_languages
from mastkit.reports.emergency_numbers import country_names, emergency_numbers


@cache
def countries_of_zones() -> Mapping[str, str]:
    """Return the country of each time zone, as far as its number is known."""
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row[2]: row[0] for row in rows if row[0] in emergency_numbers()})


def emergency_content() -> dict[str, object]:
    """Return what the emergency mode holds whoever opens it: numbers by country, and nothing of a record."""
    names = _names()
    named = [{"name": names[one.country], **asdict(one)} for one in emergency_numbers().values()]
    return {"numbers": sorted(named, key=lambda one: one["name"]), "zones": dict(countries_of_zones())}


@dataclass(frozen=True, slots=True)
class CardChoice:
    """The language of the card and the countries whose emergency numbers it shows."""

    language: str
    countries: tuple[str, ...]

    def query(self) -> str:
        """Return the choice as the query of an address."""
        return urlencode([("language", self.language), *(("country", code) for code in self.countries)])

    def languages(self) -> list[tuple[CardLanguage, str]]:
        """Return each language with the query that chooses it and keeps the countries."""
        return [(one, replace(self, language=one.code).query()) for one in card_languages().values()]

    def chosen(self) -> list[tuple[str, str]]:
        """Return the names of the chosen countries, each with the query that takes it off."""
        names = _names()
        return [(names[code], self._without(code).query()) for code in self.countries]

    def others(self) -> list[tuple[str, str]]:
        """Return codes and names of the countries that can be added, in the order of their names."""
        left = ((code, name) for code, name in _names().items() if code not in self.countries)
        return sorted(left, key=lambda one: one[1].casefold())

    def _without(self, code: str) -> "CardChoice":
        return replace(self, countries=tuple(one for one in self.countries if one != code))


def _names() -> dict[str, str]:
    language = card_language()
    return {code: names[language] for code, names in country_names().items()}
