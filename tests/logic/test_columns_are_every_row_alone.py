"""Evaluation over columns says of every row what evaluation says of that person alone, for any rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.columns import read_columns
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.evaluate_many import ManyEvaluator
from mastkit.logic.expressions import Relation, all_of, any_of, walk
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Rulebook
from mastkit.logic.score import Score
from mastkit.logic.values import Fact, Interval
from mastkit.logic.variables import Variable, number
from tests.logic import draws

TRUTHS = {1: True, 0: False, -1: None}


@dataclass
class Columns:
    """People by column, as a table of case sheets holds them."""

    numbers: dict[str, tuple[np.ndarray, np.ndarray]]
    booleans: dict[str, np.ndarray]
    choices: dict[str, np.ndarray]
    rows: int

    def __len__(self) -> int:
        return self.rows


def columns_of(variables: Sequence[Variable], people: Sequence[Mapping[str, Fact | None]]) -> Columns:
    table = Columns({}, {}, {}, len(people))
    for v in variables:
        cells = [person.get(v.name) for person in people]
        match v.kind:
            case "boolean":
                table.booleans[v.name] = np.array([-1 if c is None else int(bool(c)) for c in cells], dtype=np.int8)
            case "choice":
                places = [-1 if c is None else v.values.index(str(c).lower()) for c in cells]
                table.choices[v.name] = np.array(places, dtype=np.int16)
            case "number":
                ends = [
                    (np.nan, np.nan) if c is None else (c.low, c.high) if isinstance(c, Interval) else (c, c)
                    for c in cells
                ]
                low, high = (np.array(side, dtype=np.float64) for side in zip(*ends, strict=True))
                table.numbers[v.name] = (low, high)
    return table


@given(draws.rulebooks(), st.data())
@draws.budget
def test_random_rules_on_random_people(book: Rulebook, data: st.DataObject) -> None:
    people = data.draw(st.lists(draws.statements(book.variables), min_size=1, max_size=6))
    many = ManyEvaluator(read_columns(book, columns_of(book.variables, people)))
    for i, person in enumerate(people):
        facts = read_facts(book, person)
        evaluate = Evaluator(facts.known, facts.stated)
        for node in walk(*book.expressions):
            assert TRUTHS[int(many(node)[i])] is evaluate(node), node


@given(draws.scores(), st.data())
@draws.budget
def test_random_scores_on_random_people(score: Score, data: st.DataObject) -> None:
    people = data.draw(st.lists(draws.statements(score.variables), min_size=1, max_size=6))
    many = ManyEvaluator(read_columns(score, columns_of(score.variables, people))).total(score)
    for i, person in enumerate(people):
        facts = read_facts(score, person)
        total = score.total(Evaluator(facts.known, facts.stated))
        assert (int(many.low[i]), int(many.high[i])) == (total.low, total.high)


ACUTE = number("acute", "Acute", low=0)
BASE = number("base", "Baseline", low=0)
ENDS = st.integers(0, 400).map(lambda n: n / 10)
CELLS = st.none() | ENDS | st.tuples(ENDS, ENDS).map(lambda e: Interval(min(e), max(e))) | ENDS.map(
    lambda low: Interval(low, np.inf)
)  # fmt: skip


@dataclass
class Asks:
    variables: tuple[Variable, ...] = (ACUTE, BASE)
    presumptions: tuple[()] = ()


@pytest.mark.parametrize("factor", [1.2, 1.685, 0.7])
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20))
@draws.budget
def test_two_numbers(factor: float, pairs: list[tuple[Fact | None, Fact | None]]) -> None:
    people = [{"acute": acute, "base": base} for acute, base in pairs]
    many = ManyEvaluator(read_columns(Asks(), columns_of((ACUTE, BASE), people)))
    for operator in (">", ">=", "<", "<="):
        node = Relation(ACUTE, operator, factor, BASE, 2.0)
        for i, person in enumerate(people):
            facts = read_facts(Asks(), person)
            assert TRUTHS[int(many(node)[i])] is Evaluator(facts.known, facts.stated)(node)


def test_nothing_to_join() -> None:
    many = ManyEvaluator(read_columns(Asks(), columns_of((ACUTE, BASE), [{}, {}])))
    assert many(all_of()).tolist() == [1, 1]
    assert many(any_of()).tolist() == [0, 0]
