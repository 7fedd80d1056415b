"""Domains: the finitely many cases of a variable that a set of rules can tell apart.

The limits of the rules cut a number into intervals within which no rule changes its mind; the values of a choice
that are always mentioned together are one case. A variable for which it also matters whether anything is stated
has every case twice: not stated, and stated.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from mastkit.logic.evaluate import Known
from mastkit.logic.expressions import Comparison, Expression, Gate, Member, walk
from mastkit.logic.values import Interval
from mastkit.logic.variables import Variable


@dataclass(frozen=True)
class Domain:
    """The cases of one variable.

    Attributes:
        groups: for a boolean or a choice, the values of each case.
        starts: for a number, where each interval begins (the first at the lowest possible value).
        twice: whether a stated case differs from one that is not stated.
    """

    variable: Variable
    groups: tuple[frozenset[bool | str], ...] = ()
    starts: tuple[float, ...] = ()
    twice: bool = False

    @cached_property
    def cases(self) -> int:
        """How many cases there are, stated or not."""
        return len(self.groups) or len(self.starts)

    @cached_property
    def size(self) -> int:
        """How many cases a diagram tells apart."""
        return self.cases * (2 if self.twice else 1)

    @cached_property
    def unknown(self) -> int:
        """Bit mask of the cases that are possible when nothing is known, provisional statements included."""
        return (1 << self.cases) - 1

    def mask(self, known: Known | None, *, stated: bool) -> int:
        """Bit mask of the cases that what is known leaves possible."""
        if known is None:
            bits = self.unknown
        elif isinstance(known, Interval):
            first = bisect_right(self.starts, known.low) - 1
            last = bisect_right(self.starts, known.high) - 1
            bits = (1 << (last + 1)) - (1 << max(first, 0))
        else:
            bits = sum(1 << i for i, group in enumerate(self.groups) if not known.isdisjoint(group))
        return bits << self.cases if self.twice and stated else bits

    @cached_property
    def statable(self) -> int:
        """Bit mask of the cases that a new result could give; a provisional one would be no result."""
        truths = set(self.variable.truths)
        settled = sum(1 << i for i, g in enumerate(self.groups) if self.variable.kind != "choice" or truths & g)
        bits = settled if self.groups else self.unknown
        return bits << self.cases if self.twice else bits

    def member(self, values: frozenset[bool | str]) -> int:
        """Bit mask of the cases in which the variable has one of these values, stated or not."""
        return self._either(sum(1 << i for i, group in enumerate(self.groups) if group <= values))

    def compared(self, comparison: Comparison, divisor: int = 1) -> int:
        """Bit mask of the cases in which the comparison holds, its limit multiplied by ``divisor``."""
        limit = comparison.limit * divisor
        match comparison.operator:
            case ">":
                first = bisect_right(self.starts, limit)
            case ">=":
                first = bisect_left(self.starts, limit)
            case "<":
                return self._either((1 << bisect_left(self.starts, limit)) - 1)
            case "<=":
                return self._either((1 << bisect_right(self.starts, limit)) - 1)
        return self._either(((1 << self.cases) - 1) & ~((1 << first) - 1))

    @cached_property
    def stated(self) -> int:
        """Bit mask of the stated cases."""
        return ((1 << self.cases) - 1) << self.cases if self.twice else 0

    def _either(self, bits: int) -> int:
        return bits | bits << self.cases if self.twice else bits


def domains_of(roots: Iterable[Expression], twice: Iterable[Variable]) -> dict[Variable, Domain]:
    """The domain of every variable that these expressions ask about."""
    members: dict[Variable, list[frozenset[bool | str]]] = {}
    cuts: dict[Variable, set[float]] = {}
    for node in walk(*roots):
        match node:
            case Member(variable=v, values=values):
                members.setdefault(v, []).append(values)
            case Gate(latent=v):
                members.setdefault(v, []).append(frozenset({True}))
            case Comparison(variable=v, one_plus=divisor):
                cuts.setdefault(v, set()).update(_cuts(node))
                if divisor is not None:
                    counts = range(int(divisor.low) + 1, int(divisor.high) + 1)
                    cuts.setdefault(divisor, set()).update(map(float, counts))
            case _:
                pass
    doubled = set(twice)
    result: dict[Variable, Domain] = {}
    for v, sets in members.items():
        every: tuple[bool | str, ...] = (False, True) if v.kind == "boolean" else (*v.truths, *v.provisional)
        by_signature: dict[tuple[object, ...], set[bool | str]] = {}
        for value in every:
            # A test never gives a provisional value: it may not share a case with the others.
            signature = (*(value in s for s in sets), value in v.provisional)
            by_signature.setdefault(signature, set()).add(value)
        result[v] = Domain(v, groups=tuple(map(frozenset, by_signature.values())), twice=v in doubled)
    for v, limits in cuts.items():
        inside = sorted(c for c in limits if v.low < c <= v.high)
        result[v] = Domain(v, starts=(v.low, *inside), twice=v in doubled)
    for v in doubled - result.keys():
        only: frozenset[bool | str] = frozenset(
            {False, True} if v.kind == "boolean" else {*v.truths, *v.provisional}
        )
        if v.kind == "number":
            result[v] = Domain(v, starts=(v.low,), twice=True)
        else:
            result[v] = Domain(v, groups=(only,), twice=True)
    return result


def _cuts(comparison: Comparison) -> Iterable[float]:
    """The smallest double of each interval that the limits of this comparison begin."""
    divisor = comparison.one_plus
    factors = range(1, 2) if divisor is None else range(1 + int(divisor.low), 2 + int(divisor.high))
    for factor in factors:
        limit = comparison.limit * factor
        if comparison.variable.integer:
            limit = math.floor(limit) + 1.0 if comparison.operator in (">", "<=") else math.ceil(limit)
            yield limit
        else:
            yield math.nextafter(limit, math.inf) if comparison.operator in (">", "<=") else limit
