"""Any fact in a line: an icon, what it is, what there is to say about it, and when it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.pages.clocks import clock, lasted, when
from mastkit.companion.pages.degrees import severity
from mastkit.companion.pages.labels import label
from mastkit.companion.people.sections import SEVERITY_READING as SEVERITY_READING
from mastkit.record import facts as f
from mastkit.record.facts import AnyFact
from mastkit.record.quantity import Quantity
from mastkit.record.record import Record
from mastkit.record.time import Moment

ICONS = {
    "flare": "flare", "exposure": "exposure", "check_in": "checkin", "dose": "dose", "medicine_course": "dose",
    "measurement": "tests", "finding": "scope", "procedure": "scope", "variant": "gene", "diagnosis": "condition",
    "questionnaire_answer": "record", "appointment": "calendar", "question": "question",
    "emergency_plan": "emergency", "emergency_act": "emergency",
    "device": "injector", "contact": "contact", "photo": "photo", "note": "note",
    "sex": "body", "birth_date": "body", "retraction": "undo",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as it stands in a list."""

    id: UUID
    kind: str
    icon: str
    title: str
    detail: str
    when: str
    clock: str
    """The time of day alone, where the date stands above."""
    at: datetime | None
    severity: int | None = None


def describe(fact: AnyFact, zone: str) -> Line:
    """Return the line of a fact."""
    title, details = _say(fact)
    time: Moment | None = getattr(fact, "time", None)
    return Line(
        id=fact.id,
        kind=fact.kind,
        icon=ICONS[fact.kind],
        title=title,
        detail=" · ".join(detail for detail in details if detail),
        when=when(time, zone) if time is not None else "",
        clock=clock(time, zone) if time is not None else "",
        at=time.at if time is not None else None,
        severity=fact.severity if isinstance(fact, f.Flare) else None,
    )


def kind_name(kind: str) -> str:
    """Return what facts of a kind are called."""
    return {
        "flare": _("Flare"), "exposure": _("Exposure"), "check_in": _("Check-in"), "dose": _("Dose"),
        "medicine_course": _("Medicine"), "measurement": _("Measurement"), "finding": _("Finding"),
        "procedure": _("Procedure"), "variant": _("Gene test"), "diagnosis": _("Diagnosis"),
        "questionnaire_answer": _("Questionnaire"), "appointment": _("Appointment"), "question": _("Question"),
        "emergency_plan": _("Emergency plan"), "emergency_act": _("Emergency"), "device": _("Device"),
        "contact": _("Contact"),
        "photo": _("Photo"), "note": _("Note"), "sex": _("Sex"), "birth_date": _("Date of birth"),
        "retraction": _("Withdrawn"),
    }[kind]  # fmt: skip


def quantity(value: Quantity) -> str:
    """Return a quantity as people write it: "ng/mL" stays, "10*9/L" becomes "10⁹/L", a score has no unit."""
    text = f"{value.comparator or ''}{value.value:g}"
    unit = unit_name(value.unit)
    return f"{text} {unit}" if unit else text


def unit_name(unit: str) -> str:
    """Return a UCUM unit as it is printed."""
    if unit == "1" or (unit.startswith("{") and unit.endswith("}")):
        return ""
    return (
        unit.replace("10*9", "10⁹")
        .replace("10*3", "10³")
        .replace("ug", "µg")
        .replace("{creat}", "")
        .replace("Cel", "°C")
    )


def root_of(record: Record, fact: AnyFact) -> UUID:
    """Return the id that a fact's line of corrections began with: what other facts refer to it by."""
    history = record.history(fact.id)
    return history[0].replaces or history[0].id if history else fact.id


def ids_of(record: Record, fact: AnyFact) -> frozenset[UUID]:
    """Return all ids by which other facts may refer to this one."""
    return frozenset({root_of(record, fact), *(one.id for one in record.history(fact.id))})


