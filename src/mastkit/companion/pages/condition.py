"""My condition: what the published rules make of the record, in plain words, with grounds, gaps and sources."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from mastkit.assessment.answer import Assessment, Judged, MissingSet, SystemAnswer
from mastkit.assessment.assess import assess_record
from mastkit.companion.pages.held import Held
from mastkit.logic.explain import Ground
from mastkit.logic.values import Truth
from mastkit.record.record import Record
from mastkit.vocabulary.terms import named
from mastkit.vocabulary.variables import clinical_tests, sheet_variables

MOST_MISSING = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the grounds: what was looked at, what is known of it, and from which entry."""

    text: str
    mark: str
    """yes, no or unknown: the name of an icon."""
    fact: str
    parts: tuple["Reason", ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A criterion: met, not met, or unknown."""

    id: str
    plain: str
    title: str
    mark: str
    word: str
    source: str
    link: str
    clause: str
    verified: str
    note: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Missing:
    """Tests that could settle it."""

    tests: tuple[str, ...]
    clinical: tuple[str, ...]
    learn: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of one classification."""

    system: str
    name: str
    answer: str
    explained: str
    decided: bool
    possible: tuple[str, ...]
    systemic: str
    marks: tuple[Mark, ...]
    missing: tuple[Missing, ...]
    more_missing: int
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A point on which the two systems differ for this person."""

    topic: str
    who: str
    icc: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether one classification comes to the diagnosis that was stated."""

    name: str
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Stated:
    """The diagnosis that a clinician stated, beside what the rules make of the record."""

    label: str
    by: str
    day: str
    fits: tuple[Fit, ...]
    misfit: bool
    """Whether a classification cannot come to it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """The page."""

    verdicts: tuple[Verdict, ...]
    stated: Stated | None
    agreement: str
    differences: tuple[Difference, ...]
    remarks: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    nothing_known: bool
    """Whether the record holds nothing that the rules look at."""


def condition(record: Record, today: date) -> Condition:
    """Return the page for a day."""
    return page(_assessment(Held(record), today))


@lru_cache(maxsize=16)
def _assessment(held: Held, today: date) -> Assessment:
    return assess_record(held.record, on=today)


def page(assessment: Assessment) -> Condition:
    """Return the page of an assessment."""
    agreement = {
        True: _("Both classifications give the same answer."),
        False: _(
            "The two classifications disagree. Both answers are shown; which one your doctors use"
            " is for them to say."
        ),
        None: _("Whether the two classifications agree depends on what is still missing."),
    }[assessment.agree]
    sources = {
        (judged.criterion.source.reference, judged.criterion.source.link)
        for answer in assessment.answers
        for judged in answer.judged
        if judged.criterion.source is not None
    }
    return Condition(
        verdicts=tuple(_verdict(answer, assessment) for answer in assessment.answers),
        stated=_stated(assessment),
        agreement=agreement,
        differences=tuple(Difference(one.topic, one.who, one.icc) for one in assessment.disagreements),
        remarks=assessment.remarks,
        sources=tuple(sorted(sources)),
        nothing_known=not assessment.facts_of,
    )


def _stated(assessment: Assessment) -> Stated | None:
    stated = assessment.stated
    if stated is None:
        return None
    ruled_out = stated.status == "ruled_out"
    fits = tuple(
        Fit(answer.title, _icon(stated.fits[answer.system]), _fit_words(stated.fits[answer.system]))
        for answer in assessment.answers
        if answer.system in stated.fits
    )
    label = _("Ruled out: %(diagnosis)s") % {"diagnosis": stated.label} if ruled_out else stated.label
    return Stated(label, stated.by, stated.day, fits, misfit=False in stated.fits.values())


def _fit_words(truth: Truth) -> str:
    return {
        True: _("Your record gives the same."),
        False: _("Your record does not fit it."),
        None: _("Your record fits it, and leaves other answers open."),
    }[truth]


def _verdict(answer: SystemAnswer, assessment: Assessment) -> Verdict:
    if answer.contradiction:
        said = _("What was entered contradicts itself")
        explained = _(
            "No type of the disease fits everything that is in the record, so one of the entries must be wrong."
        )
    elif answer.subtype is not None:
        said, explained = answer.titles[answer.subtype], _plain(answer.subtype)
    else:
        said = _("Cannot be decided yet")
        explained = _(
            "The record leaves more than one answer open. That is not bad news: it says which test would help."
        )
    return Verdict(
        system=answer.system,
        name=answer.title,
        answer=said,
        explained=explained,
        decided=answer.subtype is not None,
        possible=tuple(answer.titles[code] for code in answer.possible) if answer.subtype is None else (),
        systemic={
            True: _("The criteria of systemic mastocytosis are met."),
            False: _("The criteria of systemic mastocytosis are not met."),
            None: _("Whether the criteria of systemic mastocytosis are met is still open."),
        }[answer.systemic],
        marks=tuple(_mark(judged, assessment) for judged in answer.judged),
        missing=tuple(_missing(found, answer) for found in answer.missing[:MOST_MISSING]),
        more_missing=max(0, len(answer.missing) - MOST_MISSING),
        readings=tuple(
            _("%(title)s: read another way, it would be %(other)s.")
            % {"title": one.title, "other": ", ".join(answer.titles[code] for code in one.possible)}
            for one in answer.other_readings
        ),
    )


def _plain(code: str) -> str:
    term = named(code, "subtype")
    return term.plain_label if term is not None else ""


def _mark(judged: Judged, assessment: Assessment) -> Mark:
    criterion = judged.criterion
    return Mark(
        id=criterion.id,
        plain=criterion.plain or criterion.title,
        title=criterion.title if criterion.plain else "",
        mark=_icon(judged.truth),
        word=_word(judged.truth),
        source=criterion.source.reference if criterion.source is not None else "",
        link=criterion.source.link if criterion.source is not None else "",
        clause=criterion.clause,
        verified={
            "primary": _("checked against the publication"),
            "reprint": _("read in a reprint of the publication"),
            "unverified": _("recalled, not checked against the publication"),
        }[criterion.verified],
        note=criterion.note,
        reason=_reason(judged.ground, assessment),
    )


def _reason(ground: Ground, assessment: Assessment) -> Reason:
    where = dict.fromkeys(
        assessment.facts_of[one.name] for one in ground.variables if one.name in assessment.facts_of
    )
    fact = ""
    if ground.fact is not None:
        fact = ground.fact + (f" ({'; '.join(where)})" if where else "")
    elif ground.variables:
        fact = _("not known")
    if ground.presumed:
        fact = _("not stated; read so because: %(why)s") % {"why": ground.presumed}
    return Reason(
        ground.text, _icon(ground.truth), fact, tuple(_reason(part, assessment) for part in ground.children)
    )


def _missing(found: MissingSet, answer: SystemAnswer) -> Missing:
    tests, variables = clinical_tests(), sheet_variables()
    answers = ", ".join(answer.titles[code] for code in found.answers)
    return Missing(
        tests=tuple(_(tests[test].plain_label) for test in found.tests),
        clinical=tuple(tests[test].label for test in found.tests),
        learn=tuple(_(variables[name].plain_label) for name in found.variables),
        why=_("Could settle it to: %(answers)s, depending on the result.") % {"answers": answers},
    )


def _icon(truth: Truth) -> str:
    return {True: "yes", False: "no", None: "unknown"}[truth]


def _word(truth: Truth) -> str:
    return {True: _("met"), False: _("not met"), None: _("not known yet")}[truth]
