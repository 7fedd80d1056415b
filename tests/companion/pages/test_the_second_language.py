"""German is complete: every sentence of the pages, and the words that are picked."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

import mastkit.companion
from mastkit.companion.pages.labels import label
from mastkit.vocabulary.terms import terms

PACKAGE = Path(mastkit.companion.__file__).parent
CATALOGUE = PACKAGE / "locale" / "de" / "LC_MESSAGES" / "django.mo"
SENTENCE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")


def sentences() -> set[str]:
    found = set()
    for template in (PACKAGE / "templates").rglob("*.html"):
        found |= {one or other for one, other in SENTENCE.findall(template.read_text(encoding="utf-8"))}
    return found


def german() -> GNUTranslations:
    with CATALOGUE.open("rb") as file:
        return GNUTranslations(file)


def test_every_sentence_of_the_templates_is_translated():
    catalogue = german()
    # What a language has in common with English stands here, so that nothing else passes unseen.
    assert {one for one in sentences() if catalogue.gettext(one) == one} <= {"Name", "Text"}


def test_what_is_filled_in_is_filled_in_there_too():
    catalogue = german()
    assert len(catalogue._catalog) > 600
    for key, text in catalogue._catalog.items():
        english = key[0] if isinstance(key, tuple) else key
        if english and english in str(text) and "%" not in english:
            continue
        places = set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", english)) - {"%(n)d", "%(n)s"}
        assert places <= set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text)), english


@pytest.mark.parametrize("kind", ["symptom", "trigger"])
def test_what_is_picked_has_a_german_word(kind):
    with translation.override("de"):
        words = {code: label(code, kind) for of, code in terms() if of == kind}
    with translation.override("en"):
        same = {code for code, word in words.items() if label(code, kind) == word}
    assert same <= {"stress", "vibration", "latex", "succinylcholine-trigger"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "today",
        "timeline",
        "tests",
        "record",
        "condition",
        "triggers",
        "triggers_how",
        "settings",
        "add_list",
        "data",
    ],
)
def test_a_page_speaks_german(name, as_ada, record):
    response = as_ada.get(reverse(name, args=[record.pk]), headers={"Accept-Language": "de"})
    assert 'lang="de"' in response.text
    assert "Akte von Ada" in response.text
    assert "Record of" not in response.text
