"""The emergency number of a country, and the names of the countries in the languages of the card."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from mastkit.record.problems import CannotRead, shown
from mastkit.vocabulary.tables import rows

_PACKAGE = "mastkit.reports"


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """Whom to call in a country (ISO 3166): the number for an ambulance, and others that are answered too.

    ``verified`` is ``unverified`` where it is recalled which of the country's numbers is for an ambulance.
    """

    country: str
    number: str
    also: str
    verified: str
    source: str


@cache
def emergency_numbers() -> Mapping[str, EmergencyNumber]:
    """Return the numbers by country. A country that is not here has a number all the same: it is not known."""
    found = (EmergencyNumber(**row) for row in rows("emergency_numbers.csv", _PACKAGE))
    return MappingProxyType({one.country: one for one in found})


@cache
def country_names() -> Mapping[str, Mapping[str, str]]:
    """Return every country of ISO 3166 by code: its names by language (Unicode CLDR)."""
    return MappingProxyType({row["code"]: MappingProxyType(row) for row in rows("countries.csv", _PACKAGE)})


def check_countries(text: str) -> tuple[str, ...]:
    """Return the country codes that are listed, each once, or say in one sentence which is none."""
    codes = tuple(dict.fromkeys(text.upper().replace(",", " ").split()))
    for code in codes:
        if code not in country_names():
            raise CannotRead(f"--countries: found {shown(code)}, expected codes of ISO 3166 such as DE,FR.")
    return codes


@dataclass(frozen=True, slots=True)
class CountryNumber:
    """What a card says of one country: the numbers, or that none is known here."""

    country: str
    name: str
    number: str | None
    also: tuple[str, ...]
    recalled: bool
    """Whether it is recalled, and not read, which number is for an ambulance."""

    def line(self) -> str:
        """Return the country with its numbers: that for an ambulance first, a star where it is recalled."""
        also = f" ({', '.join(self.also)})" if self.also else ""
        return f"{self.name} {self.number}{'*' if self.recalled else ''}{also}" if self.number else self.name


def numbers_of(countries: tuple[str, ...], language: str) -> tuple[CountryNumber, ...]:
    """Return the number of each country, in the order given, named in a language of the card."""
    return tuple(_number_of(code, language) for code in countries)


def _number_of(code: str, language: str) -> CountryNumber:
    name = country_names()[code][language]
    known = emergency_numbers().get(code)
    if known is None:
        return CountryNumber(code, name, None, (), False)
    return CountryNumber(code, name, known.number, tuple(known.also.split()), known.verified == "unverified")
