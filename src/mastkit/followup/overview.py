"""Everything of follow-up for one case sheet or one record, in one value: for pages, reports and JSON."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mastkit.assessment import assess
from mastkit.assessment.from_record import read_sheet
from mastkit.followup import bone, prognosis
from mastkit.followup.bone import BoneAnswer
from mastkit.followup.due import Due, due
from mastkit.followup.history import facts_until, stated_type
from mastkit.followup.prognosis import Prognosis
from mastkit.followup.questionnaires import questionnaires
from mastkit.followup.score_values import score_values
from mastkit.followup.symptom_scores import SymptomScore, symptom_score
from mastkit.followup.trend_points import VAF
from mastkit.followup.trends import Trend, trends
from mastkit.logic.values import Fact
from mastkit.record.facts import TRYPTASE, DatedFact, QuestionnaireAnswer
from mastkit.record.record import Record

TRENDS = (TRYPTASE, VAF, "plt", "hb", "alp")
"""The tests whose trend is shown where the record has values of them."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What is said of one person after the diagnosis.

    Attributes:
        subtypes: the types of disease that were taken as possible; empty where nothing is known.
        subtypes_from: where they come from, in words.
        trends, scores, due: of a record; empty for a case sheet, which has no dates.
    """

    subtypes: tuple[str, ...]
    subtypes_from: str
    prognosis: tuple[Prognosis, ...]
    bone: BoneAnswer
    trends: tuple[Trend, ...] = ()
    scores: tuple[SymptomScore, ...] = ()
    due: tuple[Due, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The overview as plain data, ready to be written as JSON."""
        return {
            "subtypes": list(self.subtypes),
            "subtypes_from": self.subtypes_from,
            "prognosis": [p.to_dict() for p in self.prognosis],
            "bone": self.bone.to_dict(),
            "trends": [t.to_dict() for t in self.trends],
            "symptom_scores": [s.to_dict() for s in self.scores],
            "due": [d.to_dict() for d in self.due],
        }


def for_sheet(values: Mapping[str, Fact | None], *, subtypes: Collection[str] | None = None) -> Overview:
    """The overview of one case sheet.

    Args:
        values: what is known, by sheet variable; a missing key is unknown.
        subtypes: the types of disease that are possible; without it, those that the WHO classification leaves open.

    Raises:
        ValueError: in one sentence, for a value that a variable cannot have, or a type that is unknown.
    """
    codes, words = (tuple(subtypes), "as given") if subtypes else _classified(values)
    return Overview(codes, words, prognosis.for_sheet(values, subtypes=codes), bone.for_sheet(values))


def for_record(record: Record, on: date, *, subtypes: Collection[str] | None = None) -> Overview:
    """The overview of a record on a day; facts after that day are not looked at.

    Args:
        subtypes: the types of disease that are possible; without it, the one that a clinician stated last, and
            without that, those that the WHO classification leaves open.

    Raises:
        ValueError: in one sentence, for a type that is unknown.
    """
    sheet = read_sheet(record, on=on)
    more = score_values(record, on)
    values: dict[str, Fact | None] = {**sheet.values, **more.values}
    stated = stated_type(record, on)
    if subtypes:
        codes, words = tuple(subtypes), "as given"
    elif stated is not None:
        codes, words = (stated.code,), f"stated on {stated.day}"
    else:
        codes, words = _classified(values)
    days = {fact.id: fact.time.day(record.zone) for fact in record if isinstance(fact, DatedFact)}
    dates = {name: days[source.fact] for name, source in sheet.sources.items() if source.fact in days}
    dates.pop("age", None)
    return Overview(
        subtypes=codes,
        subtypes_from=words,
        prognosis=prognosis.for_sheet(values, subtypes=codes, dates={**dates, **more.dates}),
        bone=bone.for_record(record, on),
        trends=tuple(one for one in trends(record, TRENDS, on) if one.points),
        scores=tuple(symptom_score(record, name, on) for name in _used(record, on)),
        due=tuple(due(record, on, subtypes=subtypes)),
    )


def _classified(values: Mapping[str, Fact | None]) -> tuple[tuple[str, ...], str]:
    return assess(values).of("who-2022").possible, "left open by the WHO classification"


def _used(record: Record, on: date) -> list[str]:
    """The questionnaires that the record has answers of, in the order of the data file."""
    used = {
        fact.questionnaire.strip().casefold()
        for fact in facts_until(record, on)
        if isinstance(fact, QuestionnaireAnswer)
    }
    return [name for name in questionnaires() if name in used]
