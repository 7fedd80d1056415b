"""Evaluate for many persons at once: the same three-valued logic as for one, over columns.

A truth is a number: 1 true, 0 false, -1 unknown. Every answer is that of
:class:`mastkit.logic.evaluate.Evaluator` for the same row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from mastkit.logic.columns import ColumnFacts, Ends, Flags, Floats, bits_of
from mastkit.logic.exact import SURE, side
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
    Operator,
    Or,
    Relation,
    ScoreAtLeast,
)
from mastkit.logic.score import Score
from mastkit.logic.variables import Variable

Truths: TypeAlias = npt.NDArray[np.int8]
Counts: TypeAlias = npt.NDArray[np.int32]

_NOT = np.array([1, 0, -1], dtype=np.int8)
"""Negation, by the truth as an index: 0, 1, and -1 for the last."""


@dataclass(frozen=True, slots=True)
class ManyPoints:
    """The lowest and the highest number of points that are possible in each row."""

    low: Counts
    high: Counts


class ManyEvaluator:
    """Evaluates expressions over the columns of a table, each shared part once."""

    def __init__(self, facts: ColumnFacts) -> None:
        self.facts = facts
        self._seen: dict[Expression, Truths] = {}

    def __call__(self, node: Expression) -> Truths:
        """For each row 1 true, 0 false, -1 unknown. The array is shared: do not write to it."""
        if node not in self._seen:
            self._seen[node] = self._evaluate(node)
        return self._seen[node]

    def _evaluate(self, node: Expression) -> Truths:
        match node:
            case Constant(value=value):
                return np.full(self.facts.rows, int(value), dtype=np.int8)
            case Member():
                return self._member(node)
            case Comparison():
                return self._compare(node)
            case Relation():
                return self._relate(node)
            case Known(variable=variable):
                stated = self.facts.stated.get(variable)
                return self._unknown(0) if stated is None else stated.astype(np.int8)
            case Criterion(condition=condition):
                return self(condition)
            case Not(item=item):
                return _NOT[self(item)]
            case And(items=items):
                truths = [self(i) for i in items]
                return self._from(self._every(t == 1 for t in truths), ~self._every(t != 0 for t in truths))
            case Or(items=items):
                truths = [self(i) for i in items]
                return self._from(~self._every(t != 1 for t in truths), self._every(t == 0 for t in truths))
            case AtLeast(count=count, items=items):
                return self._reaches(count, [1] * len(items), items)
            case ScoreAtLeast(threshold=threshold, weights=weights, items=items):
                return self._reaches(threshold, weights, items)
            case Gate():
                return self(node.meaning)
            case _:
                raise TypeError(f"no way to evaluate {type(node).__name__}")

    def _unknown(self, truth: int = -1) -> Truths:
        return np.full(self.facts.rows, truth, dtype=np.int8)

    def _from(self, true: Flags, false: Flags) -> Truths:
        result = self._unknown()
        result[true] = 1
        result[false] = 0
        return result

    def _every(self, flags: Iterable[Flags]) -> Flags:
        result = np.ones(self.facts.rows, dtype=bool)
        for flag in flags:
            result &= flag
        return result

    def _member(self, node: Member) -> Truths:
        possible = self.facts.known.get(node.variable)
        if possible is None or isinstance(possible, tuple):
            return self._unknown()
        inside = np.uint64(bits_of(node.variable, node.values))
        return self._from((possible != 0) & (possible & ~inside == 0), (possible != 0) & (possible & inside == 0))

    def _compare(self, node: Comparison) -> Truths:
        ends = self.facts.known.get(node.variable)
        if not isinstance(ends, tuple):
            return self._unknown()
        low, high = ends
        smallest: Floats | float = node.limit
        largest: Floats | float = node.limit
        if node.one_plus is not None:
            fewest, most = self._ends(node.one_plus)
            first, second = node.limit * (1 + fewest), node.limit * (1 + most)
            smallest, largest = np.minimum(first, second), np.maximum(first, second)
        match node.operator:
            case ">":
                return self._from(low > largest, high <= smallest)
            case ">=":
                return self._from(low >= largest, high < smallest)
            case "<":
                return self._from(high < smallest, low >= largest)
            case "<=":
                return self._from(high <= smallest, low > largest)

    def _ends(self, variable: Variable) -> Ends:
        """Lowest and highest value in each row; where nothing is known, those of the variable."""
        column = self.facts.known.get(variable)
        if not isinstance(column, tuple):
            return np.full(self.facts.rows, variable.low), np.full(self.facts.rows, variable.high)
        low, high = column
        unknown = np.isnan(low)
        return np.where(unknown, variable.low, low), np.where(unknown, variable.high, high)

    def _relate(self, node: Relation) -> Truths:
        low, high = self._ends(node.variable)
        other_low, other_high = self._ends(node.other)
        lowest = _sides(low, node.factor, other_high, node.shift)
        highest = _sides(high, node.factor, other_low, node.shift)
        return self._from(*_related(node.operator, lowest, highest))

    def _reaches(self, threshold: int, weights: Sequence[int], items: Sequence[Expression]) -> Truths:
        lowest = np.zeros(self.facts.rows, dtype=np.int32)
        highest = np.zeros(self.facts.rows, dtype=np.int32)
        for weight, item in zip(weights, items, strict=True):
            truth = self(item)
            sure, open_ = truth == 1, truth == -1
            lowest += np.where(sure, weight, np.where(open_, min(weight, 0), 0)).astype(np.int32)
            highest += np.where(sure, weight, np.where(open_, max(weight, 0), 0)).astype(np.int32)
        return self._from(lowest >= threshold, highest < threshold)

    def total(self, score: Score) -> ManyPoints:
        """The range of points of a score in each row, as :meth:`mastkit.logic.score.Score.total` gives it."""
        lows = np.zeros(self.facts.rows, dtype=np.int32)
        highs = np.zeros(self.facts.rows, dtype=np.int32)
        for part in score.parts:
            low = np.full(self.facts.rows, np.iinfo(np.int32).max, dtype=np.int32)
            high = np.full(self.facts.rows, np.iinfo(np.int32).min, dtype=np.int32)
            open_ = np.ones(self.facts.rows, dtype=bool)
            for condition, points in part.choices:
                truth = self(condition)
                _allow(open_ & (truth != 0), points, low, high)
                open_ &= truth != 1
            _allow(open_, part.otherwise, low, high)
            lows += low
            highs += high
        return ManyPoints(lows, highs)


def _allow(rows: Flags, points: int, low: Counts, high: Counts) -> None:
    """Let these points be possible in these rows."""
    np.minimum(low, points, out=low, where=rows)
    np.maximum(high, points, out=high, where=rows)


def _sides(number: Floats, factor: float, other: Floats, shift: float) -> npt.NDArray[np.int8]:
    """:func:`mastkit.logic.exact.side` for each row: by doubles, and exactly where they are too close."""
    endless, other_endless = np.isinf(number), np.isinf(other)
    with np.errstate(invalid="ignore"):
        product = factor * other
        difference = number - (product + shift)
        sure = np.abs(difference) > SURE * (np.abs(number) + np.abs(product) + abs(shift))
    difference = np.where(endless, number, np.where(other_endless, -other, difference))
    signs = np.sign(difference).astype(np.int8)
    for i in np.flatnonzero(~(sure | endless | other_endless)):
        signs[i] = side(float(number[i]), factor, float(other[i]), shift)
    return signs


def _related(
    operator: Operator, lowest: npt.NDArray[np.int8], highest: npt.NDArray[np.int8]
) -> tuple[Flags, Flags]:
    """Where the comparison surely holds, and where it surely does not."""
    match operator:
        case ">":
            return lowest > 0, highest <= 0
        case ">=":
            return lowest >= 0, highest < 0
        case "<":
            return highest < 0, lowest >= 0
        case "<=":
            return highest <= 0, lowest > 0
