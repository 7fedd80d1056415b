"""A record that is added to after it was read says the same as one made of all its facts at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mastkit.record.facts import AnyFact
from mastkit.record.record import Record
from tests.record.people import ADA, fact

KINDS = st.sampled_from(["note", "note", "retraction"])


@st.composite
def facts(draw: st.DrawFn) -> list[AnyFact]:
    """Draw facts that replace any other, earlier or later, there or not there, in circles too."""
    made: dict[int, AnyFact] = {}
    for n in range(1, draw(st.integers(2, 9))):
        replaces = draw(st.none() | st.integers(1, 10).filter(lambda m, n=n: m != n))
        kind = draw(KINDS) if replaces is not None else "note"
        made[n] = fact(n, kind, replaces=replaces, minute=draw(st.integers(0, 5)))
    return draw(st.permutations(list(made.values())))


@settings(max_examples=200, deadline=None)
@given(entered=facts(), data=st.data())
def test_it_says_the_same_however_it_was_put_together(entered: list[AnyFact], data: st.DataObject) -> None:
    at_once = Record(ADA, "Europe/Berlin", {one.id: one for one in entered})
    record, left = Record(ADA, "Europe/Berlin"), list(entered)
    while left:
        size = data.draw(st.integers(1, len(left)))
        record, left = record.add(*left[:size]), left[size:]
        if data.draw(st.booleans()):
            record.current()  # a page was shown in between
    assert list(record) == list(at_once)
    assert record.current() == at_once.current()
    assert sorted(map(str, record.conflicts())) == sorted(map(str, at_once.conflicts()))
    for one in entered:
        assert record.history(one.id) == at_once.history(one.id)
    assert record.of_kind("note") == record.of_kind("note", "flare") == record.current()
    assert record.of_kind("flare") == []
