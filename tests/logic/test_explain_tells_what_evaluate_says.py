"""An explanation says what evaluation says, part by part, and on which facts it rests."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.evaluate import Evaluator, conjunction, negation
from mastkit.logic.explain import Ground, explain
from mastkit.logic.expressions import any_of, at_least, criterion, divided, gated, known
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Rulebook
from mastkit.logic.values import Interval
from tests.logic import draws


def parts(ground: Ground) -> Iterator[Ground]:
    yield ground
    for child in ground.children:
        yield from parts(child)


@given(draws.rulebooks(), st.data())
@draws.budget
def test_the_truth_on_top_is_the_truth_of_the_rule(book: Rulebook, data: st.DataObject) -> None:
    facts = read_facts(book, data.draw(draws.statements(book.variables)))
    evaluate = Evaluator(facts.known, facts.stated)
    for node in book.criteria:
        top = explain(node, facts)
        assert top.truth is evaluate(node)
        assert top == explain(node, facts, evaluate)
        for ground in parts(top):
            truths = [child.truth for child in ground.children]
            if ground.text == "all of":
                assert ground.truth is conjunction(truths)
            if ground.text == "at least one of":
                assert ground.truth is negation(conjunction(negation(t) for t in truths))
            assert all(v.name for v in ground.variables)


def facts_of(node, **said):
    from mastkit.logic.expressions import ALWAYS
    from mastkit.logic.rulebook import Label

    question = criterion("Q", "Q", node)
    return read_facts(Rulebook("b", "b", question, (question,), {}, (Label("x", "", ALWAYS),)), said)


def test_a_leaf_shows_the_fact_with_its_unit() -> None:
    node = draws.CRP > 10
    assert explain(node, facts_of(node, crp=12.5)) == Ground("CRP above 10 mg/L", True, (draws.CRP,), "12.5 mg/L")
    assert explain(node, facts_of(node)) == Ground("CRP above 10 mg/L", None, (draws.CRP,), None)
    assert explain(node, facts_of(node, crp=Interval(0, 50))).truth is None


def test_a_leaf_says_why_silence_was_read_so() -> None:
    node = any_of(draws.TRAVEL)
    (leaf,) = explain(node, facts_of(node)).children
    assert leaf == Ground("Travel", False, (draws.TRAVEL,), "no", "a traveller says so")
    (leaf,) = explain(node, facts_of(node, travel=True)).children
    assert leaf == Ground("Travel", True, (draws.TRAVEL,), "yes", None)


def test_the_opposite_of_a_leaf_is_one_leaf() -> None:
    node = ~(draws.CRP > 10) & ~draws.COUGH & ~divided(draws.CRP, one_plus=draws.COPIES).__ge__(20)
    ground = explain(node, facts_of(node, crp=5, cough=False, copies=1))
    assert ground.truth is True
    assert [(leaf.text, leaf.fact) for leaf in ground.children] == [
        ("CRP at most 10 mg/L", "5 mg/L"),
        ("not: Cough", "no"),
        ("CRP divided by (1 + Extra copies) below 20 mg/L", "CRP 5 mg/L; Extra copies 1"),
    ]
    assert [leaf.variables for leaf in ground.children] == [
        (draws.CRP,),
        (draws.COUGH,),
        (draws.CRP, draws.COPIES),
    ]
    assert not any(leaf.children for leaf in ground.children)


def test_criteria_within_are_named_and_not_unfolded() -> None:
    inner = criterion("I", "Inner", draws.COUGH & draws.RASH)
    outer = criterion("O", "Outer", at_least(1, [inner, draws.TRAVEL]))
    ground = explain(outer, facts_of(outer, cough=True, rash=True))
    assert ground.text == "at least 1 of 2"
    assert [child.text for child in ground.children] == ["Inner (I)", "Travel"]
    assert ground.children[0] == Ground("Inner (I)", True)
    assert ground.truth is True


def test_a_gate_shows_the_finding_and_what_makes_its_absence_count() -> None:
    node = gated(draws.COUGH, adequate=draws.RASH, latent=draws.HIDDEN)
    ground = explain(node, facts_of(node, cough=False, rash=False))
    assert ground.truth is None
    assert [(child.text, child.truth) for child in ground.children] == [("Cough", False), ("Rash", False)]
    assert explain(node, facts_of(node, cough=False, rash=True)).truth is False


def test_known_is_shown_without_a_fact_of_its_own() -> None:
    node = known(draws.SWAB)
    assert explain(node, facts_of(node)) == Ground("something is stated of: Throat swab", False)
    assert explain(node, facts_of(node, swab="unclear")).truth is True
