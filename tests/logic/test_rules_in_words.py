"""Rules and facts in words that a person can read."""

from __future__ import annotations

import math

import pytest

from mastkit.logic.diagram import Diagrams
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import (
    ALWAYS,
    NEVER,
    Expression,
    all_of,
    any_of,
    at_least,
    criterion,
    divided,
    gated,
    known,
    score_at_least,
)
from mastkit.logic.values import Interval, exactly, negation
from mastkit.logic.variables import boolean, choice, number
from mastkit.logic.words import fact_in_words, in_words, title_of, with_unit
from tests.logic.draws import COPIES, COUGH, CRP, DAYS, HIDDEN, NODES, RASH, SIZE, SWAB, TEMPERATURE


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (ALWAYS, "always"),
        (NEVER, "never"),
        (any_of(COUGH).items[0], "Cough"),
        (~COUGH, "not: Cough"),
        (SWAB.is_in("strep"), "Throat swab: strep"),
        (SWAB.is_in("virus", "none"), "Throat swab: none or virus"),
        (CRP > 10, "CRP above 10 mg/L"),
        (CRP >= 10, "CRP at least 10 mg/L"),
        (CRP < 0.5, "CRP below 0.5 mg/L"),
        (CRP <= 10, "CRP at most 10 mg/L"),
        (~(CRP > 10), "CRP at most 10 mg/L"),
        (~(CRP >= 10), "CRP below 10 mg/L"),
        (~(CRP < 10), "CRP at least 10 mg/L"),
        (~(CRP <= 10), "CRP above 10 mg/L"),
        (NODES > 2, "Swollen nodes above 2"),
        (divided(CRP, one_plus=COPIES) > 20, "CRP divided by (1 + Extra copies) above 20 mg/L"),
        (known(SWAB), "something is stated of: Throat swab"),
        (criterion("T-1", "A title", COUGH), "A title (T-1)"),
        (~(COUGH & RASH), "not"),
        (~SWAB.is_in("strep"), "not"),
        (COUGH & RASH, "all of"),
        (COUGH | RASH, "at least one of"),
        (at_least(2, [COUGH, RASH, CRP > 1]), "at least 2 of 3"),
        (score_at_least(4, [(2, COUGH)]), "points add up to at least 4"),
    ],
)
def test_a_condition_in_words(node: Expression, words: str) -> None:
    assert in_words(node) == words


def test_a_gate_in_words_names_the_truth_that_stays_open() -> None:
    words = in_words(gated(COUGH, adequate=RASH, latent=HIDDEN))
    assert words.startswith("found; not found counts only if looked for well enough")
    assert words.endswith("What a better swab would show)")


@pytest.mark.parametrize(
    ("variable", "possible", "words"),
    [
        (COUGH, {True}, "yes"),
        (COUGH, {False}, "no"),
        (COUGH, {True, False}, "yes or no"),
        (SWAB, {"virus", "none"}, "none or virus"),
        (choice("marker", ("true", "partial", "false")), {"false", "true"}, "yes or no"),
        (choice("c", ("not_palpable", "x")), {"not_palpable"}, "not palpable"),
        (CRP, exactly(12.5), "12.5 mg/L"),
        (CRP, Interval(math.nextafter(200, math.inf), math.inf), "above 200 mg/L"),
        (CRP, Interval(200, math.inf), "at least 200 mg/L"),
        (CRP, Interval(0, math.nextafter(1, 0)), "below 1 mg/L"),
        (CRP, Interval(0, 1), "at most 1 mg/L"),
        (CRP, Interval(1, 2), "at least 1 mg/L and at most 2 mg/L"),
        (CRP, Interval(0, math.inf), "any value"),
        (TEMPERATURE, Interval(30, 37), "at most 37 Cel"),
        (DAYS, exactly(3), "3"),
        (number("ratio", unit="1"), exactly(0.25), "0.25"),
    ],
)
def test_a_fact_in_words(variable, possible, words: str) -> None:
    known_value = possible if isinstance(possible, Interval) else frozenset(possible)
    assert fact_in_words(variable, known_value) == words


def test_names_and_units() -> None:
    assert title_of(SIZE) == "size"
    assert title_of(CRP) == "CRP"
    assert with_unit(CRP, 1 / 3) == "0.3333333333 mg/L"
    assert with_unit(NODES, 4.0) == "4"


def test_a_node_of_an_unknown_kind_is_refused_by_every_reader() -> None:
    class Foreign(Expression):
        pass

    node = Foreign()
    with pytest.raises(TypeError, match="no words for Foreign"):
        in_words(node)
    with pytest.raises(TypeError, match="no way to evaluate Foreign"):
        Evaluator({}, frozenset())(node)
    with pytest.raises(TypeError, match="no diagram for Foreign"):
        Diagrams([]).of(node)


def test_not_unknown_is_unknown() -> None:
    assert [negation(t) for t in (True, False, None)] == [False, True, None]
    assert all_of().items == ()
    assert boolean("x").title == ""
