"""Response between two time points: every limit, durations, and that nothing open is called settled."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.followup.changes import changes, fall, fall_pct
from mastkit.followup.response import between
from mastkit.logic.values import Interval

BEFORE = {"bst": 80, "bm_mc_pct_biopsy": 40, "kit_d816v_vaf_pct": 4.0, "kit_d816v_tissue": "blood", "albumin": 28}
NO_PROGRESSION = {"nonhaematologic_grade": "below 2", "albumin_grade": "below 2", "other_progression": False}
CLEAR = {
    "bst": 19.9, "bm_aggregates_present": False, "bm_mc_pct_biopsy": 2, "anc": 1.0, "hb": 11, "plt": 100,
    "hepatomegaly": "none", "splenomegaly": "not_palpable",
}  # fmt: skip
ALL_GONE = {
    "organ_damage_eligible": True, "organ_damage_resolved": "all", "normal_differential": True, **NO_PROGRESSION,
}  # fmt: skip


def codes(scheme, before, now, weeks=12, **stated):
    return [label.code for label in between(before, now, weeks=weeks, stated=stated).of(scheme).possible]


def test_complete_remission_needs_all_four_and_twelve_weeks():
    assert codes("iwg-2013", BEFORE, CLEAR, **ALL_GONE) == ["CR"]
    answer = between(BEFORE, CLEAR, weeks=math.nextafter(12, 0), stated=ALL_GONE).of("iwg-2013")
    assert [label.code for label in answer.possible] == ["SD"]
    assert [label.code for label in answer.if_it_holds] == ["CR"]


@pytest.mark.parametrize(
    "short",
    [
        {"bst": 20},
        {"bm_aggregates_present": True},
        {"anc": math.nextafter(1, 0)},
        {"hb": math.nextafter(11, 0)},
        {"plt": math.nextafter(100, 0)},
        {"splenomegaly": "palpable"},
        {"hepatomegaly": "palpable"},
    ],
)
def test_one_short_of_complete_is_no_complete_remission(short):
    assert codes("iwg-2013", BEFORE, {**CLEAR, **short}, **ALL_GONE) == ["PR"]


def test_enlargement_that_only_a_scan_shows_does_not_stand_against_complete_remission():
    assert codes("iwg-2013", BEFORE, {**CLEAR, "splenomegaly": "imaging"}, **ALL_GONE) == ["CR"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"bst": 40, "bm_mc_pct_biopsy": 20}, "PR"),
        ({"bst": 40.01, "bm_mc_pct_biopsy": 20}, "CI"),
        ({"bst": 40, "bm_mc_pct_biopsy": 20.01}, "CI"),
    ],
)
def test_partial_remission_begins_at_exactly_half(now, expected):
    stated = {"organ_damage_eligible": True, "organ_damage_resolved": "some", **NO_PROGRESSION}
    assert codes("iwg-2013", BEFORE, {**now, "bm_aggregates_present": True}, **stated) == [expected]


def test_without_organ_damage_a_person_is_not_evaluable_and_never_stable():
    none = {**ALL_GONE, "organ_damage_eligible": False}
    assert codes("iwg-2013", BEFORE, CLEAR, **none) == ["not-evaluable"]
    assert codes("miwg", BEFORE, CLEAR, **none) == ["not-evaluable"]
    assert codes("ppr", BEFORE, CLEAR, **none) == ["CR"], "the pathological scheme does not ask"
    assert "not-evaluable" in codes("iwg-2013", BEFORE, CLEAR, **{**ALL_GONE, "organ_damage_eligible": None})


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"nonhaematologic_grade": "2", "grade_rise": 1, "abnormality_rise_pct": 100}, "PD"),
        ({"nonhaematologic_grade": "2", "grade_rise": 0, "abnormality_rise_pct": 100}, "SD"),
        ({"nonhaematologic_grade": "2", "grade_rise": 1, "abnormality_rise_pct": 99.9}, "SD"),
        ({"nonhaematologic_grade": "3", "abnormality_rise_pct": 100}, "PD"),
        ({"nonhaematologic_grade": "3", "abnormality_rise_pct": 99}, "SD"),
        ({"other_progression": True}, "PD"),
    ],
)
def test_progression(stated, expected):
    rest = {**NO_PROGRESSION, "organ_damage_eligible": True, "organ_damage_resolved": "none", **stated}
    rest["organ_damage_improved"] = False
    worse = {"bst": 80, "bm_mc_pct_biopsy": 40, "bm_aggregates_present": True}
    assert codes("iwg-2013", BEFORE, worse, weeks=8, **rest) == [expected]
    assert codes("iwg-2013", BEFORE, worse, weeks=7.9, **rest) == ["SD"]


@pytest.mark.parametrize(("albumin", "expected"), [(23, "PD"), (23.1, "SD")])
def test_albumin_falls_by_half_a_gram_per_decilitre(albumin, expected):
    stated = {**NO_PROGRESSION, "albumin_grade": "2", "albumin_grade_rise": 1, "organ_damage_eligible": True}
    stated |= {"organ_damage_resolved": "none", "organ_damage_improved": False}
    worse = {"bst": 80, "bm_mc_pct_biopsy": 40, "bm_aggregates_present": True, "albumin": albumin}
    assert codes("iwg-2013", BEFORE, worse, weeks=8, **stated) == [expected]


def test_partial_recovery_of_counts_is_kept_apart_where_the_scheme_knows_it():
    partly = {**CLEAR, "anc": 0.6, "hb": 8.1, "plt": 51}
    assert codes("miwg", BEFORE, partly, **ALL_GONE) == ["CRh"]
    assert codes("ppr", BEFORE, partly, **ALL_GONE) == ["CRh"]
    assert codes("iwg-2013", BEFORE, partly, **ALL_GONE) == ["PR"]
    for short in ({"anc": 0.5}, {"hb": 8.0}, {"plt": 50}):
        assert codes("ppr", BEFORE, {**partly, **short}, **ALL_GONE) == ["PR"]


def test_what_is_not_stated_stays_possible():
    assert codes("iwg-2013", {}, {}, weeks=None) == ["not-evaluable", "CR", "PD", "PR", "CI", "SD"]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(80, 40, 50), (0.3, 0.15, 50), (29.5, 14.75, 50), (10, 12, -20), (7, 0, 100), (1.1, 0.55, 50)],
)
def test_half_is_exactly_fifty_percent(before, now, expected):
    assert fall_pct(before, now) == Interval(expected, expected)


def test_a_fall_of_limits_is_a_range():
    above_200 = Interval(math.nextafter(200, 300), math.inf)
    assert fall_pct(above_200, 50).low >= 75
    assert fall_pct(above_200, 50).high == 100
    below_20 = Interval(0, math.nextafter(20, 0))
    assert fall_pct(40, below_20).low > 50
    assert fall_pct(0, 5) is None
    assert fall_pct(None, 5) is None
    assert fall(3, above_200) == Interval(-math.inf, 3 - math.nextafter(200, 300))


@given(st.floats(0.1, 1000), st.floats(0, 1000), st.floats(0, 100), st.floats(0, 100))
def test_a_wider_number_never_gives_a_narrower_fall(before, now, more, still_more):
    exact = fall_pct(before, now)
    wide = fall_pct(Interval(before, before + more), Interval(max(0.0, now - still_more), now))
    assert wide.low <= exact.low
    assert exact.high <= wide.high


def test_fractions_of_two_tissues_or_methods_are_not_compared():
    now = {"kit_d816v_vaf_pct": 1.0, "kit_d816v_tissue": "blood"}
    assert changes(BEFORE, now)["vaf_fall_pct"] == Interval(75, 75)
    assert "vaf_fall_pct" not in changes(BEFORE, {**now, "kit_d816v_tissue": "marrow"})
    assert "vaf_fall_pct" not in changes({"kit_d816v_vaf_pct": 4}, {"kit_d816v_vaf_pct": 1})
    with_method = {**BEFORE, "kit_d816v_method": "ddpcr"}
    assert "vaf_fall_pct" not in changes(with_method, {**now, "kit_d816v_method": "ngs"})
    gone = {"kit_d816v": "false", "kit_d816v_method": "ddpcr", "kit_d816v_tissue": "blood"}
    assert changes(with_method, gone)["vaf_undetectable"] is True
    assert "vaf_undetectable" not in changes(BEFORE, {**gone, "kit_d816v_method": "ngs"})


def test_not_multifocal_leaves_open_whether_there_are_aggregates():
    assert "aggregates_now" not in changes({}, {"bm_aggregates_multifocal": False})
    assert changes({}, {"bm_aggregates_present": False})["aggregates_now"] is False
    assert changes({}, {"bm_aggregates_multifocal": True})["aggregates_now"] is True


@pytest.mark.parametrize(
    ("name", "stated", "truth"),
    [
        ("TSS-CID", {"symptom_fall": 7}, True),
        ("TSS-CID", {"symptom_fall": 6.9}, False),
        ("TSS-19", {"symptom_fall": 19}, True),
        ("TSS-19", {"symptom_fall": 18.9}, False),
        ("TSS30", {"symptom_fall_pct": 30}, True),
        ("TSS30", {"symptom_fall_pct": 29.9}, False),
        ("TSS50", {"symptom_fall_pct": 50}, True),
        ("TSS50", {"symptom_fall_pct": 49.9}, False),
        ("TRYPTASE50", {"tryptase_fall_pct": 50}, True),
        ("TRYPTASE50", {"tryptase_fall_pct": 49.9}, False),
        ("VAF50", {"vaf_fall_pct": 50}, True),
        ("VAF50", {"vaf_fall_pct": 49.9}, None),
        ("VAF50", {"vaf_fall_pct": 49.9, "vaf_undetectable": False}, False),
        ("VAF50", {"vaf_undetectable": True}, True),
        ("BM50", {"mast_cell_fall_pct": 50}, True),
        ("BM50", {"mast_cell_fall_pct": 49.9, "aggregates_now": True}, False),
        ("BM50", {"aggregates_now": False}, True),
        ("VAF25", {"vaf_fall_pct": 25}, True),
        ("VAF25", {"vaf_fall_pct": 24.9}, False),
    ],
)
def test_changes_with_a_published_meaning(name, stated, truth):
    found = {c.id: t for c, t in between({}, {}, stated=stated).changes}
    assert found[name] is truth


def test_a_mistake_is_one_sentence():
    with pytest.raises(ValueError, match="organ_damage_resolved: expected one of none, some, all, found 'most'"):
        between({}, {}, stated={"organ_damage_resolved": "most"})


def test_the_dict_is_plain_data():
    import json

    text = json.dumps(between(BEFORE, CLEAR, weeks=12, stated=ALL_GONE).to_dict())
    assert '"unverified"' in text
