"""What was said of a person is checked at the door, and silence is read as the rulebook says."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import ALWAYS, all_of, any_of, criterion, divided, known
from mastkit.logic.facts import possible_values, read_facts
from mastkit.logic.rulebook import Label, Reading, Rulebook, choose, presume
from mastkit.logic.values import Interval, exactly
from mastkit.logic.variables import number
from tests.logic import draws
from tests.logic.draws import COPIES, COUGH, CRP, DAYS, HIDDEN, NODES, RASH, SIZE, SWAB, TEMPERATURE, TRAVEL


def book(*mentioned, presumptions=()) -> Rulebook:
    question = criterion("Q", "Q", any_of(*mentioned))
    return Rulebook(
        "b", "b", question, (question,), {}, (Label("x", "", ALWAYS),), presumptions=tuple(presumptions)
    )


EVERYTHING = book(COUGH, TRAVEL, CRP > 1, DAYS > 1, NODES > 1, SWAB.is_in("strep"), HIDDEN, SIZE.is_in("small"))


def test_what_is_stated_is_kept_and_the_rest_is_unknown() -> None:
    facts = read_facts(
        EVERYTHING, {"cough": True, "crp": 12, "swab": "unclear", "nodes": None, "other": "ignored", "hidden": True}
    )
    assert facts.known == {
        COUGH: frozenset({True}),
        CRP: exactly(12.0),
        SWAB: frozenset({"none", "strep"}),
        TRAVEL: frozenset({False}),
        DAYS: exactly(0.0),
        SIZE: frozenset({"small"}),
    }
    assert facts.stated == {COUGH, CRP, SWAB}
    assert facts.presumed == {TRAVEL: "a traveller says so", DAYS: "nobody speaks of it", SIZE: ""}


def test_a_stated_value_beats_what_absence_would_mean() -> None:
    facts = read_facts(EVERYTHING, {"travel": True, "days": 4.0})
    assert facts.known[TRAVEL] == {True}
    assert facts.known[DAYS] == exactly(4.0)
    assert TRAVEL not in facts.presumed


@pytest.mark.parametrize("nothing", [None, math.nan, Interval(-math.inf, math.inf)])
def test_nothing_said_of_a_number_leaves_it_open(nothing) -> None:
    known = read_facts(book(CRP > 1), {"crp": nothing}).known
    assert known.get(CRP) in (None, Interval(0, math.inf))


@dataclass(frozen=True)
class Ends:
    """A range of somebody else's, which does not check its ends as ours does."""

    low: float
    high: float


def test_a_range_of_which_one_end_is_no_number_says_nothing() -> None:
    for ends in (Ends(math.nan, 5.0), Ends(5.0, math.nan), Ends(math.nan, math.nan)):
        assert possible_values(CRP, ends) is None
        assert read_facts(book(CRP > 1), {"crp": ends}).known == {}


