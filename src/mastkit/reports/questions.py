"""Questions for a visit: the person's own first, then those that the assessment suggests, then a bank."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from mastkit.record.facts import (
    Appointment,
    Device,
    Diagnosis,
    EmergencyPlan,
    Finding,
    Flare,
    Measurement,
    MedicineCourse,
    Question,
    Variant,
)
from mastkit.reports.current import CurrentFacts, Period
from mastkit.reports.medicines import role_of
from mastkit.reports.words import ADRENALINE, key_of
from mastkit.vocabulary.tables import rows

TOP = 3

EXPIRES_SOON = timedelta(days=60)
"""Ahead of expiry, when the bank asks for new injectors: our choice."""

_MOOD = {
    "depression",
    "anxiety",
    "insomnia",
    "brain-fog",
    "poor-concentration",
    "memory-impairment",
    "irritability",
}
_STINGS = {"insect-sting", "bee-sting", "wasp-sting", "insect-venom", "bee-venom", "wasp-venom"}


@dataclass(frozen=True)
class AskedQuestion:
    """A question, where it comes from, and its answer if there is one."""

    text: str
    source: Literal["own", "assessment", "bank"]
    why: str
    answer: str | None = None


@dataclass(frozen=True)
class BankQuestion:
    """A question that many ask: for which speciality, and in which situation."""

    id: str
    speciality: str
    when: str
    text: str


@cache
def question_bank() -> tuple[BankQuestion, ...]:
    """Return the bank, in the order of the file."""
    return tuple(
        BankQuestion(row["id"], row["speciality"], row["when"], row["text"])
        for row in rows("questions.csv", "mastkit.reports")
    )


SITUATIONS = {
    "first": "there was no visit before this one",
    "treatment": "a medicine was stopped",
    "always": "",
    "asks": "",
    "no-plan": "no emergency plan is written down",
    "no-injector": "no auto-injector is written down",
    "injector-expiring": "an auto-injector expires within 60 days or has expired",
    "never-practised": "no practice with the auto-injector is written down",
    "anaphylaxis": "a flare since the last visit was judged to be anaphylaxis",
    "no-event-tryptase": "flares are written down, but no tryptase taken during one",
    "sting": "an insect sting was suspected of setting off a flare",
    "no-kit": "no KIT test is written down",
    "kit-inhibitor": "a KIT inhibitor is being taken",
    "no-dxa": "no bone density scan is written down",
    "osteoporosis": "osteoporosis or a fracture is written down",
    "acid": "a medicine against stomach acid is being taken",
    "mood": "mood, sleep or thinking were affected in flares",
}
"""Why a question of the bank is suggested, by its situation; empty: it fits at any time."""


def questions_for(
    facts: CurrentFacts, period: Period, speciality: str | None, suggested: Iterable[AskedQuestion] = ()
) -> tuple[AskedQuestion, ...]:
    """Return the questions for a visit: own, then suggested by the assessment, then from the bank.

    The person's own come first whatever else there is; questions that have an answer are left out.
    """
    own = [
        AskedQuestion(question.text, "own", "your own question")
        for question in sorted(facts.of(Question), key=_rank)
        if question.answer is None
    ]
    bank = [
        AskedQuestion(question.text, "bank", SITUATIONS[question.when])
        for question in sorted(question_bank(), key=lambda one: _fit(one, speciality))
        if question.speciality in ("all", speciality) and _applies(question.when, facts, period)
    ]
    return tuple({one.text: one for one in (*own, *suggested, *bank)}.values())


def answered(facts: CurrentFacts) -> tuple[AskedQuestion, ...]:
    """Return the person's questions that have an answer, latest first."""
    found = [one for one in facts.of(Question) if one.answer is not None]
    return tuple(AskedQuestion(one.text, "own", "answered", one.answer) for one in reversed(found))


def _rank(question: Question) -> tuple[int, str]:
    return question.rank or 1_000, str(question.id)


def _fit(question: BankQuestion, speciality: str | None) -> tuple[bool, bool]:
    """Questions that rest on something in the record come first, then those of the speciality."""
    return not SITUATIONS[question.when], question.speciality != speciality


def _applies(when: str, facts: CurrentFacts, period: Period) -> bool:
    if when == "asks":
        return False
    if when == "always":
        return True
    return _TESTS[when](facts, period)


def _injectors(facts: CurrentFacts) -> list[Device]:
    return [one for one in facts.of(Device) if is_injector(one) and one.gone is None]


def is_injector(device: Device) -> bool:
    """Whether a device is an adrenaline auto-injector."""
    key = key_of(device.code)
    return key in ADRENALINE or "injector" in key


def _expiring(facts: CurrentFacts, _: Period) -> bool:
    until = facts.on + EXPIRES_SOON
    return any(one.expires is not None and facts.day_of(one.expires) <= until for one in _injectors(facts))


def _takes(facts: CurrentFacts, *roles: str) -> bool:
    running = (one for one in facts.of(MedicineCourse) if one.end is None or facts.day_of(one.end) >= facts.on)
    return any(role in role_of(one.medicine) for one in running for role in roles)


def _has(facts: CurrentFacts, *codes: str) -> bool:
    return any(one.state == "present" and one.code in codes for one in facts.of(Finding))


_TESTS: dict[str, Callable[[CurrentFacts, Period], bool]] = {
    "first": lambda facts, _: (
        not any(one.status == "kept" and facts.day(one) < facts.on for one in facts.of(Appointment))
        and not facts.of(Diagnosis)
    ),
    "treatment": lambda facts, _: any(one.end is not None for one in facts.of(MedicineCourse)),
    "no-plan": lambda facts, _: not facts.of(EmergencyPlan),
    "no-injector": lambda facts, _: not _injectors(facts),
    "injector-expiring": _expiring,
    "never-practised": lambda facts, _: (
        bool(_injectors(facts)) and all(one.practised is None for one in _injectors(facts))
    ),
    "anaphylaxis": lambda facts, period: any(one.anaphylaxis for one in facts.within(Flare, period)),
    "no-event-tryptase": lambda facts, _: (
        bool(facts.of(Flare))
        and not any(one.code == "tryptase" and one.context == "event" for one in facts.of(Measurement))
    ),
    "sting": lambda facts, _: any(key_of(code) in _STINGS for one in facts.of(Flare) for code in one.suspected),
    "no-kit": lambda facts, _: not any(one.gene.upper() == "KIT" for one in facts.of(Variant)),
    "kit-inhibitor": lambda facts, _: _takes(facts, "KIT inhibitor"),
    "no-dxa": lambda facts, _: not any(one.code.startswith("tscore") for one in facts.of(Measurement)),
    "osteoporosis": lambda facts, _: _has(facts, "osteoporosis", "vertebral_fracture", "fracture"),
    "acid": lambda facts, _: _takes(facts, "Proton pump", "H2 antihistamine"),
    "mood": lambda facts, period: any(
        key_of(item.code) in _MOOD for one in facts.within(Flare, period) for item in one.symptoms
    ),
}
