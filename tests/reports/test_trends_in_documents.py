"""What a trend says stands beside its chart: in words, with number, period, unit and source, in every form."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from mastkit.followup.trends import trend
from mastkit.record.record import Record
from mastkit.reports.pack import appointment_pack
from mastkit.reports.pack_document import pack_document
from mastkit.reports.render import as_html, as_markdown, as_pdf
from mastkit.reports.trend_words import NOTHING_PUBLISHED, trend_words
from tests.reports.cast import ON, ada, fact, record


def tryptases(*values: float, **more: object) -> Record:
    return record(
        *(
            fact(
                n,
                "measurement",
                f"2025-{n:02d}-03T10:00",
                code="tryptase",
                quantity={"value": value, "unit": "ng/mL"},
                context="baseline",
                **more,
            )
            for n, value in enumerate(values, 1)
        )
    )


def said(facts: Record, code: str = "tryptase") -> list[str]:
    words = trend_words(trend(facts, code, ON))
    return [words.change, *words.grounds]


def test_too_few_values_are_said_to_be_too_few() -> None:
    lines = said(tryptases(30, 20))
    assert lines[0] == (
        "Too few values to tell whether a change is more than variation: 1 earlier own value, 5 are needed."
    )
    assert lines[1] == "2 comparable values from 2025-01-03 to 2025-02-03; the latest: 20 ng/mL."


def test_one_value_is_no_trend() -> None:
    lines = said(tryptases(30))
    assert lines[0] == "One value only: there is no change to judge."
    assert lines[1] == "1 comparable value on 2025-01-03; the latest: 30 ng/mL."
    assert not any("Source" in line for line in lines)


@pytest.mark.parametrize(
    ("last", "change", "place"),
    [
        (36.0, "The latest change is more than variation.", "above it"),
        (33.0, "The latest change is no more than variation.", "within it"),
    ],
)
def test_the_own_band_is_named_with_its_method(last: float, change: str, place: str) -> None:
    lines = said(tryptases(28, 30, 31, 29, 32, last))
    assert lines[0] == change
    assert f"Own band from 5 values: 25.5 to 35.2 ng/mL; {place}." in lines
    assert any("the method is this program's own" in line for line in lines)


def test_published_variation_comes_with_reference_and_verification() -> None:
    lines = said(tryptases(20, 40))
    assert lines[0] == "The latest change is more than variation."
    (rule,) = [line for line in lines if "1.685" in line and line.startswith("A rise")]
    assert "Source: UpToDate" in rule
    assert rule.endswith("(read in a reprint of the publication).")


def test_a_test_that_is_in_no_case_sheet_is_judged_in_its_own_unit() -> None:
    facts = [
        fact(n, "measurement", f"2025-{n:02d}-03T10:00", code="ferritin", quantity={"value": v, "unit": "ug/L"})
        for n, v in enumerate((50.0, 52.0, 49.0, 51.0, 50.0, 90.0), 1)
    ]
    lines = said(record(*facts), "ferritin")
    assert lines[0] == "The latest change is more than variation."
    assert lines[1].endswith("the latest: 90 µg/L.")
    assert NOTHING_PUBLISHED in lines


def test_a_value_whose_unit_does_not_fit_is_left_out_and_said_to_be() -> None:
    units = ("mm", "ug/L", "ng/mL")
    facts = record(
        *(
            fact(n, "measurement", f"2025-{n:02d}-03T10:00", code="ferritin", quantity={"value": 3.0, "unit": unit})
            for n, unit in enumerate(units, 1)
        )
    )
    lines = said(facts, "ferritin")
    assert "Left out: 1 value whose unit or number does not fit the test." in lines
    assert lines[1].startswith("2 comparable values")
    assert "ferritin" in as_markdown(pack_document(appointment_pack(facts, ON))).lower()


def test_values_of_another_site_are_no_part_of_the_trend_and_of_an_unstated_one_they_are() -> None:
    def score(n: int, value: float, site: str | None) -> object:
        quantity = {"value": value, "unit": "1"}
        return fact(n, "measurement", f"2025-{n:02d}-03T10:00", code="dxa-t", quantity=quantity, site=site)

    facts = record(score(1, -1.0, "hip"), score(2, -2.0, "spine"), score(3, -1.8, None), score(4, -2.1, "spine"))
    lines = said(facts, "dxa-t")
    assert lines[1].startswith("3 comparable values")
    assert "Left out: 1 value of another site or specimen." in lines


@pytest.mark.parametrize("form", ["html", "md", "pdf"])
def test_the_words_stand_behind_the_chart_in_every_form(form: str) -> None:
    document = pack_document(appointment_pack(ada(), ON))
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(document))).pages)
    else:
        text = as_html(document) if form == "html" else as_markdown(document)
    shown = " ".join(text.split())
    assert shown.count("Tryptase: what the trend says") == 1
    assert "5 comparable values from 2025-01-05 to 2026-11-04; the latest: 27.6 ng/mL." in shown
    assert "UpToDate" in shown


def test_the_first_page_says_it_of_tryptase_and_kit() -> None:
    first = as_markdown(pack_document(appointment_pack(ada(), ON))).partition("## Annex")[0]
    assert first.count("Too few values to tell whether a change is more than variation") == 2


def test_a_value_after_the_day_of_the_pack_is_no_part_of_it() -> None:
    facts = record(*tryptases(28, 30, 31, 29, 32, 60))
    (words,) = appointment_pack(facts, date(2025, 5, 31)).trends
    assert words.grounds[0] == "5 comparable values from 2025-01-03 to 2025-05-03; the latest: 32 ng/mL."
