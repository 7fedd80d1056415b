"""The search for the smallest sets of missing variables that could settle an answer.

A set settles the answer to a label when some values of its variables leave no other label reachable, whatever
the variables outside it turn out to be. The search goes down the decision diagram from the root with a *front*: the
nodes that can still be reached. At each variable it either leaves the variable free (the front spreads to all of
its possible cases) or spends one of its tests on it (the front follows one case). What the walk through the forest
knows of each node, which labels so many tests could make sure of, prunes all but a few of these ways.
"""

from __future__ import annotations

from typing import TypeAlias

from mastkit.logic.forest import Level, Walk
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
        most: how many sets are enough.
    """

    def __init__(self, walk: Walk, root: int, labels: int, most: int) -> None:
        self.walk = walk
        self.labels = labels
        self.most = most
        self.forest = walk.forest
        self._levels = self.forest.level_of
        self._found: dict[tuple[Front, int], tuple[int, Sets]] = {}
        self._after: dict[int, tuple[list[int], list[int]]] = {}
        self._past: dict[int, int] = {}
        self.root = frozenset({self._past_known(root)})

    def smallest(self) -> Sets:
        """The smallest sets that could settle the answer to any of the labels."""
        sizes = range(1, len(self.walk.tests) + 1)
        return next(filter(None, (self.of_size(size, self.labels) for size in sizes)), {})

    def of_size(self, size: int, labels: int) -> Sets:
        """The sets of so many variables, none of them superfluous, that could settle one of these labels."""
        return self._sets(self.root, size, labels)

    def _sets(self, front: Front, budget: int, labels: int) -> Sets:
        """The sets that spend the whole budget and make sure of one of the labels, whatever is left free."""
        labels = self._open(front, budget, labels)
        if budget == 0 or not labels:
            return {(): labels} if labels else {}
        known, found = self._found.get((front, budget), (0, {}))
        if new := labels & ~known:
            found = _joined(found, self._search(front, budget, new))
            self._found[front, budget] = known | new, found
        return found if known | new == labels else {s: a & labels for s, a in found.items() if a & labels}

    def _open(self, front: Front, budget: int, labels: int) -> int:
        """The labels for which it is worth going on: so many tests could make sure of them, and fewer do not."""
        labels &= self.walk.sure(front, budget)
        if budget:
            return labels and labels & ~self.walk.sure(front, 0)
        # Results that contradict each other settle nothing.
        return 0 if labels and self.walk.is_contradiction(front) else labels

    def _search(self, front: Front, budget: int, labels: int) -> Sets:
        level, others, here = self._next_variable(front)
        found: Sets = {}
        if level.index in self.walk.tests:
            results = [self._after[node][1] for node in here]
            for after in dict.fromkeys(others.union(case) for case in zip(*results, strict=True)):
                for rest, answers in self._sets(after, budget - 1, labels).items():
                    chosen = (level.index, *rest)
                    found[chosen] = found.get(chosen, 0) | answers
                if len(found) >= self.most:
                    return found
        free = others.union(*(self._after[node][0] for node in here))
        return _joined(found, self._sets(free, budget, labels))

    def _next_variable(self, front: Front) -> tuple[Level, Front, list[int]]:
        """The first variable that the front asks, the nodes that do not ask it, and those that do."""
        # Nodes are numbered from the root downwards: the smallest asks the first variable.
        level = self._levels[min(node for node in front if node >= self.forest.leaves)]
        assert level is not None
        here = [node for node in front if level.first <= node < level.last]
        for node in here:
            if node not in self._after:
                self._after[node] = self._read(level, node)
        return level, front.difference(here), here

    def _read(self, level: Level, node: int) -> tuple[list[int], list[int]]:
        """Where a node leads when its variable is left free, and where each result of a test leads."""
        children = level.by_node[node - level.first]
        free, results = self.walk.masks[level.index], self.walk.tests.get(level.index, 0)
        return (
            [self._past_known(children[case]) for case in cases_of(free)],
            [self._past_known(children[case]) for case in cases_of(results)],
        )

    def _past_known(self, node: int) -> int:
        """The first node from here on whose variable is open or could be tested."""
        past = self._past.get(node)
        if past is None:
            past = node
            while (level := self._levels[past]) is not None and level.index not in self.walk.tests:
                mask = self.walk.masks[level.index]
                if mask & (mask - 1):
                    break
                past = level.by_node[past - level.first][mask.bit_length() - 1]
            self._past[node] = past
        return past


def _joined(some: Sets, more: Sets) -> Sets:
    if not some or not more:
        return some or more
    return {**some, **{chosen: answers | some.get(chosen, 0) for chosen, answers in more.items()}}
