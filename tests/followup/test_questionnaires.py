"""Questionnaires: totals from item numbers, bands at their limits, means over a window, meaningful change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.followup.questionnaires import bands, changes_reached, questionnaires, score, total_of
from mastkit.followup.symptom_scores import score_change, symptom_score
from tests.followup.cast import fact, record

ISM_SAF = questionnaires()["ism-saf"]
MCT = questionnaires()["mct"]
ITEMS = ISM_SAF.scale("total").items


def filled(n, when, questionnaire="ism-saf", **more):
    return fact(n, "questionnaire_answer", when, questionnaire=questionnaire, **more)


def typed(values, month=3, **more):
    return [
        filled(100 * month + n, f"2026-{month:02d}-{n:02d}", score=float(x), **more)
        for n, x in enumerate(values, 1)
    ]


def codes(questionnaire, low, high=None):
    return [mark.code for mark in bands(questionnaire, low, low if high is None else high)]


def test_the_total_is_the_sum_of_eleven_symptoms():
    totals = {t.scale: t for t in score(ISM_SAF, dict.fromkeys(ITEMS, 10))}
    assert (totals["total"].low, totals["total"].high) == (110, 110)
    assert totals["gastrointestinal"].high == totals["skin"].high == totals["neurocognitive"].high == 30
    assert totals["total"].complete


def test_how_often_diarrhoea_occurred_is_not_added():
    answers = {**dict.fromkeys(ITEMS, 1), "diarrhoea_frequency": 9}
    assert score(ISM_SAF, answers)[0].low == 11


def test_a_missing_item_gives_a_range():
    answers = dict.fromkeys(ITEMS[:-2], 2)
    total = score(ISM_SAF, answers)[0]
    assert (total.low, total.high, total.answered) == (18, 38, 9)
    assert codes(ISM_SAF, total.low, total.high) == ["moderate-severe", "mild"]


@pytest.mark.parametrize("answer", [11, -1, "7", True, None])
def test_an_answer_that_an_item_cannot_have_is_refused(answer):
    if answer is None:
        assert score(MCT, {"1": None})[0].answered == 0
        return
    with pytest.raises(ValueError, match="mct, item 1: found"):
        score(MCT, {"1": answer})


def test_what_has_no_published_scoring_is_not_added_up():
    for name in ("mas", "mc-qol", "mqlq", "msaf", "advsm-saf"):
        with pytest.raises(ValueError, match="enter the total instead"):
            score(questionnaires()[name], {"1": 1})


@pytest.mark.parametrize(
    ("total", "band"), [(27.9, "mild"), (28, "moderate-severe"), (110, "moderate-severe"), (0, "mild")]
)
def test_the_bands_of_the_ism_saf(total, band):
    assert codes(ISM_SAF, total) == [band]


@pytest.mark.parametrize(("total", "band"), [(12, "not-controlled"), (13, "controlled"), (20, "controlled")])
def test_the_bands_of_the_mct(total, band):
    assert codes(MCT, total) == [band]


@pytest.mark.parametrize(
    ("name", "before", "now", "reached"),
    [
        ("ism-saf", 40, 33.1, []),
        ("ism-saf", 40, 33, ["noticeable"]),
        ("ism-saf", 40, 21.1, ["noticeable"]),
        ("ism-saf", 40, 21, ["noticeable", "response"]),
        ("ism-saf", 33, 40, []),
        ("ms2d2", 60, 42.8, ["noticeable"]),
        ("ms2d2", 60, 42.9, []),
        ("mct", 8, 20, []),
        ("mqlq", 8, 20, []),
    ],
)
def test_meaningful_changes(name, before, now, reached):
    assert [mark.code for mark in changes_reached(questionnaires()[name], before, now)] == reached


def test_a_typed_total_is_taken_within_its_limits():
    assert total_of(filled(1, "2026-03-01", score=52.0)).typed
    assert total_of(filled(1, "2026-03-01", "mc-qol", score=52.0)).low == 52
    assert total_of(filled(1, "2026-03-01", "phq-9", score=5.0)) is None
    assert total_of(filled(1, "2026-03-01")) is None
    with pytest.raises(ValueError, match="ism-saf: found a total of 111, expected one from 0 to 110"):
        total_of(filled(1, "2026-03-01", score=111.0))


def test_items_count_before_a_typed_total():
    answers = dict.fromkeys(ITEMS, 1.0)
    assert total_of(filled(1, "2026-03-01", score=90.0, answers=answers)).low == 11


def test_the_mean_of_fourteen_days_needs_seven():
    rec = record(*typed([20] * 6))
    few = symptom_score(rec, "ism-saf", date(2026, 3, 14))
    assert (few.low, few.days, few.needed, few.bands) == (None, 6, 7, ())
    enough = symptom_score(record(*typed([20, 30, 40, 20, 30, 40, 30])), "ism-saf", date(2026, 3, 14))
    assert (enough.low, enough.high, enough.days) == (30, 30, 7)
    assert [mark.code for mark in enough.bands] == ["moderate-severe"]
    assert enough.start == date(2026, 3, 1)
    assert symptom_score(rec, "ism-saf", date(2026, 3, 20)).days == 0


def test_the_last_entry_of_a_day_stands_for_it():
    twice = [*typed([20] * 7), filled(900, "2026-03-01T20:00", score=90.0)]
    assert symptom_score(record(*twice), "ism-saf", date(2026, 3, 14)).low == 30


def test_a_total_that_cannot_be_is_left_out_and_named():
    rec = record(*typed([20] * 7), filled(900, "2026-03-09", score=400.0))
    found = symptom_score(rec, "ism-saf", date(2026, 3, 14))
    assert found.low == 20
    assert found.remarks == ("2026-03-09: ism-saf: found a total of 400, expected one from 0 to 110",)


def test_without_a_daily_window_the_last_total_counts():
    rec = record(filled(1, "2026-01-01", "mct", score=8.0), filled(2, "2026-02-01", "mct", score=15.0))
    found = symptom_score(rec, "mct", date(2026, 3, 1))
    assert (found.low, found.start) == (15, date(2026, 2, 1))
    assert symptom_score(rec, "mct", date(2026, 1, 15)).low == 8


def test_a_change_counts_only_as_far_as_it_is_sure():
    before, now = date(2026, 3, 14), date(2026, 4, 14)
    fell = record(*typed([40] * 7), *typed([33] * 7, month=4))
    assert symptom_score(fell, "ism-saf", date(2026, 4, 7)).low == 33
    change = score_change(fell, "ism-saf", before, date(2026, 4, 7))
    assert [mark.code for mark in change.reached] == ["noticeable"]
    assert score_change(record(*typed([40] * 7)), "ism-saf", before, now).reached == ()
    open_ = dict.fromkeys(ITEMS[:-1], 3.3)
    unsure = [filled(400 + n, f"2026-04-{n:02d}", answers=open_) for n in range(1, 8)]
    rec = record(*typed([45] * 7), *unsure)
    assert score_change(rec, "ism-saf", before, date(2026, 4, 7)).reached == ()


def test_a_questionnaire_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="no questionnaire is called 'xyz'; there are: ism-saf"):
        symptom_score(record(), "xyz", date(2026, 1, 1))


def test_the_licence_state_is_shown():
    data = symptom_score(record(), "ism-saf", date(2026, 1, 1)).to_dict()
    assert "Blueprint Medicines" in data["licence"]
    assert "your own licensed copy" in data["licence"]


@given(st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 10)))
def test_a_total_lies_within_its_limits_and_answers_only_narrow_it(answers):
    total = score(ISM_SAF, answers)[0]
    assert 0 <= total.low <= total.high <= 110
    assert total.high - total.low == 10 * (11 - len(answers))
