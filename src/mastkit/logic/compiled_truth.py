"""An expression as a column: what :class:`mastkit.logic.evaluate.Evaluator` says of a person, said of every row.

True, false, and NULL for unknown: SQL's own logic is Kleene's. What it lacks, "at least so many of these" and
weighted points, is a sum of what is surely met and a sum of what may be met, compared with the threshold.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, TypeAlias

from mastkit.logic.expressions import (
    And,
    AtLeast,
    Comparison,
    Constant,
    Criterion,
    Expression,
    Gate,
    Known,
    Member,
    Not,
    Or,
    Relation,
    ScoreAtLeast,
)
from mastkit.logic.variables import Variable

Column: TypeAlias = Any
"""An Ibis column or a literal that stands for one."""

Table: TypeAlias = Any
"""An Ibis table."""


def statements_of(variable: Variable) -> tuple[str, ...]:
    """What a choice can be, in the order of the bits of its column."""
    return (*variable.truths, *variable.provisional)


def bits(variable: Variable, values: Iterable[object]) -> int:
    """A set of values of a choice as one number, a bit a value."""
    wanted = set(values)
    return sum(1 << i for i, value in enumerate(statements_of(variable)) if value in wanted)


class TruthColumns:
    """Reads expressions over a table of facts (see :mod:`mastkit.logic.compiled_facts`).

    Args:
        table: has the columns of facts.
        named: criteria that are columns of the table already, with the names of the columns.
    """

    def __init__(self, table: Table, named: Mapping[Expression, str] | None = None) -> None:
        self.table = table
        self.named = dict(named or {})
        self._seen: dict[Expression, Column] = {}

    def __call__(self, node: Expression) -> Column:
        """The boolean column of an expression."""
        if node in self.named:
            return self.table[self.named[node]]
        if node not in self._seen:
            self._seen[node] = self._read(node)
        return self._seen[node]

    def _read(self, node: Expression) -> Column:
        import ibis

        match node:
            case Constant(value=value):
                return ibis.literal(value)
            case Known(variable=v):
                return self.table[f"{v.name}:stated"]
            case Member(variable=v, values=values):
                return self._member(v, values)
            case Comparison():
                return self._compare(node)
            case Criterion(condition=condition):
                return self(condition)
            case Not(item=item):
                return ~self(item)
            case And(items=items):
                return reduce(operator.and_, map(self, items), ibis.literal(True))
            case Or(items=items):
                return reduce(operator.or_, map(self, items), ibis.literal(False))
            case AtLeast(count=count, items=items):
                return self._reaches(count, [(1, i) for i in items])
            case ScoreAtLeast(threshold=threshold, weights=weights, items=items):
                return self._reaches(threshold, list(zip(weights, items, strict=True)))
            case Gate():
                return self(node.meaning)
            case Relation(variable=v, other=other):
                raise TypeError(
                    f"{v.name} beside {other.name}: doubles in a database cannot compare two numbers exactly;"
                    " mastkit.logic.evaluate_many does"
                )
            case _:
                raise TypeError(f"no column for {type(node).__name__}")

    def _member(self, variable: Variable, values: frozenset[bool | str]) -> Column:
        import ibis

        if variable.kind == "boolean":
            truth = self.table[f"{variable.name}:is"]
            if values == {True}:
                return truth
            # Both values together are true once something is known, as a set of possible values would be.
            return ~truth if values == {False} else truth | ~truth
        possible = self.table[f"{variable.name}:is"]
        outside = possible & ibis.literal(
            ~bits(variable, values) & bits(variable, statements_of(variable)), "int64"
        )
        inside = possible & ibis.literal(bits(variable, values), "int64")
        return truth_of(ibis, outside == 0, inside == 0)

    def _compare(self, node: Comparison) -> Column:
        import ibis

        low, high = self.table[f"{node.variable.name}:low"], self.table[f"{node.variable.name}:high"]
        smallest = largest = ibis.literal(node.limit, "float64")
        if node.one_plus is not None:
            count = node.one_plus
            least = node.limit * (1 + self.table[f"{count.name}:low"].fill_null(float(count.low)))
            most = node.limit * (1 + self.table[f"{count.name}:high"].fill_null(float(count.high)))
            smallest, largest = (least, most) if node.limit >= 0 else (most, least)
        match node.operator:
            case ">":
                return truth_of(ibis, low > largest, high <= smallest)
            case ">=":
                return truth_of(ibis, low >= largest, high < smallest)
            case "<":
                return truth_of(ibis, high < smallest, low >= largest)
            case "<=":
                return truth_of(ibis, high <= smallest, low > largest)

    def _reaches(self, threshold: int, weighted: list[tuple[int, Expression]]) -> Column:
        import ibis

        lowest = highest = ibis.literal(0, "int64")
        for weight, item in weighted:
            truth = self(item)
            lowest = lowest + truth.fill_null(weight < 0).ifelse(weight, 0)
            highest = highest + truth.fill_null(weight > 0).ifelse(weight, 0)
        return truth_of(ibis, lowest >= threshold, highest < threshold)


def truth_of(ibis: Any, surely: Column, surely_not: Column) -> Column:
    """True, false, or NULL where neither is sure."""
    return ibis.cases((surely, True), (surely_not, False), else_=ibis.null("boolean"))
