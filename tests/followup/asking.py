"""Short questions to the rules: values in, truth or points out."""

from collections.abc import Mapping
from typing import Any

from mastkit.assessment.assess import sheet_values
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import RuleSet
from mastkit.logic.score import Points, Score
from mastkit.logic.values import Truth
from mastkit.rulebooks import CRITERIA_SETS, SCORES
from mastkit.vocabulary.variables import sheet_variables


def truth(rules: str, criterion: str, readings: Mapping[str, str] | None = None, /, **values: Any) -> Truth:
    """The truth of a criterion for these values; censored numbers are texts."""
    return truth_of(CRITERIA_SETS[rules](readings), criterion, values)


def truth_of(rules: RuleSet, criterion: str, values: Mapping[str, Any]) -> Truth:
    facts = read_facts(rules, _read(values))
    return Evaluator(facts.known, facts.stated)(rules.criterion(criterion))


def points(name: str, /, **values: Any) -> tuple[int, int]:
    """The lowest and the highest number of points of a score for these values."""
    found = points_of(SCORES[name], values)
    return found.low, found.high


def points_of(score: Score, values: Mapping[str, Any]) -> Points:
    facts = read_facts(score, _read(values))
    return score.total(Evaluator(facts.known, facts.stated))


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    on_sheet = {name: value for name, value in values.items() if name in sheet_variables()}
    return dict(values) | sheet_values(on_sheet)
