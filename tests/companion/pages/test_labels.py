"""What a code is called: as the vocabulary calls it, in whatever way the code is spelled."""

import pytest
from django.utils import translation

from mastkit.companion.pages.labels import clinical_label, label
from mastkit.vocabulary.terms import called, terms
from mastkit.vocabulary.variables import sheet_variables
from tests.reports.cast import ada, erik


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("vitd", "Vitamin D"),
        ("vitamin-d", "Vitamin D"),
        ("vitamin_d", "Vitamin D"),
        ("wasp_sting", "Wasp sting"),
        ("nsaid", "Pain killer (NSAID)"),
    ],
)
def test_a_code_is_called_as_the_vocabulary_calls_it(code: str, name: str) -> None:
    assert label(code) == name


def test_it_is_so_in_another_language_too() -> None:
    with translation.override("de"):
        assert label("wasp_sting") == label("wasp-sting") != "Wasp sting"


@pytest.mark.parametrize("own", ["Vitamin d drops", "My mother's tea", "HEAT", "cold nose"])
def test_own_words_stay_as_they_are(own: str) -> None:
    assert label(own) == own


def test_the_clinician_s_word_is_found_by_the_same_spelling() -> None:
    assert clinical_label("vitamin-d") == terms()["lab", "vitd"].label


def test_only_the_whole_name_counts() -> None:
    assert called("Vitamin D", "trigger", "lab") is terms()["lab", "vitd"]
    assert called("vitamin", "lab") is None
    assert called("", "lab") is None


def test_every_test_of_the_demonstration_has_a_name_in_the_vocabulary() -> None:
    for record in (ada(), erik()):
        codes = {one.code for one in record.of_kind("measurement")} - {"flare-severity"}  # type: ignore[union-attr]
        assert [code for code in codes if called(code, "lab") is None and code not in sheet_variables()] == []
