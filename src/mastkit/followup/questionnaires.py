"""Questionnaires: what their numbers add up to and mean, and who holds the rights.

No item of a licensed questionnaire stands here, in no language: a person fills in their own licensed copy, and the
answers come in as numbers by item. Where the scoring was not found, only a total that was typed in is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from mastkit.followup.sources import PACKAGE, source_as_data, sources
from mastkit.logic.expressions import Source, Verification
from mastkit.record.facts import QuestionnaireAnswer
from mastkit.vocabulary.tables import rows

Better: TypeAlias = Literal["lower", "higher", ""]
MarkKind: TypeAlias = Literal["band", "change"]


@dataclass(frozen=True, slots=True)
class Scale:
    """A sum of some items: the total, or a part of it."""

    id: str
    title: str
    items: tuple[str, ...]
    source: Source
    verified: Verification


@dataclass(frozen=True, slots=True)
class Mark:
    """What a total, or a change of it, is published to mean.

    A band holds from ``low`` (included) up to ``high`` (not included). A change is reached from ``low`` points on;
    ``high`` is the upper end of the published range of that threshold.
    """

    kind: MarkKind
    low: float | None
    high: float | None
    code: str
    text: str
    plain: str
    source: Source
    verified: Verification


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One questionnaire.

    Attributes:
        items: how many items are added up; ``None`` where that was not found.
        scored: whether a total can be worked out from answers.
        better: whether lower or higher totals are better; empty where that was not found.
        window_days: the days of which a mean or a recall speaks.
        fewest_days: the fewest days that a mean of that window needs.
        holder, licence: who holds the rights, and what is known of a licence.
    """

    id: str
    title: str
    plain: str
    items: int | None
    item_low: float
    item_high: float
    scored: bool
    total_low: float | None
    total_high: float | None
    better: Better
    window_days: int | None
    fewest_days: int | None
    holder: str
    licence: str
    source: Source
    verified: Verification
    note: str
    scales: tuple[Scale, ...]
    marks: tuple[Mark, ...]

    def scale(self, id: str) -> Scale:  # noqa: A002 - the word of the data file
        """The scale of that id; raises `KeyError`."""
        for scale in self.scales:
            if scale.id == id:
                return scale
        raise KeyError(f"{self.id} has no scale {id}; it has: {', '.join(s.id for s in self.scales) or 'none'}")

    def licence_state(self) -> str:
        """Who holds the rights, in one sentence."""
        return f"{self.title}: rights with {self.holder}; {self.licence}. Use your own licensed copy."


@dataclass(frozen=True, slots=True)
class Total:
    """The value of a scale; a range where items are missing.

    Attributes:
        answered: how many of the items of the scale have an answer.
        typed: whether it was typed in as a total.
    """

    scale: str
    low: float
    high: float
    answered: int
    typed: bool = False

    @property
    def complete(self) -> bool:
        """Whether one value only is possible."""
        return self.low == self.high

    def to_dict(self) -> dict[str, Any]:
        """The value as plain data, ready to be written as JSON."""
        return {
            "scale": self.scale, "low": self.low, "high": self.high, "answered": self.answered, "typed": self.typed,
        }  # fmt: skip


@cache
def questionnaires() -> Mapping[str, Questionnaire]:
    """Return the questionnaires by id, in the order of the file."""
    scales: dict[str, list[Scale]] = {}
    for row in rows("questionnaire_scales.csv", PACKAGE):
        scale = Scale(
            row["scale"], row["title"], tuple(row["items"].split()), sources()[row["source"]], _verified(row)
        )
        scales.setdefault(row["questionnaire"], []).append(scale)
    marks: dict[str, list[Mark]] = {}
    for row in rows("questionnaire_marks.csv", PACKAGE):
        marks.setdefault(row["questionnaire"], []).append(_mark(row))
    found = {}
    for row in rows("questionnaires.csv", PACKAGE):
        own = (tuple(scales.get(row["id"], ())), tuple(marks.get(row["id"], ())))
        found[row["id"]] = _questionnaire(row, *own)
    return MappingProxyType(found)


