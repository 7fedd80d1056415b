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
        most: with more sets than this the search may stop.
    """

    def __init__(self, walk: Walk, root: int, most: int) -> None:
        self.walk = walk
        self.root = frozenset({root})
        self.labels = walk.reached(root)
        self.most = most
        self._levels = walk.forest.level_of
        self._found: dict[tuple[Front, int], tuple[int, Sets]] = {}

    def smallest(self) -> Sets:
        """The smallest sets that could settle the answer to any of the labels."""
        sizes = range(1, len(self.walk.tests) + 1)
        return next(filter(None, (self.of_size(size, self.labels) for size in sizes)), {})

    def of_size(self, size: int, labels: int) -> Sets:
        """The sets of so many variables, none of them superfluous, that could settle one of these labels."""
        return self._sets(self.root, size, labels)

    def settles(self, levels: tuple[int, ...]) -> int:
        """Bit mask of the labels that these variables could settle together, none of them being superfluous."""
        return self._settles(self.root, levels, self.labels)

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
        level, others, children = self._next_variable(front)
        found: Sets = {}
        for after in self._results(level, others, children):
            for rest, answers in self._sets(after, budget - 1, labels).items():
                chosen = (level.index, *rest)
                found[chosen] = found.get(chosen, 0) | answers
            if len(found) > self.most:
                return found
        return _joined(found, self._sets(self._left_free(level, others, children), budget, labels))

    def _settles(self, front: Front, levels: tuple[int, ...], labels: int) -> int:
        labels &= self.walk.within_reach(front, len(levels), roughly=True)
        if not labels or not levels:
            return labels
        level, others, children = self._next_variable(front)
        if level.index < levels[0]:
            return self._settles(self._left_free(level, others, children), levels, labels)
        answers = 0
        if level.index == levels[0]:
            for after in self._results(level, others, children):
                answers |= self._settles(after, levels[1:], labels)
        return answers

    def _next_variable(self, front: Front) -> tuple[Level, Front, list[list[int]]]:
        """The first variable that the front asks, the nodes that do not ask it, and the children of those that do."""
        # Nodes are numbered from the root downwards: the smallest asks the first variable.
        level = self._levels[min(front)]
        here = [node for node in front if node < level.last]
        return level, front.difference(here), [level.by_node[node - level.first] for node in here]

    def _results(self, level: Level, others: Front, children: list[list[int]]) -> Iterable[Front]:
        """The front after each result that a test of the variable can give."""
        cases = cases_of(self.walk.tests.get(level.index, 0))
        return dict.fromkeys([others.union([after[case] for after in children]) for case in cases])

    def _left_free(self, level: Level, others: Front, children: list[list[int]]) -> Front:
        """The front after the variable when it is not tested."""
        cases = cases_of(self.walk.masks[level.index])
        return others.union([after[case] for after in children for case in cases])


def _joined(some: Sets, more: Sets) -> Sets:
    if not some or not more:
        return some or more
    return {**some, **{chosen: answers | some.get(chosen, 0) for chosen, answers in more.items()}}
