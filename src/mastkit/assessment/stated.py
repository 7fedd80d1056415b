"""The diagnosis that a clinician stated, beside what the rules make of the findings in the same record.

Neither is taken for the right one: a record may lack what the clinician saw, and a label may be out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mastkit.assessment.answer import StatedDiagnosis, SystemAnswer
from mastkit.assessment.differences import ICC, same_code
from mastkit.logic.values import Truth
from mastkit.record.facts import Diagnosis
from mastkit.record.record import Record
from mastkit.vocabulary.terms import named

_SYSTEMIC = "sm"
"""The term for systemic mastocytosis of no stated subtype."""


def stated_diagnosis(
    record: Record, answers: Sequence[SystemAnswer], *, on: date | None = None
) -> StatedDiagnosis | None:
    """Return the latest diagnosis of a mast cell disease in a record, compared; ``None`` where there is none.

    A diagnosis that is no longer there is passed over. One that names a classification is compared with that one
    only; a classification under which the findings contradict each other is compared with none.

    Args:
        record: all facts of the person.
        answers: what each system makes of them.
        on: the day for which to judge; later statements are passed over.
    """
    found = [(fact, term) for fact in _diagnoses(record, on) if (term := _term(fact, answers)) is not None]
    if not found:
        return None
    fact, term = max(found, key=lambda pair: (pair[0].time.at, pair[0].recorded_at, pair[0].id))
    return StatedDiagnosis(
        fact=fact.id,
        label=fact.label,
        day=str(fact.time),
        by=fact.stated_by or "",
        status=fact.status or "",
        system=fact.system or "",
        fits=dict(_fits(fact, term, answers)),
    )


def _diagnoses(record: Record, on: date | None) -> Iterator[Diagnosis]:
    for fact in record.current():
        if not isinstance(fact, Diagnosis) or fact.status == "past":
            continue
        if on is None or fact.time.day(record.zone) <= on:
            yield fact


def _term(fact: Diagnosis, answers: Sequence[SystemAnswer]) -> str | None:
    """What a diagnosis names that a system has an answer to: a subtype before mere systemic mastocytosis.

    So a billing code that stands for several subtypes does not hide the words of the report.
    """
    words = [word for word in (fact.code, fact.label) if word]
    found = [term.id for word in words if (term := named(word, "subtype")) is not None]
    subtypes = (term for term in found if any(_codes(term, answer) for answer in answers))
    return next(subtypes, _SYSTEMIC if _SYSTEMIC in found else None)


def _fits(fact: Diagnosis, term: str, answers: Iterable[SystemAnswer]) -> Iterator[tuple[str, Truth]]:
    systems = {answer.system for answer in answers}
    for answer in answers:
        if answer.contradiction or (fact.system in systems and fact.system != answer.system):
            continue
        if term == _SYSTEMIC:
            truth = answer.systemic
        elif codes := _codes(term, answer):
            truth = _given(codes, answer.possible)
        else:
            continue
        if fact.status == "ruled_out" and truth is not None:
            truth = not truth
        yield answer.system, truth


def _codes(term: str, answer: SystemAnswer) -> set[str]:
    """The subtypes of a system that a term stands for; the ICC counts bone marrow mastocytosis as indolent."""
    found = {code for code in answer.titles if (its := named(code, "subtype")) is not None and its.id == term}
    if not found and answer.system == ICC:
        found = {same_code(term.upper())} & set(answer.titles)
    return found


def _given(codes: set[str], possible: Sequence[str]) -> Truth:
    if not codes & set(possible):
        return False
    return True if set(possible) <= codes else None
