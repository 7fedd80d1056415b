"""What the facts of one person decide, and which missing variables could settle the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import Criterion
from mastkit.logic.facts import Facts
from mastkit.logic.forest import Walk
from mastkit.logic.search import DecidingSearch
from mastkit.logic.values import Truth
from mastkit.logic.variables import Variable

if TYPE_CHECKING:
    from mastkit.logic.decide import Classifier


@dataclass(frozen=True, slots=True)
class DecidingSet:
    """Missing variables that could settle the answer together, and the answers that they could settle it to."""

    variables: tuple[Variable, ...]
    answers: tuple[str, ...]


class Decision:
    """One person under one rulebook; everything is read off the same walk through its forest.

    Args:
        classifier: the rulebook made ready to decide.
        facts: what is known of the person.
    """

    def __init__(self, classifier: Classifier, facts: Facts) -> None:
        self.classifier = classifier
        self.facts = facts
        self.masks = classifier.masks(facts)
        self.forest, self._roots, self._criteria = classifier.forest
        self.walk = Walk(self.forest, self.masks, self.candidates)

    @cached_property
    def candidates(self) -> dict[int, int]:
        """The variables that a further test could give or replace: level to the cases it could give.

        These are the unknown ones (but not those whose silence is read as an answer), those stated in a way that
        leaves the truth open (censored numbers, open and provisional statements), and results that decide nothing.
        """
        facts = self.facts
        evaluate = Evaluator(facts.known, facts.stated)
        again = {v for r in self.classifier.rulebook.retests if evaluate(r.when) for v in r.variables}
        result: dict[int, int] = {}
        for level, domain in enumerate(self.classifier.domains):
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
            elif self.masks[level].bit_count() > 1:
                result[level] = self.masks[level]
        return result

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """The labels that some way of filling the gaps gives, in the order of the classification."""
        return self.classifier.names(self.walk.reached(self._roots[0]))

    @cached_property
    def possible_under_others(self) -> tuple[tuple[str, ...], ...]:
        """The same under each of the other readings."""
        return tuple(
            tuple(label.code for i, label in enumerate(book.labels) if self.walk.reached(root) >> i & 1)
            for book, root in zip(self.classifier.others, self._roots[1:], strict=True)
        )

    def truth(self, criterion: Criterion) -> Truth:
        """A criterion of the rulebook: true or false where every way of filling the gaps agrees, else ``None``."""
        return _TRUTH_OF_REACHED[self.walk.reached(self._criteria[criterion]) & 3]

    def deciding_sets(self, *, most: int = 200) -> list[DecidingSet]:
        """The smallest sets of missing variables for which some values would settle the answer.

        All sets of the smallest size (at most ``most`` of them), in the order of the rulebook's variables, then
        those in which the rulebook's equivalents stand for a variable, where they settle the answer as well.
        Empty when the answer is settled, or when nothing that is missing could settle it.
        """
        if len(self.possible) <= 1:
            return []
        search = self._search(most)
        found = dict(islice(search.smallest().items(), most))
        for levels in self._in_other_words(found):
            if answers := search.settles(levels):
                found[levels] = answers
        return [
            DecidingSet(self._variables(levels), self.classifier.names(answers))
            for levels, answers in sorted(found.items(), key=lambda item: (len(item[0]), item[0]))
        ]

    def ways(self, *, largest: int = 12) -> dict[str, tuple[Variable, ...]]:
        """For each possible label, one smallest set of missing variables that could settle the answer to it.

        Labels that no set of at most ``largest`` variables could settle are left out.
        """
        if len(self.possible) <= 1:
            return {}
        search = self._search(most=0)
        found = {
            label.code: next((s for size in range(1, largest + 1) for s in search.of_size(size, 1 << i)), None)
            for i, label in enumerate(self.classifier.rulebook.labels)
            if label.code in self.possible
        }
        return {code: self._variables(levels) for code, levels in found.items() if levels is not None}

    def _search(self, most: int) -> DecidingSearch:
        return DecidingSearch(self.walk, self._roots[0], most)

    def _variables(self, levels: Iterable[int]) -> tuple[Variable, ...]:
        return tuple(self.classifier.domains[level].variable for level in levels)

    def _in_other_words(self, found: Mapping[tuple[int, ...], int]) -> set[tuple[int, ...]]:
        """The sets with an equivalent in the place of one of their variables."""
        level_of = self.classifier.level_of
        result = set()
        for equivalent in self.classifier.rulebook.equivalents:
            levels = {level_of[v] for v in equivalent.variables if v in level_of}
            if not levels <= self.candidates.keys():
                continue
            for chosen in found:
                for other in (level_of.get(v) for v in equivalent.instead_of):
                    if other in chosen and not levels.intersection(chosen):
                        result.add(tuple(sorted(levels.union(chosen) - {other})))
        return result


_TRUTH_OF_REACHED: tuple[Truth, ...] = (None, False, True, None)
