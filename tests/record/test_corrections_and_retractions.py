"""What holds now is the end of each line of corrections, in whatever order the facts arrive."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.record.facts import AnyFact, Retraction
from mastkit.record.record import NotOnePerson, Record
from tests.record.people import ADA, fact, number


def record(*facts: AnyFact) -> Record:
    return Record(ADA, "Europe/Berlin").add(*facts)


def holds(*facts: AnyFact) -> set[int]:
    answers = {
        tuple(f.id.int - number(0).int for f in record(*order).current()) for order in itertools.permutations(facts)
    }
    assert len(answers) == 1
    return set(answers.pop())


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    assert holds(fact(1), fact(2, replaces=1), fact(3, replaces=2)) == {3}


def test_a_retraction_withdraws_the_line_it_ends() -> None:
    assert holds(fact(1), fact(2, "retraction", replaces=1)) == set()
    assert holds(fact(1), fact(2, replaces=1), fact(3, "retraction", replaces=2)) == set()


def test_a_correction_survives_a_retraction_that_did_not_know_of_it() -> None:
    assert holds(fact(1), fact(2, "retraction", replaces=1), fact(3, replaces=1)) == {3}
    assert holds(fact(1), fact(3, "retraction", replaces=1), fact(2, replaces=1)) == {2}


def test_a_retraction_can_itself_be_corrected() -> None:
    assert holds(fact(1), fact(2, "retraction", replaces=1), fact(3, replaces=2)) == {3}


def test_of_two_corrections_the_later_holds_and_both_are_named() -> None:
    facts = fact(1), fact(2, replaces=1), fact(3, replaces=1), fact(4)
    assert holds(*facts) == {3, 4}
    assert record(*facts).conflicts() == [[facts[1], facts[2]]]


def test_a_correction_of_a_fact_that_has_not_arrived_holds() -> None:
    assert holds(fact(2, replaces=1)) == {2}


def test_facts_in_a_circle_do_not_vanish() -> None:
    assert holds(fact(1, replaces=2), fact(2, replaces=1), fact(3, replaces=2)) == {3}
    assert holds(fact(1, replaces=2), fact(2, replaces=1)) == {2}


def test_history_is_the_whole_line() -> None:
    facts = fact(1), fact(2, replaces=1), fact(3, "retraction", replaces=2), fact(4)
    for n in (1, 2, 3):
        assert record(*facts).history(number(n)) == list(facts[:3])
    assert record(*facts).history(number(9)) == []


def test_sending_a_fact_twice_is_harmless_and_a_clash_is_told() -> None:
    once = record(fact(1), fact(2))
    assert once.add(fact(1)) == once
    other = fact(1, text="other words", minute=5)
    assert once.clashes([fact(1), other, fact(3)]) == [other]
    assert once.add(other) == record(other, fact(1), fact(2))


def test_two_persons_are_not_merged() -> None:
    with pytest.raises(NotOnePerson):
        record().merge(Record(number(5), "Europe/Berlin"))


FACTS = st.lists(
    st.integers(1, 5).flatmap(
        lambda n: st.builds(
            lambda replaces, kind, minute, words: (
                fact(n, kind, replaces=replaces, minute=minute)
                if kind == "retraction" and replaces is not None
                else fact(n, replaces=replaces, minute=minute, text=words)
            ),
            st.none() | st.integers(1, 6).filter(lambda r: r != n),
            st.sampled_from(["note", "retraction"]),
            st.integers(0, 3),
            st.sampled_from(["a", "b"]),
        )
    ),
    max_size=6,
)
RECORDS = st.builds(
    lambda facts, zone: Record(ADA, zone).add(*facts), FACTS, st.sampled_from(["Europe/Berlin", "Asia/Tokyo"])
)


@given(RECORDS, RECORDS, RECORDS)
def test_merging_is_a_union(a: Record, b: Record, c: Record) -> None:
    assert a.merge(b) == b.merge(a)
    assert a.merge(a) == a
    assert a.merge(b).merge(c) == a.merge(b.merge(c))
    assert set(a.merge(b).facts) == set(a.facts) | set(b.facts)


@given(RECORDS)
def test_every_line_has_one_answer_at_most(record: Record) -> None:
    current = record.current()
    assert not any(isinstance(f, Retraction) for f in current)
    for line in record._corrections.lines.values():
        held = [f for f in line if f in current]
        replaced = {f.replaces for f in line}
        ends = [f for f in line if f.id not in replaced]
        assert len(held) <= 1
        if ends:
            assert bool(held) == any(not isinstance(f, Retraction) for f in ends)
            assert all(f in ends for f in held)
