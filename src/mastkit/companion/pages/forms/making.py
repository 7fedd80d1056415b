"""From what a form was given to facts, and back: what a fact says already stands in the form that corrects it."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pydantic import ValidationError as Misfit

from mastkit.companion.pages.describe import describe, kind_name, quantity
from mastkit.companion.pages.forms.building import DEGREE, OTHER
from mastkit.companion.pages.forms.fields import QuantityField, typed_moment
from mastkit.companion.pages.forms.table import Ask, FactForm, fact_forms
from mastkit.companion.pages.labels import label
from mastkit.companion.store.making import new_fact
from mastkit.record import facts as f
from mastkit.record.facts import AnyFact
from mastkit.record.time import Moment
from mastkit.vocabulary.variables import sheet_variables

NO, YES = "no", "yes"


def facts_of(
    form: forms.Form,
    spec: FactForm,
    actor: User,
    old: AnyFact | None = None,
    extra: dict[str, Any] | None = None,
) -> list[AnyFact]:
    """Return the facts that a valid form says; with ``old``, the one that corrects it.

    ``extra`` are fields that nobody types, such as the name under which a picture is kept. Where something does
    not fit, the form gets the sentence and nothing is returned.
    """
    if spec.kind == "report":
        return _report(form, spec, actor)
    fields = dict(spec.fixed) | _kept(old) | (extra or {})
    for ask in spec.asks:
        if ask.widget == "photo":
            continue
        try:
            fields[ask.name] = _value(form, ask, fields)
        except ValidationError as error:
            form.add_error(ask.name, error)
    if form.errors:
        return []
    if "born" in fields:
        fields["precision"] = "day"
    fact = _made(form, spec.kind, actor, fields, [ask.name for ask in spec.asks])
    return [fact] if fact is not None else []


def initial(spec: FactForm, fact: AnyFact, zone: str) -> dict[str, Any]:
    """Return what the form shows of a fact."""
    found: dict[str, Any] = {}
    for ask in spec.asks:
        value = getattr(fact, ask.name, None)
        if value is None:
            continue
        match ask.widget:
            case "moment":
                found[ask.name] = typed_moment(value, zone)
            case "yesno":
                found[ask.name] = YES if value else NO
            case "pick":
                found[ask.name] = label(value, *ask.terms)
            case "degree":
                found[ask.name] = str(value)
            case "symptoms":
                found[ask.name] = [one.code for one in value]
                found |= {DEGREE + one.code: "" if one.severity is None else str(one.severity) for one in value}
            case "many":
                found[ask.name] = list(value)
            case _:
                found[ask.name] = value
        if ask.widget in ("many", "symptoms"):
            known = {code for code, _label in form_choices(ask)}
            found[ask.name + OTHER] = ", ".join(code for code in found[ask.name] if code not in known)
    return found


def form_choices(ask: Ask) -> list[tuple[str, str]]:
    """Return the codes that a field of several offers."""
    from mastkit.companion.pages.forms.values import offered

    return offered(("symptom",) if ask.widget == "symptoms" else ask.terms)


def form_for(fact: AnyFact) -> FactForm | None:
    """Return the form in which a fact is corrected; None where it can only be withdrawn."""
    forms_ = fact_forms()
    match fact:
        case f.Measurement(code="tryptase"):
            return forms_["tryptase"]
        case f.Measurement(code="weight" | "height"):
            return forms_["body"]
        case f.Measurement() if fact.code.startswith("dxa-"):
            return forms_["bone-density"]
        case f.Device() if fact.code != "adrenaline_auto_injector":
            return forms_["device"]
        case f.Finding():
            return _finding_form(fact)
        case f.EmergencyAct():
            return _act_form()
        case f.BirthDate() if fact.precision != "day":
            return None
        case f.Photo():
            return None
    return next((form for form in forms_.values() if form.kind == fact.kind), None)


def echo(facts: list[AnyFact], zone: str) -> list[tuple[str, str]]:
    """Return what was understood, as pairs of what and how it will be kept."""
    lines = []
    for fact in facts:
        line = describe(fact, zone)
        if isinstance(fact, f.Procedure) and len(facts) > 1:
            continue
        shown = ", ".join(part for part in (line.detail.replace(" · ", ", "), line.when) if part)
        if isinstance(fact, f.Measurement):
            shown = ", ".join(part for part in (quantity(fact.quantity), line.when) if part)
        lines.append((line.title, shown))
    return lines


def _report(form: forms.Form, spec: FactForm, actor: User) -> list[AnyFact]:
    time: Moment = form.cleaned_data["time"]
    procedure_code = dict(spec.fixed)["procedure"]
    procedure = new_fact("procedure", actor, time=time, code=procedure_code) if procedure_code else None
    belongs = {"procedure": procedure.id} if procedure is not None else {}
    found: list[AnyFact] = []
    for ask in spec.asks[1:]:
        try:
            value = _value(form, ask, {"code": ask.name})
        except ValidationError as error:
            form.add_error(ask.name, error)
            continue
        if value in (None, ""):
            continue
        kind, content = _item(ask, value)
        made = _made(form, kind, actor, content | {"time": time, "code": ask.name} | belongs, [ask.name])
        if made is not None:
            found.append(made)
    if form.errors:
        return []
    if not found:
        form.add_error(None, _("Nothing was answered yet: answer at least one question."))
        return []
    return [procedure, *found] if procedure is not None else found


def _item(ask: Ask, value: Any) -> tuple[str, dict[str, Any]]:
    """Return kind and content of the fact behind one answer of a report."""
    if ask.widget == "quantity":
        return "measurement", {"quantity": value}
    if ask.widget == "yesno":
        return "finding", {"state": "present" if value else "absent"}
    if ask.widget == "text":
        return "finding", {"state": "present", "value": value}
    absent = value in ("none", "false", "not_palpable", "pdgfra-negative")
    return "finding", {"state": "absent" if absent else "present", "value": value}


def _made(form: forms.Form, kind: str, actor: User, fields: dict[str, Any], names: list[str]) -> AnyFact | None:
    """Return a fact, or None after telling the form what does not fit."""
    try:
        return new_fact(kind, actor, **{name: value for name, value in fields.items() if value != ""})
    except Misfit as error:
        for one in error.errors():
            name = str(one.get("ctx", {}).get("field") or (one["loc"][-1] if one["loc"] else ""))
            expected = one.get("ctx", {}).get("expected")
            sentence = _("Expected %(what)s.") % {"what": expected} if expected else str(one["msg"])
            shown = name if name in form.fields else next((each for each in names if each in form.fields), None)
            form.add_error(shown, sentence)
        return None


def _value(form: forms.Form, ask: Ask, fields: dict[str, Any]) -> Any:
    value = form.cleaned_data.get(ask.name)
    match ask.widget:
        case "yesno":
            return {YES: True, NO: False}.get(str(value))
        case "degree":
            return int(value) if value else None
        case "quantity":
            field = form.fields[ask.name]
            assert isinstance(field, QuantityField)
            return field.read(value, str(fields.get("code", ""))) if value else None
        case "many":
            return tuple(dict.fromkeys([*(value or []), *_own_words(form, ask)]))
        case "symptoms":
            codes = dict.fromkeys([*(value or []), *_own_words(form, ask)])
            return tuple(f.SymptomDegree(code=code, severity=_degree_of(form, code)) for code in codes)
    return value if value not in ("", ()) else None


def _degree_of(form: forms.Form, code: str) -> int | None:
    typed = form.cleaned_data.get(DEGREE + code)
    return int(typed) if typed else None


def _own_words(form: forms.Form, ask: Ask) -> list[str]:
    return [word.strip() for word in form.cleaned_data.get(ask.name + OTHER, "").split(",") if word.strip()]


def _kept(old: AnyFact | None) -> dict[str, Any]:
    """Return what a correction takes over: everything but who wrote it down, and when."""
    if old is None:
        return {}
    mine = {"id", "kind", "recorded_at", "recorded_by", "replaces"}
    return {name: getattr(old, name) for name in type(old).model_fields if name not in mine} | {"replaces": old.id}


def _act_form() -> FactForm:
    from mastkit.companion.pages.forms.table import NOTE, when

    asks = (Ask("text", _("What was done"), "long", required=True), when(), NOTE)
    return FactForm("emergency-act", kind_name("emergency_act"), "emergency", "emergency_act", asks)


def _finding_form(fact: f.Finding) -> FactForm:
    from mastkit.companion.pages.forms.reports import value_choices
    from mastkit.companion.pages.forms.table import NOTE, when

    states = (("present", _("found")), ("absent", _("looked for and not found")), ("unknown", _("left open")))
    variable = sheet_variables().get(fact.code)
    if variable is not None and variable.kind == "choice":
        value: tuple[Ask, ...] = (Ask("value", _("Which?"), "choice", choices=value_choices(variable)),)
    elif variable is None or variable.kind == "text":
        value = (Ask("value", _("Which?")),)
    else:
        value = ()
    asks = (Ask("state", kind_name("finding"), "choice", choices=states, required=True), *value, when(),
            Ask("site", _("Where in the body?")), Ask("method", _("How was it looked for?")), NOTE)  # fmt: skip
    return FactForm("finding", label(fact.code), "scope", "finding", asks, fixed=(("code", fact.code),))
