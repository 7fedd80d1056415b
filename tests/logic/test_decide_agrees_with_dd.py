"""The boolean part of ``decide`` beside an independent engine: the binary decision diagrams of ``dd``."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.decide import Classifier
from mastkit.logic.expressions import (
    ALWAYS,
    And,
    AtLeast,
    Constant,
    Criterion,
    Expression,
    Gate,
    Known,
    Member,
    Not,
    Or,
    ScoreAtLeast,
    criterion,
)
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label, Rulebook
from mastkit.logic.variables import boolean
from tests.logic import draws

bdd_module = pytest.importorskip("dd.autoref")

STATEMENTS = [draws.COUGH, draws.RASH, *(boolean(f"sign{i}") for i in range(4))]
VARIABLES = [*STATEMENTS, draws.CARRIER, draws.HIDDEN]


def as_bdd(bdd, node: Expression, stated):
    def of(item):
        return as_bdd(bdd, item, stated)

    match node:
        case Constant(value=value):
            return bdd.true if value else bdd.false
        case Known(variable=v):
            return bdd.true if v in stated else bdd.false
        case Member(variable=v, values=values):
            return bdd.var(v.name) if True in values else ~bdd.var(v.name)
        case Criterion(condition=condition):
            return of(condition)
        case Not(item=item):
            return ~of(item)
        case And(items=items):
            result = bdd.true
            for item in items:
                result &= of(item)
            return result
        case Or(items=items):
            result = bdd.false
            for item in items:
                result |= of(item)
            return result
        case AtLeast(count=count, items=items):
            return weighted(bdd, count, [(1, of(i)) for i in items])
        case ScoreAtLeast(threshold=threshold, weights=weights, items=items):
            return weighted(bdd, threshold, list(zip(weights, map(of, items), strict=True)))
        case Gate(finding=finding, adequate=adequate, latent=latent):
            return of(finding) | (~of(adequate) & bdd.var(latent.name))
    raise TypeError(type(node).__name__)


def weighted(bdd, threshold, items):
    """Every choice of items whose weights reach the threshold, with the others false."""
    result = bdd.false
    for chosen in itertools.product((False, True), repeat=len(items)):
        if sum(w for (w, _), take in zip(items, chosen, strict=True) if take) >= threshold:
            term = bdd.true
            for (_, item), take in zip(items, chosen, strict=True):
                term &= item if take else ~item
            result |= term
    return result


@given(draws.expressions(VARIABLES, largest=12), st.data())
@draws.budget
def test_truth_is_that_of_dd(node: Expression, data: st.DataObject) -> None:
    question = criterion("Q", "Q", node)
    book = Rulebook("b", "b", question, (question,), {}, (Label("yes", "", question), Label("no", "", ALWAYS)))
    said = data.draw(draws.statements(tuple(STATEMENTS)))
    bdd = bdd_module.BDD()
    bdd.declare(*(v.name for v in VARIABLES))
    stated = {v for v in STATEMENTS if v.name in said}
    left = bdd.let({name: bool(value) for name, value in said.items()}, as_bdd(bdd, node, stated))
    expected = True if left == bdd.true else False if left == bdd.false else None
    classifier = Classifier(book)
    masks = classifier.masks(read_facts(book, said))
    assert classifier.truth(node, masks) is expected
    assert set(classifier.possible(masks)) == {True: {"yes"}, False: {"no"}, None: {"yes", "no"}}[expected]
