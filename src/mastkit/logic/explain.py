"""Explain: the tree of a criterion, each part with its truth and the facts that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mastkit.logic.evaluate import Evaluator, asked_by
from mastkit.logic.expressions import Comparison, Criterion, Expression, Gate, Known, Member, Not, Relation
from mastkit.logic.facts import Facts
from mastkit.logic.values import Truth
from mastkit.logic.variables import Variable
from mastkit.logic.words import fact_in_words, in_words


@dataclass(frozen=True, slots=True)
class Ground:
    """One part of an explanation.

    Attributes:
        text: the condition in words.
        truth: true, false, or ``None`` for unknown.
        variables: what a leaf asks about.
        fact: what is known of it, in words with its unit; ``None`` where nothing is.
        presumed: why silence was read so; ``None`` where the fact was stated.
        children: the parts, in order.
    """

    text: str
    truth: Truth
    variables: tuple[Variable, ...] = ()
    fact: str | None = None
    presumed: str | None = None
    children: tuple[Ground, ...] = ()


def explain(node: Expression, facts: Facts, evaluate: Evaluator | None = None) -> Ground:
    """The tree of an expression for one person. Criteria within it are named, not unfolded again."""
    return Explainer(facts, evaluate)(node)


class Explainer:
    """Explains one expression after the other for one person.

    Args:
        facts: what is known of the person.
        evaluate: the evaluator of these facts, where there is one already.
        alike: the explainer of another person, such as one of whom nothing is stated. What rests on facts that the
            two share is taken from there, so that it is worked out once for many.
    """

    def __init__(self, facts: Facts, evaluate: Evaluator | None = None, alike: Explainer | None = None) -> None:
        self.facts = facts
        self._alike = alike
        self._differing = facts.differing_from(alike.facts) if alike else frozenset()
        self.evaluate: Evaluator = evaluate or Evaluator(
            facts.known, facts.stated, alike.evaluate if alike else None, self._differing
        )
        self._parts: dict[Expression, Ground] = {}

    def __call__(self, node: Expression) -> Ground:
        """The tree of an expression; of a criterion, that of its condition."""
        return self._part(node.condition if isinstance(node, Criterion) else node)

    def _part(self, node: Expression) -> Ground:
        found = self._parts.get(node)
        if found is None:
            if self._alike is not None and self._differing.isdisjoint(asked_by(node)):
                found = self._alike._part(node)
            else:
                found = self._tree(node)
            self._parts[node] = found
        return found

    def _tree(self, node: Expression) -> Ground:
        truth = self.evaluate(node)
        text = in_words(node)
        match node:
            case Criterion() | Known():
                return Ground(text, truth)
            case Member(variable=v):
                return _leaf(text, truth, self.facts, v)
            case Comparison(variable=v, one_plus=divisor):
                return _leaf(text, truth, self.facts, v, *([divisor] if divisor is not None else []))
            case Relation(variable=v, other=other) | Not(item=Relation(variable=v, other=other)):
                return _leaf(text, truth, self.facts, v, other)
            case Not(item=Member(variable=v)) if v.kind == "boolean":
                return _leaf(text, truth, self.facts, v)
            case Not(item=Comparison(variable=v, one_plus=divisor)):
                return _leaf(text, truth, self.facts, v, *([divisor] if divisor is not None else []))
            case Gate(finding=finding, adequate=adequate):
                return Ground(text, truth, children=(self._part(finding), self._part(adequate)))
            case _:
                return Ground(text, truth, children=tuple(map(self._part, node.children)))


def _leaf(text: str, truth: Truth, facts: Facts, *variables: Variable) -> Ground:
    known = [v for v in variables if v in facts.known]
    shown = [fact_in_words(v, facts.known[v]) for v in known]
    if len(variables) > 1:
        shown = [f"{v.title or v.name} {words}" for v, words in zip(known, shown, strict=True)]
    why = [facts.presumed[v] for v in known if v in facts.presumed]
    return Ground(text, truth, variables, "; ".join(shown) or None, "; ".join(why) or None)


def ground_as_data(ground: Ground) -> dict[str, Any]:
    """One part of an explanation as plain data, ready to be written as JSON; empty parts are left out."""
    data: dict[str, Any] = {"text": ground.text, "truth": ground.truth}
    if ground.variables:
        data["variables"] = [v.name for v in ground.variables]
    if ground.fact is not None:
        data["fact"] = ground.fact
    if ground.presumed is not None:
        data["presumed"] = ground.presumed
    if ground.children:
        data["parts"] = [ground_as_data(child) for child in ground.children]
    return data
