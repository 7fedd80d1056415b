"""The tryptase rule at its limits, the worked examples, and the wrong rule in circulation."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.followup.screening import for_sheet
from mastkit.rulebooks.mast_cell_activation import RATIO
from tests.followup.asking import truth

MCA = "mast-cell-activation"

V3: dict[str, Any] = {
    "sex": "male", "age": 57, "bst": 9.8, "tryptase_acute": 21, "tryptase_acute_hours": 1.5,
    "kit_d816v": True, "kit_d816v_tissue": "blood", "kit_d816v_method": "ddpcr", "cd25": True,
    "bm_biopsy_adequate": True, "bm_aggregates_multifocal": False, "mc_spindle_pct_tissue": 10,
    "skin_lesions": "none", "syncope": True, "gi_symptoms": True, "urticaria": False, "pruritus": False,
    "angioedema": False, "recurrent_episodes": True, "response_to_mc_therapy": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("acute", "base", "at_least", "above"),
    [
        (23.5, 18, False, False),
        (23.6, 18, True, False),  # V20: exactly at the limit
        (23.7, 18, True, True),
        (8.0, 5.0, True, False),
        (13.76, 9.8, True, False),
        (">200", 30, True, True),
        ("<1.0", 30, False, False),
        (40, "<1.0", True, True),
        (3, "<1.0", None, None),
        (">30", 30, None, None),
    ],
)
def test_twenty_per_cent_plus_two_and_its_comparator(
    acute: Any, base: Any, at_least: bool | None, above: bool | None
) -> None:
    sheet = {"bst": base, "tryptase_acute": acute, "tryptase_acute_hours": 2}
    assert truth(MCA, "MCA-20+2", **sheet) is at_least
    assert truth(MCA, "MCA-20+2", {"comparator": ">"}, **sheet) is above
    assert truth(MCA, "MCAS-B", **sheet) is at_least


def test_v21_the_wrong_rule_in_circulation_is_not_the_rule() -> None:
    base, acute = 5.0, 7.2
    assert acute >= 1.2 * base, "a rise of 20 %"
    assert acute - base >= 2, "and a rise of 2: the wrong rule is met"
    assert truth(MCA, "MCAS-B", bst=base, tryptase_acute=acute, tryptase_acute_hours=1.5) is False


@given(st.integers(0, 3000), st.integers(0, 6000))
def test_whoever_meets_the_rule_meets_the_wrong_one_but_not_the_other_way_round(base: int, acute: int) -> None:
    met = truth(MCA, "MCA-20+2", bst=base / 10, tryptase_acute=acute / 10)
    if met:
        assert acute * 10 >= 12 * base
        assert acute - base >= 20


def test_v20_extra_copies_and_the_variability_of_the_baseline() -> None:
    sheet = {"bst": 18, "tryptase_acute": 24, "tryptase_acute_hours": 2, "tpsab1_extra_copies": 1}
    assert truth(MCA, "MCAS-B", **sheet) is True
    assert truth(MCA, "MCA-RATIO", **sheet) is False
    assert truth(MCA, "MCA-VARIABILITY", **sheet) is True
    assert truth(MCA, "MCA-BORDERLINE", **sheet) is True
    assert truth(MCA, "MCA-HAT", **sheet) is True
    assert truth(MCA, "TRYPTASE-GENOTYPE", **sheet) is False


def test_v23_an_event_sample_alone_says_nothing() -> None:
    assert truth(MCA, "MCAS-B", tryptase_acute=45, tryptase_acute_hours=2) is None
    assert for_sheet({"tryptase_acute": 45, "tryptase_acute_hours": 2})["mcas_tryptase_rule"] is None


def test_v3_primary_and_monoclonal() -> None:
    assert truth(MCA, "MCAS", **V3) is True
    assert truth(MCA, "MCAS-PRIMARY", **V3) is True
    assert truth(MCA, "MCAS-MMAS", **V3) is True
    assert truth(MCA, "MCAS-IDIOPATHIC", **V3) is False
    assert truth(MCA, "MCAS-SECONDARY", **V3) is False


def test_v2_with_three_criteria_is_no_monoclonal_activation_syndrome() -> None:
    v2 = V3 | {"mc_spindle_pct_tissue": 60}
    assert truth(MCA, "MCAS-PRIMARY", **v2) is True
    assert truth(MCA, "MCAS-MMAS", **v2) is False


def test_minor_criteria_of_the_monoclonal_syndrome_are_a_reading() -> None:
    one = V3 | {"kit_d816v": False, "kit_d816v_tissue": "marrow", "kit_wide_sequencing_negative": True}
    assert truth(MCA, "MCAS-MMAS", **one) is True
    assert truth(MCA, "MCAS-MMAS", {"mmas_minor": "two"}, **one) is False
    assert truth(MCA, "MCAS-MMAS", {"mmas_minor": "two"}, **V3) is True


@pytest.mark.parametrize("missing", ["recurrent_episodes", "response_to_mc_therapy", "tryptase_acute"])
def test_all_three_conditions_are_needed(missing: str) -> None:
    assert truth(MCA, "MCAS", **{k: v for k, v in V3.items() if k != missing}) is None
    if missing != "tryptase_acute":
        assert truth(MCA, "MCAS", **V3 | {missing: False}) is False


def test_symptoms_of_one_organ_do_not_qualify() -> None:
    one = V3 | {"gi_symptoms": False, "respiratory": False, "flushing": False}
    assert truth(MCA, "MCAS-A", **one) is False
    assert truth(MCA, "MCAS-A", **{k: v for k, v in one.items() if k != "respiratory"}) is None


def test_severity_is_a_reading() -> None:
    assert truth(MCA, "MCAS-A", {"severe": "anaphylaxis"}, **V3) is None
    assert truth(MCA, "MCAS-A", {"severe": "anaphylaxis"}, **V3, anaphylaxis=False) is False
    assert truth(MCA, "MCAS-A", {"severe": "anaphylaxis"}, **V3, anaphylaxis=True) is True


def test_another_mediator_is_shown_apart() -> None:
    urine = {"mediator_event": 400, "mediator_limit": 200, "mediator_baseline": 180}
    sheet = {k: v for k, v in V3.items() if not k.startswith("tryptase")} | urine
    assert truth(MCA, "MCAS-B-ALT", **sheet) is True
    assert truth(MCA, "MCAS-B", **sheet) is None
    assert truth(MCA, "MCAS", **sheet) is None
    assert truth(MCA, "MCAS-ALT", **sheet) is True
    assert truth(MCA, "MCAS-PRIMARY", **sheet) is True
    assert truth(MCA, "MCAS-B-ALT", **urine | {"mediator_event": 200}) is False, "above the limit, not at it"
    assert truth(MCA, "MCAS-B-ALT", **urine | {"mediator_baseline": 400}) is False, "above the own baseline"
    assert truth(MCA, "MCAS-B-ALT", mediator_event=400, mediator_limit=200) is None


def test_secondary_idiopathic_and_mixed() -> None:
    clean = {
        "kit_d816v": False, "kit_d816v_tissue": "marrow", "kit_d816v_method": "ddpcr",
        "kit_wide_sequencing_negative": True, "cd25": False, "cd2": False, "cd30": False,
    }  # fmt: skip
    allergic = V3 | clean | {"ige_allergy_confirmed": True}
    assert truth(MCA, "MCAS-SECONDARY", **allergic) is True
    assert truth(MCA, "MCAS-PRIMARY", **allergic) is False
    assert truth(MCA, "MCAS-IDIOPATHIC", **allergic | {"ige_allergy_confirmed": False}) is True
    assert truth(MCA, "MCAS-MIXED", **allergic | {"tpsab1_extra_copies": 1}) is True
    assert truth(MCA, "MCAS-MIXED", **allergic | {"tpsab1_extra_copies": 0}) is False
    unsure = {k: v for k, v in allergic.items() if k != "kit_wide_sequencing_negative"}
    assert truth(MCA, "MCAS-SECONDARY", **unsure) is None, "clonality must be excluded by an adequate test"


@pytest.mark.parametrize(
    ("hours", "rise", "no_rise"),
    [
        (0.4, True, None),
        (0.5, True, False),
        (4, True, False),
        (4.1, True, None),
        (6, True, None),
        (6.1, None, None),
        (None, True, None),
        ("<1", True, None),
        (">4", None, None),
    ],
)
def test_when_the_sample_was_drawn(hours: Any, rise: bool | None, no_rise: bool | None) -> None:
    assert truth(MCA, "MCAS-B", bst=5, tryptase_acute=20, tryptase_acute_hours=hours) is rise
    assert truth(MCA, "MCAS-B", bst=5, tryptase_acute=6, tryptase_acute_hours=hours) is no_rise


@pytest.mark.parametrize(
    ("window", "hours", "expected"),
    [
        ("ecnm-2012", 0.1, False),
        ("consensus-table-2020", 0.9, None),
        ("consensus-table-2020", 1, False),
        ("usz", 0.25, False),
        ("usz", 0.2, None),
        ("usz", 6, False),
        ("wao-2011", 3, False),
        ("wao-2011", 3.1, None),
    ],
)
def test_the_window_is_a_reading(window: str, hours: float, expected: bool | None) -> None:
    sheet = {"bst": 5, "tryptase_acute": 6, "tryptase_acute_hours": hours}
    assert truth(MCA, "MCAS-B", {"window": window}, **sheet) is expected


@pytest.mark.parametrize(("acute", "met"), [(8.4, False), (8.425, False), (8.43, True)])
def test_the_ratio_is_above_not_at_its_limit(acute: float, met: bool) -> None:
    assert truth(MCA, "MCA-RATIO", bst=5, tryptase_acute=acute) is met


@given(st.integers(1, 3000))
def test_the_two_rules_cross_at_a_baseline_of_4_12(tenths: int) -> None:
    base = tenths / 10
    assert (1.2 * base + 2 > RATIO * base) is (base < 2 / (RATIO - 1.2))
    assert 4.12 < 2 / (RATIO - 1.2) < 4.13
    # Below the crossing nobody can meet 20 % + 2 and not the ratio.
    if base <= 4.12:
        for acute in (1.2 * base + 2, 1.2 * base + 3):
            assert truth(MCA, "MCA-VARIABILITY", bst=base, tryptase_acute=round(acute, 2)) is False


@pytest.mark.parametrize(("acute", "flag"), [(7.2, False), (7.21, True), (8, True), (8.79, True), (8.8, False)])
def test_borderline_is_within_ten_per_cent(acute: float, flag: bool) -> None:
    assert truth(MCA, "MCA-BORDERLINE", bst=5, tryptase_acute=acute) is flag


@pytest.mark.parametrize(
    ("copies", "limit"),
    [
        (0, 11.4), (1, 36.2), (2, 62.2), (3, 88.8), (4, 115.9), (5, 120), (6, 171.2), (7, 160), (8, 180),
        (9, 200), (10, 285.1),
    ],
)  # fmt: skip
def test_limits_by_extra_copies(copies: int, limit: float) -> None:
    assert truth(MCA, "TRYPTASE-GENOTYPE", tpsab1_extra_copies=copies, bst=limit) is False
    assert truth(MCA, "TRYPTASE-GENOTYPE", tpsab1_extra_copies=copies, bst=round(limit + 0.1, 1)) is True


def test_a_normal_tryptase_is_not_raised_whatever_the_copies() -> None:
    assert truth(MCA, "TRYPTASE-GENOTYPE", bst=11.4) is False
    assert truth(MCA, "TRYPTASE-GENOTYPE", bst=11.5) is None


@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 600))
def test_the_rule_is_monotone(base: int, acute: int, more: int) -> None:
    """A higher sample never takes the rule away, a higher baseline never gives it."""
    met = truth(MCA, "MCA-20+2", bst=base / 10, tryptase_acute=acute / 10)
    if met:
        assert truth(MCA, "MCA-20+2", bst=base / 10, tryptase_acute=(acute + more) / 10) is True
    else:
        assert truth(MCA, "MCA-20+2", bst=(base + more) / 10, tryptase_acute=acute / 10) is False


def test_an_unknown_reading_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="no reading is called 'colour'"):
        truth(MCA, "MCAS", {"colour": "red"})
    with pytest.raises(ValueError, match="has no option"):
        for_sheet({}, {"comparator": "="})
    with pytest.raises(ValueError, match=r"no reading is called 'x\.comparator'"):
        for_sheet({}, {"x.comparator": ">"})


def test_other_readings_that_change_an_answer_are_named() -> None:
    found = for_sheet({"bst": 18, "tryptase_acute": 23.6, "tryptase_acute_hours": 2})["other_readings"]
    comparator = next(o for o in found if o["reading"] == "mast-cell-activation.comparator")
    assert comparator["criteria"]["MCAS-B"] is False
    clear = for_sheet({"bst": 18, "tryptase_acute": 90, "tryptase_acute_hours": 2})["other_readings"]
    assert not [o for o in clear if o["reading"] == "mast-cell-activation.comparator"]
