"""Several diagrams laid out together, so that one walk from the leaves to the roots answers all of them.

The walk is that of one person. It gives each node a word of 64 bits, in rows of one bit a label:

- row 0: the labels that cannot be reached from this node;
- row 1 + n: the labels that some results of n tests would make sure of, whatever all else turns out to be.

Where a variable is left free, each of its possible cases must agree: the words of the children are joined by
"and". Where one of the tests is spent on it, one of the results that it can give is enough: they are joined by
"or", and count from the next row on. The leaf of what cannot be has every bit: no label is reached there, and none
is put in doubt. More tests than there are rows stand in a second word, worked out only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from operator import and_

import numpy as np
import numpy.typing as npt

from mastkit.logic.diagram import FALSE, TRUE, Diagrams
from mastkit.logic.masks import Masks, cases_of

_BITS = 64
Words = npt.NDArray[np.uint64]


class Level:
    """The nodes that ask one variable, numbered from ``first`` without a gap.

    Attributes:
        index: which variable it is, by its place in the order of the diagrams.
        children: the children of these nodes, a row a case.
    """

    def __init__(self, index: int, first: int, children: npt.NDArray[np.intp]) -> None:
        self.index = index
        self.first = first
        self.last = first + children.shape[1]
        self.children = children
        self._in: dict[int, npt.NDArray[np.intp]] = {}

    def into(self, mask: int) -> npt.NDArray[np.intp]:
        """The children in the cases of a mask, a row a case."""
        found = self._in.get(mask)
        if found is None:
            found = self._in[mask] = self.children[cases_of(mask)]
        return found

    @cached_property
    def by_node(self) -> list[list[int]]:
        """The children of each node, by case."""
        children: list[list[int]] = self.children.T.tolist()
        return children


class Forest:
    """Diagrams of one order of variables whose leaves are labels, or false and true.

    Args:
        diagrams: where they were built.
        roots: their roots there. Leaf ``2 + i`` is label ``i``, the last leaf what cannot be.
        labels: how many labels there are; at most 32.

    Attributes:
        number: of each node of the diagrams its number here: from the first variable downwards, leaves last.
        levels: from the first variable to the last.
    """

    def __init__(self, diagrams: Diagrams, roots: Sequence[int], labels: int) -> None:
        self.labels = labels
        self.bottom = len(diagrams.order)
        self.width = max(labels, 2)
        self.rows = _BITS // self.width
        if self.rows < 2:
            raise ValueError(f"a classification can have {_BITS // 2} labels at most, not {labels}")
        self.every_label = (1 << self.width) - 1
        inner = {n for root in roots for n in diagrams.below(root)}
        nodes = sorted(inner, key=lambda n: (diagrams.levels[n], n))
        self.number = {n: i for i, n in enumerate([*nodes, *range(3 + labels)])}
        by_level: dict[int, list[int]] = {}
        for n in nodes:
            by_level.setdefault(diagrams.levels[n], []).append(n)
        self.levels: list[Level] = []
        for index, asking in by_level.items():
            children = np.array([[self.number[c] for c in diagrams.children[n]] for n in asking], dtype=np.intp)
            self.levels.append(Level(index, self.number[asking[0]], children.T.copy()))

    @cached_property
    def level_of(self) -> list[Level]:
        """The level of each node; leaves stand below all variables."""
        inner = [level for level in self.levels for _ in range(level.first, level.last)]
        leaves = len(self.number) - len(inner)
        return inner + [Level(self.bottom, len(inner), np.empty((0, leaves), dtype=np.intp))] * leaves

    def row(self, labels: int, first: int = 0) -> int:
        """A word with these labels in every row from the first one given."""
        return sum(labels << self.width * row for row in range(first, self.rows))

    @cached_property
    def leaf_words(self) -> tuple[Words, Words]:
        """The words of the leaves, after room for the nodes: the first ones, and those for more tests."""
        first, more = (np.zeros(len(self.number), dtype=np.uint64) for _ in range(2))
        # False and true share the bits of the first two labels: no diagram has both.
        bits = {FALSE: 1, TRUE: 2, **{2 + i: 1 << i for i in range(self.labels)}}
        for leaf, bit in bits.items():
            first[self.number[leaf]] = self.row(bit, first=1) | (self.every_label ^ bit)
            more[self.number[leaf]] = self.row(bit)
        first[-1] = more[-1] = self.row(self.every_label)
        return first, more


class Walk:
    """One person's walk through a forest.

    Args:
        forest: the diagrams.
        masks: for each variable the cases that are possible.
        tests: for each variable that a test could give or replace, the cases that it could give.
    """

    def __init__(self, forest: Forest, masks: Masks, tests: Mapping[int, int]) -> None:
        self.forest = forest
        self.masks = masks
        self.tests = tests
        self._words: list[Words] = []
        self._complete = False
        self._first = self._word(0).item

    def reached(self, node: int) -> int:
        """Bit mask of the labels that can be reached from a node."""
        return ~self._first(node) & self.forest.every_label

    def within_reach(self, nodes: Iterable[int], tests: int, *, roughly: bool = False) -> int:
        """Bit mask of the labels that so many tests could make sure of, from all of these nodes at once.

        None that is sure without a test, if there are tests to spend; and none where nothing at all is reached:
        results that contradict each other settle nothing. ``roughly``: where the first word does not tell of so
        many tests, labels may be named that are out of their reach.
        """
        width, every = self.forest.width, self.forest.every_label
        together = reduce(and_, map(self._first, nodes))
        sure = together >> width & every
        if tests == 0:
            return sure if together & every != every else 0
        number, row = divmod(1 + tests, self.forest.rows)
        if number and roughly:
            return every & ~sure
        if number:
            together = reduce(and_, map(self._word(number).item, nodes))
        return together >> width * row & every & ~sure

    def _word(self, number: int) -> Words:
        while len(self._words) <= number and not self._complete:
            self._words.append(self._next_word())
            # Two equal words: no further test makes sure of anything more. (The first has a row of its own kind.)
            self._complete = len(self._words) > 2 and np.array_equal(self._words[-1], self._words[-2])
        return self._words[min(number, len(self._words) - 1)]

    def _next_word(self) -> Words:
        """From the leaves to the roots: the words of all nodes."""
        forest = self.forest
        before = self._words[-1] if self._words else None
        words = forest.leaf_words[before is not None].copy()
        # The first word tells in its lowest rows what no test bears on.
        counts = np.uint64(forest.row(forest.every_label, first=2 if before is None else 0))
        up, carry = np.uint64(forest.width), np.uint64(forest.width * (forest.rows - 1))
        for level in reversed(forest.levels):
            mask, results = self.masks[level.index], self.tests.get(level.index)
            here = words[level.first : level.last]
            free = words[level.into(mask)]
            np.bitwise_and.reduce(free, axis=0, out=here)
            if results is not None:
                one_of = np.bitwise_or.reduce(free if results == mask else words[level.into(results)], axis=0)
                one_of <<= up
                if before is not None:
                    one_of |= np.bitwise_or.reduce(before[level.into(results)], axis=0) >> carry
                one_of &= counts
                here |= one_of
        return words
