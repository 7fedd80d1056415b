"""Rulebooks and sets of rules: the criteria of a publication, what they conclude, and how silence is read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mastkit.logic.evaluate import Known as Possible
from mastkit.logic.evaluate import known_range
from mastkit.logic.expressions import (
    Comparison,
    Criterion,
    Expression,
    Known,
    Member,
    Not,
    Source,
    Verification,
    expression,
    variables_of,
    walk,
)
from mastkit.logic.variables import Variable


@dataclass(frozen=True, slots=True)
class Presumption:
    """What a report that is silent on ``variable`` is taken to say when ``when`` holds.

    ``then`` are the values (or, for a number, the expression over it) that remain possible.

    Attributes:
        kind: ``logic`` where it follows from the meaning of the words, ``reading`` where it is a choice.
        narrows: whether it also narrows a censored number: where nodes are "not enlarged", "> 1 cm" is not above
            2 cm. Otherwise it never touches a variable that is stated. Only the exact reader heeds this
            (:meth:`~mastkit.logic.decide.Classifier.masks`), since it speaks of the cases that the limits of the
            rules cut; facts, three-valued logic and compiled columns keep the number as it was stated. They say
            less by it, and never anything else.
    """

    variable: Variable
    then: Expression
    when: Expression
    title: str
    kind: str = "logic"
    clause: str = ""
    narrows: bool = False

    @property
    def leaves(self) -> Possible:
        """The values that silence leaves possible.

        Raises:
            ValueError: where the conclusion is of another form, or leaves nothing that the variable can be.
        """
        v = self.variable
        left: Possible | None
        match self.then:
            case Member(values=values):
                left = values
            case Not(item=Member(values=values)) if v.kind == "boolean":
                left = frozenset({True, False}) - values
            case Comparison(operator=">", limit=limit, one_plus=None):
                left = known_range(v, math.nextafter(limit, math.inf), v.high)
            case Comparison(operator=">=", limit=limit, one_plus=None):
                left = known_range(v, limit, v.high)
            case Comparison(operator="<", limit=limit, one_plus=None):
                left = known_range(v, v.low, math.nextafter(limit, -math.inf))
            case Comparison(operator="<=", limit=limit, one_plus=None):
                left = known_range(v, v.low, limit)
            case _:
                form = type(self.then).__name__
                raise ValueError(f"a presumption on {v.name} may conclude values or one comparison, not {form}")
        if not left:
            raise ValueError(f"a presumption on {v.name} concludes what it cannot be")
        return left


def presume(
    variable: Variable,
    then: Expression | Variable,
    *,
    when: Expression | Variable,
    title: str,
    kind: str = "logic",
    clause: str = "",
    narrows: bool = False,
) -> Presumption:
    """``when`` holds and nothing is stated of the variable: then this holds of it."""
    only = variables_of(expression(then))
    if only != (variable,):
        raise ValueError(f"a presumption on {variable.name} may speak of it alone, not of {only}")
    if variable.absent is not None and not narrows:
        raise ValueError(f"{variable.name}: what its absence means is fixed, so nothing else can be presumed of it")
    presumption = Presumption(variable, expression(then), expression(when), title, kind, clause, narrows)
    presumption.leaves  # noqa: B018 - refused now rather than for the first person whom it concerns
    return presumption


@dataclass(frozen=True, slots=True)
class Retest:
    """Results that decide nothing, so that the test behind ``variables`` is still to be done properly."""

    variables: tuple[Variable, ...]
    when: Expression
    title: str


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Variables that one test gives together, and that may stand for another one in a set of missing variables."""

    variables: tuple[Variable, ...]
    instead_of: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """One answer of a classification: a code, its name, and when it is given (if none before it is)."""

    code: str
    title: str
    condition: Expression
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A choice between ways in which authorities print or apply a rule.

    Attributes:
        id: the name of the choice in this rulebook.
        options: what may be chosen, each with what it means; the first is the default.
        starred: whether an answer says so when another option would change it.
    """

    id: str
    title: str
    options: Mapping[str, str]
    clause: str = ""
    reason: str = ""
    starred: bool = False

    @property
    def default(self) -> str:
        """The option taken when nothing is said."""
        return next(iter(self.options))


@dataclass(frozen=True)
class Rulebook:
    """The rules of one publication under one choice of readings.

    Attributes:
        id: as it is cited in answers (``who-2022``).
        question: the criterion that the classification turns on.
        criteria: those that are shown, in order.
        groups: named lists of criteria that are counted (``b_findings``).
        labels: the classification in order; the first whose condition holds is the answer. The last has no
            condition of its own and takes whatever is left.
        presumptions: how silence is read.
        retests: which stated results are no better than none.
        equivalents: variables that are named as missing beside one that says as much.
        readings: the choices there are; ``chosen`` names the option taken for each.
        order: variables in the order in which a decision diagram asks them (a hint for speed only).
    """

    id: str
    title: str
    question: Criterion
    criteria: tuple[Criterion, ...]
    groups: Mapping[str, tuple[Criterion, ...]]
    labels: tuple[Label, ...]
    presumptions: tuple[Presumption, ...] = ()
    retests: tuple[Retest, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()
    readings: tuple[Reading, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    verified: Verification = "unverified"
    order: tuple[Variable, ...] = ()

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable asked about: those of ``order`` first, then as they are mentioned."""
        mentioned = variables_of(*self.expressions)
        first = [v for v in self.order if v in mentioned]
        return (*first, *(v for v in mentioned if v not in set(first)))

    @cached_property
    def expressions(self) -> tuple[Expression, ...]:
        """Everything the rulebook says, as a flat list of roots."""
        roots: list[Expression] = [*self.criteria, self.question]
        for members in self.groups.values():
            roots.extend(members)
        roots.extend(label.condition for label in self.labels)
        for p in self.presumptions:
            roots.extend((p.when, p.then))
        roots.extend(r.when for r in self.retests)
        return tuple(roots)

    @cached_property
    def asks_whether_known(self) -> frozenset[Variable]:
        """The variables for which it matters whether anything is stated at all."""
        asked = {n.variable for n in walk(*self.expressions) if isinstance(n, Known)}
        return frozenset(asked | {p.variable for p in self.presumptions if p.variable.observable})

    def option(self, reading: str) -> str:
        """The option taken for a reading."""
        return self.chosen[reading]


