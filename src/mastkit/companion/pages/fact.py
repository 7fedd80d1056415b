"""One fact: what it says now, all that it says, and how it came to that."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import BaseModel

from mastkit.companion.pages.clocks import instant, when
from mastkit.companion.pages.degrees import severity
from mastkit.companion.pages.describe import SEVERITY_READING, Line, describe, ids_of, kind_name, quantity
from mastkit.companion.pages.forms.table import FactForm
from mastkit.companion.pages.labels import clinical_label, full_label, label
from mastkit.record import facts as f
from mastkit.record.facts import AnyFact
from mastkit.record.quantity import Quantity
from mastkit.record.record import Record
from mastkit.record.time import Moment

_NOT_SHOWN = {"id", "kind", "recorded_at", "recorded_by", "replaces", "sha256", "media_type", "file"}


@dataclass(frozen=True, slots=True)
class Step:
    """One entry in the history of a fact."""

    id: UUID
    action: str
    line: Line
    entered: str
    by: str
    holds: bool
    """Whether this is what the record says now."""


@dataclass(frozen=True, slots=True)
class FactPage:
    """The page."""

    line: Line
    kind: str
    clinical: str
    """The clinician's word, where it is another."""
    explained: str
    """The plain words that explain it, where the title is shorter."""
    details: tuple[tuple[str, str], ...]
    history: tuple[Step, ...]
    belonging: tuple[Line, ...]
    """Doses, readings and samples of a flare."""
    curve: tuple[tuple[str, int], ...]
    withdrawn: bool
    editable: bool
    picture: str | None
    """The checksum under which the picture of a photo is kept."""


def fact_page(record: Record, id: UUID, zone: str) -> FactPage:  # noqa: A002 - the word of the record
    """Return the page of a fact that is in the record."""
    from mastkit.companion.pages.forms.making import form_for

    history = record.history(id)
    holding = {one.id for one in record.current()}
    now = next((one for one in history if one.id in holding), None)
    shown = now or next(one for one in reversed([*history, record.facts[id]]) if not isinstance(one, f.Retraction))
    ids = ids_of(record, shown)
    belonging = [
        one for one in record.current() if getattr(one, "flare", None) in ids or getattr(one, "about", None) in ids
    ]
    readings = [one for one in belonging if isinstance(one, f.Measurement) and one.code == SEVERITY_READING]
    code = getattr(shown, "code", None) or getattr(shown, "medicine", None)
    line = describe(shown, zone)
    return FactPage(
        line=line,
        kind=kind_name(shown.kind),
        clinical=clinical_label(code) if code and clinical_label(code) != label(code) else "",
        explained=full_label(code) if code and full_label(code) != label(code) else "",
        details=tuple(_details(shown, zone, form_for(shown))),
        history=tuple(_steps(history, zone, now)),
        belonging=tuple(describe(one, zone) for one in sorted(belonging, key=_at) if one not in readings),
        curve=tuple((when(one.time, zone), int(one.quantity.value)) for one in sorted(readings, key=_at)),
        withdrawn=now is None,
        editable=now is not None and form_for(now) is not None,
        picture=shown.sha256 if isinstance(shown, f.Photo) else None,
    )


def _steps(history: list[AnyFact], zone: str, now: AnyFact | None) -> list[Step]:
    steps = []
    for one in history:
        if isinstance(one, f.Retraction):
            action = _("withdrawn")
        elif one.replaces is None:
            action = _("entered")
        else:
            action = _("corrected")
        by = one.recorded_by.name or {
            "self": _("you"), "clinician": _("a clinician"), "document": _("a document"), "import": _("an import"),
        }[one.recorded_by.source]  # fmt: skip
        steps.append(Step(one.id, action, describe(one, zone), instant(one.recorded_at, zone), by, one is now))
    return steps


def _details(fact: AnyFact, zone: str, form: FactForm | None) -> list[tuple[str, str]]:
    names = field_names()
    offered = {ask.name: dict(ask.choices) for ask in form.asks} if form is not None else {}
    found = []
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if name in _NOT_SHOWN or value in (None, (), "", {}) or isinstance(value, UUID):
            continue
        # What a form offered is shown in the words in which it was offered.
        words = offered.get(name, {}).get(value) if isinstance(value, str) else None
        found.append((names.get(name, name.replace("_", " ")), str(words or _shown(name, value, zone))))
    return found


