"""The search for the smallest sets of missing variables that could settle an answer.

A set settles the answer to a label when some values of its variables leave no other label reachable, whatever
the variables outside it turn out to be. The search goes down the decision diagram from the root with a *front*: the
nodes that can still be reached. At each variable it either leaves the variable free (the front spreads to all of
its possible cases) or spends one of its tests on it (the front follows one case). What the walk through the forest
knows of each node, which labels so many tests could make sure of, prunes all but a few of these ways.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from mastkit.logic.forest import Walk
from mastkit.logic.masks import cases_of

Front: TypeAlias = frozenset[int]
Sets: TypeAlias = dict[tuple[int, ...], int]
"""Sets of variables, by their levels from the first down, each with the bit mask of labels that it could settle."""


class _Step(NamedTuple):
    """The first variable that a front asks, and where the front goes from there.

    Attributes:
        level: which variable it is.
        results: the nodes that can still be reached after each result that a test of it can give.
        free: those that can be reached when it is not tested.
    """

    level: int
    results: list[list[int]]
    free: Front


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
        self._steps: dict[Front, _Step] = {}
        self._found: dict[tuple[Front, int], tuple[int, Sets]] = {}

    def smallest(self) -> Sets:
        """The smallest sets that could settle the answer to any of the labels."""
        sizes = range(1, len(self.walk.tests) + 1)
        return next(filter(None, (self.of_size(size, self.labels) for size in sizes)), {})

    def of_size(self, size: int, labels: int) -> Sets:
        """The sets of so many variables, none of them superfluous, that could settle one of these labels."""
        labels &= self.walk.within_reach(self.root, size)
        return self._sets(self.root, size, labels) if labels else {}

    def settles(self, levels: tuple[int, ...]) -> int:
        """Bit mask of the labels that these variables could settle together, none of them being superfluous."""
        return self._settles(self.root, levels, self.labels)

    def _sets(self, front: Front, budget: int, labels: int) -> Sets:
        """The sets that spend the budget on one of the labels, all of which are within its reach."""
        known, found = self._found.get((front, budget), (0, {}))
        if new := labels & ~known:
            found = _joined(found, self._search(front, budget, new))
            self._found[front, budget] = known | new, found
        return found if known | new == labels else {s: a & labels for s, a in found.items() if a & labels}

    def _search(self, front: Front, budget: int, labels: int) -> Sets:
        step = self._step(front)
        found: Sets = {}
        for after in step.results:
            within = labels & self.walk.within_reach(after, budget - 1)
            if within and budget > 1:
                for rest, answers in self._sets(frozenset(after), budget - 1, within).items():
                    chosen = (step.level, *rest)
                    found[chosen] = found.get(chosen, 0) | answers
            elif within:
                found[step.level,] = found.get((step.level,), 0) | within
            if len(found) > self.most:
                return found
        within = labels & self.walk.within_reach(step.free, budget)
        return _joined(found, self._sets(step.free, budget, within)) if within else found

    def _settles(self, front: Front, levels: tuple[int, ...], labels: int) -> int:
        labels &= self.walk.within_reach(front, len(levels), roughly=True)
        if not labels or not levels:
            return labels
        step = self._step(front)
        if step.level < levels[0]:
            return self._settles(step.free, levels, labels)
        answers = 0
        if step.level == levels[0]:
            for after in step.results:
                answers |= self._settles(frozenset(after), levels[1:], labels)
        return answers

    def _step(self, front: Front) -> _Step:
        found = self._steps.get(front)
        if found is None:
            found = self._steps[front] = self._next_step(front)
        return found

    def _next_step(self, front: Front) -> _Step:
        # Nodes are numbered from the root downwards: the smallest asks the first variable.
        level = self._levels[min(front)]
        first, last, by_node = level.first, level.last, level.by_node
        others = [node for node in front if node >= last]
        children = [by_node[node - first] for node in front if node < last]
        results = cases_of(self.walk.tests.get(level.index, 0))
        free = cases_of(self.walk.masks[level.index])
        return _Step(
            level.index,
            [others + [child[case] for child in children] for case in results],
            frozenset(others + [child[case] for child in children for case in free]),
        )


def _joined(some: Sets, more: Sets) -> Sets:
    if not some or not more:
        return some or more
    return {**some, **{chosen: answers | some.get(chosen, 0) for chosen, answers in more.items()}}
