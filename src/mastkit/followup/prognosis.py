"""Prognostic scores for one person or for a table: whom they are for, points, groups, published survival.

A score is shown only to those for whom it was made. What is missing widens the range of points; nothing missing is
ever taken as good news. Survival is what was published for groups of patients: it is no forecast for one person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import Criterion, variables_of
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Presumption
from mastkit.logic.score import Level, Points, missing_for
from mastkit.logic.values import Fact, Truth
from mastkit.logic.variables import Variable
from mastkit.rulebooks import PROGNOSTIC_SCORES
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.prognosis import PrognosticScore, Survival

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from mastkit.logic.columns import Table

LONGEST_SPREAD_DAYS = 90
"""Inputs further apart than this are remarked on: a rule of this project, not of a publication."""


@dataclass(frozen=True, slots=True)
class PartPoints:
    """One line of a score with the points that are possible."""

    title: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Prognosis:
    """One score for one person.

    Attributes:
        applies: whether the person belongs to those for whom the score was made; ``None`` while it is open.
        points: the range of points; ``None`` where the score does not apply.
        levels: the risk groups that the range leaves possible; empty where no group is published or verified.
        missing: the sheet variables of which nothing is known.
        cautions: why the result is to be distrusted.
        survival: what was published for the possible groups.
        remarks: what else a careful reader should know of this result.
    """

    rule: PrognosticScore
    applies: Truth
    points: Points | None
    levels: tuple[Level, ...]
    parts: tuple[PartPoints, ...]
    missing: tuple[str, ...]
    cautions: tuple[Criterion, ...]
    survival: tuple[Survival, ...]
    remarks: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether the score applies and only one number of points is possible."""
        return self.applies is True and self.points is not None and self.points.low == self.points.high

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, ready to be written as JSON."""
        score = self.rule.score
        return {
            "score": score.id,
            "title": score.title,
            "applies": self.applies,
            "population": self.rule.population.title,
            "endpoint": self.rule.endpoint,
            "points": None if self.points is None else {"low": self.points.low, "high": self.points.high},
            "limits": {"low": score.limits.low, "high": score.limits.high},
            "levels": [{"code": level.code, "title": level.title} for level in self.levels],
            "parts": [{"title": p.title, "low": p.low, "high": p.high} for p in self.parts],
            "missing": list(self.missing),
            "cautions": [{"title": c.title, "verified": c.verified} for c in self.cautions],
            "survival": [
                {
                    "level": s.level,
                    "cohort": s.cohort,
                    "median_years": s.median_years,
                    "reached": s.median_years is not None,
                }
                for s in self.survival
            ],
            "no_survival": self.rule.no_survival or None,
            "verified": score.verified,
            "note": score.note or None,
            "remarks": list(self.remarks),
            "sources": [{"key": s.key, "reference": s.reference, "link": s.link} for s in self.rule.sources],
        }


@dataclass(frozen=True, slots=True)
class _Asked:
    """Everything that a score, its population and its cautions ask about."""

    variables: tuple[Variable, ...]
    presumptions: tuple[Presumption, ...]


def _asked(rule: PrognosticScore) -> _Asked:
    more = variables_of(rule.population, *rule.cautions)
    return _Asked(tuple(dict.fromkeys((*rule.score.variables, *more))), rule.score.presumptions)


def for_sheet(
    values: Mapping[str, Fact | None],
    *,
    subtypes: Collection[str] | None = None,
    dates: Mapping[str, date] | None = None,
) -> tuple[Prognosis, ...]:
    """Every prognostic score for one person.

    Args:
        values: what is known, by sheet variable, in the units of the case sheet; a missing key is unknown.
        subtypes: the codes of the types of disease that are possible (``{"ASM"}``, or what a classification
            leaves open); ``None`` where nothing is known. A diagnosis stated by a clinician is one code.
        dates: when each value was obtained, where that is known; values far apart are remarked on.

    Raises:
        ValueError: in one sentence, for a value that a variable cannot have, or a type that is unknown.
    """
    possible = _possible(subtypes)
    return tuple(_for_one(rule, values, possible, dates or {}) for rule in PROGNOSTIC_SCORES.values())


def _possible(subtypes: Collection[str] | None) -> frozenset[bool | str] | None:
    if not subtypes:
        return None
    unknown = sorted(set(subtypes) - set(v.subtype.values))
    if unknown:
        raise ValueError(f"type of disease: found {unknown[0]!r}, expected one of {', '.join(v.subtype.values)}")
    return frozenset(subtypes)


def _for_one(
    rule: PrognosticScore,
    values: Mapping[str, Fact | None],
    subtypes: frozenset[bool | str] | None,
    dates: Mapping[str, date],
) -> Prognosis:
    asked = _asked(rule)
    facts = read_facts(asked, {name: value for name, value in values.items() if name != v.subtype.name})
    known = dict(facts.known) if subtypes is None else {**facts.known, v.subtype: subtypes}
    evaluate = Evaluator(known, frozenset(known))
    applies = evaluate(rule.population)
    score = rule.score
    missing = tuple(m.name for m in missing_for(score, known) if m is not v.subtype)
    if applies is False:
        return Prognosis(rule, False, None, (), (), missing, (), (), ())
    points = score.total(evaluate)
    levels = score.levels_at(points)
    parts = tuple(
        PartPoints(part.title, min(possible), max(possible))
        for part in score.parts
        for possible in [tuple(part.possible(evaluate))]
    )
    codes = {level.code for level in levels}
    return Prognosis(
        rule=rule,
        applies=applies,
        points=points,
        levels=levels,
        parts=parts,
        missing=missing,
        cautions=tuple(c for c in rule.cautions if evaluate(c)),
        survival=tuple(s for s in rule.survival if s.level in codes),
        remarks=_spread(score.variables, dates),
    )


def _spread(variables: Iterable[Variable], dates: Mapping[str, date]) -> tuple[str, ...]:
    used = sorted((dates[variable.name], variable.name) for variable in variables if variable.name in dates)
    if not used or (used[-1][0] - used[0][0]).days <= LONGEST_SPREAD_DAYS:
        return ()
    (first, oldest), (last, newest) = used[0], used[-1]
    days = (last - first).days
    return (f"The values are {days} days apart, from {first} ({oldest}) to {last} ({newest}).",)


@dataclass(frozen=True, slots=True)
class TablePrognosis:
    """One score for every row of a table.

    Attributes:
        applies: 1 where the score was made for such a person, 0 where not, -1 while it is open.
        low, high: the range of points; to be ignored where ``applies`` is 0.
        lowest_level, highest_level: places in ``rule.score.levels``; -1 where there are no groups.
        caution: 1 where a caution surely holds.
    """

    rule: PrognosticScore
    applies: npt.NDArray[np.int8]
    low: npt.NDArray[np.int32]
    high: npt.NDArray[np.int32]
    lowest_level: npt.NDArray[np.int8]
    highest_level: npt.NDArray[np.int8]
    caution: npt.NDArray[np.int8]


def subtype_column(rows: Sequence[Collection[str] | None]) -> npt.NDArray[np.uint64]:
    """The types that are possible in each row, as :func:`for_table` takes them; ``None`` is unknown.

    Raises:
        ValueError: in one sentence, for a type that is unknown.
    """
    import numpy as np

    from mastkit.logic.columns import bits_of

    column = np.zeros(len(rows), dtype=np.uint64)
    seen: dict[frozenset[str], int] = {}
    for i, codes in enumerate(rows):
        key = frozenset(codes or ())
        if key not in seen:
            possible = _possible(key)
            seen[key] = 0 if possible is None else bits_of(v.subtype, possible)
        column[i] = seen[key]
    return column


def for_table(table: Table, *, subtypes: npt.NDArray[np.uint64] | None = None) -> tuple[TablePrognosis, ...]:
    """Every prognostic score for every row of a table of case sheets.

    Each row gets what :func:`for_sheet` gives for it.

    Args:
        table: the case sheets by column.
        subtypes: the possible types of each row, from :func:`subtype_column`; ``None`` where nothing is known.
    """
    return tuple(_for_rows(rule, table, subtypes) for rule in PROGNOSTIC_SCORES.values())


def _for_rows(rule: PrognosticScore, table: Table, subtypes: npt.NDArray[np.uint64] | None) -> TablePrognosis:
    import numpy as np

    from mastkit.logic.columns import read_columns
    from mastkit.logic.evaluate_many import ManyEvaluator

    facts = read_columns(_asked(rule), table)
    if subtypes is not None:
        facts.known[v.subtype] = subtypes
        facts.stated[v.subtype] = subtypes != 0
    evaluate = ManyEvaluator(facts)
    total = evaluate.total(rule.score)
    starts = np.array([level.lowest for level in rule.score.levels], dtype=np.int32)
    cautions = [evaluate(c) == 1 for c in rule.cautions]
    caution = np.logical_or.reduce(cautions) if cautions else np.zeros(len(table), dtype=bool)
    return TablePrognosis(
        rule,
        evaluate(rule.population),
        total.low,
        total.high,
        (np.searchsorted(starts, total.low, side="right") - 1).astype(np.int8),
        (np.searchsorted(starts, total.high, side="right") - 1).astype(np.int8),
        caution.astype(np.int8),
    )
