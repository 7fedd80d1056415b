"""Decide: which answers are still possible, and which missing variables could settle the answer.

Exact, where three-valued logic is not: it asks over all ways in which the gaps could be filled, with one value
for a variable wherever it is used. The classification is compiled once into a decision diagram; a person is then
a walk through it, and a table of persons is a few array operations a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from mastkit.logic.diagram import FALSE, TRUE, Diagrams, in_order
from mastkit.logic.domains import Domain, domains_of
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import Expression, any_of, known, variables_of
from mastkit.logic.facts import Facts
from mastkit.logic.rulebook import Presumption, Rulebook
from mastkit.logic.values import Truth
from mastkit.logic.variables import Variable

Masks: TypeAlias = Sequence[int]
"""For each variable, in the order of the diagram, the bit mask of the cases that are possible."""

_CHUNK = 8192
_NEVER = 100


@dataclass(frozen=True, slots=True)
class DecidingSet:
    """Missing variables that could settle the answer together, and the answers that they could settle it to."""

    variables: tuple[Variable, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class _Level:
    """The nodes that ask one variable: their numbers, and the children of each by case."""

    index: int
    nodes: npt.NDArray[np.int32]
    children: npt.NDArray[np.int32]


class Graph:
    """One diagram, laid out as arrays for walking."""

    def __init__(self, diagrams: Diagrams, root: int, leaves: int) -> None:
        inner = diagrams.below(root)
        # Leaves first, in their own order; then the nodes from the root downwards.
        number = {leaf: leaf for leaf in range(leaves)} | {n: leaves + i for i, n in enumerate(inner)}
        self.leaves = leaves
        self.size = leaves + len(inner)
        self.root = number[root]
        self.levels: list[_Level] = []
        by_level: dict[int, list[int]] = {}
        for n in inner:
            by_level.setdefault(diagrams.levels[n], []).append(n)
        for index, nodes in sorted(by_level.items()):
            children = [[number[c] for c in diagrams.children[n]] for n in nodes]
            numbers = [number[n] for n in nodes]
            self.levels.append(
                _Level(index, np.array(numbers, dtype=np.int32), np.array(children, dtype=np.int32))
            )

    def reach(self, masks: Masks) -> int:
        """Bit mask of the leaves that can be reached."""
        reached = np.zeros(self.size, dtype=bool)
        reached[self.root] = True
        for level in self.levels:
            here = reached[level.nodes]
            if here.any():
                columns = _bits(masks[level.index])
                reached[level.children[here][:, columns].ravel()] = True
        return int(sum(1 << int(i) for i in np.flatnonzero(reached[: self.leaves])))

    def reach_many(self, masks: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint16]:
        """For each row, the bit mask of the leaves that can be reached (at most 16 leaves)."""
        rows = len(masks[0]) if masks else 0
        result = np.zeros(rows, dtype=np.uint16)
        for start in range(0, rows, _CHUNK):
            part = slice(start, min(start + _CHUNK, rows))
            result[part] = self._sweep([m[part] for m in masks], part.stop - part.start)
        return result

    def _sweep(self, masks: Sequence[npt.NDArray[np.uint64]], rows: int) -> npt.NDArray[np.uint16]:
        """From the leaves to the root: what a node reaches is what its possible children reach."""
        reaches: dict[int, npt.NDArray[np.uint16]] = {
            leaf: np.full(rows, 1 << leaf, dtype=np.uint16) for leaf in range(self.leaves)
        }
        for level, plan, finished in self._plan:
            open_for = {
                edge: np.where(masks[level] & np.uint64(edge), np.uint16(0xFFFF), np.uint16(0))
                for edge in {e for _, edges in plan for _, e in edges}
            }
            scratch = np.empty(rows, dtype=np.uint16)
            for node, edges in plan:
                (child, edge), *others = edges
                total = reaches[child] & open_for[edge]
                for child, edge in others:
                    np.bitwise_and(reaches[child], open_for[edge], out=scratch)
                    np.bitwise_or(total, scratch, out=total)
                reaches[node] = total
            for node in finished:
                reaches.pop(node, None)
        return reaches[self.root]

    @cached_property
    def _plan(self) -> list[tuple[int, list[tuple[int, list[tuple[int, int]]]], list[int]]]:
        """From the last level to the first: each node with its children and the cases that lead there.

        With each level come the nodes that no level above it needs any more.
        """
        plan = []
        last_use: dict[int, int] = {}
        for position, level in enumerate(self.levels):
            nodes = []
            for node, children in zip(level.nodes.tolist(), level.children.tolist(), strict=True):
                edges: dict[int, int] = {}
                for case, child in enumerate(children):
                    edges[child] = edges.get(child, 0) | 1 << case
                    last_use.setdefault(child, position)
                nodes.append((node, list(edges.items())))
            plan.append((level.index, nodes))
        finished: dict[int, list[int]] = {}
        for child, position in last_use.items():
            if child >= self.leaves:
                finished.setdefault(position, []).append(child)
        return [
            (index, nodes, finished.get(position, []))
            for position, (index, nodes) in reversed(list(enumerate(plan)))
        ]


class Classifier:
    """A rulebook made ready to decide."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        presumptions = relevant(
            rulebook.presumptions, [*rulebook.criteria, *(label.condition for label in rulebook.labels)]
        )
        domains = domains_of(rulebook.expressions, rulebook.asks_whether_known)
        self.domains: list[Domain] = in_order(domains, rulebook.variables)
        for domain in self.domains:
            if domain.size > 63:
                raise ValueError(f"{domain.variable.name}: the rules cut it into {domain.size} cases, at most 63 can be kept")
        self._diagrams = Diagrams(self.domains, leaves=len(rulebook.labels) + 1)
        self._rules = {p: self._diagrams.of(_as_rule(p)) for p in presumptions}
        self.level_of = self._diagrams.level_of
        self._truths: dict[Expression, Graph] = {}

    @cached_property
    def graph(self) -> Graph:
        """The classification; leaf ``i`` is label ``i``, and the last leaf is what cannot be."""
        labels = self.rulebook.labels
        root = 2 + len(labels) - 1
        for i, label in reversed(list(enumerate(labels[:-1]))):
            root = self._diagrams.choose(self._diagrams.of(label.condition), 2 + i, root)
        return _shifted(self._diagrams, self._under_rules(root, self._rules, 2 + len(labels)), len(labels) + 1)

    def truth_graph(self, expression: Expression) -> Graph:
        """An expression; the leaves are false, true, and what cannot be."""
        found = self._truths.get(expression)
        if found is None:
            rules = relevant(tuple(self._rules), [expression])
            root = self._under_rules(self._diagrams.of(expression), rules, 2)
            found = self._truths[expression] = Graph(self._diagrams, root, 3)
        return found

    def _under_rules(self, root: int, rules: Iterable[Presumption], impossible: int) -> int:
        holds = TRUE
        for rule in rules:
            holds = self._diagrams.choose(self._rules[rule], holds, FALSE)
        return self._diagrams.choose(holds, root, impossible)

    def masks(self, facts: Facts) -> list[int]:
        """What is possible for each variable, from what was stated (presumptions are in the diagram)."""
        result = []
        for domain in self.domains:
            v = domain.variable
            stated = v in facts.stated
            use = stated or v.absent is not None
            result.append(domain.mask(facts.known.get(v) if use else None, stated=stated))
        return result

    def possible(self, masks: Masks) -> tuple[str, ...]:
        """The labels that some way of filling the gaps gives, in the order of the classification."""
        return self._names(self.graph.reach(masks))

    def _names(self, reached: int) -> tuple[str, ...]:
        return tuple(label.code for i, label in enumerate(self.rulebook.labels) if reached >> i & 1)

    def truth(self, expression: Expression, masks: Masks) -> Truth:
        """True or false where every way of filling the gaps agrees, otherwise ``None``."""
        return _TRUTH_OF_LEAVES[self.truth_graph(expression).reach(masks) & 3]

    def truth_many(
        self, expression: Expression, masks: Sequence[npt.NDArray[np.uint64]]
    ) -> npt.NDArray[np.int8]:
        """The same for many rows: 1 true, 0 false, -1 undecided."""
        reached = self.truth_graph(expression).reach_many(masks) & 3
        return np.array([-1, 0, 1, -1], dtype=np.int8)[reached]

    def candidates(self, facts: Facts, masks: Masks) -> dict[int, int]:
        """The variables that a further test could give or replace: level to the cases it could give.

        These are the unknown ones (but not those whose silence is read as an answer), those stated in a way that leaves the truth open (censored numbers, open and
        provisional statements), and results that decide nothing.
        """
        evaluate = Evaluator(facts.known, facts.stated)
        again = {v for r in self.rulebook.retests if evaluate(r.when) for v in r.variables}
        result: dict[int, int] = {}
        for level, domain in enumerate(self.domains):
            v = domain.variable
            if not v.observable or v in facts.presumed:
                continue  # no test shows it, or its silence already says something
            now = facts.known.get(v)
            if v not in facts.stated or v in again:
                result[level] = domain.statable
            elif isinstance(now, frozenset) and not now.isdisjoint(v.provisional):
                result[level] = domain.statable
            elif masks[level].bit_count() > 1:
                result[level] = masks[level]
        return result

    def deciding_sets(self, facts: Facts, masks: Masks, *, most: int = 200) -> list[DecidingSet]:
        """The smallest sets of missing variables for which some values would settle the answer.

        All sets of the smallest size (at most ``most`` of them), in the order of the rulebook's variables.
        Empty when the answer is settled, or when nothing that is missing could settle it.
        """
        possible = self.graph.reach(masks) & ~(1 << len(self.rulebook.labels))
        if possible.bit_count() <= 1:
            return []
        search = _Search(self.graph, masks, self.candidates(facts, masks), len(self.rulebook.labels))
        found = search.smallest(most)
        return [
            DecidingSet(tuple(self.domains[level].variable for level in levels), self._names(answers))
            for levels, answers in sorted(found.items())
        ]


