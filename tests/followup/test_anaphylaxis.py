"""NIAID/FAAN 2006 and WAO 2020, blood pressure by age, the gradings, and the trap of isolated hypotension."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.followup.signs import sign_variables
from mastkit.rulebooks import SCORES
from tests.followup.asking import points, truth

A = "anaphylaxis"
NOTHING: dict[str, Any] = dict.fromkeys(sign_variables(), False)
SUDDEN = NOTHING | {"acute_onset": True, "age_at_event": 40}


def both(**values: Any) -> tuple[bool | None, bool | None]:
    return truth(A, "NIAID", **values), truth(A, "WAO", **values)


@pytest.mark.parametrize("skin", ["urticaria", "pruritus", "flushing", "erythema", "angioedema"])
@pytest.mark.parametrize("second", ["dyspnoea", "wheeze", "stridor", "hypotension", "syncope", "collapse"])
def test_skin_with_breathing_or_pressure(skin: str, second: str) -> None:
    assert both(**SUDDEN | {skin: True, second: True}) == (True, True)


def test_skin_alone_is_neither() -> None:
    assert both(**SUDDEN | {"urticaria": True, "allergen": "none"}) == (False, False)


def test_skin_with_severe_stomach_signs_is_wao_only() -> None:
    event = SUDDEN | {"urticaria": True, "gi_symptoms": True, "gi_severe": True, "allergen": "none"}
    assert both(**event) == (False, True)


def test_two_systems_need_a_likely_trigger() -> None:
    event = SUDDEN | {"urticaria": True, "gi_symptoms": True, "gi_persistent": True}
    assert truth(A, "NIAID-2", **event, allergen="none") is False
    assert truth(A, "NIAID-2", **event) is None
    for sure in ("likely", "highly_probable", "known", "suspected"):
        assert truth(A, "NIAID-2", **event, allergen=sure) is True


@pytest.mark.parametrize(
    ("allergen", "niaid3", "wao2"),
    [
        ("none", False, False),
        ("likely", False, False),
        ("highly_probable", False, True),
        ("known", True, True),
        ("suspected", None, None),
        (None, None, None),
    ],
)
def test_pressure_alone_after_an_allergen(allergen: str | None, niaid3: bool | None, wao2: bool | None) -> None:
    event = SUDDEN | {"hypotension": True, "allergen": allergen}
    assert truth(A, "NIAID-3", **event) is niaid3
    assert truth(A, "WAO-2", **event) is wao2


@pytest.mark.parametrize("sign", ["wheeze", "stridor", "laryngeal_oedema", "hoarseness", "odynophagia"])
def test_bronchospasm_or_larynx_after_a_known_allergen_is_wao(sign: str) -> None:
    assert both(**SUDDEN | {sign: True, "allergen": "known"}) == (False, True)


def test_a_swollen_throat_may_be_the_larynx() -> None:
    assert truth(A, "WAO-2", **SUDDEN | {"throat_swelling": True, "allergen": "known"}) is None


def test_wao_2_needs_a_sudden_onset() -> None:
    event = SUDDEN | {"hypotension": True, "allergen": "known"}
    assert truth(A, "WAO-2", **event | {"acute_onset": False}) is False
    assert truth(A, "WAO-1", **event | {"urticaria": True, "acute_onset": False}) is False


@pytest.mark.parametrize(
    ("age", "limit"),
    [(0, 70), (1, 72), (2, 74), (5, 80), (10, 90), (11, 90), (17, 90), (18, 90), (60, 90)],
)
def test_low_pressure_by_age(age: int, limit: int) -> None:
    event = SUDDEN | {"age_at_event": age, "urticaria": True}
    assert truth(A, "NIAID-1", **event, sbp=limit) is False
    assert truth(A, "NIAID-1", **event, sbp=limit - 1) is True


def test_below_70_is_low_at_any_age_and_90_at_none() -> None:
    event = {k: v for k, v in SUDDEN.items() if k != "age_at_event"} | {"urticaria": True}
    assert truth(A, "NIAID-1", **event, sbp=69) is True
    assert truth(A, "NIAID-1", **event, sbp=85) is None
    assert truth(A, "NIAID-1", **event, sbp=90) is False


@pytest.mark.parametrize(("sbp", "low"), [(98, False), (97.9, True), (105, False)])
def test_a_fall_of_more_than_30_per_cent(sbp: float, low: bool) -> None:
    assert truth(A, "NIAID-1", **SUDDEN | {"urticaria": True, "sbp": sbp, "sbp_baseline": 140}) is low


def test_a_pressure_that_was_not_measured_leaves_it_open_unless_it_was_said_not_to_be_low() -> None:
    event = {k: v for k, v in SUDDEN.items() if k != "hypotension"} | {"urticaria": True}
    assert truth(A, "NIAID-1", **event) is None
    assert truth(A, "NIAID-1", **event | {"hypotension": False}) is False


def test_the_trap_of_isolated_hypotension() -> None:
    event = SUDDEN | {"syncope": True, "allergen": "none"}
    assert both(**event) == (False, False)
    assert truth(A, "ISOLATED", **event) is True
    assert points("rema", sex="male", bst=20, **event)[0] >= 2, "screening goes on"
    assert truth(A, "ISOLATED", **event | {"flushing": True}) is False


@given(st.dictionaries(st.sampled_from(sorted(sign_variables())), st.booleans()))
def test_what_is_unknown_is_never_counted_as_absent(known: dict[str, bool]) -> None:
    """If the definition is not met for some way of filling the gaps, it is not said to be met, and vice versa."""
    base = {"acute_onset": True, "allergen": "likely", "age_at_event": 40}
    filled = {both(**dict.fromkeys(sign_variables(), rest) | known | base) for rest in (False, True)}
    said = both(**known | base)
    for place in (0, 1):
        truths = {f[place] for f in filled}
        if said[place] is not None:
            assert truths <= {said[place], None}


@pytest.mark.parametrize(
    ("grading", "values", "grade"),
    [
        ("brown", {}, 0),
        ("brown", {"urticaria": True}, 1),
        ("brown", {"urticaria": True, "vomiting": True}, 2),
        ("brown", {"presyncope": True}, 2),
        ("brown", {"syncope": True}, 3),
        ("brown", {"spo2_min": 92}, 3),
        ("brown", {"spo2_min": 92.1}, 0),
        ("brown", {"sbp": 89, "age_at_event": 18}, 3),
        ("brown", {"sbp": 90, "age_at_event": 18}, 0),
        ("brown", {"sbp": 89, "age_at_event": 17}, 0),
        ("ring-messmer", {}, 0),
        ("ring-messmer", {"flushing": True}, 1),
        ("ring-messmer", {"vomiting": True}, 2),
        ("ring-messmer", {"pulse": 90, "pulse_baseline": 70}, 2),
        ("ring-messmer", {"pulse": 89, "pulse_baseline": 70}, 0),
        ("ring-messmer", {"sbp": 110, "sbp_baseline": 130}, 2),
        ("ring-messmer", {"sbp": 111, "sbp_baseline": 130}, 0),
        ("ring-messmer", {"wheeze": True}, 3),
        ("ring-messmer", {"shock": True}, 3),
        ("ring-messmer", {"circulatory_arrest": True}, 4),
        ("mueller", {"pruritus": True}, 1),
        ("mueller", {"dizziness": True}, 2),
        ("mueller", {"fear_of_dying": True}, 3),
        ("mueller", {"cyanosis": True}, 4),
    ],
)
def test_grades(grading: str, values: dict[str, Any], grade: int) -> None:
    assert points(grading, **NOTHING | values) == (grade, grade)


@given(
    st.sampled_from(["brown", "ring-messmer", "mueller"]),
    st.sets(st.sampled_from(sorted(sign_variables()))),
    st.sampled_from(sorted(sign_variables())),
)
def test_one_more_sign_never_lowers_a_grade(grading: str, there: set[str], more: str) -> None:
    before = points(grading, **NOTHING | dict.fromkeys(there, True))
    after = points(grading, **NOTHING | dict.fromkeys(there | {more}, True))
    assert before <= after


def test_a_grade_goes_from_the_certain_to_the_possible() -> None:
    assert points("brown", urticaria=True) == (1, 3)
    assert points("brown", syncope=True) == (3, 3)
    assert points("ring-messmer", urticaria=True) == (1, 4)
    for grading in ("brown", "ring-messmer", "mueller"):
        assert points(grading) == (0, SCORES[grading].limits.high)
