"""The pages of care in German, with a whole record: no sentence of the data files stands there in English."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from mastkit.companion.pages.known_texts import known_texts
from mastkit.companion.pages.said_forms import SENTENCES
from mastkit.companion.store.facts import append
from mastkit.reports.questions import question_bank
from mastkit.simulation.people import people
from tests.companion.reminders.conftest import add, injector, moment, visit

pytestmark = pytest.mark.django_db

IN_GERMAN = {"Accept-Language": "de"}
PAGES = ("self_care", "learning", "complications", "due", "visit", "desk_card")


def sentences() -> list[str]:
    """The texts that are no single word or name, and are not the same in German."""
    # A count of flares in the pack, which is not of a data file, has this piece too and stays English.
    texts = (known_texts() | SENTENCES) - {"severity not written down"}
    long = [text for text in texts if len(text.split()) > 3]
    with translation.override("de"):
        return [text for text in long if translation.gettext(text) != text]


@pytest.fixture
def whole_record(record):
    """A record of two years, with a flare of yesterday that asks for its baseline sample, and what runs out."""
    made, _other = people(datetime.now(UTC).date())
    append(record, list(made), actor=record.owner)
    began = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=20)
    add(record, "flare", began.isoformat(), anaphylaxis=True, end=moment((began + timedelta(hours=2)).isoformat()))
    injector(record, (began + timedelta(days=20)).date().isoformat())
    visit(record, (began + timedelta(days=9)).isoformat(), speciality="allergy")
    return record


@pytest.mark.parametrize("name", PAGES)
def test_no_english_sentence_stands_on_a_german_page(name, as_ada, whole_record):
    text = unescape(as_ada.get(reverse(name, args=[whole_record.pk]), headers=IN_GERMAN).text)
    assert [one for one in sentences() if one in text] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_english_page_has_them(name, as_ada, whole_record):
    text = unescape(as_ada.get(reverse(name, args=[whole_record.pk]), headers={"Accept-Language": "en"}).text)
    assert len([one for one in sentences() if one in text]) > 5


def test_what_is_due_is_said_with_its_days_and_reasons(as_ada, whole_record):
    text = unescape(as_ada.get(reverse("due", args=[whole_record.pk]), headers=IN_GERMAN).text)
    for german in (
        "Adrenalin-Autoinjektor läuft ab", "bitten Sie vorher um Ersatz. Aufbewahrt wird es hier: bag.",
        "Termin: Dr Cole", "Blutprobe für den Basiswert", "ein neuer Schub schiebt es hinaus",
        "gezählt ab dem Ende des letzten Schubs", "Form der Krankheit: ISM, angegeben am",
    ):  # fmt: skip
        assert german in text
    for english in (" expires", "Appointment", "counted from", "type of disease", "your record", "put it off"):
        assert english not in text


SAYS_SO = {"visit": True, "desk_card": True, "procedure": True, "referral": True, "card": False}


@pytest.mark.parametrize(("name", "says"), SAYS_SO.items())
def test_a_page_says_where_english_begins(name, says, as_ada, whole_record):
    where = reverse(name, args=[whole_record.pk])
    assert ("auf Englisch" in as_ada.get(where, headers=IN_GERMAN).text) == says
    assert "in English" not in as_ada.get(where, headers={"Accept-Language": "en"}).text


def chosen_and_listed(page: str, question: str) -> tuple[int, int]:
    """How often a question is filled in, and how often it stands in the list to choose from."""
    listed = page.partition('<datalist id="bank">')[2].partition("</datalist>")[0]
    return page.count(f'list="bank" value="{question}"'), listed.count(question)


def test_a_question_chosen_in_german_stands_once_and_keeps_its_place(as_ada, record):
    english = next(one.text for one in question_bank() if one.id == "painkiller")
    where = reverse("visit", args=[record.pk])
    with translation.override("de"):
        german = translation.gettext(english)
    for asked in ({"q1": german}, {"q1": german, "speciality": "allergy"}):
        page = unescape(as_ada.get(where, asked, headers=IN_GERMAN).text)
        assert chosen_and_listed(page, german) == (1, 1)
        assert english not in page
    add(record, "question", text=german, rank=1)
    for asked in ({}, {"speciality": "allergy"}):
        page = unescape(as_ada.get(where, asked, headers=IN_GERMAN).text)
        assert chosen_and_listed(page, german) == (1, 1)
