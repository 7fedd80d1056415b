"""The judge of the fast readers: every way of filling the gaps is listed and looked at one by one.

Nothing here is shared with ``domains``, ``diagram``, ``graph`` or ``search``: a world is a plain dictionary, a
rule is read with Python's own ``and`` and ``or``, and numbers are tried on, before and after every limit.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
    ScoreAtLeast,
    walk,
)
from mastkit.logic.facts import Facts
from mastkit.logic.rulebook import Presumption, Rulebook
from mastkit.logic.values import Range
from mastkit.logic.variables import Variable

Value = bool | str | float
World = Mapping[Variable, Value]

_OPERATORS = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


def holds(node: Expression, world: World, stated: frozenset[Variable]) -> bool:
    """Whether it is true in this world: two-valued logic, spelled out."""
    match node:
        case Constant(value=value):
            return value
        case Member(variable=v, values=values):
            return world[v] in values
        case Comparison(variable=v, operator=operator, limit=limit, one_plus=None):
            return bool(_OPERATORS[operator](world[v], limit))
        case Comparison(variable=v, operator=operator, limit=limit, one_plus=divisor):
            # limit * (1 + count) and not number / (1 + count): the limits of the tables stay exact.
            return bool(_OPERATORS[operator](world[v], limit * (1 + world[divisor])))
        case Known(variable=v):
            return v in stated
        case Criterion(condition=condition):
            return holds(condition, world, stated)
        case Not(item=item):
            return not holds(item, world, stated)
        case And(items=items):
            return all(holds(i, world, stated) for i in items)
        case Or(items=items):
            return any(holds(i, world, stated) for i in items)
        case AtLeast(count=count, items=items):
            return sum(holds(i, world, stated) for i in items) >= count
        case ScoreAtLeast(threshold=threshold, weights=weights, items=items):
            return sum(w for w, i in zip(weights, items, strict=True) if holds(i, world, stated)) >= threshold
        case Gate(finding=finding, adequate=adequate, latent=latent):
            return holds(finding, world, stated) or (not holds(adequate, world, stated) and bool(world[latent]))
    raise TypeError(type(node).__name__)


def points_to_try(variable: Variable, roots: Iterable[Expression], also: Iterable[float] = ()) -> list[float]:
    """Numbers on, just before and just after every limit, one for each way in which the rules can answer."""
    tried = [variable.low, variable.high, *also]
    tests: list[Comparison] = []
    divisors = False
    for node in walk(*roots):
        if isinstance(node, Comparison) and node.variable is variable:
            tests.append(node)
        divisors |= isinstance(node, Comparison) and node.one_plus is variable
    for test in tests:
        for factor in _factors(test):
            limit = test.limit * factor
            tried += [limit, math.nextafter(limit, math.inf), math.nextafter(limit, -math.inf)]
    if variable.integer:
        whole = [p for p in tried if math.isfinite(p)]
        tried = [float(n) for p in whole for n in range(math.floor(p) - 1, math.ceil(p) + 2)]
        if divisors:
            tried += [float(n) for n in range(int(variable.low), int(variable.high) + 1)]
    tried = sorted({min(max(p, -1e300), 1e300) for p in tried if variable.low <= p <= variable.high})
    kept: dict[object, float] = {}
    for point in [*also, *tried]:
        answers = tuple(
            _OPERATORS[test.operator](point, test.limit * factor) for test in tests for factor in _factors(test)
        )
        kept.setdefault((answers, point if divisors else None), point)
    return [p for p in kept.values() if math.isfinite(p)]


def _factors(test: Comparison) -> list[int]:
    if test.one_plus is None:
        return [1]
    return [1 + n for n in range(int(test.one_plus.low), int(test.one_plus.high) + 1)]


def results(variable: Variable, roots: Iterable[Expression]) -> list[Value]:
    """What a test of the variable can give; a provisional statement would be no result."""
    if variable.kind == "boolean":
        return [False, True]
    if variable.kind == "choice":
        return list(variable.truths)
    return list(points_to_try(variable, roots))


def now_possible(variable: Variable, facts: Facts, roots: Iterable[Expression]) -> list[Value]:
    """What the variable can be, from what was stated and from a fixed meaning of silence."""
    fixed = variable in facts.stated or variable.absent is not None
    known = facts.known.get(variable) if fixed else None
    if known is None:
        return [*results(variable, roots), *variable.provisional]
    if isinstance(known, Range):
        every = points_to_try(variable, roots)
        inside = [p for p in every if known.low <= p <= known.high]
        # The ends of the interval may lie in an answer of the rules whose sample lies outside of it.
        ends = [p for p in (known.low, known.high) if math.isfinite(p)]
        return list(dict.fromkeys([*ends, *inside]))
    return sorted(known, key=str)


@dataclass(frozen=True)
class Room:
    """All worlds of a rulebook for one person, each with its label (``None`` where silence contradicts it)."""

    rulebook: Rulebook
    facts: Facts

    @property
    def roots(self) -> tuple[Expression, ...]:
        return self.rulebook.expressions

    def now(self) -> dict[Variable, list[Value]]:
        return {v: now_possible(v, self.facts, self.roots) for v in self.rulebook.variables}

    def size(self) -> int:
        return math.prod(len(values) for values in self.now().values())

    def worlds(self) -> Iterator[World]:
        choices = self.now()
        for values in itertools.product(*choices.values()):
            yield dict(zip(choices, values, strict=True))

    def label(self, world: World, stated: frozenset[Variable]) -> str | None:
        if not allowed(self.rulebook.presumptions, world, stated, self.classification()):
            return None
        for label in self.rulebook.labels[:-1]:
            if holds(label.condition, world, stated):
                return label.code
        return self.rulebook.labels[-1].code

    def classification(self) -> list[Expression]:
        return [*self.rulebook.criteria, *(label.condition for label in self.rulebook.labels)]

    def possible(self) -> set[str]:
        found = {self.label(world, self.facts.stated) for world in self.worlds()}
        return {code for code in found if code is not None}

    def truth_values(self, node: Expression) -> set[bool]:
        return {
            holds(node, world, self.facts.stated)
            for world in self.worlds()
            if allowed(self.rulebook.presumptions, world, self.facts.stated, [node])
        }


def allowed(
    presumptions: Iterable[Presumption], world: World, stated: frozenset[Variable], roots: Iterable[Expression]
) -> bool:
    """Whether silence, as the rulebook reads it, leaves this world possible."""
    for p in bearing_on(list(presumptions), roots):
        silent = p.variable not in stated
        if silent and holds(p.when, world, stated) and not holds(p.then, world, stated):
            return False
    return True


def bearing_on(presumptions: list[Presumption], roots: Iterable[Expression]) -> list[Presumption]:
    """The presumptions on variables that are asked about, and on those that they ask about in turn."""
    asked = mentioned(*roots)
    while True:
        bearing = [p for p in presumptions if p.variable in asked]
        more = asked | mentioned(*(p.when for p in bearing))
        if more == asked:
            return bearing
        asked = more


def mentioned(*roots: Expression) -> set[Variable]:
    found: set[Variable] = set()
    for node in walk(*roots):
        for name in ("variable", "one_plus", "latent"):
            variable = getattr(node, name, None)
            if variable is not None:
                found.add(variable)
    return found


def deciding_sets(room: Room, most_size: int) -> tuple[int, dict[frozenset[Variable], set[str]]]:
    """The smallest sets of tests with results that settle the answer, found by trying all of them.

    Returns their size (0 where none is found up to ``most_size``) and, for each set, what it can settle.
    """
    book, facts = room.rulebook, room.facts
    possible = room.possible()
    if len(possible) < 2:
        return 0, {}
    now = room.now()
    results = candidate_results(room)
    for size in range(1, min(most_size, len(results)) + 1):
        found: dict[frozenset[Variable], set[str]] = {}
        for chosen in itertools.combinations(results, size):
            stated = facts.stated | frozenset(chosen)
            free = [v for v in book.variables if v not in chosen]
            for outcome in itertools.product(*(results[v] for v in chosen)):
                tested = dict(zip(chosen, outcome, strict=True))
                reached: set[str | None] = set()
                for rest in itertools.product(*(now[v] for v in free)):
                    reached.add(room.label({**tested, **dict(zip(free, rest, strict=True))}, stated))
                reached.discard(None)
                if len(reached) == 1 and reached <= possible:
                    found.setdefault(frozenset(chosen), set()).update(str(code) for code in reached)
        if found:
            return size, found
    return 0, {}


def candidate_results(room: Room) -> dict[Variable, list[Value]]:
    """For each variable that a test could give or replace, the results it could have."""
    book, facts = room.rulebook, room.facts
    again: set[Variable] = set()
    for retest in book.retests:
        if room_truth_of_kleene(retest.when, facts):
            again.update(retest.variables)
    found: dict[Variable, list[Value]] = {}
    for v in book.variables:
        if not v.observable or v in facts.presumed:
            continue
        known = facts.known.get(v)
        provisional = not isinstance(known, Range) and known is not None and bool(set(known) & set(v.provisional))
        if v not in facts.stated or v in again or provisional:
            found[v] = results(v, room.roots)
        elif len(now_possible(v, facts, room.roots)) > 1:
            found[v] = now_possible(v, facts, room.roots)
    return found


def room_truth_of_kleene(node: Expression, facts: Facts) -> bool:
    """Whether it surely holds; the definition of a retest speaks of three-valued logic, so this uses it."""
    from mastkit.logic.evaluate import Evaluator

    return Evaluator(facts.known, facts.stated)(node) is True