def _say(fact: AnyFact) -> tuple[str, list[str]]:
    match fact:
        case f.Flare():
            return _flare(fact)
        case f.Exposure():
            there = {True: _("symptoms were already there"), False: "", None: ""}[fact.symptoms_already_there]
            return label(fact.code, "trigger"), [_amount(fact.amount, fact.amount_text), there, fact.note or ""]
        case f.CheckIn():
            return _check_in(fact)
        case f.Dose():
            skipped = _("left out") if fact.status == "skipped" else ""
            return label(fact.medicine, "medicine"), [
                skipped,
                _amount(fact.amount, fact.amount_text),
                fact.note or "",
            ]
        case f.MedicineCourse():
            until = _("stopped") if fact.end is not None else ""
            return label(fact.medicine, "medicine"), [fact.schedule or "", fact.reason or "", until]
        case f.Measurement():
            return _measurement(fact)
        case f.EmergencyAct():
            return _("Emergency"), [fact.text]
        case f.Finding():
            state = {"present": _("found"), "absent": _("not found"), "unknown": _("left open")}[fact.state]
            value = "" if fact.value in (None, "true", "false", "none") else _readable_value(fact.value or "")
            return label(fact.code), [state, value, fact.site or "", fact.method or ""]
        case f.Procedure():
            return label(fact.code, "biopsy", "imaging", "procedure"), [fact.site or "", fact.by or ""]
        case f.Variant():
            return _variant(fact)
        case f.Diagnosis():
            status = _diagnosis_status(fact.status)
            return fact.label, [status, fact.stated_by or "", fact.system or ""]
        case f.QuestionnaireAnswer():
            score = f"{fact.score:g}" if fact.score is not None else ""
            return fact.questionnaire, [score, fact.version or ""]
        case f.Appointment():
            what = fact.with_whom or fact.speciality or _("Appointment")
            status = {"planned": "", "kept": _("kept"), "cancelled": _("cancelled")}[fact.status]
            return what, [fact.purpose or "", fact.place or "", status]
        case f.Question():
            return fact.text, [fact.answer or _("no answer yet")]
        case f.EmergencyPlan():
            steps = ngettext("%(n)d step", "%(n)d steps", len(fact.steps)) % {"n": len(fact.steps)}
            return _("Emergency plan"), [steps, fact.written_by or ""]
        case f.Device():
            expires = _("expires %(when)s") % {"when": fact.expires} if fact.expires is not None else ""
            gone = {"used": _("used"), "discarded": _("thrown away"), "lost": _("lost"), None: ""}[fact.gone]
            return fact.name or label(fact.code, "device"), [fact.place or "", expires, gone]
        case f.Contact():
            return fact.name, [fact.role or "", fact.phone or ""]
        case f.Photo():
            return _("Photo"), [fact.site or "", fact.note or ""]
        case f.Note():
            return fact.text, []
        case f.Sex():
            return _("Sex"), [_("male") if fact.sex == "male" else _("female")]
        case f.BirthDate():
            pattern = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[fact.precision]
            return _("Date of birth"), [fact.born.strftime(pattern)]
        case f.Retraction():
            return _("Withdrawn"), [fact.reason or ""]


def _flare(fact: f.Flare) -> tuple[str, list[str]]:
    title = ", ".join(label(one.code, "symptom") for one in fact.symptoms) or _("Flare")
    degree = severity(fact.severity)
    return title, [
        degree.name if degree is not None else "",
        lasted(fact.time, fact.end) if fact.end is not None else "",
        _("judged to be anaphylaxis") if fact.anaphylaxis else "",
        _("suspected: %(what)s") % {"what": _list(label(code, "trigger") for code in fact.suspected)}
        if fact.suspected
        else "",
        fact.note or "",
    ]


def _check_in(fact: f.CheckIn) -> tuple[str, list[str]]:
    there = _list(label(one.code, "symptom", "trigger") for one in fact.ticked)
    asked = ngettext("%(n)d thing asked", "%(n)d things asked", len(fact.asked)) % {"n": len(fact.asked)}
    return (there or _("Nothing special")), [asked]


def _measurement(fact: f.Measurement) -> tuple[str, list[str]]:
    context = {"baseline": _("when well"), "event": _("for an event"), "unknown": ""}[fact.context]
    if fact.code == SEVERITY_READING:
        degree = severity(int(fact.quantity.value))
        return label(fact.code), [degree.name if degree is not None else ""]
    return label(fact.code, "lab"), [quantity(fact.quantity), context, fact.site or "", fact.laboratory or ""]


def _variant(fact: f.Variant) -> tuple[str, list[str]]:
    result = {"detected": _("found"), "not_detected": _("not found"), "equivocal": _("not clear")}[fact.result]
    fraction = quantity(fact.allele_fraction) if fact.allele_fraction is not None else ""
    copies = (
        ngettext("%(n)d extra copy", "%(n)d extra copies", fact.extra_copies) % {"n": fact.extra_copies}
        if fact.extra_copies is not None
        else ""
    )
    origin = {"somatic": _("acquired"), "germline": _("inherited"), None: ""}[fact.origin]
    return " ".join(filter(None, [fact.gene, fact.change])), [result, fraction, copies, fact.tissue or "", origin]


def _diagnosis_status(status: str | None) -> str:
    words = {
        "suspected": _("suspected"),
        "confirmed": _("confirmed"),
        "ruled_out": _("ruled out"),
        "past": _("past"),
    }
    return words.get(status or "", "")


def _amount(amount: Quantity | None, text: str | None) -> str:
    return quantity(amount) if amount is not None else text or ""


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def _readable_value(value: str) -> str:
    return value.replace("_", " ").replace("-", " ")
