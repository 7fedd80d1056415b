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
        self.leaves = graph.leaves
        self._only: frozenset[int] | None = None
        self._lists: dict[int, list[int]] = {}
        self._place = graph.place
        self._read(graph, masks, candidates)

    def _read(self, graph: Graph, masks: Sequence[int], candidates: Mapping[int, int]) -> None:
        """From the leaves to the root: what each node needs, and where variables with one case lead to.

        The last column is 0 where only what cannot be is reached.
        """
        impossible = graph.leaves - 1
        target = np.arange(graph.size, dtype=np.int32)
        need = np.full((graph.size, len(self.labels) + 1), _NEVER, dtype=np.int8)
        need[self.labels, np.arange(len(self.labels))] = 0
        need[impossible] = 0  # what cannot be needs no test
        self.tables: dict[int, tuple[int, int, npt.NDArray[np.int32], npt.NDArray[np.int32] | None]] = {}
        for place in range(len(graph.levels) - 1, -1, -1):
            level = graph.levels[place]
            first, last = level.first, level.last
            mask, tests = masks[level.index], candidates.get(level.index)
            if tests is None and mask & (mask - 1) == 0:
                target[first:last] = target[level.children[:, mask.bit_length() - 1]]
                continue
            children = target[level.children]
            spread = children[:, cases_of(mask)]
            least = need[spread].max(axis=1)
            tested = None
            if tests is not None:
                tested = children[:, cases_of(tests)]
                with_test = need[tested].min(axis=1)
                with_test += 1
                with_test[:, -1] = _NEVER
                np.minimum(least, with_test, out=least)
            need[first:last] = least
            self.tables[place] = (level.index, first, spread, tested)
        self.root = int(target[graph.root])
        self.need = need
        self._nothing = need[:, -1]

    def smallest(self, most: int) -> dict[tuple[int, ...], int]:
        """Levels of the variables of each smallest set, with the bit mask of labels that it could settle."""
        needs = self.need[self.root].tolist()[:-1]
        size = min(needs, default=_NEVER)
        while size <= len(self.tables):
            found: dict[tuple[int, ...], int] = {}
            for column, label in enumerate(self.labels):
                if needs[column] <= size:
                    for chosen in self._for_label(column, size):
                        if chosen not in found and len(found) >= most:
                            break
                        found[chosen] = found.get(chosen, 0) | 1 << label
            if found:
                return found
            size += 1
        return {}

    def settles(self, levels: Sequence[int]) -> int:
        """Bit mask of the labels that these variables could settle together, none of them being superfluous."""
        self._only = frozenset(levels)
        wanted = tuple(sorted(levels))
        answers = 0
        for column, label in enumerate(self.labels):
            if any(chosen == wanted for chosen in self._for_label(column, len(wanted))):
                answers |= 1 << label
        self._only = None
        return answers

    def smallest_for(self, label: int, largest: int) -> tuple[int, ...] | None:
        """Levels of the variables of one smallest set that could settle this label, of at most ``largest``."""
        column = self.labels.index(label)
        for size in range(int(self.need[self.root, column]), largest + 1):
            for chosen in self._for_label(column, size):
                return chosen
        return None

    def _for_label(self, column: int, size: int) -> Iterator[tuple[int, ...]]:
        found = self._lists.get(column)
        if found is None:
            found = self._lists[column] = self.need[:, column].tolist()
        self._column = found
        self._dead: set[tuple[Front, int]] = set()
        return self._sets(frozenset({self.root}), size, ())

    def _sets(self, front: Front, budget: int, chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The sets within the budget that make sure of the label, whatever is left free."""
        need = self._column.__getitem__
        needed = max(map(need, front))
        if needed > budget:
            return
        if needed == 0:
            # Results that contradict each other settle nothing.
            if budget == 0 and any(self._nothing[node] for node in front):
                yield tuple(sorted(chosen))
            return
        if (front, budget) in self._dead:
            return
        # Nodes are numbered from the root downwards: the smallest asks the first variable.
        asked = self._place[min(node for node in front if node >= self.leaves)]
        level, first, spread, tested = self.tables[asked]
        here = [node for node in front if self._place[node] == asked]
        others = front.difference(here)
        rows = [node - first for node in here]
        hit = False
        if tested is not None and budget and (self._only is None or level in self._only):
            for after in {others.union(case) for case in tested[rows].T.tolist()}:
                if max(map(need, after)) < budget:
                    for found in self._sets(after, budget - 1, (*chosen, level)):
                        hit = True
                        yield found
        after = others.union(*spread[rows].tolist())
        if max(map(need, after)) <= budget:
            for found in self._sets(after, budget, chosen):
                hit = True
                yield found
        if not hit:
            self._dead.add((front, budget))
