"""One walk through the forest says of a person what every diagram says when it is walked alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.decide import Classifier
from mastkit.logic.decision import Decision
from mastkit.logic.explain import Explainer, explain
from mastkit.logic.expressions import ALWAYS, NEVER, all_of, criterion
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label, Rulebook
from mastkit.logic.variables import boolean
from tests.logic import draws

A, B, C, D, E = FIVE = tuple(boolean(name) for name in "abcde")


def decision(book: Rulebook, said: dict, others: tuple[Rulebook, ...] = ()) -> Decision:
    classifier = Classifier(book, others)
    return classifier.decide(read_facts(classifier, said))


def padded(book: Rulebook, labels: int) -> Rulebook:
    """The same rules with labels before the last that nobody ever has: less room for tests in a word."""
    more = tuple(Label(f"pad{i}", "", NEVER) for i in range(labels))
    return replace(book, labels=(*book.labels[:-1], *more, book.labels[-1]))


@given(draws.rulebooks(), st.data())
@draws.budget
def test_labels_and_criteria(book: Rulebook, data: st.DataObject) -> None:
    other = replace(book, labels=(*data.draw(st.permutations(book.labels[:-1])), book.labels[-1]))
    classifier = Classifier(book, [other])
    facts = read_facts(classifier, data.draw(draws.statements(classifier.variables)))
    masks = classifier.masks(facts)
    one = classifier.decide(facts)
    assert one.possible == classifier.possible(masks)
    alone = Classifier(other)
    assert one.possible_under_others == (alone.possible(alone.masks(facts)),)
    for node in book.criteria:
        assert one.truth(node) is classifier.truth(node, masks)


@given(draws.rulebooks(), st.data())
@draws.budget
def test_tests_are_counted_beyond_one_word(book: Rulebook, data: st.DataObject) -> None:
    said = data.draw(draws.statements(book.variables))
    one, crowded = decision(book, said), decision(padded(book, 26), said)
    assert crowded.forest.rows == 2 < one.forest.rows
    assert crowded.deciding_sets() == one.deciding_sets()
    assert crowded.ways() == one.ways()


def five_of_five(labels: int) -> Rulebook:
    question = criterion("Q", "Q", all_of(*FIVE))
    book = Rulebook(
        "b", "b", question, (question,), {}, (Label("yes", "", question), Label("no", "", ALWAYS)), order=FIVE
    )
    return padded(book, labels)


def test_five_tests_are_found_through_several_words() -> None:
    for labels in (0, 10, 20, 30):
        assert decision(five_of_five(labels), {}).ways() == {"yes": FIVE, "no": (A,)}
        assert decision(five_of_five(labels), {}).ways(largest=4) == {"no": (A,)}
        assert decision(five_of_five(labels), {"b": True}).ways(largest=4) == {"yes": (A, C, D, E), "no": (A,)}


def test_what_no_number_of_tests_could_settle_is_not_looked_for_without_end() -> None:
    book = five_of_five(0)
    hidden = replace(book, labels=(Label("yes", "", all_of(A, draws.HIDDEN)), book.labels[-1]))
    assert decision(hidden, {}).ways() == {"no": (A,)}


def test_more_labels_than_a_word_has_room_for_are_refused() -> None:
    assert decision(five_of_five(30), {}).possible == ("yes", "no")
    with pytest.raises(ValueError, match=r"can have 32 labels at most, not 33"):
        decision(five_of_five(31), {})


@given(draws.rulebooks(), st.data())
@draws.budget
def test_what_is_taken_from_somebody_alike_is_what_one_would_have_found_alone(
    book: Rulebook, data: st.DataObject
) -> None:
    somebody, facts = (read_facts(book, data.draw(draws.statements(book.variables))) for _ in range(2))
    alike = Explainer(somebody)
    taking_over = Explainer(facts, alike=alike)
    for node in (*book.criteria, *(label.condition for label in book.labels)):
        assert taking_over(node) == explain(node, facts)
        assert alike(node) == explain(node, somebody)
