"""Which facts show that a test was done, when that was last, and what came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mastkit.followup.history import day_of, latest
from mastkit.followup.monitoring import Done, FollowUpTest
from mastkit.logic.values import Interval
from mastkit.record.facts import AnyFact, Appointment, Finding, Measurement, Procedure, QuestionnaireAnswer, Variant
from mastkit.record.record import Record
from mastkit.record.sheets.numbers import plain
from mastkit.vocabulary.variables import sheet_variables


@dataclass(frozen=True, slots=True)
class Last:
    """The last time that a test was done: the day, what came out in words, and the fact."""

    day: date
    result: str
    fact: UUID


def last_done(test: FollowUpTest, facts: Sequence[AnyFact], record: Record) -> Last | None:
    """The last time that a test was done, among these facts of a record."""
    last = latest(_shown_by(facts, test.counts))
    if last is None:
        return None
    day = day_of(last, record)
    assert day is not None  # every fact that shows a test has a time
    same_day = [f for f in facts if day_of(f, record) == day]
    shown = next((latest(found) for s in test.shows if (found := list(_shown_by(same_day, (s,))))), None)
    result = _result(shown, panel=len(test.counts) > 1) if shown is not None else "done"
    return Last(day, result, last.id)


def last_number(test: FollowUpTest, facts: Iterable[AnyFact]) -> Interval | None:
    """The last result of a test in the unit of the case sheet; ``None`` where there is none."""
    shown = latest(f for f in _shown_by(facts, test.shows) if isinstance(f, Measurement))
    if not isinstance(shown, Measurement) or (variable := sheet_variables().get(shown.code)) is None:
        return None
    read = shown.quantity.interval(variable)
    return Interval(read.low, read.high)


def _shown_by(facts: Iterable[AnyFact], kinds: tuple[Done, ...]) -> Iterable[AnyFact]:
    return (fact for fact in facts if any(_shows(fact, done) for done in kinds))


def _shows(fact: AnyFact, done: Done) -> bool:
    match fact:
        case Measurement():
            fits = done.kind == "measurement" and fact.code == done.code
            return fits and done.detail in ("", fact.context)
        case Variant():
            fits = done.kind == "variant" and fact.gene.upper() == done.code
            return fits and done.detail in ("", fact.tissue)
        case Finding():
            return done.kind == "finding" and fact.code == done.code and fact.state != "unknown"
        case Procedure():
            return done.kind == "procedure" and fact.code == done.code
        case Appointment():
            return done.kind == "appointment" and fact.status == done.code
        case QuestionnaireAnswer():
            return done.kind == "questionnaire" and fact.questionnaire.casefold() == done.code
        case _:
            return False


def _result(fact: AnyFact, *, panel: bool) -> str:
    """The result in words; of a panel with the name of the value that is shown."""
    match fact:
        case Measurement():
            variable = sheet_variables().get(fact.code)
            return f"{variable.label} {fact.quantity}" if panel and variable is not None else str(fact.quantity)
        case Variant():
            return str(fact.allele_fraction or fact.result.replace("_", " "))
        case QuestionnaireAnswer(score=score):
            return "filled in" if score is None else plain(score)
        case _:
            return "done"
