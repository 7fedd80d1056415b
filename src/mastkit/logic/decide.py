"""Decide: which answers are still possible, and which missing variables could settle the answer.

Exact, where three-valued logic is not: it asks over all ways in which the gaps could be filled, with one value
for a variable wherever it is used. The classification is compiled once into a decision diagram; a person is then
a walk through it, and a table of persons is a few array operations a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mastkit.logic.diagram import FALSE, TRUE, Diagrams, in_order
from mastkit.logic.domains import Domain, domains_of
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import Expression, any_of, known, variables_of
from mastkit.logic.facts import Facts, possible_values
from mastkit.logic.graph import Graph, named_leaves
from mastkit.logic.masks import Masks, cases_of, nearest
from mastkit.logic.rulebook import Presumption, Rulebook
from mastkit.logic.search import DecidingSearch
from mastkit.logic.values import Truth
from mastkit.logic.variables import Variable


@dataclass(frozen=True, slots=True)
class DecidingSet:
    """Missing variables that could settle the answer together, and the answers that they could settle it to."""

    variables: tuple[Variable, ...]
    answers: tuple[str, ...]


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
        self._diagrams = Diagrams(self.domains, leaves=_MOST_LEAVES)
        self._rules = {p: self._diagrams.of(_as_rule(p)) for p in presumptions}
        self.level_of = self._diagrams.level_of
        self._truths: dict[Expression, Graph] = {}

    @cached_property
    def graph(self) -> Graph:
        """The classification; leaf ``i`` is label ``i``, and the last leaf is what cannot be."""
        return named_leaves(self._diagrams, self._classification(self.rulebook), len(self.rulebook.labels) + 1)

    def _classification(self, book: Rulebook) -> int:
        labels = book.labels
        root = 2 + len(labels) - 1
        for i, label in reversed(list(enumerate(labels[:-1]))):
            root = self._diagrams.choose(self._diagrams.of(label.condition), 2 + i, root)
        return self._under_rules(root, self._rules, 2 + len(labels))

    @cached_property
    def _joint(self) -> tuple[Graph, list[tuple[int, ...]]]:
        """The classification under all readings at once, and the labels that each leaf stands for."""
        leaves: dict[tuple[int, ...], int] = {}

        def leaf(nodes: tuple[int, ...]) -> int:
            number = leaves.setdefault(nodes, 2 + len(leaves))
            if number >= self._diagrams.first_node:
                raise ValueError(f"{self.rulebook.id}: the readings give more than {_MOST_LEAVES} combinations")
            return number

        roots = [self._classification(book) for book in (self.rulebook, *self.others)]
        root = self._diagrams.together(roots, leaf)
        graph = named_leaves(self._diagrams, root, len(leaves))
        return graph, [tuple(node - 2 for node in nodes) for nodes in leaves]

    def possible_under_each(self, masks: Masks) -> tuple[tuple[str, ...], ...]:
        """The labels that are possible: first under the rulebook's own readings, then under each of the others."""
        graph, leaves = self._joint
        reached = [leaves[leaf] for leaf in cases_of(graph.reach(masks))]
        books = (self.rulebook, *self.others)
        return tuple(
            tuple(book.labels[i].code for i in sorted({labels[k] for labels in reached}) if i < len(book.labels))
            for k, book in enumerate(books)
        )

    def truth_graph(self, expression: Expression) -> Graph:
        """An expression; the leaves are false, true, and what cannot be."""
        found = self._truths.get(expression)
        if found is None:
            rules = relevant(tuple(self._rules), [expression])
            root = self._under_rules(self._diagrams.of(expression), rules, 2)
            found = self._truths[expression] = Graph(self._diagrams, root, 3)
        return found

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
        return self._names(self.graph.reach(masks))

    def possible_many(self, masks: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint16]:
        """The same for many rows, as bit masks of the labels."""
        labels: npt.NDArray[np.uint16] = self.graph.reach_many(masks) & np.uint16(
            (1 << len(self.rulebook.labels)) - 1
        )
        return labels

    def _names(self, reached: int) -> tuple[str, ...]:
        return tuple(label.code for i, label in enumerate(self.rulebook.labels) if reached >> i & 1)

    def truth(self, expression: Expression, masks: Masks) -> Truth:
        """True or false where every way of filling the gaps agrees, otherwise ``None``."""
        return _TRUTH_OF_LEAVES[self.truth_graph(expression).reach(masks) & 3]

    def truth_many(self, expression: Expression, masks: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.int8]:
        """The same for many rows: 1 true, 0 false, -1 undecided."""
        reached = self.truth_graph(expression).reach_many(masks) & 3
        truths: npt.NDArray[np.int8] = np.array([-1, 0, 1, -1], dtype=np.int8)[reached]
        return truths

    def candidates(self, facts: Facts, masks: Masks) -> dict[int, int]:
        """The variables that a further test could give or replace: level to the cases it could give.

        These are the unknown ones (but not those whose silence is read as an answer), those stated in a way that
        leaves the truth open (censored numbers, open and provisional statements), and results that decide nothing.
        """
        evaluate = Evaluator(facts.known, facts.stated)
        again = {v for r in self.rulebook.retests if evaluate(r.when) for v in r.variables}
        result: dict[int, int] = {}
        for level, domain in enumerate(self.domains):
            v = domain.variable
            if not v.observable or v in facts.presumed:
                continue  # no test shows it, or its silence already says something
            now = facts.known.get(v)
            if (
                v not in facts.stated
                or v in again
                or (isinstance(now, frozenset) and not now.isdisjoint(v.provisional))
            ):
                result[level] = domain.statable
            elif masks[level].bit_count() > 1:
                result[level] = masks[level]
        return result

    def deciding_sets(
        self, facts: Facts, masks: Masks, *, most: int = 200, known_possible: Sequence[str] | None = None
    ) -> list[DecidingSet]:
        """The smallest sets of missing variables for which some values would settle the answer.

        All sets of the smallest size (at most ``most`` of them), in the order of the rulebook's variables, then
        those in which the rulebook's equivalents stand for a variable, where they settle the answer as well.
        Empty when the answer is settled, or when nothing that is missing could settle it.
        """
        possible = self._possible(masks, known_possible)
        if len(possible) <= 1:
            return []
        candidates = self.candidates(facts, masks)
        search = DecidingSearch(self.graph, masks, candidates, possible)
        found = search.smallest(most)
        for levels in self._in_other_words(found, candidates):
            if answers := search.settles(levels):
                found[levels] = answers
        return [
            DecidingSet(tuple(self.domains[level].variable for level in levels), self._names(answers))
            for levels, answers in sorted(found.items(), key=lambda item: (len(item[0]), item[0]))
        ]

    def ways(
        self, facts: Facts, masks: Masks, *, largest: int = 12, known_possible: Sequence[str] | None = None
    ) -> dict[str, tuple[Variable, ...]]:
        """For each possible label, one smallest set of missing variables that could settle the answer to it.

        Labels that no set of at most ``largest`` variables could settle are left out.
        """
        labels = self._possible(masks, known_possible)
        if len(labels) <= 1:
            return {}
        search = DecidingSearch(self.graph, masks, self.candidates(facts, masks), labels)
        found = {label: search.smallest_for(label, largest) for label in labels}
        return {
            self.rulebook.labels[label].code: tuple(self.domains[level].variable for level in levels)
            for label, levels in found.items()
            if levels is not None
        }

    def _possible(self, masks: Masks, codes: Sequence[str] | None) -> list[int]:
        """The places of the labels that are possible, worked out unless the caller knows them already."""
        if codes is None:
            codes = self.possible(masks)
        return [i for i, label in enumerate(self.rulebook.labels) if label.code in codes]

    def _in_other_words(
        self, found: Iterable[tuple[int, ...]], candidates: Mapping[int, int]
    ) -> set[tuple[int, ...]]:
        """The sets with an equivalent in the place of one of their variables."""
        result = set()
        for equivalent in self.rulebook.equivalents:
            levels = {self.level_of[v] for v in equivalent.variables if v in self.level_of}
            if not levels <= candidates.keys():
                continue
            for chosen in found:
                for other in (self.level_of.get(v) for v in equivalent.instead_of):
                    if other in chosen and not levels.intersection(chosen):
                        result.add(tuple(sorted(levels.union(chosen) - {other})))
        return result


_MOST_LEAVES = 500
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
