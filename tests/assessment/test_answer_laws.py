"""What holds of every answer, whatever is known."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mastkit.assessment import assess, assess_sheet, sheet_values
from mastkit.vocabulary.variables import sheet_variables
from tests.oracle.random_sheets import random_sheet

SYSTEMS = ("who-2022", "icc-2022")
SEEDS = st.integers(0, 10**6)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 500), st.floats(), st.text(max_size=6), st.just([]),
    st.sampled_from([">20", "<=5", "palpable", "none", "true", "nan", "<1,0"]),
)  # fmt: skip


def known(seed: int, missing: float) -> dict[str, object]:
    return {k: v for k, v in random_sheet(random.Random(seed), missing).items() if v is not None}


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_an_answer_agrees_with_itself(seed):
    answer = assess_sheet(known(seed, 0.5))
    for system in SYSTEMS:
        one = answer[system]
        assert one["subtype"] == (one["possible"][0] if len(one["possible"]) == 1 else None)
        for group, most in (("b_findings", 3), ("c_findings", 5)):
            assert 0 <= one[group]["met"] <= one[group]["possible"] <= most
        systemic = {"BMM", "ISM", "SSM", "SM-AHN", "ASM", "MCL"}
        if one["systemic_mastocytosis"] is True:
            assert set(one["possible"]) <= systemic
        if one["systemic_mastocytosis"] is False:
            assert not systemic.intersection(one["possible"])
        sizes = [len(names) for names in one["missing"]]
        assert sizes == sorted(sizes)
        assert len(one["possible"]) > 1 or not one["missing"]


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from([*sheet_variables(), "nonsense"]), VALUES, max_size=6))
def test_no_sheet_makes_a_traceback(sheet):
    sentence = "no problem: none"
    try:
        assess_sheet({"id": "x", "sheet": sheet})
    except ValueError as error:
        sentence = str(error)
    assert "\n" not in sentence
    assert ": " in sentence


@pytest.mark.parametrize("sheet", [[], "text", 3])
def test_a_sheet_that_is_no_object(sheet):
    with pytest.raises(ValueError, match="expected an object"):
        assess_sheet({"id": "x", "sheet": sheet})


def test_an_unknown_reading_is_named():
    with pytest.raises(ValueError, match=r"no reading is called 'who-2022\.b9'; there are"):
        assess_sheet({}, readings={"who-2022.b9": "any"})
    with pytest.raises(ValueError, match="has no option 'every'; it has: any, and_or_vaf"):
        assess_sheet({}, readings={"b1": "every"})


def test_disagreement_is_shown_with_its_reason():
    """V8: an allele fraction of 18 % is a B-finding of the WHO alone."""
    sheet = {
        "bm_aggregates_multifocal": True, "ihc_tryptase_positive": True, "mc_spindle_pct_tissue": 60,
        "cd25": True, "bm_mc_pct_biopsy": 15, "bst": 90, "tpsab1_extra_copies": 0,
        "kit_d816v": True, "kit_d816v_tissue": "marrow", "kit_d816v_vaf_pct": 18, "ahn": "none",
        "bm_mc_pct_smear": 2, "skin_lesions": "mpcm_mono",
        "splenomegaly": "palpable", "hypersplenism": False, "hepatomegaly": "none", "node_max_cm": 0.5,
        "blood_counts_normal": True, "dysplasia": False, "myeloproliferation_signs": False, "mc_immature": False,
        "liver_impairment": False, "liver_enzymes_elevated": False, "cholestasis": False, "ascites": False,
        "portal_hypertension": False, "malabsorption_gi_mc": False, "osteolysis": False, "weight_loss": False,
    }  # fmt: skip
    answer = assess(sheet_values(sheet), id="V8")
    assert (answer.of("who-2022").subtype, answer.of("icc-2022").subtype) == ("SSM", "ISM")
    assert answer.agree is False
    assert [d.topic for d in answer.disagreements] == ["High burden (B1)"]


def test_another_reading_that_would_change_the_answer_is_reported():
    """V11: 45 % of the marrow with a tryptase of 150."""
    answer = assess(sheet_values({"bm_mc_pct_biopsy": 45, "bst": 150, "kit_d816v_vaf_pct": 6}), id="V11")
    assert {o.reading for o in answer.of("who-2022").other_readings} >= {"b1"}


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_ways_end_where_they_say(seed):
    """Each way names variables that are missing, and one size of a smallest set is that of the missing sets."""
    sheet = known(seed, 0.6)
    answer = assess(sheet_values(sheet), ways=True)
    for one in answer.answers:
        assert set(one.ways) <= set(one.possible)
        if one.missing and one.ways:
            assert min(len(w.variables) for w in one.ways.values()) == len(one.missing[0].variables)
