"""Decide: which answers are still possible.

Exact, where three-valued logic is not: it asks over all ways in which the gaps could be filled, with one value
for a variable wherever it is used. The classification is compiled once into a decision diagram; a person is then
a walk through it (:mod:`mastkit.logic.decision`), and a table of persons is a few array operations a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mastkit.logic.decision import Decision
from mastkit.logic.diagram import FALSE, TRUE, Diagrams, in_order
from mastkit.logic.domains import Domain, domains_of
from mastkit.logic.explain import Explainer
from mastkit.logic.expressions import Criterion, Expression, any_of, known, variables_of
from mastkit.logic.facts import Facts, possible_values, read_facts
from mastkit.logic.forest import Forest
from mastkit.logic.graph import Graph, named_leaves
from mastkit.logic.masks import Masks, nearest
from mastkit.logic.rulebook import Presumption, Rulebook
from mastkit.logic.values import Truth
from mastkit.logic.variables import Variable


class Classifier:
    """A rulebook made ready to decide.

    Args:
        rulebook: the rules.
        others: the same rulebook under other readings, whose answers are to be had in the same walk.
    """

    def __init__(self, rulebook: Rulebook, others: Sequence[Rulebook] = ()) -> None:
        self.rulebook = rulebook
        self.others = tuple(others)
        presumptions = relevant(
            rulebook.presumptions, [*rulebook.criteria, *(label.condition for label in rulebook.labels)]
        )
        books = (rulebook, *self.others)
        domains = domains_of(
            [e for book in books for e in book.expressions],
            frozenset().union(*(book.asks_whether_known for book in books)),
        )
        mentioned = dict.fromkeys(v for book in books for v in book.variables)
        first = [v for v in rulebook.order if v in mentioned]
        self.variables: tuple[Variable, ...] = tuple(dict.fromkeys([*first, *mentioned]))
        """Every variable that is asked about under any of the readings."""
        self.presumptions = rulebook.presumptions
        self.domains: list[Domain] = in_order(domains, self.variables)
        for domain in self.domains:
            if domain.size > 63:
                raise ValueError(
                    f"{domain.variable.name}: the rules cut it into {domain.size} cases, at most 63 can be kept"
                )
        self._labels = max(len(book.labels) for book in books)
        self._impossible = 2 + self._labels
        self._diagrams = Diagrams(self.domains, leaves=self._labels + 1)
        self._rules = {p: self._diagrams.of(_as_rule(p)) for p in presumptions}
        self.level_of = self._diagrams.level_of
        self._truths: dict[Expression, Graph] = {}

    @cached_property
    def graph(self) -> Graph:
        """The classification; leaf ``i`` is label ``i``, and the last leaf is what cannot be."""
        return named_leaves(self._diagrams, self._classification(self.rulebook), self._labels + 1)

    def _classification(self, book: Rulebook) -> int:
        labels = book.labels
        root = 2 + len(labels) - 1
        for i, label in reversed(list(enumerate(labels[:-1]))):
            root = self._diagrams.choose(self._diagrams.of(label.condition), 2 + i, root)
        return self._under_rules(root, self._rules, self._impossible)

    @cached_property
    def forest(self) -> tuple[Forest, tuple[int, ...], dict[Criterion, int]]:
        """What one person's walk answers: the classification under each of the readings, and each criterion.

        The roots of the classifications come in the order of the readings, those of the criteria by criterion.
        """
        books = [self._classification(book) for book in (self.rulebook, *self.others)]
        criteria = {c: self._truth(c, self._impossible) for c in self.rulebook.criteria}
        forest = Forest(self._diagrams, [*books, *criteria.values()], self._labels)
        number = forest.number
        return forest, tuple(number[root] for root in books), {c: number[root] for c, root in criteria.items()}

    @cached_property
    def silence(self) -> Explainer:
        """The person of whom nothing is stated, with whom most persons share most of their unknowns."""
        return Explainer(read_facts(self, {}))

    def decide(self, facts: Facts) -> Decision:
        """What the facts of one person decide."""
        return Decision(self, facts)

    def truth_graph(self, expression: Expression) -> Graph:
        """An expression; the leaves are false, true, and what cannot be."""
        found = self._truths.get(expression)
        if found is None:
            found = self._truths[expression] = Graph(self._diagrams, self._truth(expression, 2), 3)
        return found

    def _truth(self, expression: Expression, impossible: int) -> int:
        rules = relevant(tuple(self._rules), [expression])
        return self._under_rules(self._diagrams.of(expression), rules, impossible)

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
        for level, p, then in self._narrowing:
            narrowed = nearest(result[level], then)
            if p.variable in facts.stated and narrowed != result[level] and self.truth(p.when, result):
                result[level] = narrowed
        return result

    def masks_many(
        self, columns: Mapping[Variable, npt.NDArray[np.uint64]], rows: int
    ) -> list[npt.NDArray[np.uint64]]:
        """The same for many rows, from the cases that each stated value leaves (0 where nothing is stated)."""
        result = []
        for domain in self.domains:
            v = domain.variable
            silent = domain.mask(None if v.absent is None else possible_values(v, v.absent), stated=False)
            column = columns.get(v)
            if column is None:
                result.append(np.full(rows, silent, dtype=np.uint64))
            else:
                result.append(np.where(column != 0, column, np.uint64(silent)))
        for level, p, then in self._narrowing:
            column = columns.get(p.variable)
            if column is None:
                continue
            different, where = np.unique(column, return_inverse=True)
            narrowed = np.array([nearest(int(mask), then) for mask in different], dtype=np.uint64)[where]
            open_ = np.flatnonzero((column != 0) & (narrowed != column))
            if len(open_):
                called_for = self.truth_many(p.when, [m[open_] for m in result]) == 1
                result[level][open_[called_for]] = narrowed[open_[called_for]]
        return result

    @cached_property
    def _narrowing(self) -> list[tuple[int, Presumption, int]]:
        """The presumptions that narrow a censored number: its level, and the cases that they leave."""
        found = []
        for p in self._rules:
            if p.narrows:
                level = self.level_of[p.variable]
                domain = self.domains[level]
                found.append((level, p, domain.mask(p.leaves, stated=True)))
        return found

    def possible(self, masks: Masks) -> tuple[str, ...]:
        """The labels that some way of filling the gaps gives, in the order of the classification."""
        return self.names(self.graph.reach(masks))

    def possible_many(self, masks: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint16]:
        """The same for many rows, as bit masks of the labels."""
        labels: npt.NDArray[np.uint16] = self.graph.reach_many(masks) & np.uint16(
            (1 << len(self.rulebook.labels)) - 1
        )
        return labels

    def names(self, reached: int) -> tuple[str, ...]:
        """The codes of a bit mask of labels, in the order of the classification."""
        return tuple(label.code for i, label in enumerate(self.rulebook.labels) if reached >> i & 1)

    def truth(self, expression: Expression, masks: Masks) -> Truth:
        """True or false where every way of filling the gaps agrees, otherwise ``None``."""
        return _TRUTH_OF_LEAVES[self.truth_graph(expression).reach(masks) & 3]

    def truth_many(self, expression: Expression, masks: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.int8]:
        """The same for many rows: 1 true, 0 false, -1 undecided."""
        reached = self.truth_graph(expression).reach_many(masks) & 3
        truths: npt.NDArray[np.int8] = np.array([-1, 0, 1, -1], dtype=np.int8)[reached]
        return truths


_TRUTH_OF_LEAVES: tuple[Truth, ...] = (None, False, True, None)


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
