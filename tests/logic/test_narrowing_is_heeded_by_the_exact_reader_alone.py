"""A word may settle what a censored number leaves open; three-valued logic leaves it open, no more."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.decide import Classifier
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import ALWAYS, any_of, criterion
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label, Rulebook, presume
from mastkit.logic.values import Interval
from tests.logic import draws
from tests.logic.draws import COUGH, CRP, NODES, RASH

QUIET = (
    presume(CRP, CRP <= 5, when=~COUGH, title="no cough, no inflammation", narrows=True),
    presume(NODES, NODES <= 1, when=~RASH, title="no rash, no nodes", narrows=True),
)


def book(rule, presumptions=QUIET) -> Rulebook:
    question = criterion("Q", "Q", any_of(rule))
    labels = (Label("yes", "", question), Label("no", "", ALWAYS))
    return Rulebook("b", "b", question, (question,), {}, labels, presumptions=presumptions)


def test_no_cough_settles_that_a_number_above_1_is_not_above_10() -> None:
    rules = book(CRP > 10)
    facts = read_facts(rules, {"crp": Interval(1, float("inf")), "cough": False})
    assert facts.known[CRP] == Interval(1, float("inf"))
    assert CRP not in facts.presumed
    assert Evaluator(facts.known, facts.stated)(rules.question) is None
    one = Classifier(rules).decide(facts)
    assert one.truth(rules.question) is False
    assert one.possible == ("no",)


def test_what_a_number_decides_stands() -> None:
    rules = book(CRP > 10)
    facts = read_facts(rules, {"crp": 12.0, "cough": False})
    assert Evaluator(facts.known, facts.stated)(rules.question) is True
    assert Classifier(rules).decide(facts).truth(rules.question) is True


@given(draws.expressions([CRP, NODES, COUGH, RASH]), st.data())
@draws.budget
def test_three_valued_logic_says_less_and_never_anything_else(rule, data: st.DataObject) -> None:
    rules = book(rule)
    said = data.draw(draws.statements(rules.variables))
    facts = read_facts(rules, said)
    broad = replace(rules, presumptions=tuple(replace(p, narrows=False) for p in QUIET))
    assert facts == read_facts(broad, said)
    one = Classifier(rules).decide(facts)
    assert one.possible
    truth = Evaluator(facts.known, facts.stated)(rules.question)
    assert truth is None or one.truth(rules.question) is truth
    assert set(one.possible) <= set(Classifier(broad).decide(facts).possible)
