"""Mast cell activation, screening scores, referral rules and KIT testing for a case sheet, or for a whole table.

Both give the same answers: :func:`for_sheet` with the grounds of each, :func:`for_table` as columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mastkit.logic.columns import Table, read_columns
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.evaluate_many import ManyEvaluator, ManyPoints, Truths
from mastkit.logic.explain import explain, ground_as_data
from mastkit.logic.expressions import Criterion
from mastkit.logic.facts import Facts, read_facts
from mastkit.logic.rulebook import Presumption, RuleSet
from mastkit.logic.score import Points, Score, missing_for
from mastkit.logic.values import Fact, Truth
from mastkit.logic.variables import Variable
from mastkit.rulebooks.kit_testing import kit_testing
from mastkit.rulebooks.mast_cell_activation import mast_cell_activation
from mastkit.rulebooks.screening import OSTEO_POPULATION, OSTEO_SCORE, REMA, REMA_POPULATION, who_should_be_tested

TRYPTASE_RULE = "MCAS-B"
"""The criterion that answers ``mcas_tryptase_rule``: the 20 % + 2 rule, heeding when the sample was drawn."""

_MAKERS = {
    "mast-cell-activation": mast_cell_activation,
    "who-should-be-tested": who_should_be_tested,
    "kit-testing": kit_testing,
}
_SCORES: dict[str, tuple[Score, Criterion]] = {
    "rema": (REMA, REMA_POPULATION),
    "osteo_score": (OSTEO_SCORE, OSTEO_POPULATION),
}
Choice = tuple[tuple[str, str], ...]


def for_sheet(values: Mapping[str, Fact | None], readings: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the rules say of one case sheet, as plain data.

    Args:
        values: sheet variable to its value, as ``mastkit.assessment.assess`` takes them; a missing key or ``None``
            is unknown.
        readings: options that are not at their defaults, such as ``{"mast-cell-activation.comparator": ">"}`` or,
            where only one set has a reading of that name, ``{"comparator": ">"}``.

    Returns:
        ``mcas_tryptase_rule``: true, false or ``None``. ``rema``, ``osteo_score``: the points, or ``None`` where
        something is missing; beside each ``..._range`` (lowest and highest possible), ``..._levels`` (the levels
        that are possible), ``..._applies`` (whether the person is one of those it is meant for) and
        ``..._missing``. ``mast_cell_activation``, ``who_should_be_tested``, ``kit_testing``: each criterion with
        its truth, source, verification and grounds. ``other_readings``: starred readings that would change an
        answer. ``presumed``: how silence was read.

    Raises:
        ValueError: in one sentence, for a value that a variable cannot have, or an unknown reading.
    """
    sets = rule_sets(readings)
    result: dict[str, Any] = {"mcas_tryptase_rule": None}
    presumed: dict[str, str] = {}
    for name, (score, population) in _SCORES.items():
        result |= _score_as_data(name, score, population, values, presumed)
    for rules in sets:
        facts = read_facts(rules, values)
        evaluate = Evaluator(facts.known, facts.stated)
        presumed |= _presumed(facts)
        result[rules.id.replace("-", "_")] = {c.id: _criterion_as_data(c, facts, evaluate) for c in rules.criteria}
        if rules.id == "mast-cell-activation":
            result["mcas_tryptase_rule"] = evaluate(rules.criterion(TRYPTASE_RULE))
    result["other_readings"] = list(_other_readings(sets, values))
    result["presumed"] = presumed
    return result


@dataclass(frozen=True)
class ScreeningColumns:
    """What the rules say of every row of a table.

    Attributes:
        criteria: for each set of rules and criterion, 1 true, 0 false, -1 unknown in each row.
        points: for each score, the lowest and highest number of points in each row.
        applies: for each score, whether the person is one of those it is meant for, likewise as a truth.
    """

    criteria: Mapping[str, Mapping[str, Truths]]
    points: Mapping[str, ManyPoints]
    applies: Mapping[str, Truths]

    def row(self, i: int) -> dict[str, Any]:
        """One row as plain data: as :func:`for_sheet`, but each criterion by its truth alone."""
        rule = self.criteria["mast-cell-activation"][TRYPTASE_RULE]
        result: dict[str, Any] = {"mcas_tryptase_rule": _truth(rule[i])}
        for name, points in self.points.items():
            result |= _points_as_data(name, _SCORES[name][0], Points(int(points.low[i]), int(points.high[i])))
            result[f"{name}_applies"] = _truth(self.applies[name][i])
        for rules, columns in self.criteria.items():
            result[rules.replace("-", "_")] = {c: _truth(truths[i]) for c, truths in columns.items()}
        return result