def _shown(name: str, value: Any, zone: str) -> str:
    match value:
        case Moment():
            return when(value, zone)
        case Quantity():
            return quantity(value)
        case bool():
            return _("yes") if value else _("no")
        case int() if name in ("severity", "wellbeing"):
            degree = severity(value)
            return degree.name if degree is not None and name == "severity" else f"{value}/10"
        case float():
            return f"{value:g}"
        case tuple():
            return ", ".join(_part(one) for one in value)
        case dict():
            return ", ".join(f"{key}: {one}" for key, one in value.items())
        case BaseModel():
            return str(value)
        case str() if name in ("code", "medicine"):
            return label(value)
        case _:
            return str(value).replace("_", " ") if name in ("state", "status", "result", "value") else str(value)


def _part(value: Any) -> str:
    if isinstance(value, f.SymptomDegree):
        degree = severity(value.severity)
        return (
            f"{label(value.code, 'symptom', 'trigger')} ({degree.name})" if degree else label(value.code, "symptom")
        )
    return label(str(value), "symptom", "trigger")


def field_names() -> dict[str, str]:
    """Return what the fields of facts are called."""
    return {
        "time": _("When"), "end": _("End"), "severity": _("Severity"), "symptoms": _("Symptoms"), "note": _("Note"),
        "anaphylaxis": _("Judged to be anaphylaxis"), "suspected": _("Suspected"), "code": _("What"),
        "amount_text": _("How much"), "amount": _("How much"), "medicine": _("Medicine"), "status": _("Status"),
        "symptoms_already_there": _("Symptoms were already there"), "asked": _("Asked"), "ticked": _("There"),
        "wellbeing": _("Wellbeing"), "schedule": _("How it is taken"), "as_needed": _("Only when needed"),
        "reason": _("What for"), "stopped_because": _("Stopped because"), "response": _("What it did"),
        "quantity": _("Value"), "context": _("Taken when"), "hours_after_onset": _("Hours after the beginning"),
        "hours_since_full_resolution": _("Hours since the last symptom"),
        "reference_low": _("Laboratory's lower limit"),
        "reference_high": _("Laboratory's upper limit"), "laboratory": _("Laboratory"), "method": _("Method"),
        "specimen": _("Measured in"), "site": _("Where"), "state": _("State"), "value": _("Which"), "by": _("By"),
        "gene": _("Gene"), "change": _("Change"), "result": _("Result"), "tissue": _("Sample"),
        "assay": _("Kind of test"),
        "allele_fraction": _("Share with the change"), "detection_limit": _("Lowest share seen"),
        "extra_copies": _("Extra copies"), "label": _("Diagnosis"), "system": _("Classification"),
        "stated_by": _("Stated by"), "with_whom": _("With"), "speciality": _("Speciality"), "place": _("Place"),
        "purpose": _("What for"), "text": _("Text"), "rank": _("Order"), "answer": _("Answer"), "steps": _("Steps"),
        "written_by": _("Written by"), "emergency_number": _("Number to call"), "name": _("Name"),
        "expires": _("Expires"), "practised": _("Last practised"), "gone": _("No longer there"), "lot": _("Lot"),
        "role": _("Role"), "phone": _("Telephone"), "emergency": _("Call in an emergency"),
        "born": _("Date of birth"),
        "sex": _("Sex"), "source_text": _("As it was written"), "score": _("Score"), "report": _("Report"),
        "second_dose_after_minutes": _("Minutes to a second dose, by the plan"),
        "questionnaire": _("Questionnaire"),
        "version": _("Version"), "language": _("Language"), "activating": _("Known to be activating"),
        "origin": _("Acquired or inherited"), "regions": _("What was sequenced"), "adequate": _("Good enough"),
        "email": _("E-mail"), "address": _("Address"), "loinc": "LOINC", "precision": _("Known to the"),
    }  # fmt: skip


def _at(fact: AnyFact) -> Any:
    return fact.time.at if hasattr(fact, "time") else fact.recorded_at
