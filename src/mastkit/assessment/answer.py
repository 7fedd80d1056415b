"""What an assessment says of one person: plain frozen values that every output is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from mastkit.logic.explain import Ground, ground_as_data
from mastkit.logic.expressions import Criterion
from mastkit.logic.values import Truth

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of findings: those surely met, and those that may be met when the gaps are filled."""

    met: int
    possible: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion with its truth and the tree that it rests on."""

    criterion: Criterion
    key: str
    truth: Truth
    ground: Ground


@dataclass(frozen=True, slots=True)
class MissingSet:
    """Variables that could settle the subtype together, the answers they could settle it to, and how to learn them.

    Attributes:
        variables: names of sheet variables.
        answers: subtype codes.
        tests: ids of the clinical tests that give these variables, least invasive first.
        burden: burdens of the tests, the highest first; smaller is easier for the person.
    """

    variables: tuple[str, ...]
    answers: tuple[str, ...]
    tests: tuple[str, ...]
    burden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A reading under which the answer would be another one."""

    reading: str
    title: str
    chosen: str
    other: str
    possible: tuple[str, ...]
    clause: str


@dataclass(frozen=True)
class SystemAnswer:
    """The answer of one classification.

    Attributes:
        systemic: whether the criteria of systemic mastocytosis are met; ``None`` while undecided.
        possible: the subtypes that some way of filling the gaps gives, in the order of the classification.
        contradiction: the stated facts exclude every subtype, so they cannot all be right.
        missing: the smallest sets of variables that could settle the subtype, to whichever answer.
        ways: for each possible subtype one smallest set that could settle it to that one, where it was asked for.
        labels: finer labels that surely hold, each with its verification.
        presumed: for each variable that was not stated but read as a value, why.
    """

    system: str
    title: str
    systemic: Truth
    possible: tuple[str, ...]
    titles: Mapping[str, str]
    counts: Mapping[str, Count]
    judged: tuple[Judged, ...]
    missing: tuple[MissingSet, ...]
    other_readings: tuple[OtherReading, ...]
    chosen: Mapping[str, str]
    labels: tuple[tuple[str, str], ...]
    presumed: Mapping[str, str]
    verified: str
    ways: Mapping[str, MissingSet] = field(default_factory=dict)

    @property
    def subtype(self) -> str | None:
        """The one subtype that is possible; ``None`` while more than one is."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def contradiction(self) -> bool:
        """Whether the stated facts leave nothing possible."""
        return not self.possible

    def judgement(self, key: str) -> Judged:
        """The criterion with this key, such as ``m1`` or ``B2``."""
        return next(j for j in self.judged if j.key == key)

    def to_dict(self) -> Json:
        """The answer as plain data, ready to be written as JSON."""
        return {
            "systemic_mastocytosis": self.systemic,
            "subtype": self.subtype,
            "possible": list(self.possible),
            **{name: {"met": c.met, "possible": c.possible} for name, c in self.counts.items()},
            "missing": [list(m.variables) for m in self.missing],
            "missing_tests": [{"tests": list(m.tests), "could_settle": list(m.answers)} for m in self.missing],
            **({"ways": {code: list(way.variables) for code, way in self.ways.items()}} if self.ways else {}),
            "criteria": {j.key: j.truth for j in self.judged},
            "labels": [label for label, _ in self.labels],
            "readings": dict(self.chosen),
            "other_readings": [
                {
                    "reading": o.reading,
                    "chosen": o.chosen,
                    "other": o.other,
                    "possible": list(o.possible),
                    "clause": o.clause,
                }
                for o in self.other_readings
            ],
            "presumed": dict(self.presumed),
            "grounds": {
                j.key: {
                    "title": j.criterion.title,
                    "truth": j.truth,
                    "source": j.criterion.source.key if j.criterion.source else None,
                    "clause": j.criterion.clause,
                    "verified": j.criterion.verified,
                    "note": j.criterion.note or None,
                    "because": ground_as_data(j.ground),
                }
                for j in self.judged
            },
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which the two systems differ for this person, and the published difference behind it."""

    topic: str
    who: str
    icc: str
    clause: str


@dataclass(frozen=True, slots=True)
class StatedDiagnosis:
    """A diagnosis as it was stated, and whether each system comes to the same.

    Attributes:
        day: as exactly as it was written down.
        fits: for each system that can be compared, whether the findings give the same: ``True`` if they can give
            nothing else, ``False`` if they cannot give it, ``None`` while they leave it open.
    """

    fact: UUID
    label: str
    day: str
    by: str
    status: str
    system: str
    fits: Mapping[str, Truth]

    def to_dict(self) -> Json:
        """The statement as plain data."""
        return {
            "label": self.label,
            "day": self.day,
            "stated_by": self.by or None,
            "status": self.status or None,
            "system": self.system or None,
            "fits": dict(self.fits),
        }


@dataclass(frozen=True)
class Assessment:
    """What is said of one person.

    Attributes:
        facts_of: for each variable read from a record, where its value comes from, in words.
        remarks: what a careful reader should know of how the record was read.
        stated: the diagnosis that a clinician stated, compared with the answers.
    """

    id: str
    answers: tuple[SystemAnswer, ...]
    disagreements: tuple[Disagreement, ...]
    agree: Truth
    facts_of: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    stated: StatedDiagnosis | None = None

    def of(self, system: str) -> SystemAnswer:
        """The answer of one system."""
        return next(a for a in self.answers if a.system == system)

    def to_dict(self) -> Json:
        """The assessment as plain data, ready to be written as JSON."""
        return {
            "id": self.id,
            **{answer.system: answer.to_dict() for answer in self.answers},
            "systems_agree": self.agree,
            "disagreements": [
                {"topic": d.topic, "who-2022": d.who, "icc-2022": d.icc, "clause": d.clause}
                for d in self.disagreements
            ],
            **({"stated": self.stated.to_dict()} if self.stated else {}),
            **({"facts_of": dict(self.facts_of)} if self.facts_of else {}),
            **({"remarks": list(self.remarks)} if self.remarks else {}),
        }
