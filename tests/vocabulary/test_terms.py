"""Looking up a word: what it finds, in which order, and what a typing mistake gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.vocabulary.terms import LONGEST_QUERY, Term, codes_of, find, suggest, terms


def labels(word: str) -> list[str]:
    return [term.label for term in find(word)]


def test_an_exact_name_comes_first():
    assert labels("Flushing")[0] == "Flushing"
    assert labels("mast cell leukemia")[0] == "Mast cell leukemia"


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("FLUSHING", "Flushing"),
        ("flúshing", "Flushing"),
        ("haemoglobin", "Hemoglobin"),
        ("diarrhoea", "Diarrhea"),
        ("œdema", "Edema"),
        ("alpha tryptasaemia hereditary", "Hereditary alpha-tryptasemia"),
        ("  n-METHYLHISTAMINE/creatinine, 24 h urine ", "N-methylhistamine/creatinine, 24 h urine"),
    ],
)
def test_spelling_capitals_accents_and_marks_make_no_difference(written, label):
    assert labels(written)[0] == label


@pytest.mark.parametrize("word", ["itching", "hives, itchy raised welts", "adrenaline", "ISM"])
def test_plain_words_and_synonyms_find_the_term(word):
    assert find(word)


@pytest.mark.parametrize("code", ["21582-2", "LOINC 21582-2", "loinc21582-2"])
def test_a_code_finds_its_term_with_or_without_its_system(code):
    assert labels(code) == ["Tryptase, serum or plasma"]


@pytest.mark.parametrize("code", ["HP:0031284", "hp:0031284", "0031284"])
def test_an_ontology_code_is_found_without_its_prefix(code):
    assert labels(code) == ["Flushing"]


def test_the_beginning_of_a_code_finds_the_family_but_two_letters_find_no_code():
    assert "Mast cell leukemia" in labels("C94.3")
    assert not any(code.code.startswith("C9") for term in find("C9") for code in codes_of(term))


def test_matches_are_ordered_exact_then_beginning_then_word_then_part():
    names = labels("mastocytosis")
    assert names[0] == "Mastocytosis"
    assert names.index("Mastocytosis Quality of Life Questionnaire (MC-QoL)") < names.index("Systemic mastocytosis")
    assert "Mastocytosis" in labels("stocytos")


def test_one_billing_code_finds_every_subtype_it_covers():
    """Trap: D47.02 stands for several subtypes, so a subtype must never be read from it."""
    found = find("D47.02")
    assert {"sm", "ism", "bmm", "ssm", "sm-ahn"} == {term.id for term in found}


def test_a_word_that_is_not_dizziness_does_not_find_dizziness():
    """Trap: HPO gives Vertigo the lay name Dizziness; the two are not the same."""
    assert "Dizziness" not in labels("vertigo")
    (hpo,) = (code for code in codes_of(terms()["symptom", "dizziness"]) if code.system == "HPO")
    assert "approximate" in hpo.match


def test_a_typing_mistake_finds_nothing_and_suggests_the_word():
    assert find("anafylaxis") == []
    assert suggest("anafylaxis") == ["Anaphylaxis"]
    assert suggest("Flusing")[0] == "Flushing"
    assert suggest("qqqqqqqq") == []


@pytest.mark.parametrize("nothing", ["", " ", "\t\n", "\N{COMBINING ACUTE ACCENT}", "--", "\x00"])
def test_nothing_finds_nothing(nothing):
    assert find(nothing) == []


def test_every_term_is_found_first_by_its_own_label():
    for term in terms().values():
        twins = [other for other in terms().values() if other.label.casefold() == term.label.casefold()]
        assert find(term.label)[: len(twins)] == twins, term.label


def test_no_name_is_longer_than_what_is_looked_at():
    for term in terms().values():
        for name in (term.label, term.plain_label, *term.synonyms):
            assert len(name) < LONGEST_QUERY


@given(st.text())
def test_no_word_breaks_the_search(word):
    assert all(isinstance(term, Term) for term in find(word))
    assert all(isinstance(near, str) for near in suggest(word))


@given(st.text(alphabet=st.characters(categories=("Cs", "Cc", "Mn", "Co"))))
def test_broken_text_breaks_nothing(word):
    assert find(word) == []


def test_a_page_of_text_is_answered_at_once():
    page = "a letter that somebody pasted into the field " * 100_000
    assert find(page) == []
    assert suggest(page) == []


@given(st.sampled_from(sorted(terms())), st.data())
def test_any_code_finds_its_term(key, data):
    term = terms()[key]
    if codes := codes_of(term):
        code = data.draw(st.sampled_from(codes))
        assert term in find(code.code)
        assert term in find(f"{code.system} {code.code}")
