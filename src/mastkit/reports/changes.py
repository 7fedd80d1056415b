"""What changed in a period, in one line each: the facts that a clinician asks about first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from mastkit.followup.experience import TOLERATED_CODE
from mastkit.record.facts import (
    TRYPTASE,
    Diagnosis,
    Finding,
    Flare,
    Measurement,
    MedicineCourse,
    Procedure,
    Variant,
)
from mastkit.reports.current import CurrentFacts, Period
from mastkit.reports.substances import STATED
from mastkit.reports.words import clinical, number, plain, substance
from mastkit.vocabulary.variables import sheet_variables

Topic = Literal["diagnosis", "severe reaction", "medicine", "test", "finding", "procedure", "reaction"]

ORDER: tuple[Topic, ...] = ("severe reaction", "diagnosis", "medicine", "reaction", "finding", "procedure", "test")
"""What comes first on the page."""


@dataclass(frozen=True)
class Change:
    """Something that is new or different, with its day and the facts behind it."""

    topic: Topic
    day: date
    text: str
    facts: tuple[UUID, ...]


def changes(facts: CurrentFacts, period: Period) -> tuple[Change, ...]:
    """Return what changed in a period: the weightiest topics first, within a topic the latest first."""
    found = [*_diagnoses(facts, period), *_severe(facts, period), *_medicines(facts, period)]
    found += [*_findings(facts, period), *_procedures(facts, period), *_tests(facts, period)]
    return tuple(
        sorted(found, key=lambda change: (ORDER.index(change.topic), -change.day.toordinal(), change.text))
    )


def _diagnoses(facts: CurrentFacts, period: Period) -> Iterator[Change]:
    for one in facts.within(Diagnosis, period):
        status = f" ({one.status.replace('_', ' ')})" if one.status else ""
        by = f", stated by {one.stated_by}" if one.stated_by else ""
        yield Change("diagnosis", facts.day(one), f"{one.label}{status}{by}", (one.id,))


def _severe(facts: CurrentFacts, period: Period) -> Iterator[Change]:
    for one in facts.within(Flare, period):
        if one.anaphylaxis:
            suspected = ", ".join(substance(code) for code in one.suspected)
            what = f"Anaphylaxis, suspected trigger: {suspected}" if suspected else "Anaphylaxis, trigger not known"
            yield Change("severe reaction", facts.day(one), what, (one.id,))


def _medicines(facts: CurrentFacts, period: Period) -> Iterator[Change]:
    for one in facts.of(MedicineCourse):
        name = substance(one.medicine)
        if period.holds(facts.day(one)):
            schedule = f", {one.schedule}" if one.schedule else ""
            yield Change("medicine", facts.day(one), f"Started {name}{schedule}", (one.id,))
        if one.end is not None and period.holds(facts.day_of(one.end)):
            why = f": {one.stopped_because}" if one.stopped_because else ""
            yield Change("medicine", facts.day_of(one.end), f"Stopped {name}{why}", (one.id,))


def _findings(facts: CurrentFacts, period: Period) -> Iterator[Change]:
    earlier: dict[str, Finding] = {}
    new: dict[date, list[tuple[str, tuple[UUID, ...]]]] = {}
    for one in facts.of(Finding):
        last, earlier[one.code] = earlier.get(one.code), one
        if not period.holds(facts.day(one)):
            continue
        if one.code in STATED:
            word = "Tolerated" if one.code == TOLERATED_CODE else "Reacted to"
            if one.value and one.state == "present":
                yield Change("reaction", facts.day(one), f"{word} {substance(one.value)}", (one.id,))
            continue
        if last is None and one.state == "present":
            new.setdefault(facts.day(one), []).append((_finding(one), (one.id,)))
        elif last is not None and (last.state, last.value) != (one.state, one.value):
            text = f"{_finding(one)}; before: {_state(last)} on {facts.day(last)}"
            yield Change("finding", facts.day(one), text, (one.id, last.id))
    for day, found in new.items():
        yield _together("finding", day, found)


def _together(topic: Topic, day: date, found: list[tuple[str, tuple[UUID, ...]]]) -> Change:
    """Return what was found on one day as one change."""
    facts = tuple(dict.fromkeys(id_ for _, ids in found for id_ in ids))
    return Change(topic, day, "; ".join(text for text, _ in found), facts)


def _procedures(facts: CurrentFacts, period: Period) -> Iterator[Change]:
    for one in facts.within(Procedure, period):
        site = f", {one.site}" if one.site else ""
        yield Change(
            "procedure", facts.day(one), f"{plain(one.code, 'procedure', 'biopsy', 'imaging')}{site}", (one.id,)
        )


def _tests(facts: CurrentFacts, period: Period) -> Iterator[Change]:
    """Yield, for each day on which a test was measured last, its results and those before them."""
    by_day: dict[date, list[tuple[str, tuple[UUID, ...]]]] = {}
    latest = _latest_of_each(facts, period)
    for code in sorted(latest, key=lambda code: (code != TRYPTASE, code)):
        now, before = latest[code]
        title = "Tryptase" if code == TRYPTASE else clinical(code, "lab")
        earlier = f" (before: {number(before.quantity)}, {facts.day(before)})" if before else ""
        behind = (now.id,) if before is None else (now.id, before.id)
        by_day.setdefault(facts.day(now), []).append((f"{title} {number(now.quantity)}{earlier}", behind))
    for day, results in by_day.items():
        yield _together("test", day, results)
    for one in facts.within(Variant, period):
        amount = f", {number(one.allele_fraction)}" if one.allele_fraction else ""
        result = one.result.replace("_", " ")
        tissue = f" in {one.tissue}" if one.tissue else ""
        yield Change("test", facts.day(one), f"{one.gene} {one.change or ''} {result}{tissue}{amount}", (one.id,))


def _latest_of_each(facts: CurrentFacts, period: Period) -> dict[str, tuple[Measurement, Measurement | None]]:
    """Return per test the latest result in the period, with the one before it of the same kind of sample."""
    last: dict[tuple[str, str, str | None], Measurement] = {}
    found: dict[str, tuple[Measurement, Measurement | None]] = {}
    for one in facts.of(Measurement):
        kind = one.code, one.context, one.site
        if period.holds(facts.day(one)):
            found[one.code] = one, last.get(kind)
        last[kind] = one
    return found


def _finding(one: Finding) -> str:
    name = clinical(one.code) if one.code in sheet_variables() else plain(one.code, "complication", "symptom")
    return f"{name}: {_state(one)}"


def _state(one: Finding) -> str:
    words = {"present": "found", "absent": "looked for, not found", "unknown": "looked for, left open"}[one.state]
    plainly = one.value not in (None, "true", "false", "none", "present")
    return f"{words} ({str(one.value).replace('_', ' ')})" if plainly else words
