"""Every text of the data files that a page shows has a German entry, and sentences with values are said again."""

import gettext
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest
from django.utils import translation

from mastkit.companion.pages.known_texts import BETWEEN, known_texts
from mastkit.companion.pages.said import said
from mastkit.companion.pages.said_forms import FORMS, SENTENCES
from mastkit.vocabulary.tables import rows
from mastkit.vocabulary.variables import clinical_tests
from tests.companion.pages.test_the_second_language import CATALOGUE

# Of each file the columns that a page shows; of the second kind, each piece has an entry of its own.
SHOWN = {
    ("self_care.csv", "mastkit.reports"): (("title", "why"), ("grounds",)),
    ("glossary.csv", "mastkit.reports"): (("term", "plain", "more", "medical"), ()),
    ("complications.csv", "mastkit.reports"): (("title", "plain", "red_flag", "grounds"), ()),
    ("support_groups.csv", "mastkit.reports"): (("about",), ()),
    ("questions.csv", "mastkit.reports"): (("text",), ()),
    ("home_kit.csv", "mastkit.reports"): (("step",), ("source",)),
    ("interference.csv", "mastkit.reports"): (("analyte",), ("raises", "lowers", "stability", "source")),
    ("tests.csv", "mastkit.followup"): (("label", "plain_label"), ()),
    ("monitoring.csv", "mastkit.followup"): (("plain",), ()),
    ("procedures.csv", "mastkit.followup"): (("label",), ()),
}


def german() -> frozenset[str]:
    with CATALOGUE.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return frozenset(key[0] if isinstance(key, tuple) else key for key in catalogue)


def of_file(name: str, package: str) -> Iterator[str]:
    whole, in_pieces = SHOWN[name, package]
    for row in rows(name, package):
        yield from (row[column] for column in whole)
        yield from (piece for column in in_pieces for piece in row[column].split(BETWEEN))


@pytest.mark.parametrize(("name", "package"), SHOWN)
def test_every_row_of_a_file_has_its_german(name, package):
    found = {text for text in of_file(name, package) if text}
    assert found - german() == set()
    assert found - known_texts() == set()


def test_every_sampling_window_has_its_german():
    text = files("mastkit.rulebooks").joinpath("data", "tryptase_windows.toml").read_text(encoding="utf-8")
    protocols = tomllib.loads(text)["protocol"]
    titles = {one["title"] for one in protocols} | {one["title"] for each in protocols for one in each["sample"]}
    notes = {one["note"] for one in protocols if "note" in one}
    assert (titles | notes) - german() == set()


def test_what_else_is_said_again_has_its_german():
    tests = {one.plain_label for one in clinical_tests().values()}
    assert (known_texts() | SENTENCES | set(FORMS) | tests) - german() == set()


VALUES = {
    "known": "Tryptase in your blood when you are well",
    "parts": "none in the record; type of disease: ISM, stated 2026-03-01",
    "names": "Adrenaline auto-injector (2), planned visit",
    "severities": "severity 1–3 of 10: 2, severity not written down: 1",
    "tests": "a blood test for tryptase and a small sample of skin",
    "lab": "Albumin",
    "value": "43 g/L",
    "when": "2026-11-05 07:30",
    "day": "2026-11-05",
    "what": "planned visit",
    "n": "12",
    "verified": "recalled",
}
OWN = "Zoë's 3rd bag"


@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_is_recognised_by_its_own_form(form):
    places = re.findall(r"\{(\w+)\}", form)
    english = form.format(**{name: VALUES.get(name.rstrip("0123456789"), OWN) for name in places})
    with translation.override("de"):
        pieces = translation.gettext(form).format(**dict.fromkeys(places, "\0")).split("\0")
        found = said(english)
    at = 0
    for piece in pieces:
        at = found.index(piece, at) + len(piece)
    assert found.count(OWN) == sum(VALUES.get(name.rstrip("0123456789")) is None for name in places)
    with translation.override("en"):
        assert said(english) == english


def test_what_a_person_wrote_stays_as_it_is():
    with translation.override("de"):
        for text in ("", "My own words.", "Pen (blue)", "What; a day", "see 2026-11-05", "Reaction since Tuesday"):
            assert said(text) == text


def test_a_day_a_month_and_a_minute_are_written_as_in_german():
    with translation.override("de"):
        assert said("Pen expires") == "Pen läuft ab"
        assert "März 2027" in said("The expiry on it is 2027-03; ask for a new one before that.")
        assert "5. Nov 2026, 07:30" in said("counted from the end of the last flare, 2026-11-05 07:30")
