"""A score of incomplete data is a range that holds the points of every completion."""

from __future__ import annotations

import itertools

from hypothesis import assume, given
from hypothesis import strategies as st

from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import any_of
from mastkit.logic.facts import read_facts
from mastkit.logic.score import Level, Points, Score, missing_for, part
from mastkit.logic.values import Interval
from tests.logic import draws
from tests.logic.draws import COUGH, CRP, RASH, TRAVEL
from tests.logic.worlds import allowed, holds, now_possible


def points_in(score: Score, world, stated) -> int:
    total = 0
    for line in score.parts:
        hits = [points for condition, points in line.choices if holds(condition, world, stated)]
        total += hits[0] if hits else line.otherwise
    return total


def roots_of(score: Score):
    return [
        *(condition for line in score.parts for condition, _ in line.choices),
        *(e for p in score.presumptions for e in (p.when, p.then)),
    ]


@given(draws.scores(), st.data())
@draws.budget
def test_the_points_of_every_completion_are_in_the_range(score: Score, data: st.DataObject) -> None:
    facts = read_facts(score, data.draw(draws.statements(score.variables)))
    total = score.total(Evaluator(facts.known, facts.stated))
    roots = roots_of(score)
    choices = {v: now_possible(v, facts, roots) for v in score.variables}
    worlds = [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]
    assume(len(worlds) <= 3000)
    lines = [condition for line in score.parts for condition, _ in line.choices]
    for world in worlds:
        if allowed(score.presumptions, world, facts.stated, lines):
            points = points_in(score, world, facts.stated)
            assert total.low <= points <= total.high
            assert score.limits.low <= total.low
            assert total.high <= score.limits.high
            inside = [level for level in score.levels if level.lowest <= points]
            assert not inside or inside[-1] in score.levels_at(total)


SCORE = Score(
    "throat",
    "Sore throat",
    (
        part("Cough", (COUGH, 1)),
        part("CRP", (CRP > 20, 3), (CRP > 10, 2), otherwise=-1),
        part("Travel", (TRAVEL, 2)),
    ),
    (Level("low", "Low", -1), Level("middle", "Middle", 2), Level("high", "High", 4)),
)


def total(**said) -> Points:
    facts = read_facts(SCORE, said)
    return SCORE.total(Evaluator(facts.known, facts.stated))


def test_where_no_variable_is_asked_twice_the_range_is_exact() -> None:
    assert total() == Points(-1, 4)
    assert total(cough=True, crp=15.0) == Points(3, 3)
    assert total(cough=True, crp=Interval(15, 30)) == Points(3, 4)
    assert total(cough=False, crp=Interval(0, 15), travel=True) == Points(1, 4)
    assert total(crp=10.0, cough=False) == Points(-1, -1)
    assert SCORE.limits == Points(-1, 6)


def test_a_level_holds_from_its_lowest_points_to_the_next() -> None:
    def codes(low: int, high: int) -> list[str]:
        return [level.code for level in SCORE.levels_at(Points(low, high))]

    assert codes(-1, 1) == ["low"]
    assert codes(1, 2) == ["low", "middle"]
    assert codes(2, 3) == ["middle"]
    assert codes(4, 6) == ["high"]
    assert codes(6, 6) == ["high"]
    assert codes(-1, 6) == ["low", "middle", "high"]
    assert Score("s", "s", SCORE.parts).levels_at(Points(0, 9)) == ()


def test_a_score_without_parts_gives_nothing() -> None:
    assert Score("s", "s", ()).limits == Points(0, 0)
    assert Score("s", "s", (part("Nothing"),)).limits == Points(0, 0)


def test_what_is_missing_is_named_in_the_order_of_the_score() -> None:
    assert missing_for(SCORE, {CRP}) == (COUGH, TRAVEL)
    hidden = Score("s", "s", (part("x", (any_of(RASH, draws.HIDDEN), 1)),))
    assert missing_for(hidden, ()) == (RASH,)
    assert hidden.variables == (RASH, draws.HIDDEN)


def test_parts_know_their_points() -> None:
    assert [p.points for p in SCORE.parts] == [(1, 0), (3, 2, -1), (2, 0)]
    assert [p.title for p in SCORE.parts] == ["Cough", "CRP", "Travel"]
    assert [p.otherwise for p in SCORE.parts] == [0, -1, 0]
