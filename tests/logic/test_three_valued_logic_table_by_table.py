"""Three-valued logic, written out: every operator on every combination of true, false and unknown."""

from __future__ import annotations

import itertools
import math

import pytest

from mastkit.logic.evaluate import Evaluator, conjunction, score_reaches
from mastkit.logic.expressions import (
    ALWAYS,
    NEVER,
    all_of,
    any_of,
    at_least,
    criterion,
    divided,
    gated,
    known,
    score_at_least,
)
from mastkit.logic.values import Interval, exactly
from mastkit.logic.variables import boolean
from tests.logic.draws import COPIES, CRP, SWAB

A, B, C, HIDDEN = (boolean(name) for name in ("a", "b", "c", "hidden"))
T, F, U = True, False, None


def truth(node, *, stated=(), **values):
    names = {v.name: v for v in (A, B, C, HIDDEN, CRP, COPIES, SWAB)}
    known_values = {}
    for name, value in values.items():
        if value is not None:
            known_values[names[name]] = value if not isinstance(value, bool) else frozenset({value})
    return Evaluator(known_values, frozenset(stated))(node)


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_and_or(a, b, both, either) -> None:
    assert truth(A & B, a=a, b=b) is both
    assert truth(A | B, a=a, b=b) is either
    assert truth(all_of(A, B, ALWAYS), a=a, b=b) is both
    assert truth(any_of(NEVER, A, B), a=a, b=b) is either


def test_not_and_the_ends() -> None:
    assert [truth(~A, a=a) for a in (T, F, U)] == [F, T, U]
    assert truth(ALWAYS) is True
    assert truth(NEVER) is False
    assert truth(all_of()) is True
    assert truth(any_of()) is False
    assert conjunction([]) is True
    assert conjunction([U, F]) is False
    assert conjunction([F, U]) is False


@pytest.mark.parametrize("weights", [(1, 1, 1), (2, 1, 1), (3, -1, 2), (-1, -2, 1), (0, 1, -1)])
def test_at_least_and_points_are_true_or_false_exactly_when_every_completion_is(weights) -> None:
    items = (A, B, C)
    for threshold in range(-4, 7):
        node = score_at_least(threshold, zip(weights, items, strict=True))
        for given in itertools.product((T, F, U), repeat=3):
            totals = [
                sum(w for w, met in zip(weights, world, strict=True) if met)
                for world in itertools.product((T, F), repeat=3)
                if all(g is None or g is w for g, w in zip(given, world, strict=True))
            ]
            answers = {total >= threshold for total in totals}
            expected = answers.pop() if len(answers) == 1 else None
            said = dict(zip("abc", given, strict=True))
            assert truth(node, **said) is expected
            if weights == (1, 1, 1):
                assert truth(at_least(threshold, items), **said) is expected


def test_points_of_nothing() -> None:
    assert score_reaches(0, []) is True
    assert score_reaches(1, []) is False
    assert truth(at_least(0, [])) is True
    assert truth(at_least(1, [])) is False


@pytest.mark.parametrize(
    ("finding", "adequate", "latent", "expected"),
    [
        (T, U, U, T),
        (T, F, U, T),
        (F, T, U, F),
        (F, F, U, U),
        (F, U, U, U),
        (U, T, U, U),
        (F, F, F, F),
        (U, F, U, U),
    ],
)
def test_a_gate(finding, adequate, latent, expected) -> None:
    node = gated(A, adequate=B, latent=HIDDEN)
    assert truth(node, a=finding, b=adequate, hidden=latent) is expected


@pytest.mark.parametrize(
    ("possible", "expected"),
    [({"strep"}, T), ({"strep", "virus"}, T), ({"none"}, F), ({"none", "strep"}, U), ({"suspected"}, F), (None, U)],
)
def test_one_of_these_values(possible, expected) -> None:
    assert truth(SWAB.is_in("strep", "virus"), swab=possible) is expected


def test_known_is_never_unknown() -> None:
    assert truth(known(A), stated=[A]) is True
    assert truth(known(A), a=True) is False
    assert truth(known(SWAB), swab={"none"}) is False


BEFORE, AFTER = math.nextafter(20, 0), math.nextafter(20, 99)


@pytest.mark.parametrize(
    ("low", "high", "above", "at_or_above"),
    [
        (20, 20, F, T),
        (AFTER, AFTER, T, T),
        (BEFORE, BEFORE, F, F),
        (0, 20, F, U),
        (0, BEFORE, F, F),
        (0, AFTER, U, U),
        (20, 99, U, T),
        (AFTER, 99, T, T),
        (BEFORE, 99, U, U),
        (0, 99, U, U),
    ],
)
def test_numbers_and_ranges_beside_a_limit(low, high, above, at_or_above) -> None:
    number = Interval(low, high)
    assert truth(CRP > 20, crp=number) is above
    assert truth(CRP >= 20, crp=number) is at_or_above
    assert truth(CRP <= 20, crp=number) is (None if above is None else not above)
    assert truth(CRP < 20, crp=number) is (None if at_or_above is None else not at_or_above)
    doubled = Interval(low * 2, high * 2)
    quotient = divided(CRP, one_plus=COPIES)
    assert truth(quotient > 20, crp=doubled, copies=exactly(1)) is above
    assert truth(quotient >= 20, crp=doubled, copies=exactly(1)) is at_or_above
    assert truth(quotient <= 20, crp=doubled, copies=exactly(1)) is (None if above is None else not above)
    assert truth(quotient < 20, crp=doubled, copies=exactly(1)) is (
        None if at_or_above is None else not at_or_above
    )


@pytest.mark.parametrize(
    ("crp", "copies", "expected"),
    [(61, None, T), (60, None, U), (21, None, U), (20, None, F), (41, (0, 1), T), (40, (0, 1), U), (20, (1, 2), F)],
)
def test_a_count_that_is_unknown_spans_its_range(crp, copies, expected) -> None:
    count = None if copies is None else Interval(*copies)
    assert truth(divided(CRP, one_plus=COPIES) > 20, crp=exactly(crp), copies=count) is expected


def test_a_limit_below_nothing_turns_the_order_round() -> None:
    quotient = divided(CRP, one_plus=COPIES)
    assert truth(quotient > -1, crp=exactly(-1.5)) is None
    assert truth(quotient > -1, crp=exactly(-0.5)) is True
    assert truth(quotient > -1, crp=exactly(-3)) is False


def test_an_unknown_number_is_unknown_and_a_criterion_is_its_condition() -> None:
    assert truth(CRP > 20) is None
    assert truth(criterion("c", "C", A), a=True) is True
    assert truth(criterion("c", "C", A)) is None


def test_each_part_is_worked_out_once() -> None:
    evaluate = Evaluator({A: frozenset({True})}, frozenset())
    node = A & B
    assert evaluate(node) is None
    evaluate.known = {}
    assert evaluate(any_of(A)) is True  # remembered from before
