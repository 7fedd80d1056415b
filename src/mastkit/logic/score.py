"""Scores: points that add up, with a range where something is unknown.

A part of a score is read like a classification: the first of its conditions that holds gives the points. An
unknown condition leaves its points and those of the later ones possible, so a score of incomplete data is a range.
The range is never too narrow. It is exact where no variable is asked twice; where one is, it may be too wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mastkit.logic.expressions import (
    Expression,
    Source,
    Verification,
    all_of,
    expression,
    score_at_least,
    variables_of,
)
from mastkit.logic.variables import Variable

if TYPE_CHECKING:
    from mastkit.logic.evaluate import Evaluator
    from mastkit.logic.rulebook import Presumption


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a score: the first condition that holds gives its points, none of them gives ``otherwise``."""

    title: str
    choices: tuple[tuple[Expression, int], ...]
    otherwise: int = 0

    def possible(self, evaluate: Evaluator) -> Iterator[int]:
        """The points that are possible, given what is known."""
        for condition, points in self.choices:
            truth = evaluate(condition)
            if truth is not False:
                yield points
            if truth is True:
                return
        yield self.otherwise

    @property
    def points(self) -> tuple[int, ...]:
        """Every number of points that the part can give."""
        return (*(points for _, points in self.choices), self.otherwise)


@dataclass(frozen=True, slots=True)
class Level:
    """What a number of points means: this level holds from ``lowest`` points up to the next level."""

    code: str
    title: str
    lowest: int
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """The lowest and the highest number of points that are possible."""

    low: int
    high: int


@dataclass(frozen=True)
class Score:
    """A published score.

    Attributes:
        id: short and unique, as clinicians cite it.
        parts: the lines of the published table.
        levels: what the points mean, lowest first; empty where the publication draws no line.
        source, clause, verified, note: as for a criterion.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    levels: tuple[Level, ...] = ()
    plain: str = ""
    source: Source | None = None
    clause: str = ""
    verified: Verification = "unverified"
    note: str = ""
    presumptions: tuple[Presumption, ...] = ()

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable asked about, in order of first mention."""
        conditions = [c for part in self.parts for c, _ in part.choices]
        silences = [e for p in self.presumptions for e in (p.when, p.then)]
        return variables_of(*conditions, *silences)

    @cached_property
    def limits(self) -> Points:
        """The lowest and the highest number of points that anybody can have."""
        return Points(sum(min(p.points) for p in self.parts), sum(max(p.points) for p in self.parts))

    def reaches(self, points: int) -> Expression:
        """The question whether the score is at least so many points, to be used in a rule.

        Never too sure; where a part has several choices its range may be wider than that of :meth:`total`.
        """
        weighted: list[tuple[int, Expression]] = []
        for part in self.parts:
            before: list[Expression] = []
            for condition, worth in part.choices:
                weighted.append((worth - part.otherwise, all_of(condition, *before)))
                before.append(~condition)
        return score_at_least(points - sum(part.otherwise for part in self.parts), weighted)

    def total(self, evaluate: Evaluator) -> Points:
        """The range of points that what is known leaves possible."""
        parts = [tuple(part.possible(evaluate)) for part in self.parts]
        return Points(sum(map(min, parts)), sum(map(max, parts)))

    def levels_at(self, points: Points) -> tuple[Level, ...]:
        """The levels that a range of points leaves possible, lowest first."""
        if not self.levels:
            return ()
        ends = [level.lowest for level in self.levels[1:]]
        # The last level has no end. A score without levels has one end too many, and no pair.
        spans = zip(self.levels, [*ends, self.limits.high + 1], strict=False)
        return tuple(level for level, end in spans if level.lowest <= points.high and points.low < end)


def part(title: str, *choices: tuple[Expression | Variable, int], otherwise: int = 0) -> Part:
    """One line of a score; see :class:`Part`."""
    return Part(title, tuple((expression(c), points) for c, points in choices), otherwise)


def missing_for(score: Score, known: Iterable[Variable]) -> tuple[Variable, ...]:
    """The variables of a score of which nothing is known, in the order of the score."""
    there = set(known)
    return tuple(v for v in score.variables if v.observable and v not in there)