def _questionnaire(row: dict[str, str], scales: tuple[Scale, ...], marks: tuple[Mark, ...]) -> Questionnaire:
    better: Better = "lower" if row["better"] == "lower" else "higher" if row["better"] == "higher" else ""
    return Questionnaire(
        id=row["id"],
        title=row["title"],
        plain=row["plain"],
        items=int(row["items"]) if row["items"] else None,
        item_low=float(row["item_low"] or 0),
        item_high=float(row["item_high"] or 0),
        scored=row["score"] == "sum",
        total_low=_number(row["total_low"]),
        total_high=_number(row["total_high"]),
        better=better,
        window_days=int(row["window_days"]) if row["window_days"] else None,
        fewest_days=int(row["fewest_days"]) if row["fewest_days"] else None,
        holder=row["holder"],
        licence=row["licence"],
        source=sources()[row["source"]],
        verified=_verified(row),
        note=row["note"],
        scales=scales,
        marks=marks,
    )


def _mark(row: dict[str, str]) -> Mark:
    kind: MarkKind = "band" if row["kind"] == "band" else "change"
    low, high = _number(row["low"]), _number(row["high"])
    return Mark(kind, low, high, row["code"], row["text"], row["plain"], sources()[row["source"]], _verified(row))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _verified(row: dict[str, str]) -> Verification:
    match row["verified"]:
        case "primary":
            return "primary"
        case "reprint":
            return "reprint"
        case _:
            return "unverified"


def score(questionnaire: Questionnaire, answers: Mapping[str, object]) -> tuple[Total, ...]:
    """The value of each scale from answers by item; a range where items are missing.

    Raises:
        ValueError: in one sentence, where the scoring is not known or an answer is not one that an item can have.
    """
    if not questionnaire.scored:
        raise ValueError(f"{questionnaire.id}: how answers add up was not found; enter the total instead")
    return tuple(_total(questionnaire, scale, answers) for scale in questionnaire.scales)


def _total(questionnaire: Questionnaire, scale: Scale, answers: Mapping[str, object]) -> Total:
    low = high = 0.0
    answered = 0
    for item in scale.items:
        answer = answers.get(item)
        if answer is None:
            low += questionnaire.item_low
            high += questionnaire.item_high
            continue
        value = _answer(questionnaire, item, answer)
        low += value
        high += value
        answered += 1
    return Total(scale.id, low, high, answered)


def _answer(questionnaire: Questionnaire, item: str, answer: object) -> float:
    fits = isinstance(answer, int | float) and not isinstance(answer, bool)
    if fits and isinstance(answer, int | float) and questionnaire.item_low <= answer <= questionnaire.item_high:
        return float(answer)
    limits = f"a number from {questionnaire.item_low:g} to {questionnaire.item_high:g}"
    raise ValueError(f"{questionnaire.id}, item {item}: found {answer!r}, expected {limits}")


def total_of(fact: QuestionnaireAnswer) -> Total | None:
    """The total of a questionnaire as it was filled in: worked out from its items, else as it was typed in.

    Returns:
        ``None`` where the questionnaire is not known, or nothing that counts was answered.

    Raises:
        ValueError: in one sentence, for an answer or a total that the questionnaire cannot have.
    """
    known = questionnaires().get(fact.questionnaire.strip().casefold())
    if known is None:
        return None
    if known.scored and any(item in fact.answers for item in known.scale("total").items):
        return _total(known, known.scale("total"), fact.answers)
    if fact.score is None:
        return None
    low, high = known.total_low, known.total_high
    if (low is not None and fact.score < low) or (high is not None and fact.score > high):
        raise ValueError(f"{known.id}: found a total of {fact.score:g}, expected one from {low:g} to {high:g}")
    return Total("total", fact.score, fact.score, 0, typed=True)


def bands(questionnaire: Questionnaire, low: float, high: float) -> tuple[Mark, ...]:
    """The bands that a total, or a range of totals, may belong to."""
    return tuple(
        mark
        for mark in questionnaire.marks
        if mark.kind == "band" and (mark.low is None or high >= mark.low) and (mark.high is None or low < mark.high)
    )


def changes_reached(questionnaire: Questionnaire, before: float, now: float) -> tuple[Mark, ...]:
    """The published meaningful changes that the step from one total to another reaches, for the better."""
    if questionnaire.better == "":
        return ()
    gain = before - now if questionnaire.better == "lower" else now - before
    return tuple(m for m in questionnaire.marks if m.kind == "change" and m.low is not None and gain >= m.low)


def mark_as_data(mark: Mark) -> dict[str, Any]:
    """A mark as plain data, ready to be written as JSON."""
    return {
        "code": mark.code,
        "text": mark.text,
        "plain": mark.plain,
        "source": source_as_data(mark.source),
        "verified": mark.verified,
    }
