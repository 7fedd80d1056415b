"""The search for the smallest sets of missing variables that could settle an answer.

A set settles the answer to a label when some values of its variables leave no other label reachable, whatever
the variables outside it turn out to be. The search goes down the decision diagram from the root with a *front*: the
nodes that can still be reached. At each variable it either leaves the variable free (the front spreads to all of
its possible cases) or spends one of its tests on it (the front follows one case). What the walk through the forest
knows of each node, which labels so many tests could make sure of, prunes all but a few of these ways.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeAlias

from mastkit.logic.forest import Level, Walk
from mastkit.logic.masks import cases_of

Front: TypeAlias = frozenset[int]
Found: TypeAlias = Generator[tuple[tuple[int, ...], int], None, int]
"""Sets, each with the labels that it could settle; in the end the labels for which there were any."""


class DecidingSearch:
    """The search for one person.

    Args:
        walk: the person's walk through a forest.
        root: the classification in it.
        labels: bit mask of the labels that are still possible.
    """

    def __init__(self, walk: Walk, root: int, labels: int) -> None:
        self.walk = walk
        self.labels = labels
        self.forest = walk.forest
        self._levels = self.forest.level_of
        self._dead: dict[tuple[Front, int], int] = {}
        self._after: dict[int, tuple[list[int], list[int]]] = {}
        self._past: dict[int, int] = {}
        self.root = frozenset({self._past_known(root)})

    def smallest(self, most: int) -> dict[tuple[int, ...], int]:
        """Levels of the variables of each smallest set, with the bit mask of labels that it could settle."""
        for size in range(1, len(self.walk.tests) + 1):
            found: dict[tuple[int, ...], int] = {}
            for chosen, labels in self._of_size(size, self.labels):
                if chosen not in found and len(found) >= most:
                    break
                found[chosen] = found.get(chosen, 0) | labels
            if found:
                return found
        return {}

    def with_all_tests(self) -> int:
        """Bit mask of the labels that all tests could settle together, none of them being superfluous."""
        answers = 0
        for _, labels in self._of_size(len(self.walk.tests), self.labels):
            answers |= labels
        return answers

    def smallest_for(self, label: int, largest: int) -> tuple[int, ...] | None:
        """Levels of the variables of one smallest set that could settle this label, of at most ``largest``."""
        for size in range(1, largest + 1):
            for chosen, _ in self._of_size(size, 1 << label):
                return chosen
        return None

    def _of_size(self, size: int, labels: int) -> Found:
        self._dead.clear()
        return self._sets(self.root, size, (), labels)

    def _sets(self, front: Front, budget: int, chosen: tuple[int, ...], labels: int) -> Found:
        """The sets that spend the whole budget and make sure of one of the labels, whatever is left free."""
        passed: list[tuple[Front, int, int]] = []
        while labels := self._open(front, budget, labels):
            if budget == 0:
                yield tuple(sorted(chosen)), labels
                return labels
            level, others, here = self._next_variable(front)
            hit = 0
            if level.index in self.walk.tests:
                results = [self._after[node][1] for node in here]
                for after in dict.fromkeys(others.union(case) for case in zip(*results, strict=True)):
                    hit |= yield from self._sets(after, budget - 1, (*chosen, level.index), labels)
            passed.append((front, labels, hit))
            front = others.union(*(self._after[node][0] for node in here))
        hit = 0
        for front, labels, hit_here in reversed(passed):
            hit |= hit_here
            self._dead[front, budget] = self._dead.get((front, budget), 0) | labels & ~hit
        return hit

    def _open(self, front: Front, budget: int, labels: int) -> int:
        """The labels for which it is worth going on: so many tests could make sure of them, and fewer do not."""
        labels &= self.walk.sure(front, budget)
        if budget:
            return labels and labels & ~(self._dead.get((front, budget), 0) | self.walk.sure(front, 0))
        # Results that contradict each other settle nothing.
        return 0 if labels and self.walk.is_contradiction(front) else labels

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
