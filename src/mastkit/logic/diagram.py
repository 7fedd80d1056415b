"""Decision diagrams: a classification as a graph that asks one variable after the other.

A node asks a variable and has one child for each of its cases; a leaf is an answer. Equal parts are stored once,
so the graph is small, and what it says is exact: every path is one way in which the gaps could be filled
(Bryant 1986, here with many cases a variable and many leaves).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mastkit.logic.domains import Domain
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

FALSE, TRUE = 0, 1


@dataclass
class Diagrams:
    """All the diagrams over one order of variables, sharing their parts.

    Nodes are numbers. Those below ``first_node`` are leaves: 0 is false, 1 is true, and from 2 on they are the
    leaves that the caller names (the labels of a classification).
    """

    order: Sequence[Domain]
    leaves: int = 0
    levels: list[int] = field(init=False)
    children: list[tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the leaves only."""
        self.first_node = 2 + self.leaves
        bottom = len(self.order)
        self.levels = [bottom] * self.first_node
        self.children = [()] * self.first_node
        self.level_of: dict[Variable, int] = {d.variable: i for i, d in enumerate(self.order)}
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._chosen: dict[tuple[int, int, int], int] = {}
        self._expressions: dict[Expression, int] = {}

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The node that asks this variable and goes on to these children."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (level, children)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = len(self.levels)
            self.levels.append(level)
            self.children.append(children)
        return found

    def cases(self, level: int, mask: int, then: int = TRUE, otherwise: int = FALSE) -> int:
        """``then`` in the cases of the mask, ``otherwise`` in the others."""
        size = self.order[level].size
        return self.node(level, tuple(then if mask >> i & 1 else otherwise for i in range(size)))

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """``then`` where the condition holds, ``otherwise`` where it does not."""
        if condition == TRUE or then == otherwise:
            return then
        if condition == FALSE:
            return otherwise
        if then == TRUE and otherwise == FALSE:
            return condition
        key = (condition, then, otherwise)
        found = self._chosen.get(key)
        if found is not None:
            return found
        levels = self.levels
        lc, lt, lo = levels[condition], levels[then], levels[otherwise]
        level = min(lc, lt, lo)
        size = self.order[level].size
        cs = self.children[condition] if lc == level else (condition,) * size
        ts = self.children[then] if lt == level else (then,) * size
        os = self.children[otherwise] if lo == level else (otherwise,) * size
        local: dict[tuple[int, int, int], int] = {}
        children = []
        for triple in zip(cs, ts, os, strict=True):
            child = local.get(triple)
            if child is None:
                child = local[triple] = self.choose(*triple)
            children.append(child)
        found = self._chosen[key] = self.node(level, tuple(children))
        return found

    def of(self, node: Expression) -> int:
        """The diagram of an expression; its leaves are true and false."""
        found = self._expressions.get(node)
        if found is None:
            found = self._expressions[node] = self._build(node)
        return found

    def _build(self, node: Expression) -> int:
        match node:
            case Constant(value=value):
                return TRUE if value else FALSE
            case Member(variable=v, values=values):
                level = self.level_of[v]
                return self.cases(level, self.order[level].member(values))
            case Known(variable=v):
                level = self.level_of[v]
                return self.cases(level, self.order[level].stated)
            case Comparison(one_plus=None):
                level = self.level_of[node.variable]
                return self.cases(level, self.order[level].compared(node))
            case Comparison():
                return self._quotient(node)
            case Criterion(condition=condition):
                return self.of(condition)
            case Not(item=item):
                return self.choose(self.of(item), FALSE, TRUE)
            case And(items=items):
                # From the last variable to the first, so that each step works on few nodes.
                result = TRUE
                for part in sorted(map(self.of, items), key=lambda n: -self.levels[n]):
                    result = self.choose(part, result, FALSE)
                return result
            case Or(items=items):
                result = FALSE
                for part in sorted(map(self.of, items), key=lambda n: -self.levels[n]):
                    result = self.choose(part, TRUE, result)
                return result
            case AtLeast(count=count, items=items):
                return self._score(count, [(1, self.of(i)) for i in items])
            case ScoreAtLeast(threshold=threshold, weights=weights, items=items):
                return self._score(threshold, list(zip(weights, map(self.of, items), strict=True)))
            case Gate():
                return self.of(node.meaning)
            case Relation(variable=v, other=other):
                raise TypeError(
                    f"{v.name} beside {other.name}: a decision diagram cannot compare two numbers,"
                    " so a classification may not; a set of criteria may"
                )
            case _:
                raise TypeError(f"no diagram for {type(node).__name__}")

    def _quotient(self, node: Comparison) -> int:
        divisor = node.one_plus
        assert divisor is not None
        number, count = self.level_of[node.variable], self.level_of[divisor]
        counts = self.order[count]
        result = FALSE
        for i in range(counts.size):
            factor = int(counts.starts[i % counts.cases]) + 1
            holds = self.cases(number, self.order[number].compared(node, factor))
            result = self.choose(self.cases(count, 1 << i), holds, result)
        return result

    def _score(self, threshold: int, weighted: list[tuple[int, int]]) -> int:
        weighted.sort(key=lambda pair: self.levels[pair[1]])
        made: dict[tuple[int, int], int] = {}

        def reach(position: int, needed: int) -> int:
            rest = weighted[position:]
            if sum(min(w, 0) for w, _ in rest) >= needed:
                return TRUE
            if sum(max(w, 0) for w, _ in rest) < needed:
                return FALSE
            key = (position, needed)
            if key not in made:
                weight, item = weighted[position]
                made[key] = self.choose(item, reach(position + 1, needed - weight), reach(position + 1, needed))
            return made[key]

        return reach(0, threshold)

    def below(self, root: int) -> list[int]:
        """The nodes of one diagram without its leaves, parents before their children."""
        seen: set[int] = set()
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node >= self.first_node and node not in seen:
                seen.add(node)
                waiting.extend(self.children[node])
        return sorted(seen, key=lambda n: self.levels[n])


def in_order(domains: Mapping[Variable, Domain], order: Sequence[Variable]) -> list[Domain]:
    """The domains in the order in which a diagram should ask them."""
    return [domains[v] for v in order if v in domains]
