"""The emergency card: complete in every language, it fits the card, and it says no more than the record."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from mastkit.record.problems import CannotRead
from mastkit.reports.card import emergency_card, plain_text
from mastkit.reports.card_render import (
    card_document,
    card_pdf,
    lock_screen_png,
    qr_svg,
    sheet_pdf,
)
from mastkit.reports.card_texts import card_languages, phrases, text, word
from mastkit.reports.render import as_html
from mastkit.vocabulary.tables import rows
from mastkit.vocabulary.terms import terms
from tests.reports.cast import EMPTY, ON, ada, crowded, erik, fact, record

LANGUAGES = list(card_languages())
POINTS_A_MM = 72 / 25.4
JOURNEY = ("BA", "AE", "US", "GB", "KE", "VC", "FR", "DE", "LI", "ZA", "CH", "AT")
"""Many countries with long names, two of them without a number here."""


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def _squeezed(words: str) -> str:
    return "".join(words.split())


def test_there_are_six_languages_and_each_says_how_far_it_is_checked() -> None:
    assert LANGUAGES == ["en", "de", "fr", "es", "it", "pt"]
    assert all("not yet checked" in one.checked for one in card_languages().values())


def test_every_phrase_is_there_in_every_language() -> None:
    for phrase in phrases().values():
        assert list(phrase.texts) == LANGUAGES
        assert all(written.strip() == written != "" for written in phrase.texts.values()), phrase.key
        sentences = {written.casefold() for written in phrase.texts.values()}
        if phrase.use != "label":
            assert len(sentences) == len(LANGUAGES), f"{phrase.key} was left untranslated"


def test_every_medical_sentence_names_source_and_verification() -> None:
    for phrase in phrases().values():
        claims_something = phrase.use == "advice" or phrase.key in ("adrenaline", "no_hives")
        assert (phrase.verified in ("primary", "reprint", "unverified") and bool(phrase.source)) == claims_something


def test_every_trigger_of_the_vocabulary_has_a_word_in_every_language() -> None:
    table = {(row["kind"], row["id"]): row for row in rows("card_words.csv", "mastkit.reports")}
    for kind, id_ in terms():
        if kind == "trigger":
            assert all(table[kind, id_][language].strip() for language in LANGUAGES), id_


def test_the_data_files_have_no_shifted_columns() -> None:
    for name in ("card_phrases.csv", "card_words.csv", "card_languages.csv"):
        assert all(None not in row and None not in row.values() for row in rows(name, "mastkit.reports"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["ada", "erik", "empty", "crowded"])
@pytest.mark.parametrize("countries", [(), JOURNEY], ids=["at home", "travelling"])
def test_the_card_has_two_sides_of_a_credit_card_and_nothing_is_cut_off(
    language: str, name: str, countries: tuple[str, ...]
) -> None:
    one = {"ada": ada(), "erik": erik(), "empty": EMPTY, "crowded": crowded()}[name]
    card = emergency_card(one, ON, language, countries)
    made = card_pdf(card)
    pages = PdfReader(BytesIO(made)).pages
    assert len(pages) == 2
    for page in pages:
        assert float(page.mediabox.width) == pytest.approx(85.6 * POINTS_A_MM, abs=0.5)
        assert float(page.mediabox.height) == pytest.approx(54 * POINTS_A_MM, abs=0.5)
    shown = _squeezed(_text(made))
    for sentence in (*card.alarms, *card.advice):
        assert _squeezed(sentence) in shown
    abroad = ("numbers_abroad", "number_unknown") if countries else ()
    for key in ("title", "not_tolerated", "triggers", "tolerated", "medicines", *abroad):
        assert _squeezed(text(key, language)).casefold() in shown.casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_and_the_lock_screen_can_be_made_from_any_record(language: str) -> None:
    for one, countries in ((EMPTY, ()), (ada(), JOURNEY[4:6]), (crowded(), JOURNEY)):
        card = emergency_card(one, ON, language, countries)
        assert _squeezed(text("adrenaline", language)) in _squeezed(_text(sheet_pdf(card)))
        picture = lock_screen_png(card)
        assert (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")) == (1170, 2532)


def test_the_sheet_has_the_alarm_in_every_language() -> None:
    shown = _squeezed(_text(sheet_pdf(emergency_card(ada(), ON, "en"))))
    assert all(_squeezed(text("adrenaline", language)) in shown for language in LANGUAGES)


def test_known_triggers_are_named_in_the_language_of_the_card() -> None:
    for language, wanted in {"en": "wasp sting", "de": "Wespenstich", "fr": "piqûre de guêpe"}.items():
        assert emergency_card(ada(), ON, language).triggers == (wanted,)
    assert word("trigger", "wasp_sting", "es") == "picadura de avispa"


def test_only_what_was_tolerated_and_never_reacted_to_is_tolerated() -> None:
    facts = record(
        fact(1, "finding", code="medicine_tolerated", state="present", value="fentanyl"),
        fact(2, "finding", code="medicine_tolerated", state="present", value="morphine"),
        fact(3, "finding", "2026-11-02T10:00", code="medicine_reaction", state="present", value="morphine"),
        fact(4, "dose", "2026-10-01T10:00", medicine="ibuprofen"),
    )
    card = emergency_card(facts, ON)
    assert card.tolerated == ("Fentanyl",)
    assert card.reacted == ("Morphine",)


def test_a_beta_blocker_brings_its_sentence_and_anaphylaxis_its_own() -> None:
    plain = emergency_card(EMPTY, ON)
    assert text("blocker", "en") not in plain.advice
    assert text("anaphylaxis_before", "en") not in plain.alarms
    with_both = emergency_card(
        record(fact(1, "medicine_course", medicine="metoprolol"), fact(2, "flare", anaphylaxis=True)), ON
    )
    assert with_both.advice[0] == text("blocker", "en")
    assert with_both.alarms[-1] == text("anaphylaxis_before", "en")


def test_a_flare_not_judged_is_not_called_anaphylaxis() -> None:
    assert text("anaphylaxis_before", "en") not in emergency_card(record(fact(1, "flare")), ON).alarms


def test_a_stopped_medicine_is_not_on_the_card() -> None:
    stopped = fact(
        1, "medicine_course", "2026-01-01T10:00", medicine="loratadine", end={**_moment("2026-02-01T10:00")}
    )
    assert emergency_card(record(stopped), ON).medicines == ()


def _moment(when: str) -> dict[str, object]:
    from tests.reports.cast import at

    return at(when)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_qr_code_holds_the_alarms_and_stays_short(language: str) -> None:
    for one in (EMPTY, ada(), crowded()):
        card = emergency_card(one, ON, language)
        written = plain_text(card)
        assert qr_svg(emergency_card(one, ON, language, JOURNEY)).startswith("<svg")
        assert all(alarm in written for alarm in card.alarms)
        assert len(written.encode()) <= 1400
        assert qr_svg(card).startswith("<svg")


def test_the_steps_of_the_plan_stay_in_the_words_of_the_clinician() -> None:
    facts = record(
        fact(1, "emergency_plan", steps=("Adrenaline into the thigh.", "Call 112."), written_by="Dr Cole")
    )
    shown = as_html(card_document(emergency_card(facts, ON, "de")))
    assert "Adrenaline into the thigh." in shown
    assert "Dr Cole" in shown


def test_another_language_is_refused_in_one_sentence() -> None:
    with pytest.raises(CannotRead, match=r'^--language: found "xx", expected one of en, de, fr, es, it, pt\.$'):
        emergency_card(EMPTY, ON, "xx")


def test_the_covered_letters_are_truly_in_the_fonts() -> None:
    from mastkit.reports.document import Document, Paragraph
    from mastkit.reports.render import as_pdf

    folder = Path(__file__).parents[2] / "src/mastkit/reports/data/fonts"
    ranges = [
        line.split() for line in (folder / "coverage.txt").read_text().splitlines() if not line.startswith("#")
    ]
    letters = [chr(n) for first, last in ranges for n in range(int(first, 16), int(last, 16) + 1)]
    document = Document(
        "Letters", "", ON, tuple(Paragraph(" ".join(letters[n : n + 50])) for n in range(0, len(letters), 50))
    )
    with pikepdf.open(BytesIO(as_pdf(document))) as pdf:
        fonts = {
            str(item.BaseFont)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    assert fonts
    assert all("SourceSansPro" in font for font in fonts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_of_the_plan_stands_first_and_those_of_the_journey_follow(language: str) -> None:
    facts = record(fact(1, "emergency_plan", steps=("Pen.",), emergency_number="19222"))
    card = emergency_card(facts, ON, language, ("DE", "FR", "KE"))
    germany, france, kenya = (one.name for one in card.numbers)
    for written in (plain_text(card), as_html(card_document(card)), _text(sheet_pdf(card)), _text(card_pdf(card))):
        squeezed = _squeezed(written)
        assert _squeezed(f"{germany} 112") in squeezed
        assert _squeezed(f"{france} 15* (112)") in squeezed
        assert _squeezed(text("number_unknown", language)) in squeezed
        assert _squeezed(text("number_recalled", language)) in squeezed
        assert "19222" in squeezed
        behind = squeezed[squeezed.index(_squeezed(text("number_unknown", language))) :]
        assert _squeezed(kenya) in behind
        assert not _squeezed(behind).startswith("112"), "nothing is guessed"
    written = plain_text(card)
    assert written.index("19222") < written.index(f"{germany} 112")


def test_a_card_without_a_journey_names_no_country() -> None:
    card = emergency_card(ada(), ON)
    assert card.numbers == ()
    assert text("numbers_abroad", "en") not in plain_text(card)
    assert text("number_source", "en") not in as_html(card_document(card))


def test_the_words_about_numbers_are_translated_into_every_language() -> None:
    for key in ("numbers_abroad", "number_unknown", "number_recalled", "number_source"):
        assert len(set(phrases()[key].texts.values())) == len(LANGUAGES), key
