"""Self-care, words explained, support groups, and the complications with their last check and next date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from mastkit.record.facts import (
    Contact,
    DatedFact,
    Device,
    EmergencyPlan,
    Exposure,
    Fact,
    Finding,
    Measurement,
    Procedure,
)
from mastkit.record.record import Record
from mastkit.reports.agenda import AgendaItem, agenda
from mastkit.reports.current import CurrentFacts
from mastkit.reports.pack import SELF
from mastkit.reports.questions import is_injector
from mastkit.reports.words import clinical, key_of, number, plain
from mastkit.vocabulary.tables import rows

TICK = "self_care:"
"""A finding of this code and the id of a task, present, is the tick of the person: done on that day."""

DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class GlossaryWord:
    """A word in layers: one plain sentence, more if wanted, and the medical term."""

    id: str
    term: str
    plain: str
    more: str
    medical: str


@dataclass(frozen=True)
class SupportGroup:
    """A support group; ``address`` is empty where none was found in a source. No request is ever sent to it."""

    country: str
    name: str
    address: str
    about: str
    seen_at: str
    seen: str


@dataclass(frozen=True)
class SelfCareTask:
    """Something to do once or again. ``repeat_months`` is none for what is done once."""

    id: str
    list: Literal["L8", "L9"]
    title: str
    why: str
    repeat_months: int | None
    done_by: str
    grounds: str


@dataclass(frozen=True)
class SelfCare:
    """A task as it stands for a person: when it was done last, by which fact, and whether to do it again."""

    task: SelfCareTask
    done: date | None
    fact: UUID | None
    again: date | None
    state: Literal["to do", "done", "again"]


@dataclass(frozen=True)
class Complication:
    """A complication: which findings, measurements and procedures tell of its last check."""

    id: str
    title: str
    plain: str
    findings: frozenset[str]
    measurements: frozenset[str]
    procedures: frozenset[str]
    due_tests: frozenset[str]
    red_flag: str
    grounds: str


@dataclass(frozen=True)
class ComplicationCheck:
    """A complication as it stands for a person."""

    complication: Complication
    last: date | None
    result: str
    facts: tuple[UUID, ...]
    next_due: tuple[AgendaItem, ...]


@cache
def glossary() -> Mapping[str, GlossaryWord]:
    """Return the words by id, in the order of the file."""
    return MappingProxyType({row["id"]: GlossaryWord(**row) for row in rows("glossary.csv", "mastkit.reports")})


@cache
def support_groups() -> tuple[SupportGroup, ...]:
    """Return the support groups by country (ISO 3166; INT is international)."""
    return tuple(SupportGroup(**row) for row in rows("support_groups.csv", "mastkit.reports"))


@cache
def self_care_tasks() -> tuple[SelfCareTask, ...]:
    """Return the tasks of the two checklists, in order."""
    return tuple(_task(row) for row in rows("self_care.csv", "mastkit.reports"))


@cache
def complications() -> tuple[Complication, ...]:
    """Return the complications, in order."""
    return tuple(_complication(row) for row in rows("complications.csv", "mastkit.reports"))


def self_care(record: Record, on: date) -> tuple[SelfCare, ...]:
    """Return each task as it stands on a day; what the record already shows counts as done."""
    facts = CurrentFacts(record, on)
    return tuple(_stand(task, facts) for task in self_care_tasks())


def complication_checks(record: Record, on: date) -> tuple[ComplicationCheck, ...]:
    """Return each complication with its last check, the results of that day, and what is due next."""
    facts = CurrentFacts(record, on)
    due = agenda(facts)
    return tuple(_check(one, facts, due) for one in complications())


def _stand(task: SelfCareTask, facts: CurrentFacts) -> SelfCare:
    done, fact = _ticked(task, facts)
    shown = _SHOWN.get(task.done_by)
    if shown is not None and (found := shown(facts)) is not None and (done is None or found[0] > done):
        done, fact = found
    if done is None:
        return SelfCare(task, None, None, None, "to do")
    if task.repeat_months is None:
        return SelfCare(task, done, fact, None, "done")
    again = done + timedelta(days=round(task.repeat_months * DAYS_A_MONTH))
    return SelfCare(task, done, fact, again, "again" if again <= facts.on else "done")


def _ticked(task: SelfCareTask, facts: CurrentFacts) -> tuple[date | None, UUID | None]:
    for finding in reversed(facts.of(Finding)):
        if finding.code == f"{TICK}{task.id}":
            return (facts.day(finding), finding.id) if finding.state == "present" else (None, None)
    return None, None


_Shown = tuple[date, UUID] | None


def _entered(fact: Fact, facts: CurrentFacts) -> tuple[date, UUID]:
    return (facts.day(fact) if isinstance(fact, DatedFact) else fact.recorded_at.date()), fact.id


def _last(found: list[Fact], facts: CurrentFacts) -> _Shown:
    return max((_entered(fact, facts) for fact in found), default=None)


def _team(facts: CurrentFacts) -> _Shown:
    return _last([one for one in facts.of(Contact) if (one.role or "").casefold() not in SELF], facts)


def _injectors(facts: CurrentFacts) -> list[Device]:
    return [one for one in facts.of(Device) if is_injector(one) and one.gone is None]


def _two(facts: CurrentFacts) -> _Shown:
    found = _injectors(facts)
    return _last(list(found), facts) if len(found) > 1 else None


def _practised(facts: CurrentFacts) -> _Shown:
    found = [
        (facts.day_of(one.practised), one.id) for one in facts.of(Device) if is_injector(one) and one.practised
    ]
    return max(found, default=None)


def _medical_id(facts: CurrentFacts) -> _Shown:
    return _last([one for one in facts.of(Device) if "medical-id" in key_of(one.code) and one.gone is None], facts)


_SHOWN: dict[str, Callable[[CurrentFacts], _Shown]] = {
    "contact": _team,
    "emergency_plan": lambda facts: _last(list(facts.of(EmergencyPlan)), facts),
    "exposure": lambda facts: _last(list(facts.of(Exposure)[-1:]), facts),
    "two_injectors": _two,
    "injector_practised": _practised,
    "medical_id": _medical_id,
}
"""What the record itself shows of a task."""


def _check(one: Complication, facts: CurrentFacts, due: tuple[AgendaItem, ...]) -> ComplicationCheck:
    telling: list[tuple[date, str, UUID]] = []
    for finding in facts.of(Finding):
        if finding.code in one.findings:
            telling.append((facts.day(finding), f"{_name(finding.code)}: {_STATE[finding.state]}", finding.id))
    for result in facts.of(Measurement):
        if result.code in one.measurements:
            telling.append(
                (facts.day(result), f"{clinical(result.code, 'lab')} {number(result.quantity)}", result.id)
            )
    for done in facts.of(Procedure):
        if key_of(done.code) in one.procedures:
            telling.append((facts.day(done), plain(done.code, "procedure", "imaging", "biopsy"), done.id))
    last = max((day for day, _, _ in telling), default=None)
    of_that_day = [entry for entry in telling if entry[0] == last]
    next_due = tuple(item for item in due if item.test in one.due_tests)
    return ComplicationCheck(
        complication=one,
        last=last,
        result="; ".join(text for _, text, _ in of_that_day) or "no check is written down",
        facts=tuple(id_ for _, _, id_ in of_that_day),
        next_due=next_due,
    )


_STATE = {"present": "found", "absent": "looked for, not found", "unknown": "looked for, left open"}


def _name(code: str) -> str:
    return clinical(code, "complication")


def _task(row: dict[str, str]) -> SelfCareTask:
    return SelfCareTask(
        id=row["id"],
        list="L8" if row["list"] == "L8" else "L9",
        title=row["title"],
        why=row["why"],
        repeat_months=int(row["repeat_months"]) if row["repeat_months"] else None,
        done_by=row["done_by"],
        grounds=row["grounds"],
    )


def _complication(row: dict[str, str]) -> Complication:
    return Complication(
        id=row["id"],
        title=row["title"],
        plain=row["plain"],
        findings=frozenset(row["findings"].split()),
        measurements=frozenset(row["measurements"].split()),
        procedures=frozenset(row["procedures"].split()),
        due_tests=frozenset(row["due_tests"].split()),
        red_flag=row["red_flag"],
        grounds=row["grounds"],
    )