@dataclass(frozen=True)
class RuleSet:
    """Criteria that belong together and are answered one by one, with no classification on top.

    Attributes:
        id: short and unique, as it is cited in answers (``anaphylaxis``).
        criteria: in the order in which they are shown.
        readings: the choices there are; ``chosen`` names the option taken for each.
        verified: how far the least verified of the criteria is verified.
        presumptions: how silence is read.
        note: what a careful reader should know of the whole.
    """

    id: str
    title: str
    criteria: tuple[Criterion, ...]
    readings: tuple[Reading, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    verified: Verification = "unverified"
    presumptions: tuple[Presumption, ...] = ()
    note: str = ""

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable asked about, in order of first mention."""
        silences = [e for p in self.presumptions for e in (p.when, p.then)]
        return variables_of(*self.criteria, *silences)

    def criterion(self, id: str) -> Criterion:  # noqa: A002 - the word of the published tables
        """The criterion of that id.

        Raises:
            KeyError: where there is none.
        """
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise KeyError(f"{self.id} has no criterion {id}; it has: {', '.join(c.id for c in self.criteria)}")

    def option(self, reading: str) -> str:
        """The option taken for a reading."""
        return self.chosen[reading]


def choose(readings: Iterable[Reading], wanted: Mapping[str, str]) -> dict[str, str]:
    """One option for each reading: the wanted one, or the default.

    Raises:
        ValueError: in one sentence, for a reading or an option that does not exist.
    """
    offered = {r.id: r for r in readings}
    for name, option in wanted.items():
        if name not in offered:
            raise ValueError(f"no reading is called {name!r}; there are: {', '.join(offered)}")
        if option not in offered[name].options:
            raise ValueError(f"reading {name} has no option {option!r}; it has: {', '.join(offered[name].options)}")
    return {name: wanted.get(name, reading.default) for name, reading in offered.items()}