_TRUTH_OF_LEAVES: tuple[Truth, ...] = (None, False, True, None)


class _Search:
    """The search for the smallest deciding sets in one person's part of a graph."""

    def __init__(self, graph: Graph, masks: Masks, candidates: Mapping[int, int], labels: int) -> None:
        self.graph = graph
        self.labels = labels
        self.levels = graph.levels
        self.free = [_bits(masks[level.index]) for level in self.levels]
        self.tests = [
            _bits(candidates[level.index]) if level.index in candidates else None for level in self.levels
        ]
        self.bound = self._bounds()

    def _bounds(self) -> npt.NDArray[np.int8]:
        """For each node and label: at least how many results are needed to be sure of that label from there.

        A lower bound: it lets every branch choose its own tests.
        """
        bound = np.full((self.graph.size, self.labels), _NEVER, dtype=np.int8)
        for label in range(self.labels):
            bound[label, label] = 0
        bound[self.labels] = 0  # what cannot be needs no test
        for level, free, tests in zip(
            reversed(self.levels), reversed(self.free), reversed(self.tests), strict=True
        ):
            need = bound[level.children[:, free]].max(axis=1)
            if tests is not None:
                need = np.minimum(need, bound[level.children[:, tests]].min(axis=1) + 1)
            bound[level.nodes] = need
        return bound

    def smallest(self, most: int) -> dict[tuple[int, ...], int]:
        """Levels of the variables of each smallest set, with the labels that it could settle."""
        needs = self.bound[self.graph.root]
        for size in range(int(needs.min()), min(_NEVER, len(self.levels)) + 1):
            if size >= _NEVER:
                return {}
            found: dict[tuple[int, ...], int] = {}
            for label in np.flatnonzero(needs <= size):
                self._dead: set[tuple[int, bytes, int]] = set()
                start = np.array([self.graph.root], dtype=np.int32)
                for chosen in self._sets(0, start, size, int(label), ()):
                    found[chosen] = found.get(chosen, 0) | 1 << int(label)
                    if len(found) >= most:
                        break
            if found:
                return found
            if not (needs < _NEVER).any():
                return {}
        return {}

    def _sets(
        self, position: int, front: npt.NDArray[np.int32], budget: int, label: int, chosen: tuple[int, ...]
    ) -> Iterator[tuple[int, ...]]:
        """The sets within the budget that make sure of the label, whatever the variables left free are."""
        needed = int(self.bound[front, label].max())
        if needed > budget:
            return
        if needed == 0:
            if budget == 0 and self._really_reaches(front, label):
                yield chosen
            return
        if (front < self.graph.leaves).all():
            return
        key = (position, front.tobytes(), budget)
        if key in self._dead:
            return
        level = self.levels[position]
        first = int(level.nodes[0])
        inside = (front >= first) & (front <= int(level.nodes[-1]))
        any_found = False
        if not inside.any():
            for found in self._sets(position + 1, front, budget, label, chosen):
                any_found = True
                yield found
        else:
            children = level.children[front[inside] - first]
            others = front[~inside]
            tests = self.tests[position]
            if tests is not None and budget:
                seen = set()
                for case in tests:
                    after = np.union1d(others, children[:, case]).astype(np.int32)
                    mark = after.tobytes()
                    if mark not in seen:
                        seen.add(mark)
                        for found in self._sets(position + 1, after, budget - 1, label, (*chosen, level.index)):
                            any_found = True
                            yield found
            free = np.union1d(others, children[:, self.free[position]]).astype(np.int32)
            for found in self._sets(position + 1, free, budget, label, chosen):
                any_found = True
                yield found
        if not any_found:
            self._dead.add(key)

    def _really_reaches(self, front: npt.NDArray[np.int32], label: int) -> bool:
        """Whether the label can come out at all: results that contradict each other settle nothing."""
        reached = np.zeros(self.graph.size, dtype=bool)
        reached[front] = True
        for level, free in zip(self.levels, self.free, strict=True):
            here = reached[level.nodes]
            if here.any():
                reached[level.children[here][:, free].ravel()] = True
        return bool(reached[label])


