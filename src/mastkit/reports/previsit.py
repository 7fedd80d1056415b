"""The questions that a clinician usually asks, answered ahead from the diary.

Five questions: when it began, whether it is there always or now and then, how severe it is, what makes it
better, what makes it worse. What the diary cannot answer is said to be open, with room to write.
"""

from dataclasses import dataclass
from uuid import UUID

from mastkit.record.facts import CheckIn, Flare, MedicineCourse
from mastkit.reports.current import CurrentFacts, Period
from mastkit.reports.flares import FlareSummary
from mastkit.reports.words import plain, substance

OPEN = "Not written down yet."


@dataclass(frozen=True)
class Prepared:
    """A question that a clinician usually asks, and what the diary answers."""

    question: str
    answer: str
    known: bool
    facts: tuple[UUID, ...] = ()


def prepared_answers(facts: CurrentFacts, period: Period, flares: FlareSummary) -> tuple[Prepared, ...]:
    """Answer from the diary what a clinician usually asks."""
    return (
        _onset(facts),
        _pattern(facts, period, flares),
        _severity(flares),
        _better(facts, flares),
        _worse(flares),
    )


def _onset(facts: CurrentFacts) -> Prepared:
    question = "When did the symptoms begin?"
    for flare in facts.of(Flare)[:1]:
        text = f"The first flare written down began {flare.time}; symptoms may have begun before the diary."
        return Prepared(question, text, True, (flare.id,))
    return Prepared(question, OPEN, False)


def _pattern(facts: CurrentFacts, period: Period, flares: FlareSummary) -> Prepared:
    question = "Are they there all the time or now and then?"
    if not flares.count:
        return Prepared(
            question, "No flare is written down in this time. That does not mean there was none.", False
        )
    check_ins = facts.within(CheckIn, period)
    quiet = len({facts.day(one) for one in check_ins if not one.ticked})
    with_symptoms = len({facts.day(one) for one in check_ins if one.ticked})
    text = f"{_times(flares.count, 'flare')} on {_times(flares.days_with_flares, 'day')} of {period.days}"
    if check_ins:
        text += f"; daily questions: {_times(with_symptoms, 'day')} with symptoms, {quiet} without"
    return Prepared(question, f"{text}.", True)


def _severity(flares: FlareSummary) -> Prepared:
    question = "How severe are they?"
    if not flares.by_severity:
        return Prepared(question, OPEN, False)
    text = ", ".join(f"{count.what}: {count.times}" for count in flares.by_severity)
    if flares.anaphylaxis:
        text += f"; judged to be anaphylaxis: {flares.anaphylaxis}"
    return Prepared(question, f"{text}.", True)


def _better(facts: CurrentFacts, flares: FlareSummary) -> Prepared:
    question = "What makes them better?"
    helped = [one for one in facts.of(MedicineCourse) if one.response == "better"]
    parts = []
    if helped:
        parts.append("Better with " + ", ".join(dict.fromkeys(substance(one.medicine) for one in helped)))
    if flares.rescue:
        taken = ", ".join(f"{count.what} ({count.times})" for count in flares.rescue)
        parts.append(f"Taken during flares: {taken}")
    if not parts:
        return Prepared(question, OPEN, False)
    return Prepared(question, ". ".join(parts) + ".", True, tuple(one.id for one in helped))


def _worse(flares: FlareSummary) -> Prepared:
    question = "What makes them worse or sets them off?"
    if not flares.by_suspected:
        return Prepared(question, OPEN, False)
    named = ", ".join(f"{count.what} ({count.times})" for count in flares.by_suspected[:6])
    return Prepared(question, f"Suspected by the person: {named}. A suspicion is not yet proof.", True)


def usual_symptoms(flares: FlareSummary, most: int = 6) -> str:
    """Return the most frequent symptoms in words; empty where none is written down."""
    return ", ".join(f"{count.what} ({count.times})" for count in flares.by_symptom[:most])


def _times(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def symptom_names(flare: Flare) -> tuple[str, ...]:
    """Return the plain names of the symptoms of a flare."""
    return tuple(plain(item.code, "symptom") for item in flare.symptoms)
