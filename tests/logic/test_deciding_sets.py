"""The missing tests that are named are the fewest, are all of the fewest, and really could settle the answer."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mastkit.logic.decide import Classifier
from mastkit.logic.expressions import ALWAYS, all_of, any_of, criterion, known
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label, Retest, Rulebook, presume
from mastkit.logic.variables import boolean, latent
from tests.logic import draws
from tests.logic.worlds import Room, candidate_results, deciding_sets

LARGEST = 3
A, B, C, D = (boolean(name) for name in "abcd")


def book(condition, **more) -> Rulebook:
    question = criterion("Q", "Q", condition)
    return Rulebook(
        "b", "b", question, (question,), {}, (Label("yes", "", question), Label("no", "", ALWAYS)), **more
    )


def answer(rulebook: Rulebook, said: dict, **more):
    facts = read_facts(rulebook, said)
    classifier = Classifier(rulebook)
    found = classifier.decide(facts).deciding_sets(**more)
    return [({v.name for v in s.variables}, set(s.answers)) for s in found]


@given(draws.rulebooks(), st.data())
@draws.budget
def test_they_are_those_that_trying_everything_finds(rulebook: Rulebook, data: st.DataObject) -> None:
    facts = read_facts(rulebook, data.draw(draws.statements(rulebook.variables)))
    room = Room(rulebook, facts)
    work = room.size()
    for results in candidate_results(room).values():
        work *= 1 + len(results)
    assume(work <= 30_000)
    classifier = Classifier(rulebook)
    found = classifier.decide(facts).deciding_sets()
    size, expected = deciding_sets(room, LARGEST)
    if size == 0:
        assert all(len(s.variables) > LARGEST for s in found)
        return
    assert {frozenset(s.variables): set(s.answers) for s in found} == expected
    assert len(found) == len(expected)


def test_one_test_settles_an_alternative_and_two_a_conjunction() -> None:
    assert answer(book(A | B), {}) == [({"a"}, {"yes"}), ({"b"}, {"yes"})]
    assert answer(book(all_of(A, B)), {}) == [({"a"}, {"no"}), ({"b"}, {"no"})]
    assert answer(book(all_of(A, B)), {"a": True}) == [({"b"}, {"yes", "no"})]


def test_nothing_is_named_when_the_answer_is_settled_or_cannot_be() -> None:
    assert answer(book(A | B), {"a": True}) == []
    hidden = draws.HIDDEN
    assert answer(book(any_of(hidden)), {}) == []


def test_a_variable_that_is_known_between_others_is_passed_over() -> None:
    assert answer(book(all_of(A, B, C)), {"b": True}) == [({"a"}, {"no"}), ({"c"}, {"no"})]
    assert answer(book(A & B | C), {"b": True}) == [({"a"}, {"yes"}), ({"c"}, {"yes"})]


def test_all_pairs_are_found_though_they_meet_on_the_way() -> None:
    found = answer(book((A | B) & (C | D)), {})
    assert [("".join(sorted(names)), labels) for names, labels in found] == [
        ("ab", {"no"}),
        ("ac", {"yes"}),
        ("ad", {"yes"}),
        ("bc", {"yes"}),
        ("bd", {"yes"}),
        ("cd", {"no"}),
    ]


def test_what_no_test_shows_may_call_for_more_tests_than_each_of_its_cases() -> None:
    """Whichever way the hidden truth is, one test is enough, but it is another one each time: both are needed."""
    which = latent("which")
    assert answer(book((which & B) | (~which & C)), {}) == [({"b", "c"}, {"yes", "no"})]
    assert answer(book((which & B & D) | (~which & C & A)), {"a": True, "d": True}) == [({"b", "c"}, {"yes", "no"})]


def test_ways_that_cannot_be_are_not_in_the_way_and_settle_nothing() -> None:
    """Silence on ``c`` is read in two ways at once where ``b`` holds, so that ``b`` cannot hold."""
    both = (presume(C, C, when=B, title="it is"), presume(C, ~C, when=B, title="it is not"))
    rulebook = book(A | (known(C) & C), presumptions=both)
    assert answer(rulebook, {}) == [({"a"}, {"yes", "no"}), ({"c"}, {"yes"})]
    # A positive test for b would contradict everything: it is no way to settle the answer.
    assert answer(book(A & ~(known(C) & C), presumptions=both), {}) == [({"a"}, {"yes", "no"}), ({"c"}, {"no"})]
    upside_down = book(
        all_of(A, B), presumptions=(presume(B, B, when=C, title="c"), presume(B, ~B, when=C, title="n"))
    )
    assert "c" not in {name for names, _ in answer(upside_down, {}) for name in names}


def test_at_most_so_many_are_named() -> None:
    rulebook = book(any_of(A, B, C, D))
    for most in (1, 2, 3, 4, 5):
        assert len(answer(rulebook, {}, most=most)) == min(most, 4)


def test_a_result_that_decides_nothing_is_to_be_repeated() -> None:
    rulebook = book(A | B, retests=(Retest((A,), ~A, "a negative result is no result"),))
    assert ({"a"}, {"yes"}) in answer(rulebook, {"a": False})
    assert answer(book(A | B), {"a": False}) == [({"b"}, {"yes", "no"})]


def test_a_statement_that_stands_for_now_is_to_be_replaced() -> None:
    rulebook = book(draws.SWAB.is_in("none") | A)
    assert answer(rulebook, {"swab": "suspected"}) == [({"swab"}, {"yes"}), ({"a"}, {"yes", "no"})]
    assert answer(rulebook, {"swab": "virus"}) == [({"a"}, {"yes", "no"})]


def test_a_statement_that_leaves_the_truth_open_is_to_be_made_precise_within_what_it_allows() -> None:
    rulebook = book(draws.SWAB.is_in("none") | (draws.SWAB.is_in("virus") & A))
    assert answer(rulebook, {"swab": "unclear"}) == [({"swab"}, {"yes", "no"})]


def test_a_rule_that_cuts_a_variable_into_too_many_cases_is_refused() -> None:
    rulebook = book(any_of(*(float(n) < draws.CRP for n in range(70))))
    with pytest.raises(ValueError, match=r"crp: the rules cut it into 71 cases, at most 63"):
        Classifier(rulebook)