def test_a_range_is_cut_to_what_the_variable_can_be() -> None:
    assert possible_values(TEMPERATURE, Interval(0, 37)) == Interval(30, 37)
    assert possible_values(TEMPERATURE, Interval(44, 90)) == Interval(44, 45)
    assert possible_values(COPIES, Interval(0, math.nextafter(2, 0))) == Interval(0, 1)
    assert possible_values(COPIES, Interval(0.5, 9)) == Interval(1, 2)
    assert possible_values(number("n", integer=True), Interval(-math.inf, 2.5)) == Interval(-math.inf, 2)
    assert possible_values(TEMPERATURE, 30) == exactly(30.0)
    assert possible_values(TEMPERATURE, 45) == exactly(45.0)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        (COUGH, "yes", "cough: expected true or false, found 'yes'"),
        (COUGH, 1, "cough: expected true or false, found 1"),
        (SWAB, "strap", "swab: expected one of none, strep, virus, unclear, suspected, found 'strap'"),
        (SWAB, True, "swab: expected one of .* found True"),
        (CRP, "12", "crp: expected a number, found '12'"),
        (CRP, True, "crp: expected a number, found True"),
        (TEMPERATURE, 29.9, "temperature: expected a number from 30 to 45, found 29.9"),
        (TEMPERATURE, Interval(46, 50), "temperature: expected a number from 30 to 45"),
        (COPIES, 1.5, "copies: expected a whole number from 0 to 2, found 1.5"),
    ],
)
def test_what_a_variable_cannot_be_is_refused_in_one_sentence(variable, value, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        possible_values(variable, value)
    assert "\n" not in str(caught.value)


def test_a_choice_of_true_and_false_takes_booleans() -> None:
    from mastkit.logic.variables import choice

    marker = choice("marker", ("true", "partial", "false"))
    assert possible_values(marker, True) == {"true"}
    assert possible_values(marker, False) == {"false"}
    assert possible_values(marker, "partial") == {"partial"}


def test_silence_is_read_only_where_it_surely_applies_and_nothing_is_stated() -> None:
    quiet = presume(RASH, ~RASH, when=~COUGH, title="no cough, no rash")
    rules = book(COUGH, RASH, presumptions=[quiet])
    assert RASH not in read_facts(rules, {}).known
    assert RASH not in read_facts(rules, {"cough": True}).known
    facts = read_facts(rules, {"cough": False})
    assert facts.known[RASH] == {False}
    assert facts.presumed == {RASH: "no cough, no rash"}
    assert facts.stated == {COUGH}
    assert read_facts(rules, {"cough": False, "rash": True}).known[RASH] == {True}


def test_one_presumption_may_call_for_another_in_any_order() -> None:
    second = presume(CRP, CRP <= 5, when=~RASH, title="second")
    first = presume(RASH, ~RASH, when=~COUGH, title="first")
    for order in ([first, second], [second, first]):
        facts = read_facts(book(COUGH, RASH, CRP > 1, presumptions=order), {"cough": False})
        assert facts.known[CRP] == Interval(0, 5)
        assert facts.presumed == {RASH: "first", CRP: "second"}


def test_the_first_presumption_that_applies_is_taken() -> None:
    a = presume(CRP, CRP <= 5, when=ALWAYS, title="a")
    b = presume(CRP, CRP <= 2, when=ALWAYS, title="b")
    assert read_facts(book(CRP > 1, presumptions=[a, b]), {}).presumed == {CRP: "a"}
    assert read_facts(book(CRP > 1, presumptions=[b, a]), {}).known == {CRP: Interval(0, 2)}


@given(draws.rulebooks(), st.data())
@draws.budget
def test_it_is_read_round_by_round_until_nothing_new_follows(rules: Rulebook, data: st.DataObject) -> None:
    facts = read_facts(rules, data.draw(draws.statements(rules.variables)))
    known = {v: k for v, k in facts.known.items() if v in facts.stated or v.absent is not None}
    presumed: dict[object, str] = {}
    while True:
        truth = Evaluator(known, facts.stated)
        fired = [p for p in rules.presumptions if p.variable not in known and truth(p.when)]
        if not fired:
            break
        for p in reversed(fired):  # the first stands
            known = {**known, p.variable: p.leaves}
            presumed[p.variable] = p.title
    assert facts.known == known
    assert {v: why for v, why in facts.presumed.items() if v.absent is None} == presumed


@pytest.mark.parametrize(
    ("then", "left"),
    [
        (RASH, {True}),
        (~RASH, {False}),
        (SWAB.is_in("none", "strep"), {"none", "strep"}),
        (CRP > 5, Interval(math.nextafter(5, 9), math.inf)),
        (CRP >= 5, Interval(5, math.inf)),
        (CRP < 5, Interval(0, math.nextafter(5, 0))),
        (CRP <= 5, Interval(0, 5)),
        (COPIES > 0, Interval(1, 2)),
        (COPIES < 2, Interval(0, 1)),
    ],
)
def test_what_a_presumption_leaves_possible(then, left) -> None:
    variable = RASH if then is RASH else next(iter(all_of(then).items)).__class__ and _variable_of(then)
    assert presume(variable, then, when=ALWAYS, title="t").leaves == left


def _variable_of(then):
    from mastkit.logic.expressions import variables_of

    return variables_of(then)[0]


@pytest.mark.parametrize(
    ("variable", "then", "message"),
    [
        (RASH, COUGH, "a presumption on rash may speak of it alone"),
        (RASH, any_of(RASH, COUGH), "a presumption on rash may speak of it alone"),
        (RASH, any_of(RASH), "a presumption on rash may conclude values or one comparison, not Or"),
        (CRP, ~(CRP > 5), "a presumption on crp may conclude values or one comparison, not Not"),
        (CRP, CRP < 0, "a presumption on crp concludes what it cannot be"),
        (COPIES, COPIES > 2, "a presumption on copies concludes what it cannot be"),
        (TRAVEL, TRAVEL, "travel: what its absence means is fixed"),
    ],
)
def test_a_presumption_that_makes_no_sense_cannot_be_built(variable, then, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        presume(variable, then, when=ALWAYS, title="t")


def test_intervals_have_two_ends_in_order() -> None:
    with pytest.raises(ValueError, match="an interval needs low <= high, not 2 and 1"):
        Interval(2, 1)
    with pytest.raises(ValueError, match="an interval needs"):
        Interval(math.nan, 1)


READINGS = (Reading("r", "R", {"one": "1", "two": "2"}), Reading("s", "S", {"x": "X"}))


def test_readings_have_a_default_and_can_be_chosen() -> None:
    assert choose(READINGS, {}) == {"r": "one", "s": "x"}
    assert choose(READINGS, {"r": "two"}) == {"r": "two", "s": "x"}
    with pytest.raises(ValueError, match="no reading is called 'q'; there are: r, s"):
        choose(READINGS, {"q": "one"})
    with pytest.raises(ValueError, match="reading r has no option 'three'; it has: one, two"):
        choose(READINGS, {"r": "three"})


def test_a_rulebook_lists_what_it_asks() -> None:
    quiet = presume(RASH, ~RASH, when=known(NODES), title="t")
    question = criterion("Q", "Q", divided(CRP, one_plus=COPIES) > 1)
    rules = Rulebook(
        "b",
        "b",
        question,
        (question,),
        {"g": (criterion("G", "G", COUGH),)},
        (Label("x", "", any_of(SWAB.is_in("strep"))), Label("y", "", ALWAYS)),
        presumptions=(quiet,),
        chosen={"r": "one"},
        order=(TRAVEL, COUGH, COPIES),
    )
    assert rules.variables == (COUGH, COPIES, CRP, SWAB, NODES, RASH)
    assert rules.asks_whether_known == {NODES, RASH}
    assert rules.option("r") == "one"
