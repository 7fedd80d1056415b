"""The diagnosis that a clinician stated beside what the rules make of the same record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mastkit.assessment import assess_record
from mastkit.assessment.answer import StatedDiagnosis
from mastkit.logic.values import Truth
from mastkit.record.facts import AnyFact
from tests.assessment.test_variables_from_a_record import day, kit, record, tryptase
from tests.record.people import fact

MARROW = (
    fact(1, "finding", code="bm_aggregates_multifocal", state="present", time=day("2025-04-02")),
    fact(2, "finding", code="ihc_tryptase_positive", state="present", time=day("2025-04-02")),
    kit(3, "2025-04-02", "detected", tissue="marrow"),
    tryptase(4, 29.5, "2025-04-02T08:00", context="baseline"),
)
"""Systemic mastocytosis by both systems, of a subtype that is open."""


def stated(n: int, label: str, when: str = "2025-05-01", **more: Any) -> AnyFact:
    return fact(n, "diagnosis", label=label, time=day(when), **more)


def of(*facts: AnyFact, on: date | None = None) -> StatedDiagnosis | None:
    return assess_record(record(*facts), on=on).stated


def fits(*facts: AnyFact) -> dict[str, Truth]:
    found = of(*facts)
    assert found is not None
    return dict(found.fits)


def test_without_a_stated_diagnosis_there_is_nothing_to_compare() -> None:
    assert of(*MARROW) is None
    assert of(*MARROW, stated(9, "a cold")) is None


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Indolent systemic mastocytosis", None),
        ("indolent systemic MASTOCYTOSIS", None),
        ("as written in the letter", "ISM"),
        ("as written in the letter", "ORPHA:98848"),
        ("ISM", "D47.02"),
        ("Systemic mastocytosis", None),
        ("as written in the letter", "D47.02"),
    ],
)
def test_what_the_findings_allow_fits_by_words_or_code(label: str, code: str | None) -> None:
    truth = True if label == "Systemic mastocytosis" or (code == "D47.02" and label != "ISM") else None
    assert fits(*MARROW, stated(9, label, code=code)) == {"who-2022": truth, "icc-2022": truth}


def test_what_the_findings_do_not_allow_does_not_fit() -> None:
    # In systemic mastocytosis the skin alone is no answer any more.
    assert fits(*MARROW, stated(9, "Cutaneous mastocytosis")) == {"who-2022": False, "icc-2022": False}


def test_without_findings_everything_is_open() -> None:
    assert fits(stated(9, "ISM")) == {"who-2022": None, "icc-2022": None}
    assert fits(stated(9, "SM")) == {"who-2022": None, "icc-2022": None}


def test_ruled_out_is_the_other_way_round() -> None:
    assert fits(*MARROW, stated(9, "Systemic mastocytosis", status="ruled_out"))["who-2022"] is False
    assert fits(*MARROW, stated(9, "Cutaneous mastocytosis", status="ruled_out"))["who-2022"] is True
    assert fits(*MARROW, stated(9, "ISM", status="ruled_out"))["who-2022"] is None


def test_a_named_classification_is_compared_with_itself_alone() -> None:
    assert set(fits(*MARROW, stated(9, "ISM", system="icc-2022"))) == {"icc-2022"}
    assert set(fits(*MARROW, stated(9, "ISM", system="who-2016"))) == {"who-2022", "icc-2022"}


def test_the_icc_counts_bone_marrow_mastocytosis_as_indolent() -> None:
    assert fits(*MARROW, stated(9, "BMM")).keys() == {"who-2022", "icc-2022"}


def test_the_latest_statement_counts_and_a_past_one_does_not() -> None:
    found = of(*MARROW, stated(8, "ISM", "2024-01-01"), stated(9, "ASM", "2026-01-01"))
    assert found is not None
    assert found.label == "ASM"
    found = of(*MARROW, stated(8, "ISM", "2024-01-01"), stated(9, "ASM", "2026-01-01", status="past"))
    assert found is not None
    assert found.label == "ISM"
    found = of(*MARROW, stated(8, "ISM", "2024-01-01"), stated(9, "ASM", "2026-01-01"), on=date(2025, 6, 1))
    assert found is not None
    assert found.label == "ISM"


def test_another_disease_stated_later_does_not_hide_it() -> None:
    later = stated(9, "Hereditary alpha tryptasemia", "2026-01-01")
    found = of(*MARROW, stated(8, "ISM", "2024-01-01"), later)
    assert found is not None
    assert found.label == "ISM"


def test_it_stands_in_the_data_of_the_assessment() -> None:
    data = assess_record(record(*MARROW, stated(9, "ISM", stated_by="Dr Cole", status="confirmed"))).to_dict()
    assert data["stated"] == {
        "label": "ISM", "day": "2025-05-01", "stated_by": "Dr Cole", "status": "confirmed", "system": None,
        "fits": {"who-2022": None, "icc-2022": None},
    }  # fmt: skip
