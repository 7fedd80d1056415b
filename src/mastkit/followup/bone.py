"""Bone density by site, the class it belongs to, and what kind of fracture there was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal
from uuid import UUID

from mastkit.followup.history import day_of, facts_until, order_of
from mastkit.logic.decide import Classifier
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import Criterion
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label
from mastkit.logic.values import Fact, Interval, Truth
from mastkit.record.facts import AnyFact, BirthDate, Finding, Measurement, Sex
from mastkit.record.record import Record
from mastkit.rulebooks.bone import BONE_CLASS, FRACTURES
from mastkit.vocabulary.variables import sheet_variables

_SITES = {
    "dxa-t-lumbar": ("T", "lumbar spine"),
    "dxa-t-spine": ("T", "spine"),
    "dxa-t-hip": ("T", "hip"),
    "dxa-t-hip-l": ("T", "left hip"),
    "dxa-t-hip-r": ("T", "right hip"),
    "dxa-t-femur": ("T", "femur"),
    "dxa-t-femur-l": ("T", "left femur"),
    "dxa-t-femur-r": ("T", "right femur"),
    "dxa-z-lumbar": ("Z", "lumbar spine"),
    "dxa-z-hip": ("Z", "hip"),
    "dxa-z-femur": ("Z", "femur"),
    "tscore_min": ("T", ""),
    "zscore_min": ("Z", ""),
}
"""Codes of scores at sites that count for the class; forearm and heel do not."""

_FINDINGS = (
    "fracture", "vertebral_fracture", "pathologic_fracture_lytic", "osteosclerosis", "postmenopausal",
)  # fmt: skip
_OSTEOPOROSIS = frozenset({"osteoporosis", "severe-osteoporosis"})


@dataclass(frozen=True, slots=True)
class BoneScore:
    """One T- or Z-score of a scan."""

    kind: Literal["T", "Z"]
    site: str
    value: Interval
    text: str
    day: date
    fact: UUID


@dataclass(frozen=True, slots=True)
class BoneAnswer:
    """What is said of a person's bones.

    Attributes:
        classes: the classes of bone density that are possible, none where no score is known.
        findings: fractures and density that point to a cause, each with its truth.
        scores: the scores of the latest scan, where a record was read.
        scanned: the day of that scan.
    """

    classes: tuple[Label, ...]
    findings: tuple[tuple[Criterion, Truth], ...]
    scores: tuple[BoneScore, ...] = ()
    scanned: date | None = None

    @property
    def osteoporosis(self) -> Truth:
        """Whether the class is osteoporosis; ``None`` while that is open."""
        codes = {label.code for label in self.classes}
        if not codes:
            return None
        return True if codes <= _OSTEOPOROSIS else False if codes.isdisjoint(_OSTEOPOROSIS) else None

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready to be written as JSON."""
        return {
            "scanned": None if self.scanned is None else self.scanned.isoformat(),
            "scores": [
                {"kind": s.kind, "site": s.site, "value": s.text, "day": s.day.isoformat()} for s in self.scores
            ],
            "classes": [{"code": c.code, "title": c.title} for c in self.classes],
            "osteoporosis": self.osteoporosis,
            "findings": [
                {"id": c.id, "title": c.title, "truth": truth, "verified": c.verified, "note": c.note or None}
                for c, truth in self.findings
            ],
            "sources": [s.reference for s in BONE_CLASS.sources],
            "verified": BONE_CLASS.verified,
        }


@cache
def _classifier() -> Classifier:
    return Classifier(BONE_CLASS)


def for_sheet(values: Mapping[str, Fact | None]) -> BoneAnswer:
    """The class of bone density and the kinds of fracture of one case sheet.

    Args:
        values: what is known, by sheet variable; a missing key is unknown.

    Raises:
        ValueError: in one sentence, for a value that a variable cannot have.
    """
    classes: tuple[Label, ...] = ()
    if values.get("tscore_min") is not None or values.get("zscore_min") is not None:
        classifier = _classifier()
        possible = set(classifier.possible(classifier.masks(read_facts(BONE_CLASS, values))))
        classes = tuple(label for label in BONE_CLASS.labels if label.code in possible)
    facts = read_facts(FRACTURES, values)
    evaluate = Evaluator(facts.known, facts.stated)
    return BoneAnswer(classes, tuple((c, evaluate(c)) for c in FRACTURES.criteria))


def for_record(record: Record, on: date) -> BoneAnswer:
    """The same from a record, with the scores of the latest scan by site.

    Age and sex are those of the record; fractures and the menopause as they were stated last.
    """
    facts = sorted(facts_until(record, on), key=order_of)
    scores = tuple(_latest_scan(_scores(facts, record)))
    values = _stated(facts, on)
    lowest: dict[str, Fact | None] = {}
    for kind, name in (("T", "tscore_min"), ("Z", "zscore_min")):
        of_kind = [score.value for score in scores if score.kind == kind]
        if of_kind:
            lowest[name] = Interval(min(x.low for x in of_kind), min(x.high for x in of_kind))
    answer = for_sheet({**values, **lowest})
    return BoneAnswer(answer.classes, answer.findings, scores, scores[0].day if scores else None)


def _scores(facts: Iterable[AnyFact], record: Record) -> list[BoneScore]:
    found = []
    variable = sheet_variables()["tscore_min"]
    for fact in facts:
        if not isinstance(fact, Measurement) or fact.code not in _SITES or fact.quantity.unit != "1":
            continue
        kind, site = _SITES[fact.code]
        read = fact.quantity.interval(variable)
        day = day_of(fact, record)
        assert day is not None  # a measurement has a time
        value = Interval(read.low, read.high)
        shown = site or fact.site or "lowest site"
        found.append(BoneScore("T" if kind == "T" else "Z", shown, value, str(fact.quantity), day, fact.id))
    return found


def _latest_scan(scores: list[BoneScore]) -> list[BoneScore]:
    last = max((score.day for score in scores), default=None)
    return [score for score in scores if score.day == last]


def _stated(facts: Iterable[AnyFact], on: date) -> dict[str, Fact | None]:
    """What the record says of the other variables; later facts stand over earlier ones."""
    values: dict[str, Fact | None] = {}
    for fact in facts:
        match fact:
            case Finding(code=code) if code in _FINDINGS:
                values[code] = fact.sheet_value()
            case Measurement(code="osteolysis_max_cm"):
                read = fact.quantity.interval(sheet_variables()["osteolysis_max_cm"])
                values["osteolysis_max_cm"] = Interval(read.low, read.high)
            case Sex(sex=sex):
                values["sex"] = sex
            case BirthDate():
                ages = fact.ages_on(on)
                values["age"] = Interval(*map(float, ages)) if ages else None
            case _:
                pass
    return values
