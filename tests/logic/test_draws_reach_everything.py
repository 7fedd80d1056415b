"""A test of the tests: the random rules reach every kind of node, variable and answer."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from mastkit.logic import expressions as language
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import Comparison, Expression, Known, Member, Not, walk
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Rulebook
from mastkit.logic.values import Interval
from tests.logic import draws
from tests.logic.worlds import mentioned

# It judges the tests and not the code: under mutation it would only take time.
pytestmark = pytest.mark.skipif("MASTKIT_MUTATING" in os.environ, reason="about the tests themselves")

KINDS = {
    kind
    for kind in vars(language).values()
    if isinstance(kind, type) and issubclass(kind, Expression)
    # A relation of two numbers has no diagram; test_relations.py tries it against every corner instead.
    if kind not in (Expression, language.Relation)
}


def test_everything_can_be_drawn() -> None:
    seen: Counter[object] = Counter()

    @seed(20220722)
    @settings(
        max_examples=1200,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(draws.rulebooks(), st.data())
    def draw(book: Rulebook, data: st.DataObject) -> None:
        for node in walk(*book.expressions):
            seen[type(node)] += 1
            if isinstance(node, Comparison):
                seen[node.operator, node.one_plus is not None] += 1
            if isinstance(node, Not):
                seen[Not, type(node.item)] += 1
        seen.update(mentioned(*book.expressions))
        seen["presumptions"] += bool(book.presumptions)
        seen["retests"] += bool(book.retests)
        said = data.draw(draws.statements(book.variables))
        facts = read_facts(book, said)
        evaluate = Evaluator(facts.known, facts.stated)
        for node in book.criteria:
            seen["truth", evaluate(node)] += 1
        for v in book.variables:
            seen["stated", v in facts.stated] += 1
            seen["presumed", v.absent is None and v in facts.presumed] += 1
        for value in said.values():
            seen["value", type(value)] += 1
        seen["open"] += said.get("swab") == "unclear"
        seen["provisional"] += said.get("swab") == "suspected"

    draw()
    wanted: list[object] = [
        *KINDS,
        *draws.POOL,
        *((operator, quotient) for operator in (">", ">=", "<", "<=") for quotient in (True, False)),
        *((Not, kind) for kind in (Member, Comparison, Known)),
        *(("truth", truth) for truth in (True, False, None)),
        *(("stated", stated) for stated in (True, False)),
        ("presumed", True),
        *(("value", kind) for kind in (bool, str, float, Interval)),
        "presumptions",
        "retests",
        "open",
        "provisional",
    ]
    assert [thing for thing in wanted if seen[thing] < 3] == []
