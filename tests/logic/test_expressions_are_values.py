"""Expressions are values: equal ones are one object, and a rule that makes no sense cannot be built."""

from __future__ import annotations

import pytest

from mastkit.logic.expressions import (
    ALWAYS,
    NEVER,
    And,
    Comparison,
    Constant,
    Criterion,
    Member,
    Not,
    Or,
    ScoreAtLeast,
    all_of,
    any_of,
    at_least,
    criterion,
    divided,
    gated,
    known,
    score_at_least,
    variables_of,
    walk,
)
from mastkit.logic.variables import Variable, boolean, choice, latent, number
from tests.logic.draws import CARRIER, COPIES, COUGH, CRP, HIDDEN, NODES, RASH, SWAB, TRAVEL


def test_equal_expressions_are_the_same_object() -> None:
    assert (COUGH & RASH) is (COUGH & RASH)
    assert (COUGH & RASH) is all_of(COUGH, RASH)
    assert (CRP > 10) is (CRP > 10.0)
    assert (CRP > 10) is not (CRP >= 10)
    assert (CRP > 10) is not (NODES > 10)
    assert SWAB.is_in("strep", "virus") is SWAB.is_in("virus", "strep")
    assert criterion("a", "A", COUGH, note="n") is criterion("a", "A", COUGH, note="n")
    assert criterion("a", "A", COUGH) is not criterion("a", "A", COUGH, note="n")
    assert Constant(True) is ALWAYS
    assert ALWAYS is not NEVER


def test_a_number_is_not_taken_for_a_truth() -> None:
    assert Constant(1) is not ALWAYS  # type: ignore[arg-type]


def test_operators_read_like_the_table() -> None:
    assert (COUGH & RASH & TRAVEL).items == all_of(COUGH, RASH, TRAVEL).items
    assert isinstance(COUGH | RASH | TRAVEL, Or)
    assert len((COUGH | RASH | TRAVEL).items) == 3
    assert (COUGH & (RASH | TRAVEL)).items == (any_of(COUGH).items[0], RASH | TRAVEL)
    assert len(((COUGH | RASH) & (COUGH | TRAVEL)).items) == 2
    assert isinstance(COUGH & (CRP > 1), And)
    assert isinstance((CRP > 1) & COUGH, And)
    assert isinstance(COUGH | (CRP > 1), Or)
    assert (COUGH & (CRP > 1)).items[0] is any_of(COUGH).items[0]
    assert ((CRP > 1) | COUGH).items[0] is (CRP > 1)
    assert ~~COUGH is any_of(COUGH).items[0]
    assert isinstance(~COUGH, Not)


def test_each_comparison_keeps_its_own_sign() -> None:
    assert [(CRP > 1).operator, (CRP >= 1).operator, (CRP < 1).operator, (CRP <= 1).operator] == [
        ">",
        ">=",
        "<",
        "<=",
    ]
    quotient = divided(CRP, one_plus=COPIES)
    for node, sign in ((quotient > 1, ">"), (quotient >= 1, ">="), (quotient < 1, "<"), (quotient <= 1, "<=")):
        assert (node.variable, node.operator, node.limit, node.one_plus) == (CRP, sign, 1.0, COPIES)
        assert type(node.limit) is float


def test_python_and_or_not_are_refused() -> None:
    for careless in (lambda: bool(COUGH & RASH), lambda: (CRP > 1) and COUGH, lambda: not (CRP > 1)):
        with pytest.raises(TypeError, match=r"write &, \| and ~"):
            careless()
    with pytest.raises(TypeError, match="write &"):
        _ = 1 < CRP < 3


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: SWAB.is_in("strap"), "swab: expected some of .*strep.* found .*strap"),
        (lambda: SWAB.is_in("unclear"), "swab: expected some of"),
        (lambda: SWAB.is_in(), "swab: expected some of"),
        (lambda: COUGH.is_in("yes"), r"cough: expected some of \['False', 'True'\], found \['yes'\]"),
        (lambda: Member(CRP, frozenset({True})), "crp: expected some of"),
        (lambda: COUGH > 3, "cough is no number: it cannot be compared with 3"),
        (lambda: SWAB <= 3, "swab is no number"),
        (lambda: divided(CRP, one_plus=NODES) > 1 and None, "write &"),
        (lambda: divided(CRP, one_plus=CRP) > 1, "crp: expected a count with a lowest and a highest value"),
        (
            lambda: divided(CRP, one_plus=number("n", low=0, integer=True)) > 1,
            "n: expected a count with a lowest and a highest value",
        ),
        (lambda: divided(CRP, one_plus=number("n", low=-1, high=3, integer=True)) > 1, "n: expected a count"),
        (lambda: ScoreAtLeast(1, (1, 2), (ALWAYS,)), "1 items need as many weights, not 2"),
        (
            lambda: choice("c", ("a", "b"), open_values={"x": ("a",)}),
            "variable c: open value x allows nothing stated",
        ),
        (
            lambda: choice("c", ("a", "open"), open_values={"open": ("a", "z")}),
            r"variable c: open value open allows \['z'\]",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_cannot_be_built(build, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        build()


def test_walk_gives_each_part_once_children_first() -> None:
    shared = COUGH & RASH
    top = criterion("t", "T", at_least(1, [shared, ~shared, gated(shared, adequate=TRAVEL, latent=HIDDEN)]))
    nodes = list(walk(top, shared))
    assert len(nodes) == len(set(nodes)) == 8
    assert nodes.index(shared) < nodes.index(~shared) < nodes.index(top)
    assert nodes[-1] is top


def test_variables_are_named_in_order_of_first_mention() -> None:
    node = all_of(
        divided(CRP, one_plus=COPIES) > 1,
        known(NODES),
        gated(COUGH, adequate=RASH, latent=HIDDEN),
        SWAB.is_in("strep"),
        COUGH,
    )
    assert variables_of(node) == (CRP, COPIES, NODES, COUGH, RASH, HIDDEN, SWAB)
    assert variables_of() == ()


def test_builders_take_variables_and_expressions_alike() -> None:
    assert score_at_least(2, [(1, COUGH), (-1, CRP > 1)]).weights == (1, -1)
    assert at_least(2, [COUGH, CRP > 1]).items == (any_of(COUGH).items[0], CRP > 1)
    gate = gated(COUGH, adequate=RASH, latent=CARRIER)
    assert gate.meaning is (COUGH | (~RASH & CARRIER))
    assert gate.children == (any_of(COUGH).items[0], any_of(RASH).items[0])
    assert isinstance(criterion("a", "A", COUGH), Criterion)
    assert isinstance(CRP > 1, Comparison)


def test_variables_know_what_they_can_truly_be() -> None:
    assert SWAB.truths == ("none", "strep", "virus")
    assert repr(SWAB) == "swab"
    assert boolean("x").kind == "boolean"
    assert not latent("x").observable
    assert COUGH.observable
    made = Variable("v", kind="choice", values=("a",))
    assert made.truths == ("a",)
