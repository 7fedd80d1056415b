"""The emergency numbers by country: checked against libphonenumber, named as the CLDR names countries."""

from importlib.resources import files

import pytest
from babel import Locale
from phonenumbers import shortnumberinfo

from mastkit.record.problems import CannotRead
from mastkit.reports.card_texts import card_languages
from mastkit.reports.emergency_numbers import check_countries, country_names, emergency_numbers, numbers_of


@pytest.mark.parametrize("country", sorted(emergency_numbers()))
def test_every_number_is_an_emergency_number_of_its_country(country: str) -> None:
    one = emergency_numbers()[country]
    for number in (one.number, *one.also.split()):
        assert shortnumberinfo.is_emergency_number(number, country), number


def test_every_number_names_its_source_and_how_well_it_is_verified() -> None:
    for one in emergency_numbers().values():
        assert one.source
        assert one.verified in ("primary", "reprint", "unverified")


def test_every_country_of_iso_3166_has_its_name_in_every_language_of_the_card() -> None:
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8").splitlines()
    assert set(country_names()) == {line.split("\t")[0] for line in table if line and not line.startswith("#")}
    for language in card_languages():
        known = Locale.parse(language).territories
        assert {code: names[language] for code, names in country_names().items()} == {
            code: known[code] for code in country_names()
        }


def test_a_country_without_a_number_here_is_given_none() -> None:
    (kenya,) = numbers_of(("KE",), "de")
    assert (kenya.number, kenya.also, kenya.line()) == (None, (), "Kenia")


def test_a_star_marks_a_number_that_is_recalled_to_be_that_of_the_ambulance() -> None:
    france, germany = numbers_of(("FR", "DE"), "en")
    assert (france.line(), germany.line()) == ("France 15* (112)", "Germany 112")


def test_codes_are_read_in_any_writing_and_each_once() -> None:
    assert check_countries(" de,FR  de ,") == ("DE", "FR")
    assert check_countries("") == ()


@pytest.mark.parametrize("wrong", ["Germany", "XX", "DE;FR"])
def test_what_is_no_country_code_is_refused_in_one_sentence(wrong: str) -> None:
    with pytest.raises(CannotRead, match=rf'^--countries: found "{wrong.upper()}", expected codes of ISO 3166'):
        check_countries(wrong)
