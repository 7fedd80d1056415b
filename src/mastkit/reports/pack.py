"""The appointment pack: one aggregate that feeds the screen, the PDF and the export."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mastkit.assessment import assess_record
from mastkit.followup.trends import trends
from mastkit.record.facts import Appointment, BirthDate, Contact, Diagnosis
from mastkit.record.record import Record
from mastkit.reports.agenda import AgendaItem, agenda, not_in_record, overdue
from mastkit.reports.changes import Change, changes
from mastkit.reports.current import CurrentFacts, Period, latest, until
from mastkit.reports.flares import FlareSummary, summarise_flares
from mastkit.reports.kept_ready import KeptReady, expiring, kept_ready
from mastkit.reports.medicines import MedicineSummary, summarise_medicines
from mastkit.reports.previsit import Prepared, prepared_answers
from mastkit.reports.questions import TOP, AskedQuestion, answered, questions_for
from mastkit.reports.series import Series, all_series
from mastkit.reports.standing import Standing, standing_of
from mastkit.reports.substances import Substance, known_reactions, substances
from mastkit.reports.trend_words import TrendWords, series_code, trend_words
from mastkit.reports.trigger_lines import TriggerLines, trigger_lines
from mastkit.triggers.result import MyTriggers

SELF = frozenset({"self", "me", "person"})
"""The role of the contact that is the person: where a name and a number for the documents come from."""


@dataclass(frozen=True)
class Person:
    """Whose record it is, as far as the record says."""

    name: str | None
    born: str | None
    phone: str | None
    diagnosis: str | None
    """The latest diagnosis that was stated and not ruled out, with who stated it and when."""
    diagnosis_fact: UUID | None


@dataclass(frozen=True)
class Visit:
    """The appointment that the pack is made for; none of it need be known."""

    day: date | None
    with_whom: str | None
    speciality: str | None
    purpose: str | None


@dataclass(frozen=True)
class AppointmentPack:
    """All that a visit needs."""

    person: Person
    on: date
    visit: Visit
    period: Period
    top_questions: tuple[AskedQuestion, ...]
    more_questions: tuple[AskedQuestion, ...]
    answered_questions: tuple[AskedQuestion, ...]
    changes: tuple[Change, ...]
    flares: FlareSummary
    medicines: MedicineSummary
    reactions: tuple[Substance, ...]
    triggers: TriggerLines | None
    """What the diary says about triggers; none where it was not worked out."""
    series: tuple[Series, ...]
    trends: tuple[TrendWords, ...]
    """What the trend of each series says, in the order of the series."""
    standing: Standing | None
    """None where no assessment was made."""
    due: tuple[AgendaItem, ...]
    overdue: tuple[AgendaItem, ...]
    not_in_record: tuple[AgendaItem, ...]
    ready: tuple[KeptReady, ...]
    expiring: tuple[KeptReady, ...]
    prepared: tuple[Prepared, ...]
    facts_in_record: int


def appointment_pack(
    record: Record,
    on: date,
    *,
    speciality: str | None = None,
    period: Period | None = None,
    assess: bool = True,
    triggers: Callable[[Record], MyTriggers] | None = None,
    chosen_questions: tuple[str, ...] = (),
) -> AppointmentPack:
    """Gather what a visit needs.

    Args:
        record: the record.
        on: the day the pack is made for; facts of later days are left out.
        speciality: of the clinician; that of the next planned appointment where none is named.
        period: what to look back on; since the last visit where none is named.
        assess: whether the criteria of both classifications are applied.
        triggers: how to work out what the diary says about triggers, which takes about a second: `my_triggers`, or
            one that keeps its answers. It is asked about the record as it was on the day.
        chosen_questions: questions that the person put first, in their order.
    """
    facts = CurrentFacts(record, on)
    visit = next_visit(facts, speciality)
    speciality = speciality or visit.speciality
    span = period or facts.since_last_visit()
    series = all_series(facts)
    standing = standing_of(assess_record(record, on=on)) if assess else None
    flares = summarise_flares(facts, span)
    questions = _ordered(
        questions_for(facts, span, speciality, standing.questions() if standing else ()), chosen_questions
    )
    due = agenda(facts)
    ready = kept_ready(facts)
    return AppointmentPack(
        person=person_of(facts),
        on=on,
        visit=visit,
        period=span,
        top_questions=questions[:TOP],
        more_questions=questions[TOP:],
        answered_questions=answered(facts),
        changes=changes(facts, span),
        flares=flares,
        medicines=summarise_medicines(facts, span),
        reactions=known_reactions(substances(record, on)),
        triggers=trigger_lines(triggers(until(record, on))) if triggers is not None else None,
        series=series,
        trends=_trends(record, series, on),
        standing=standing,
        due=due,
        overdue=overdue(due),
        not_in_record=not_in_record(due),
        ready=ready,
        expiring=expiring(ready),
        prepared=prepared_answers(facts, span, flares),
        facts_in_record=len(record),
    )


def _trends(record: Record, series: tuple[Series, ...], on: date) -> tuple[TrendWords, ...]:
    found = trends(record, (series_code(one.code) for one in series), on)
    return tuple(trend_words(one) for one in found if one.points)


def person_of(facts: CurrentFacts) -> Person:
    """Return who the record is about, as far as it says."""
    own = latest(one for one in facts.of(Contact) if (one.role or "").casefold() in SELF)
    born = latest(facts.of(BirthDate))
    stated = latest(one for one in facts.of(Diagnosis) if one.status not in ("ruled_out", "past", "suspected"))
    return Person(
        name=own.name if own else None,
        born=_born(born) if born else None,
        phone=own.phone if own else None,
        diagnosis=_stated(facts, stated) if stated else None,
        diagnosis_fact=stated.id if stated else None,
    )


def next_visit(facts: CurrentFacts, speciality: str | None) -> Visit:
    """Return the next planned appointment, of a speciality where one is named."""
    for one in facts.of(Appointment):
        if one.status != "planned" or facts.day(one) < facts.on:
            continue
        if speciality is None or one.speciality is None or one.speciality == speciality:
            return Visit(facts.day(one), one.with_whom, speciality or one.speciality, one.purpose)
    return Visit(None, None, speciality, None)


def _ordered(questions: tuple[AskedQuestion, ...], chosen: tuple[str, ...]) -> tuple[AskedQuestion, ...]:
    """Put the chosen questions first; one that is in no list is the person's own."""
    known = {question.text: question for question in questions}
    first = [known.get(text, AskedQuestion(text, "own", "your own question")) for text in dict.fromkeys(chosen)]
    return (*first, *(question for question in questions if question.text not in chosen))


def _born(born: BirthDate) -> str:
    pattern = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    return born.born.strftime(pattern[born.precision])


def _stated(facts: CurrentFacts, one: Diagnosis) -> str:
    by = f" by {one.stated_by}" if one.stated_by else ""
    system = f", {one.system}" if one.system else ""
    return f"{one.label} (stated{by}, {facts.day(one)}{system})"
