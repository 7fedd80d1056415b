"""Response between two time points under each published scheme, side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mastkit.followup.changes import Values, changes
from mastkit.logic.decide import Classifier
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import Criterion
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label, Rulebook
from mastkit.logic.values import Fact, Interval, Truth
from mastkit.rulebooks import RESPONSE_RULEBOOKS
from mastkit.rulebooks.response_indolent import CHANGES

_HELD_LONG_ENOUGH = Interval(1000.0, math.inf)
"""Weeks; longer than any scheme asks for."""


@dataclass(frozen=True, slots=True)
class SchemeResponse:
    """The answer of one scheme.

    Attributes:
        possible: the categories that what is known leaves possible.
        if_it_holds: the categories once the state has held as long as the scheme asks; where this differs from
            ``possible``, the answer is not confirmed yet.
        criteria: each criterion with its truth.
    """

    rulebook: Rulebook
    possible: tuple[Label, ...]
    if_it_holds: tuple[Label, ...]
    criteria: tuple[tuple[Criterion, Truth], ...]

    @property
    def settled(self) -> bool:
        """Whether one category only is possible."""
        return len(self.possible) == 1

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready to be written as JSON."""
        return {
            "scheme": self.rulebook.id,
            "title": self.rulebook.title,
            "possible": [{"code": label.code, "title": label.title} for label in self.possible],
            "if_it_holds": [{"code": label.code, "title": label.title} for label in self.if_it_holds],
            "criteria": [_judged(c, truth) for c, truth in self.criteria],
            "verified": self.rulebook.verified,
            "sources": [s.reference for s in self.rulebook.sources],
        }


@dataclass(frozen=True, slots=True)
class Response:
    """Response under every scheme, and the single changes that have a published meaning."""

    schemes: tuple[SchemeResponse, ...]
    changes: tuple[tuple[Criterion, Truth], ...]
    values: Mapping[str, Fact | None]

    def of(self, scheme: str) -> SchemeResponse:
        """The answer of one scheme, by its id."""
        return next(s for s in self.schemes if s.rulebook.id == scheme)

    def to_dict(self) -> dict[str, Any]:
        """The response as plain data, ready to be written as JSON."""
        return {
            "schemes": [scheme.to_dict() for scheme in self.schemes],
            "changes": [_judged(c, truth) for c, truth in self.changes],
        }


def _judged(criterion: Criterion, truth: Truth) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "title": criterion.title,
        "plain": criterion.plain,
        "truth": truth,
        "source": criterion.source.key if criterion.source else None,
        "verified": criterion.verified,
        "note": criterion.note or None,
    }


@cache
def _classifier(scheme: str) -> Classifier:
    return Classifier(RESPONSE_RULEBOOKS[scheme])


def between(
    before: Values,
    now: Values,
    *,
    weeks: float | Interval | None = None,
    stated: Mapping[str, Fact | None] | None = None,
) -> Response:
    """The response between two case sheets.

    Args:
        before: the case sheet before treatment.
        now: the case sheet now.
        weeks: for how many weeks the state of now has held; ``None`` where that is not known.
        stated: what a clinician says of the variables of `response_variables` that no case sheet has, such as
            ``organ_damage_resolved``, and the symptom scores; it stands over what the sheets give.

    Raises:
        ValueError: in one sentence, for a value that a variable cannot have.
    """
    values: dict[str, Fact | None] = {**changes(before, now), **(stated or {})}
    if weeks is not None:
        values["weeks_held"] = weeks
    schemes = tuple(_scheme(book, values) for book in RESPONSE_RULEBOOKS.values())
    facts = read_facts(CHANGES, values)
    evaluate = Evaluator(facts.known, facts.stated)
    return Response(schemes, tuple((c, evaluate(c)) for c in CHANGES.criteria), values)


def _scheme(book: Rulebook, values: Mapping[str, Fact | None]) -> SchemeResponse:
    facts = read_facts(book, values)
    evaluate = Evaluator(facts.known, facts.stated)
    return SchemeResponse(
        book,
        _possible(book, values),
        _possible(book, {**values, "weeks_held": _HELD_LONG_ENOUGH}),
        tuple((c, evaluate(c)) for c in book.criteria),
    )


def _possible(book: Rulebook, values: Mapping[str, Fact | None]) -> tuple[Label, ...]:
    classifier = _classifier(book.id)
    codes = set(classifier.possible(classifier.masks(read_facts(book, values))))
    return tuple(label for label in book.labels if label.code in codes)
