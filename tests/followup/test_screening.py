"""REMA, OSTEO-score, referral rules and KIT testing: each limit, each comparator, and ranges that hold."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mastkit.assessment.assess import sheet_values
from mastkit.followup.screening import for_sheet
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.facts import read_facts
from mastkit.rulebooks import CRITERIA_SETS, SCORES
from tests.followup.asking import points, truth
from tests.followup.sheets import sheets

WHO = "who-should-be-tested"
KIT = "kit-testing"
CASES = Path(__file__).parents[2] / "examples" / "published.jsonl"
V2: dict[str, Any] = {
    "sex": "male", "syncope": True, "urticaria": False, "pruritus": False, "angioedema": False, "bst": 9.8,
}  # fmt: skip
FAINT = {"syncope": False, "presyncope": False}


def test_v2_rema_is_four() -> None:
    assert points("rema", **V2) == (4, 4)


def test_v19_rema_is_four_and_ngs_negative_decides_nothing() -> None:
    v19 = V2 | {"bst": 14, "kit_d816v": False, "kit_d816v_tissue": "blood", "kit_d816v_method": "ngs"}
    assert points("rema", **v19) == (4, 4)
    assert truth(KIT, "KIT-INSENSITIVE", **v19) is True
    assert truth(KIT, "KIT-FOUND", **v19) is not True


@pytest.mark.parametrize(
    ("bst", "given"), [(14.9, -1), (15, 0), (25, 0), (25.1, 2), (">25", 2), ("<15", -1), ("<=15", None)]
)
def test_rema_tryptase_limits(bst: Any, given: int | None) -> None:
    base = 1 + 1 + 3
    low, high = points("rema", **V2 | {"bst": bst})
    assert (low, high) == (base + given, base + given) if given is not None else (base - 1, base)


@pytest.mark.parametrize("sign", ["urticaria", "pruritus", "angioedema"])
def test_rema_one_skin_sign_is_enough_and_all_three_must_be_absent(sign: str) -> None:
    assert points("rema", **V2 | {sign: True}) == (1, 1)
    unknown = {k: v for k, v in V2.items() if k != sign}
    assert points("rema", **unknown) == (1, 4)


def test_rema_ends() -> None:
    worst = {"sex": "female", "urticaria": True, "bst": 10, **FAINT}
    assert points("rema", **worst) == (-4, -4)
    assert points("rema", **V2 | {"bst": 30}) == (7, 7)
    assert points("rema") == (-4, 7)


def test_rema_level_changes_at_two() -> None:
    rema = SCORES["rema"]
    from mastkit.logic.score import Points

    assert [level.code for level in rema.levels_at(Points(1, 1))] == ["low"]
    assert [level.code for level in rema.levels_at(Points(2, 2))] == ["high"]
    assert [level.code for level in rema.levels_at(Points(1, 2))] == ["low", "high"]


def test_hypotension_or_syncope_leaves_syncope_open_but_its_absence_does_not() -> None:
    base = {k: v for k, v in V2.items() if k != "syncope"} | {"presyncope": False}
    assert points("rema", **base, hypotension_or_syncope=True) == (1, 4)
    assert points("rema", **base, hypotension_or_syncope=False) == (1, 1)


@pytest.mark.parametrize(("age", "given"), [(53, 1), (54, 0), (64, 0), (65, -1)])
def test_osteo_score_ages(age: int, given: int) -> None:
    assert points("osteo-score", age=age, bst=19, vertebral_fracture=False) == (given, given)


@pytest.mark.parametrize(("bst", "given"), [(19, 0), (19.1, 2), (">19", 2), (">18", None)])
def test_osteo_score_tryptase(bst: Any, given: int | None) -> None:
    expected = (given, given) if given is not None else (0, 2)
    assert points("osteo-score", age=60, bst=bst, vertebral_fracture=False) == expected


def test_osteo_score_of_an_incomplete_sheet_can_already_be_high() -> None:
    found = for_sheet({"age": 36, "vertebral_fracture": True})
    assert found["osteo_score"] is None
    assert found["osteo_score_range"] == [3, 5]
    assert found["osteo_score_levels"] == ["high"]
    assert found["osteo_score_missing"] == ["bst"]


@settings(max_examples=150, deadline=None)
@given(sheets(), st.data())
def test_what_is_learnt_never_widens_a_range_nor_moves_it_away(row: dict[str, Any], data: st.DataObject) -> None:
    """A missing input gives the range of everything that it could be."""
    less = dict(row)
    for name in data.draw(st.lists(st.sampled_from(sorted(row)), unique=True)) if row else []:
        less.pop(name)
    for score in SCORES.values():
        more_known = read_facts(score, sheet_values(row))
        less_known = read_facts(score, sheet_values(less))
        narrow = score.total(Evaluator(more_known.known, more_known.stated))
        wide = score.total(Evaluator(less_known.known, less_known.stated))
        limits = score.limits
        assert limits.low <= wide.low <= narrow.low <= narrow.high <= wide.high <= limits.high


@given(st.integers(0, 400), st.integers(0, 400), sheets())
@settings(max_examples=60, deadline=None)
def test_scores_do_not_fall_when_tryptase_rises(low: int, high: int, row: dict[str, Any]) -> None:
    low, high = sorted((low, high))
    for name in ("rema", "osteo-score"):
        asked = {v.name for v in SCORES[name].variables}
        rest = {k: v for k, v in row.items() if k in asked and k != "bst"}
        assert points(name, **rest, bst=low / 10) <= points(name, **rest, bst=high / 10)


ADULT = {"age": 40, "skin_lesions": "none"}
NO_KIT = ADULT | {"kit_d816v_blood": False, "kit_d816v": False, "kit_d816v_vaf_pct": 0}
ANAPHYLAXIS = ADULT | V2 | {"anaphylaxis": True}


@pytest.mark.parametrize(
    ("criterion", "below", "above", "rest"),
    [
        ("ECNM14-MARROW", 25, 25.1, NO_KIT),
        ("AUCNM13-MARROW", 30, 30.1, NO_KIT),
        ("AUCNM13-KIT", 14.9, 15, ADULT),
        ("INDUSTRY-KIT", 11.4, 11.5, {}),
        ("INDUSTRY-MARROW", 19.9, 20, {}),
        ("BOGGS23-GENOTYPE", 11.4, 11.5, ANAPHYLAXIS),
        ("BOGGS24-GENOTYPE", 11, 11.1, ANAPHYLAXIS | {"hymenoptera_trigger": True}),
        ("NVVAKI-CHILD", 100, 100.1, {"age": 8, "cytopenia": False, "hepatomegaly": "none", "splenomegaly": "none",
                                      "lymphadenopathy": False}),
        ("NVVAKI-CHILD-CONSIDER", 20, 20.1, {"age": 8, "unexplained_anaphylaxis": False}),
        ("LYONS22-GENOTYPE", 6.5, 6.6, {"flushing": True}),
        ("FRENCH-GENOTYPE", 7.9, 8, {"flushing": True}),
    ],
)  # fmt: skip
def test_tryptase_limits_of_the_referral_rules(
    criterion: str, below: float, above: float, rest: dict[str, Any]
) -> None:
    assert truth(WHO, criterion, **rest | {"bst": below}) is False
    assert truth(WHO, criterion, **rest | {"bst": above}) is True


@pytest.mark.parametrize(
    ("criterion", "at", "beyond"),
    [("AUCNM13-KIT", 30, 30.1), ("INDUSTRY-KIT", 19.9, 20)],
)
def test_upper_limits(criterion: str, at: float, beyond: float) -> None:
    assert truth(WHO, criterion, **ADULT, bst=at) is True
    assert truth(WHO, criterion, **ADULT, bst=beyond) is False


def test_nvvaki_adult_limit() -> None:
    rest = {
        "age": 40, "kit_d816v_blood": False, "kit_d816v": False, "kit_d816v_tissue": "blood", "anaphylaxis": False,
    }  # fmt: skip
    assert truth(WHO, "NVVAKI-ADULT", **rest, bst=11.4) is False
    assert truth(WHO, "NVVAKI-ADULT", **rest, bst=11.5) is True
    assert truth(WHO, "NVVAKI-ADULT", **rest | {"kit_d816v_blood": True}, bst=5) is True
    assert truth(WHO, "NVVAKI-ADULT", **rest | {"age": 17}, bst=50) is False


def test_readings_of_the_referral_rules() -> None:
    sheet = NO_KIT | {"bst": 28}
    assert truth(WHO, "ECNM14-MARROW", **sheet) is True
    assert truth(WHO, "ECNM14-MARROW", {"ecnm_clearly_raised": "30"}, **sheet) is False
    bone = {"bone_pain": True, "tscore_min": -2.3, "flushing": True}
    assert truth(WHO, "AUCNM13-FEATURES", {"aucnm_tscore": "-2"}, **bone) is True
    assert truth(WHO, "AUCNM13-FEATURES", **bone) is None


def test_skin_decides_whatever_the_tryptase() -> None:
    assert truth(WHO, "ECNM14-SKIN", age=18, skin_lesions="mpcm_mono", bst=3) is True
    assert truth(WHO, "ECNM14-SKIN", age=17.9, skin_lesions="mpcm_mono") is False
    assert truth(WHO, "BOGGS23-SKIN", skin_lesions="mpcm_mono") is True
    assert truth(WHO, "BOGGS23-SKIN", skin_lesions="mpcm_poly") is False


def test_raised_for_the_genotype() -> None:
    assert truth(WHO, "BOGGS23-MARROW", **ANAPHYLAXIS | {"bst": 30, "tpsab1_extra_copies": 1}) is False
    assert truth(WHO, "BOGGS23-MARROW", **ANAPHYLAXIS | {"bst": 30, "tpsab1_extra_copies": 0}) is True
    assert truth(WHO, "BOGGS23-MARROW", **ANAPHYLAXIS | {"bst": 30}) is None


def test_every_rule_says_what_it_asks_for_and_who_asks() -> None:
    for name in CRITERIA_SETS:
        for criterion in CRITERIA_SETS[name](None).criteria:
            assert criterion.source is not None or criterion.id in ("MCA-BORDERLINE", "ISOLATED")
            assert criterion.clause
            assert criterion.plain
            assert criterion.verified in ("primary", "reprint", "unverified")


def test_nothing_that_must_not_ship_has_shipped() -> None:
    text = json.dumps([[c.id, c.title, c.note] for make in CRITERIA_SETS.values() for c in make(None).criteria])
    text += " ".join(f"{s.id} {s.title}" for s in SCORES.values())
    for word in ("NICAS", "Karolinska", "XClonal"):
        assert word.lower() not in text.lower()


MARROW = {"kit_d816v": False, "kit_d816v_tissue": "marrow", "kit_d816v_method": "ddpcr"}


def test_kit_testing() -> None:
    assert truth(KIT, "KIT-D816V-EXCLUDED", **MARROW) is True
    assert truth(KIT, "KIT-EXCLUDED", **MARROW) is None
    assert truth(KIT, "KIT-EXCLUDED", **MARROW, kit_wide_sequencing_negative=True) is True
    assert truth(KIT, "KIT-WIDEN", **MARROW) is True
    assert truth(KIT, "KIT-WIDEN", **MARROW, kit_wide_sequencing_negative=True) is False
    blood = MARROW | {"kit_d816v_tissue": "blood"}
    assert truth(KIT, "KIT-NEGATIVE-BLOOD", **blood) is True
    assert truth(KIT, "KIT-D816V-EXCLUDED", **blood) is False
    skin = {"kit_d816v": True, "kit_d816v_tissue": "skin"}
    assert truth(KIT, "KIT-SKIN-ONLY", **skin) is True
    assert truth(KIT, "KIT-FUSION", **MARROW, eosinophilia=True) is True
    assert truth(KIT, "KIT-FUSION", **MARROW, eosinophilia=True, tk_fusion="none") is False


@pytest.mark.parametrize(("limit", "enough"), [(0.1, True), (0.11, False), (0.01, True)])
def test_the_laboratorys_own_detection_limit_counts(limit: float, enough: bool) -> None:
    assert truth(KIT, "KIT-SENSITIVE", **MARROW, kit_detection_limit=limit) is enough
    assert truth(KIT, "KIT-D816V-EXCLUDED", **MARROW, kit_detection_limit=limit) is enough
    assert truth(KIT, "KIT-INSENSITIVE", **MARROW, kit_detection_limit=limit) is not enough


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES.read_text("utf-8").splitlines()],
                         ids=lambda case: case["id"])  # fmt: skip
def test_published_cases(case: dict[str, Any]) -> None:
    found = for_sheet(sheet_values(case["sheet"]))
    for key in ("mcas_tryptase_rule", "rema", "osteo_score"):
        if key in case["expect"]:
            assert found[key] == case["expect"][key], case["note"]
