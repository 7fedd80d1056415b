"""The search for the smallest sets of missing variables that could settle an answer.

A set settles the answer to a label when some values of its variables leave no other label reachable, whatever
the variables outside it turn out to be. The search goes down the decision diagram from the root with a *front*: the
nodes that can still be reached. At each variable it either leaves the variable free (the front spreads to all of
its possible cases) or spends one of its tests on it (the front follows one case). What the walk through the forest
knows of each node, which labels so many tests could make sure of, prunes all but a few of these ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from mastkit.logic.forest import Walk
from mastkit.logic.masks import cases_of

Front: TypeAlias = frozenset[int]
Sets: TypeAlias = dict[tuple[int, ...], int]
"""Sets of variables, by their levels from the first down, each with the bit mask of labels that it could settle."""


class DecidingSearch:
    """The search for one person.

    Args:
        walk: the person's walk through a forest.
        root: the classification in it.
        labels: bit mask of the labels that are still possible.
        most: with more sets than this the search may stop.
        wanted: the only sets that are looked for; all of them where none is named.
    """

    def __init__(
        self, walk: Walk, root: int, labels: int, most: int, wanted: Iterable[tuple[int, ...]] = ()
    ) -> None:
        self.walk = walk
        self.labels = labels
        self.most = most
        self._levels = walk.forest.level_of
        self._ends = {levels[i:] for levels in wanted for i in range(len(levels))}
        self._found: dict[tuple[Front, int], tuple[int, Sets]] = {}
        self.root = frozenset({root})

    def smallest(self) -> Sets:
        """The smallest sets that could settle the answer to any of the labels."""
        sizes = range(1, len(self.walk.tests) + 1)
        return next(filter(None, (self.of_size(size, self.labels) for size in sizes)), {})

    def of_size(self, size: int, labels: int) -> Sets:
        """The sets of so many variables, none of them superfluous, that could settle one of these labels."""
        return self._sets(self.root, size, labels)

    def _sets(self, front: Front, budget: int, labels: int) -> Sets:
        """The sets that spend the whole budget and make sure of one of the labels, whatever is left free."""
        labels &= self.walk.within_reach(front, budget)
        if budget == 0 or not labels:
            return {(): labels} if labels else {}
        known, found = self._found.get((front, budget), (0, {}))
        if new := labels & ~known:
            found = _joined(found, self._search(front, budget, new))
            self._found[front, budget] = known | new, found
        return found if known | new == labels else {s: a & labels for s, a in found.items() if a & labels}

    def _search(self, front: Front, budget: int, labels: int) -> Sets:
        # Nodes are numbered from the root downwards: the smallest asks the first variable.
        level = self._levels[min(front)]
        here = [node for node in front if node < level.last]
        others = front.difference(here)
        children = [level.by_node[node - level.first] for node in here]
        results = self.walk.tests.get(level.index, 0)
        found: Sets = {}
        for after in dict.fromkeys(others.union([row[case] for row in children]) for case in cases_of(results)):
            for rest, answers in self._sets(after, budget - 1, labels).items():
                chosen = (level.index, *rest)
                if not self._ends or chosen in self._ends:
                    found[chosen] = found.get(chosen, 0) | answers
            if len(found) > self.most:
                return found
        free = cases_of(self.walk.masks[level.index])
        return _joined(found, self._sets(others.union([row[case] for row in children for case in free]), budget, labels))


def _joined(some: Sets, more: Sets) -> Sets:
    if not some or not more:
        return some or more
    return {**some, **{chosen: answers | some.get(chosen, 0) for chosen, answers in more.items()}}