def relevant(presumptions: tuple[Presumption, ...], roots: Iterable[Expression]) -> tuple[Presumption, ...]:
    """The presumptions that can bear on these expressions, directly or through one another."""
    asked = set(variables_of(*roots))
    taken: list[Presumption] = []
    while True:
        more = [p for p in presumptions if p not in taken and p.variable in asked]
        if not more:
            return tuple(p for p in presumptions if p in taken)
        taken += more
        asked.update(variables_of(*(p.when for p in more)))


def _as_rule(presumption: Presumption) -> Expression:
    """What must hold in every way of filling the gaps: stated, or not called for, or as presumed."""
    rule = any_of(~presumption.when, presumption.then)
    return known(presumption.variable) | rule if presumption.variable.observable else rule


def _shifted(diagrams: Diagrams, root: int, leaves: int) -> Graph:
    """A graph whose leaves are the named ones of the diagrams: true and false are not among them."""
    graph = Graph(diagrams, root, leaves + 2)
    for level in graph.levels:
        level.children[:] -= 2
        level.nodes[:] -= 2
    graph.root -= 2
    graph.size -= 2
    graph.leaves -= 2
    return graph


def _bits(mask: int) -> list[int]:
    return [i for i in range(mask.bit_length()) if mask >> i & 1]
