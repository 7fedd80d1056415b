"""A decision diagram laid out as arrays, for walking it with one person or with many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mastkit.logic.diagram import Diagrams
from mastkit.logic.masks import Masks, cases_of

_CHUNK = 8192
_SMALL = 300


@dataclass(frozen=True)
class _Level:
    """The nodes that ask one variable: their numbers, and the children of each by case."""

    index: int
    nodes: npt.NDArray[np.int32]
    children: npt.NDArray[np.int32]

    @cached_property
    def first(self) -> int:
        """The first node; they are numbered without a gap."""
        return int(self.nodes[0])

    @cached_property
    def last(self) -> int:
        """One more than the last node."""
        return int(self.nodes[-1]) + 1


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
            self.levels.append(_Level(index, np.array(numbers, dtype=np.int32), np.array(children, dtype=np.int32)))

    def reach(self, masks: Masks) -> int:
        """Bit mask of the leaves that can be reached."""
        if self.size <= _SMALL:
            return self._reach_small(masks)
        reached = np.zeros(self.size, dtype=bool)
        reached[self.root] = True
        for level in self.levels:
            here = np.flatnonzero(reached[level.first : level.last])
            if len(here):
                reached[level.children[here][:, cases_of(masks[level.index])]] = True
        return int(sum(1 << int(i) for i in np.flatnonzero(reached[: self.leaves])))

    def _reach_small(self, masks: Masks) -> int:
        """The same node by node: quicker than arrays for a graph of a few nodes."""
        reached = {self.root}
        for index, first, children in self._rows:
            cases = cases_of(masks[index])
            for node, after in enumerate(children, start=first):
                if node in reached:
                    reached.update([after[case] for case in cases])
        return sum(1 << leaf for leaf in reached if leaf < self.leaves)

    @cached_property
    def _rows(self) -> list[tuple[int, int, list[list[int]]]]:
        """Of each level its variable, its first node and the children of each node: nodes are numbered in order."""
        return [(level.index, level.first, level.children.tolist()) for level in self.levels]

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


def named_leaves(diagrams: Diagrams, root: int, leaves: int) -> Graph:
    """A graph whose leaves are the named ones of the diagrams: true and false are not among them."""
    graph = Graph(diagrams, root, leaves + 2)
    for level in graph.levels:
        level.children[:] -= 2
        level.nodes[:] -= 2
    graph.root -= 2
    graph.size -= 2
    graph.leaves -= 2
    return graph
