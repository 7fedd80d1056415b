"""``decide`` is exact: it says what the list of all completions says."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from mastkit.logic.decide import Classifier
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Rulebook
from mastkit.logic.values import Interval
from tests.logic import draws
from tests.logic.worlds import Room

MOST_WORLDS = 3000


@st.composite
def persons(draw: st.DrawFn) -> tuple[Rulebook, Room]:
    book = draw(draws.rulebooks())
    room = Room(book, read_facts(book, draw(draws.statements(book.variables))))
    assume(room.size() <= MOST_WORLDS)
    return book, room


@given(persons())
@draws.budget
def test_possible_labels_are_those_of_the_completions(person: tuple[Rulebook, Room]) -> None:
    book, room = person
    classifier = Classifier(book)
    possible = classifier.possible(classifier.masks(room.facts))
    assert set(possible) == room.possible()
    assert list(possible) == [label.code for label in book.labels if label.code in possible]


@given(persons())
@draws.budget
def test_truth_is_what_all_completions_agree_on(person: tuple[Rulebook, Room]) -> None:
    book, room = person
    classifier = Classifier(book)
    masks = classifier.masks(room.facts)
    for node in (*book.criteria, *(label.condition for label in book.labels)):
        truths = room.truth_values(node)
        assert classifier.truth(node, masks) is (truths.pop() if len(truths) == 1 else None)


@given(persons())
@draws.budget
def test_three_valued_logic_is_never_wrong(person: tuple[Rulebook, Room]) -> None:
    book, room = person
    evaluate = Evaluator(room.facts.known, room.facts.stated)
    for node in book.criteria:
        truth = evaluate(node)
        if truth is not None:
            assert room.truth_values(node) <= {truth}


@given(draws.rulebooks(), st.data())
@draws.budget
def test_many_rows_at_once_are_each_row_alone(book: Rulebook, data: st.DataObject) -> None:
    classifier = Classifier(book)
    persons = [classifier.masks(read_facts(book, data.draw(draws.statements(book.variables)))) for _ in range(3)]
    columns = [np.array(column, dtype=np.uint64) for column in zip(*persons, strict=True)]
    if not columns:
        return
    reached = classifier.graph.reach_many(columns)
    assert reached.tolist() == [classifier.graph.reach(masks) for masks in persons]
    numbers = {True: 1, False: 0, None: -1}
    for node in book.criteria:
        many = classifier.truth_many(node, columns)
        assert many.tolist() == [numbers[classifier.truth(node, masks)] for masks in persons]


@given(draws.rulebooks(), st.data())
@draws.budget
def test_more_information_never_widens_what_is_possible(book: Rulebook, data: st.DataObject) -> None:
    """A fact more, or a number known more narrowly, leaves at most what was possible before.

    It holds for a variable that nothing is said of by silence: a fact may contradict what silence was taken to say.
    """
    said = data.draw(draws.statements(book.variables))
    silences = {p.variable for p in book.presumptions}
    asked = book.asks_whether_known
    free = [
        v
        for v in book.variables
        if v.observable and v.name not in said and v not in silences and v not in asked and v.absent is None
    ]
    ranges = [v for v in book.variables if isinstance(said.get(v.name), Interval) and v not in silences]
    assume(free or ranges)
    v = data.draw(st.sampled_from([*free, *ranges]))
    if v in free:
        truths = [True, False] if v.kind == "boolean" else list(v.truths)
        new = data.draw(draws.values_of(v) if v.kind == "number" else st.sampled_from(truths))
    else:
        old = read_facts(book, said).known[v]
        assert isinstance(old, Interval)
        new = data.draw(st.sampled_from((old.low, old.high)))
    classifier = Classifier(book)
    before = classifier.possible(classifier.masks(read_facts(book, said)))
    after = classifier.possible(classifier.masks(read_facts(book, {**said, v.name: new})))
    assert set(after) <= set(before)
