"""The missing tests that are named are the fewest, are all of the fewest, and really could settle the answer."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mastkit.logic.decide import Classifier
from mastkit.logic.expressions import ALWAYS, all_of, any_of, criterion, known
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Equivalent, Label, Retest, Rulebook, presume
from mastkit.logic.search import DecidingSearch
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


def test_so_it_is_where_no_criterion_shares_the_questions_of_the_labels() -> None:
    which, sign = latent("which"), criterion("Q", "Q", any_of(D))
    labels = (Label("yes", "", (which & B) | (~which & C)), Label("no", "", ALWAYS))
    rulebook = Rulebook("b", "b", sign, (sign,), {}, labels, order=(which, B, C, D))
    assert answer(rulebook, {}) == [({"b", "c"}, {"yes", "no"})]


def test_a_test_that_says_as_much_is_named_in_other_words() -> None:
    """Where ``a`` could settle it, so could ``b`` and ``c`` together."""
    either = A | (B & C)
    same = Equivalent((B, C), instead_of=(A,))
    found = answer(book(either, equivalents=(same,)), {})
    assert found == [({"a"}, {"yes"}), ({"b", "c"}, {"yes"})]
    # It is named where it settles the answer by itself, and where both tests are still to be done.
    assert answer(book(A | (B & C & D), equivalents=(same,)), {}) == [({"a"}, {"yes"})]
    assert answer(book(either, equivalents=(same,)), {"b": True}) == [({"a"}, {"yes"}), ({"c"}, {"yes"})]
    assert answer(book(either & D, equivalents=(same,)), {"d": True}) == found
    with_another = answer(book(either & D, equivalents=(same,)), {})
    assert with_another == [({"d"}, {"no"})]


def test_every_set_has_its_other_words() -> None:
    same = (Equivalent((B, C), instead_of=(A,)), Equivalent((draws.RASH,), instead_of=(D,)))
    rulebook = book((A | (B & C)) & (D | draws.RASH), equivalents=same)
    found = answer(rulebook, {})
    assert [("".join(sorted(names)), answers) for names, answers in found if "yes" in answers] == [
        ("ad", {"yes"}),
        ("arash", {"yes"}),
        ("bcd", {"yes"}),
        ("bcrash", {"yes"}),
    ]
    # What is in the set already does not stand for another part of it.
    assert [names for names, _ in answer(rulebook, {"rash": False})] == [{"d"}]


def test_other_words_for_a_variable_that_the_rules_do_not_ask_are_passed_over() -> None:
    nowhere = Equivalent((draws.TRAVEL, B), instead_of=(A,))
    later = Equivalent((B, C), instead_of=(A,))
    found = answer(book(A | (B & C), equivalents=(nowhere, later)), {})
    assert found == [({"a"}, {"yes"}), ({"b", "c"}, {"yes"})]


@given(draws.rulebooks(), st.data())
@draws.budget
def test_all_labels_together_are_each_label_alone(rulebook: Rulebook, data: st.DataObject) -> None:
    classifier = Classifier(rulebook)
    decision = classifier.decide(read_facts(rulebook, data.draw(draws.statements(rulebook.variables))))
    walk, (_, (root, *_), _) = decision.walk, classifier.forest
    together = DecidingSearch(walk, root, 1000)
    for size in range(1, 4):
        alone: dict[tuple[int, ...], int] = {}
        for i in range(len(rulebook.labels)):
            for levels, labels in DecidingSearch(walk, root, 1000).of_size(size, together.labels & 1 << i).items():
                alone[levels] = alone.get(levels, 0) | labels
        assert together.of_size(size, together.labels) == alone
        for levels, labels in alone.items():
            assert together.settles(levels) == labels


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
