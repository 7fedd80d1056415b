"""The search for the smallest sets of missing variables that could settle an answer.

A set settles the answer to a label when some values of its variables leave no other label reachable, whatever
the variables outside it turn out to be. The search walks the decision diagram from the root with a *front*: the
nodes that can still be reached. At each variable it either leaves the variable free (the front spreads to all of
its possible cases) or spends one of its tests on it (the front follows one case). A lower bound on the tests that
each node still needs, worked out from the leaves upwards, prunes all but a few of these walks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from mastkit.logic.masks import cases_of

if TYPE_CHECKING:
    from mastkit.logic.graph import Graph

_NEVER = 100
Front = frozenset[int]


class DecidingSearch:
    """The search within one person's part of a graph.

    Args:
        graph: the classification. Its last leaf is what cannot be.
        masks: for each variable, the cases that are possible.
        candidates: for each variable that a test could give or replace, the cases that it could give.
        labels: the labels that are still possible.
    """

    def __init__(
        self, graph: Graph, masks: Sequence[int], candidates: Mapping[int, int], labels: Sequence[int]
    ) -> None:
        self.labels = list(labels)
        self.impossible = graph.leaves - 1
        self.leaves = graph.leaves
        self.variable: list[int] = []
        self._free: dict[int, list[tuple[int, ...]]] = {}
        self._tested: dict[int, list[tuple[int, ...]]] = {}
        self._read(graph, masks, candidates)

    def _read(self, graph: Graph, masks: Sequence[int], candidates: Mapping[int, int]) -> None:
        """From the leaves to the root: what each node needs, and where variables with one case lead to."""
        target = np.arange(graph.size, dtype=np.int32)
        need = np.full((graph.size, len(self.labels)), _NEVER, dtype=np.int8)
        for column, label in enumerate(self.labels):
            need[label, column] = 0
        need[self.impossible] = 0  # what cannot be needs no test
        alive = np.zeros(graph.size, dtype=np.int64)
        alive[: self.impossible] = 1 << np.arange(self.impossible)
        where = np.full(graph.size, -1, dtype=np.int32)
        self.tables: list[tuple[int, int, npt.NDArray[np.int32], npt.NDArray[np.int32] | None]] = []
        for level in reversed(graph.levels):
            free = cases_of(masks[level.index])
            tests = candidates.get(level.index)
            children = target[level.children]
            if tests is None and len(free) == 1:
                target[level.nodes] = children[:, free[0]]
                continue
            spread = children[:, free]
            least = need[spread].max(axis=1)
            tested = None
            if tests is not None:
                tested = children[:, cases_of(tests)]
                np.minimum(least, need[tested].min(axis=1) + np.int8(1), out=least)
            need[level.nodes] = least
            alive[level.nodes] = np.bitwise_or.reduce(alive[spread], axis=1)
            where[level.nodes] = len(self.tables)
            self.tables.append((level.index, int(level.nodes[0]), spread, tested))
        self.root = int(target[graph.root])
        self.need = need
        self._columns = [need[:, column].tolist() for column in range(len(self.labels))]
        self._alive = alive.tolist()
        self._where = where.tolist()

    def smallest(self, most: int) -> dict[tuple[int, ...], int]:
        """Levels of the variables of each smallest set, with the bit mask of labels that it could settle."""
        needs = self.need[self.root].tolist()
        size = min(needs, default=_NEVER)
        while size <= len(self.tables):
            found: dict[tuple[int, ...], int] = {}
            for column, label in enumerate(self.labels):
                if needs[column] <= size:
                    self._column = self._columns[column]
                    self._bit = 1 << label
                    self._dead: set[tuple[Front, int]] = set()
                    for chosen in self._sets(frozenset({self.root}), size, ()):
                        if chosen not in found and len(found) >= most:
                            break
                        found[chosen] = found.get(chosen, 0) | self._bit
            if found:
                return found
            size += 1
        return {}

    def _sets(self, front: Front, budget: int, chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The sets within the budget that make sure of the label, whatever is left free."""
        column = self._column
        needed = max(column[node] for node in front)
        if needed > budget:
            return
        alive = 0
        for node in front:
            alive |= self._alive[node]
        if not alive & self._bit:
            return  # results that contradict each other settle nothing
        if needed == 0:
            if budget == 0:
                yield tuple(sorted(chosen))
            return
        if (front, budget) in self._dead:
            return
        # Nodes are numbered from the root downwards: the smallest asks the first variable.
        asked = self._where[min(node for node in front if node >= self.leaves)]
        level, first, spread, tested = self.tables[asked]
        here = [node for node in front if self._where[node] == asked]
        others = front.difference(here)
        rows = [node - first for node in here]
        hit = False
        if tested is not None and budget:
            after_tests = tested[rows].T.tolist()
            for after in {others.union(case) for case in after_tests}:
                for found in self._sets(after, budget - 1, (*chosen, level)):
                    hit = True
                    yield found
        after = others.union(*spread[rows].tolist())
        for found in self._sets(after, budget, chosen):
            hit = True
            yield found
        if not hit:
            self._dead.add((front, budget))
