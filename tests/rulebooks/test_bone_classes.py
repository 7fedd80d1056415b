"""Bone classes: the limits of T- and Z-scores, and for whom each is used."""

import math

import pytest

from mastkit.followup.bone import for_sheet

MAN = {"sex": "male", "age": 50, "fracture": False, "vertebral_fracture": False}
WOMAN = {"sex": "female", "age": 60, "postmenopausal": True, "fracture": False, "vertebral_fracture": False}


def classes(**values):
    return [label.code for label in for_sheet(values).classes]


@pytest.mark.parametrize("person", [MAN, WOMAN])
@pytest.mark.parametrize(
    ("t", "expected"),
    [
        (-2.6, "osteoporosis"),
        (-2.5, "osteoporosis"),
        (math.nextafter(-2.5, 0), "osteopenia"),
        (math.nextafter(-1.0, -9), "osteopenia"),
        (-1.0, "normal"),
        (0.5, "normal"),
    ],
)
def test_the_classes_by_t_score(person, t, expected):
    assert classes(**person, tscore_min=t) == [expected]


@pytest.mark.parametrize(
    ("z", "expected"),
    [(-2.1, "below-for-age"), (-2.0, "below-for-age"), (math.nextafter(-2.0, 0), "within-for-age")],
)
def test_the_rule_by_z_score(z, expected):
    assert classes(sex="male", age=49, zscore_min=z, tscore_min=-3) == [expected]
    assert classes(sex="female", postmenopausal=False, zscore_min=z, tscore_min=-3) == [expected]


def test_a_man_of_49_has_no_osteoporosis_by_t_score_and_one_of_50_has():
    assert classes(**{**MAN, "age": 49}, tscore_min=-3, zscore_min=-1) == ["within-for-age"]
    assert classes(**MAN, tscore_min=-3, zscore_min=-1) == ["osteoporosis"]


def test_a_woman_of_unknown_menopause_stays_open():
    person = {**WOMAN, "postmenopausal": None}
    assert set(classes(**person, tscore_min=-3, zscore_min=-2.5)) == {"osteoporosis", "below-for-age"}


@pytest.mark.parametrize("kind", ["fracture", "vertebral_fracture"])
def test_a_low_energy_fracture_makes_it_severe(kind):
    assert classes(**{**MAN, kind: True}, tscore_min=-2.5) == ["severe-osteoporosis"]
    assert classes(**{**MAN, kind: True}, tscore_min=-2.0) == ["osteopenia"]
    assert set(classes(**{**MAN, kind: None}, tscore_min=-2.5)) == {"severe-osteoporosis", "osteoporosis"}


def test_no_score_gives_no_class():
    answer = for_sheet(MAN)
    assert answer.classes == ()
    assert answer.osteoporosis is None


def test_an_osteoporotic_fracture_is_no_c_finding_and_one_through_a_large_lysis_is():
    def findings(**values):
        return {c.id: truth for c, truth in for_sheet(values).findings}

    assert findings(vertebral_fracture=True, pathologic_fracture_lytic=False) == {
        "BONE-FX": True, "BONE-LYT": False, "BONE-DENSE": None,
    }  # fmt: skip
    assert findings(pathologic_fracture_lytic=True, osteolysis_max_cm=2)["BONE-LYT"] is True
    assert findings(pathologic_fracture_lytic=True, osteolysis_max_cm=1.9)["BONE-LYT"] is False
    assert findings(pathologic_fracture_lytic=True)["BONE-LYT"] is None
    assert findings(osteosclerosis=True)["BONE-DENSE"] is True
    note = next(c.note for c, _ in for_sheet({}).findings if c.id == "BONE-FX")
    assert "no c-finding" in note.lower()


def test_a_fracture_does_not_change_the_classification_of_the_disease():
    from mastkit.assessment import assess

    sheet = {
        "bm_biopsy_done": True, "bm_biopsy_adequate": True, "bm_aggregates_multifocal": True, "cd25": "true",
        "kit_d816v": "true", "kit_d816v_tissue": "marrow", "bst": 30, "hb": 13, "plt": 200, "anc": 3,
    }  # fmt: skip
    before = assess(sheet).of("who-2022").counts["c_findings"]
    after = assess({**sheet, "vertebral_fracture": True, "fracture": True, "tscore_min": -4}).of("who-2022")
    assert after.counts["c_findings"] == before
