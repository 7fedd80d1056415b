"""Evaluate: one expression, one person, in Kleene's three-valued logic.

Written out plainly, since this is the judge of the faster readers. It never says more than is known, but it may
say "unknown" where every way of filling the gaps agrees; :mod:`mastkit.logic.decide` is exact there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import TypeAlias

from mastkit.logic.exact import side
from mastkit.logic.expressions import (
    And,
    AtLeast,
    Comparison,
    Constant,
    Criterion,
    Expression,
    Gate,
    Member,
    Not,
    Or,
    Relation,
    ScoreAtLeast,
    variables_of,
)
from mastkit.logic.expressions import (
    Known as IsKnown,
)
from mastkit.logic.values import Interval, Truth, negation
from mastkit.logic.variables import Variable

Known: TypeAlias = Set[bool | str] | Interval
"""What is still possible for one variable: a set of values, or an interval."""


class Evaluator:
    """Evaluates expressions over what is known of one person, each shared part once.

    Args:
        known: what is still possible for each variable of which something is known.
        stated: the variables of which something was stated.
        alike: the evaluator of another person of whom the same is known but for the ``differing`` variables: what
            rests on none of these is taken from there.
    """

    def __init__(
        self,
        known: Mapping[Variable, Known],
        stated: Set[Variable],
        alike: Evaluator | None = None,
        differing: Set[Variable] = frozenset(),
    ) -> None:
        self.known = known
        self.stated = stated
        self._alike = alike
        self._differing = differing
        self._seen: dict[Expression, Truth] = {}

    def __call__(self, node: Expression) -> Truth:
        """True, false, or ``None`` for unknown."""
        if node in self._seen:
            return self._seen[node]
        if self._alike is not None and self._differing.isdisjoint(asked_by(node)):
            truth = self._alike(node)
        else:
            truth = self._evaluate(node)
        self._seen[node] = truth
        return truth

    def _evaluate(self, node: Expression) -> Truth:
        match node:
            case Constant(value=value):
                return value
            case Member(variable=variable, values=values):
                return self._member(variable, values)
            case Comparison():
                return self._compare(node)
            case Relation():
                return self._relate(node)
            case IsKnown(variable=variable):
                return variable in self.stated
            case Criterion(condition=condition):
                return self(condition)
            case Not(item=item):
                return negation(self(item))
            case And(items=items):
                return conjunction(self(i) for i in items)
            case Or(items=items):
                return negation(conjunction(negation(self(i)) for i in items))
            case AtLeast(count=count, items=items):
                return score_reaches(count, ((1, self(i)) for i in items))
            case ScoreAtLeast(threshold=threshold, weights=weights, items=items):
                return score_reaches(threshold, zip(weights, map(self, items), strict=True))
            case Gate():
                return self(node.meaning)
            case _:
                raise TypeError(f"no way to evaluate {type(node).__name__}")

    def _member(self, variable: Variable, values: Set[bool | str]) -> Truth:
        possible = self.known.get(variable)
        if possible is None or isinstance(possible, Interval):
            return None
        if possible <= values:
            return True
        return False if possible.isdisjoint(values) else None

    def _compare(self, node: Comparison) -> Truth:
        number = self.known.get(node.variable)
        if not isinstance(number, Interval):
            return None
        smallest = largest = node.limit
        if node.one_plus is not None:
            low, high = self._ends(node.one_plus)
            smallest, largest = sorted((node.limit * (1 + low), node.limit * (1 + high)))
        match node.operator:
            case ">":
                return True if number.low > largest else False if number.high <= smallest else None
            case ">=":
                return True if number.low >= largest else False if number.high < smallest else None
            case "<":
                return True if number.high < smallest else False if number.low >= largest else None
            case "<=":
                return True if number.high <= smallest else False if number.low > largest else None

    def _ends(self, variable: Variable) -> tuple[float, float]:
        """Lowest and highest value of a number; of an unknown one, the variable's own limits."""
        known = self.known.get(variable)
        return (known.low, known.high) if isinstance(known, Interval) else (variable.low, variable.high)

    def _relate(self, node: Relation) -> Truth:
        low, high = self._ends(node.variable)
        other_low, other_high = self._ends(node.other)
        lowest = side(low, node.factor, other_high, node.shift)
        highest = side(high, node.factor, other_low, node.shift)
        match node.operator:
            case ">":
                return True if lowest > 0 else False if highest <= 0 else None
            case ">=":
                return True if lowest >= 0 else False if highest < 0 else None
            case "<":
                return True if highest < 0 else False if lowest >= 0 else None
            case "<=":
                return True if highest <= 0 else False if lowest > 0 else None


@cache
def asked_by(node: Expression) -> frozenset[Variable]:
    """The variables that an expression asks about."""
    return frozenset(variables_of(node))


@cache
def of_nothing(node: Expression) -> Truth:
    """The truth of an expression while nothing is known of any of its variables."""
    return Evaluator({}, frozenset())(node)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene's and: one false is enough, otherwise one unknown is."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def score_reaches(threshold: int, weighted: Iterable[tuple[int, Truth]]) -> Truth:
    """Whether the weights of what is true reach the threshold; an unknown may or may not add its weight."""
    lowest = highest = 0
    for weight, truth in weighted:
        if truth is True:
            lowest += weight
            highest += weight
        elif truth is None:
            lowest += min(weight, 0)
            highest += max(weight, 0)
    return True if lowest >= threshold else False if highest < threshold else None


def known_range(variable: Variable, low: float, high: float) -> Interval | None:
    """The part of ``[low, high]`` that the variable can have, or ``None`` where there is none.

    For a count that is the whole numbers of it: below 2 is at most 1.
    """
    low, high = max(low, variable.low), min(high, variable.high)
    if variable.integer:
        low = math.ceil(low) if math.isfinite(low) else low
        high = math.floor(high) if math.isfinite(high) else high
    return Interval(float(low), float(high)) if low <= high else None
