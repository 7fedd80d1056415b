"""Bone density of a record: the latest scan, its sites, age and sex."""

from datetime import date

from mastkit.followup.bone import for_record
from tests.followup.cast import fact, found, measured, record

ON = date(2026, 6, 1)
MAN = (fact(1, "sex", None, sex="male"), fact(2, "birth_date", None, born=date(1960, 1, 1), precision="year"))


def score(n, when, code, value, **more):
    return measured(n, when, code, value, "1", **more)


def codes(*facts, on=ON):
    return [label.code for label in for_record(record(*facts), on).classes]


def test_the_lowest_site_of_the_latest_scan_counts():
    facts = [
        *MAN,
        found(9, "2026-01-01", "fracture", "absent"),
        found(10, "2026-01-01", "vertebral_fracture", "absent"),
        score(3, "2020-01-01", "dxa-t-lumbar", -3.5),
        score(4, "2026-01-01", "dxa-t-lumbar", -1.2),
        score(5, "2026-01-01", "dxa-t-hip", -2.5),
        score(6, "2026-01-01", "dxa-t-forearm", -4.0),
    ]
    answer = for_record(record(*facts), ON)
    assert [label.code for label in answer.classes] == ["osteoporosis"]
    assert answer.scanned == date(2026, 1, 1)
    assert [(s.kind, s.site, s.text) for s in answer.scores] == [
        ("T", "lumbar spine", "-1.2"),
        ("T", "hip", "-2.5"),
    ]
    assert answer.osteoporosis is True
    assert codes(*facts, on=date(2020, 6, 1)) == ["severe-osteoporosis", "osteoporosis"]


def test_a_score_with_its_own_site_is_shown_there():
    answer = for_record(record(*MAN, score(3, "2026-01-01", "tscore_min", -1.5, site="femoral neck")), ON)
    assert answer.scores[0].site == "femoral neck"
    assert answer.osteoporosis is False


def test_a_young_man_is_judged_by_his_z_score():
    young = (MAN[0], fact(2, "birth_date", None, born=date(1990, 1, 1)))
    assert codes(*young, score(3, "2026-01-01", "tscore_min", -3), score(4, "2026-01-01", "zscore_min", -2)) == [
        "below-for-age"
    ]


def test_a_fracture_makes_it_severe_and_a_later_word_stands():
    facts = [*MAN, score(3, "2026-01-01", "tscore_min", -2.6), found(4, "2026-02-01", "fracture", "absent")]
    assert codes(*facts, found(5, "2026-03-01", "vertebral_fracture")) == ["severe-osteoporosis"]
    assert codes(*facts, found(5, "2026-03-01", "vertebral_fracture", "absent")) == ["osteoporosis"]


def test_without_a_scan_there_is_no_class():
    answer = for_record(record(*MAN), ON)
    assert answer.classes == ()
    assert answer.to_dict()["scanned"] is None
