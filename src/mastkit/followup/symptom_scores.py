"""Symptom scores of a record over time: means over the window of a questionnaire, bands, and meaningful changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mastkit.followup.history import facts_until, order_of
from mastkit.followup.questionnaires import (
    Mark,
    Questionnaire,
    bands,
    changes_reached,
    mark_as_data,
    questionnaires,
    total_of,
)
from mastkit.record.facts import QuestionnaireAnswer
from mastkit.record.record import Record


@dataclass(frozen=True, slots=True)
class SymptomScore:
    """The mean of a questionnaire over a window of days that ends on a day.

    Attributes:
        low, high: the mean; a range where items are missing; ``None`` where too few days were filled in.
        days: on how many days of the window it was filled in.
        needed: how many days it needs.
        bands: what the mean is published to mean.
        remarks: answers that could not be used, each with why.
    """

    questionnaire: Questionnaire
    start: date
    end: date
    low: float | None
    high: float | None
    days: int
    needed: int
    bands: tuple[Mark, ...]
    remarks: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The score as plain data, ready to be written as JSON."""
        return {
            "questionnaire": self.questionnaire.id,
            "title": self.questionnaire.title,
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "mean": None if self.low is None else {"low": self.low, "high": self.high},
            "days": self.days,
            "needed": self.needed,
            "bands": [mark_as_data(mark) for mark in self.bands],
            "licence": self.questionnaire.licence_state(),
            "verified": self.questionnaire.verified,
            "note": self.questionnaire.note or None,
            "remarks": list(self.remarks),
        }


def symptom_score(record: Record, questionnaire: str, on: date) -> SymptomScore:
    """The score of a questionnaire on a day: the mean of its window, or the last one where it has no daily window.

    Args:
        questionnaire: its id, such as ``ism-saf``.
        on: the last day of the window, in the record's zone.

    Raises:
        ValueError: in one sentence, for a questionnaire that is not known.
    """
    known = questionnaires().get(questionnaire)
    if known is None:
        raise ValueError(f"no questionnaire is called {questionnaire!r}; there are: {', '.join(questionnaires())}")
    daily = known.fewest_days is not None and known.window_days is not None
    start = on - timedelta(days=(known.window_days or 1) - 1) if daily else date.min
    totals, remarks = _totals(record, known, start, on)
    needed = known.fewest_days or 1
    chosen = list(totals.values()) if daily else list(totals.values())[-1:]
    first = start if daily else max(totals, default=on)
    if len(chosen) < needed:
        return SymptomScore(known, first, on, None, None, len(chosen), needed, (), remarks)
    low = sum(low for low, _ in chosen) / len(chosen)
    high = sum(high for _, high in chosen) / len(chosen)
    return SymptomScore(known, first, on, low, high, len(chosen), needed, bands(known, low, high), remarks)


def _totals(
    record: Record, known: Questionnaire, start: date, on: date
) -> tuple[dict[date, tuple[float, float]], tuple[str, ...]]:
    """The total of each day, the last answers of a day standing for it; and what could not be used."""
    totals: dict[date, tuple[float, float]] = {}
    remarks = []
    for fact in sorted(facts_until(record, on), key=order_of):
        if not isinstance(fact, QuestionnaireAnswer) or fact.questionnaire.strip().casefold() != known.id:
            continue
        day = fact.time.day(record.zone)
        if day < start:
            continue
        try:
            total = total_of(fact)
        except ValueError as error:
            remarks.append(f"{day}: {error}")
            continue
        if total is not None:
            totals[day] = (total.low, total.high)
    return totals, tuple(remarks)


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The change of a score between two days; ``reached`` are the published changes that it surely reaches."""

    before: SymptomScore
    now: SymptomScore
    reached: tuple[Mark, ...]

    def to_dict(self) -> dict[str, Any]:
        """The change as plain data, ready to be written as JSON."""
        return {
            "before": self.before.to_dict(),
            "now": self.now.to_dict(),
            "reached": [mark_as_data(mark) for mark in self.reached],
        }


def score_change(record: Record, questionnaire: str, before: date, now: date) -> ScoreChange:
    """The change of a score between two days, and what it is published to mean.

    Raises:
        ValueError: in one sentence, for a questionnaire that is not known.
    """
    first, last = symptom_score(record, questionnaire, before), symptom_score(record, questionnaire, now)
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return ScoreChange(first, last, ())
    known = first.questionnaire
    # The smallest gain that is possible: what it reaches is reached for sure.
    pair = (first.low, last.high) if known.better == "lower" else (first.high, last.low)
    return ScoreChange(first, last, changes_reached(known, *pair))