def for_table(table: Table, readings: Mapping[str, str] | None = None) -> ScreeningColumns:
    """What the rules say of every row of a table of case sheets; readings as for :func:`for_sheet`."""
    criteria: dict[str, dict[str, Truths]] = {}
    for rules in rule_sets(readings):
        evaluate = ManyEvaluator(read_columns(rules, table))
        criteria[rules.id] = {c.id: evaluate(c) for c in rules.criteria}
    points, applies = {}, {}
    for name, (score, population) in _SCORES.items():
        evaluate = ManyEvaluator(read_columns(_with_population(name), table))
        points[name], applies[name] = evaluate.total(score), evaluate(population)
    return ScreeningColumns(criteria, points, applies)


def rule_sets(readings: Mapping[str, str] | None = None) -> tuple[RuleSet, ...]:
    """The sets of rules under a choice of readings; equal choices give the same objects.

    Raises:
        ValueError: in one sentence, for a reading or an option that does not exist.
    """
    wanted: dict[str, dict[str, str]] = {name: {} for name in _MAKERS}
    offered = {name: {r.id for r in make(None).readings} for name, make in _CACHED.items()}
    for key, option in (readings or {}).items():
        where, dot, reading = key.rpartition(".")
        places = [name for name in _MAKERS if reading in offered[name] and (not dot or name == where)]
        if not places:
            there = ", ".join(f"{name}.{reading}" for name in _MAKERS for reading in sorted(offered[name]))
            raise ValueError(f"no reading is called {key!r}; there are: {there}")
        for name in places:
            wanted[name][reading] = option
    return tuple(_CACHED[name](tuple(sorted(chosen.items())) or None) for name, chosen in wanted.items())


def _cached(name: str) -> Any:
    @cache
    def make(choice: Choice | None) -> RuleSet:
        return _MAKERS[name](dict(choice or ()))

    return make


_CACHED = {name: _cached(name) for name in _MAKERS}


@dataclass(frozen=True)
class _Asks:
    """A score together with the question whom it is meant for."""

    variables: tuple[Variable, ...]
    presumptions: tuple[Presumption, ...]


@cache
def _with_population(name: str) -> _Asks:
    from mastkit.logic.expressions import variables_of

    score, population = _SCORES[name]
    return _Asks(tuple(dict.fromkeys((*score.variables, *variables_of(population)))), score.presumptions)


def _score_as_data(
    name: str,
    score: Score,
    population: Criterion,
    values: Mapping[str, Fact | None],
    presumed: dict[str, str],
) -> dict[str, Any]:
    facts = read_facts(_with_population(name), values)
    evaluate = Evaluator(facts.known, facts.stated)
    presumed |= _presumed(facts)
    return {
        **_points_as_data(name, score, score.total(evaluate)),
        f"{name}_applies": evaluate(population),
        f"{name}_missing": [v.name for v in missing_for(score, facts.known)],
        f"{name}_source": score.source.key if score.source else None,
        f"{name}_verified": score.verified,
        f"{name}_note": score.note,
        f"{name}_parts": [
            {
                "title": part.title,
                "points": sorted(set(part.possible(evaluate))),
                "because": [ground_as_data(explain(condition, facts, evaluate)) for condition, _ in part.choices],
            }
            for part in score.parts
        ],
    }


def _points_as_data(name: str, score: Score, points: Points) -> dict[str, Any]:
    return {
        name: points.low if points.low == points.high else None,
        f"{name}_range": [points.low, points.high],
        f"{name}_levels": [level.code for level in score.levels_at(points)],
    }


def _criterion_as_data(criterion: Criterion, facts: Facts, evaluate: Evaluator) -> dict[str, Any]:
    return {
        "title": criterion.title,
        "truth": evaluate(criterion),
        "source": criterion.source.key if criterion.source else None,
        "clause": criterion.clause,
        "verified": criterion.verified,
        "note": criterion.note or None,
        "because": ground_as_data(explain(criterion, facts, evaluate)),
    }


def _other_readings(sets: Iterable[RuleSet], values: Mapping[str, Fact | None]) -> Iterable[dict[str, Any]]:
    """Starred readings under which a criterion would be answered otherwise."""
    for rules in sets:
        now = _truths(rules, values)
        for reading in rules.readings:
            for option in reading.options if reading.starred else ():
                if option == rules.option(reading.id):
                    continue
                chosen = {**rules.chosen, reading.id: option}
                other = _truths(_CACHED[rules.id](tuple(sorted(chosen.items()))), values)
                changed = {c: truth for c, truth in other.items() if truth is not now[c]}
                if changed:
                    yield {
                        "reading": f"{rules.id}.{reading.id}",
                        "chosen": rules.option(reading.id),
                        "other": option,
                        "criteria": changed,
                        "clause": reading.clause,
                    }


def _truths(rules: RuleSet, values: Mapping[str, Fact | None]) -> dict[str, Truth]:
    facts = read_facts(rules, values)
    evaluate = Evaluator(facts.known, facts.stated)
    return {c.id: evaluate(c) for c in rules.criteria}


def _presumed(facts: Facts) -> dict[str, str]:
    return {v.name: why for v, why in facts.presumed.items() if v.observable}


def _truth(number: Any) -> Truth:
    return None if number < 0 else bool(number)
