"""Adding, correcting and withdrawing facts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mastkit.companion.pages.describe import describe
from mastkit.companion.pages.fact import fact_page
from mastkit.companion.pages.forms.building import DEGREE, OTHER, build
from mastkit.companion.pages.forms.fields import typed_moment
from mastkit.companion.pages.forms.making import echo, facts_of, form_for, initial
from mastkit.companion.pages.forms.table import Ask, FactForm, fact_forms, in_groups
from mastkit.companion.pages.forms.values import SHOWN_UNITS, offered
from mastkit.companion.pages.usual import usual_exposures, usual_symptoms
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import SECTION_OF_KIND, Section, section_of_fact
from mastkit.companion.store.making import new_fact
from mastkit.companion.store.pictures import NoPicture, keep_picture
from mastkit.record.facts import AnyFact, Flare
from mastkit.record.time import Moment


@record_view()
def add_list(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show everything that can be added."""
    groups = [(title, [one for one in forms if may_add(opened, one.kind)]) for title, forms in in_groups()]
    groups = [(title, forms) for title, forms in groups if forms]
    context = {"opened": opened, "person_id": opened.person.pk, "groups": groups}
    return render(request, "companion/add.html", context)


@record_view()
def add(request: SignedInRequest, opened: OpenRecord, slug: str) -> HttpResponse:
    """Ask for a new fact, show what was understood, and save it."""
    spec = fact_forms().get(slug)
    if spec is None or not may_add(opened, spec.kind):
        raise Http404
    return _entering(request, opened, spec, None)


@record_view()
def edit(request: SignedInRequest, opened: OpenRecord, fact_id: UUID) -> HttpResponse:
    """Correct a fact: the correction is a new fact that replaces it."""
    old = current_of(opened, fact_id)
    spec = form_for(old)
    if section_of_fact(old) not in opened.rights.log:
        raise Http404
    if spec is None:
        return redirect("fact", person_id=opened.person.pk, fact_id=old.id)
    return _entering(request, opened, spec, old)


@record_view()
def fact(request: SignedInRequest, opened: OpenRecord, fact_id: UUID) -> HttpResponse:
    """Show a fact with its history."""
    if fact_id not in opened.record.facts:
        raise Http404
    page = fact_page(opened.record, fact_id, zone_of_page(request, opened))
    return render(request, "companion/fact.html", {"opened": opened, "person_id": opened.person.pk, "page": page})


@record_view()
@require_POST
def withdraw(request: SignedInRequest, opened: OpenRecord, fact_id: UUID) -> HttpResponse:
    """Withdraw a fact that was entered by mistake."""
    old = current_of(opened, fact_id)
    _save(
        request,
        opened,
        [new_fact("retraction", request.user, replaces=old.id)],
        _("Withdrawn. It can be put back."),
    )
    return redirect("fact", person_id=opened.person.pk, fact_id=old.id)


@record_view()
@require_POST
def put_back(request: SignedInRequest, opened: OpenRecord, fact_id: UUID) -> HttpResponse:
    """Put a fact back to what it said at one time: a correction with the older words."""
    older = opened.record.facts.get(fact_id)
    if older is None or older.kind == "retraction":
        raise Http404
    last = opened.record.history(fact_id)[-1]
    content = {name: getattr(older, name) for name in type(older).model_fields}
    for name in ("id", "kind", "recorded_at", "recorded_by"):
        content.pop(name)
    again = new_fact(older.kind, request.user, **content | {"replaces": last.id})
    _save(request, opened, [again], _("Put back."))
    return redirect("fact", person_id=opened.person.pk, fact_id=again.id)


def may_add(opened: OpenRecord, kind: str) -> bool:
    """Whether the user may add facts of a kind to this record."""
    # A report makes findings, measurements and a procedure at once: all of them are tests.
    return SECTION_OF_KIND.get(kind, Section.TESTS) in opened.rights.log


def current_of(opened: OpenRecord, fact_id: UUID) -> AnyFact:
    """Return what a fact says now, after its corrections. Raises `Http404` where it is not there or withdrawn."""
    history = {one.id for one in opened.record.history(fact_id)} | {fact_id}
    found = next((one for one in opened.record.current() if one.id in history), None)
    if found is None:
        raise Http404
    return found


def _entering(request: SignedInRequest, opened: OpenRecord, spec: FactForm, old: AnyFact | None) -> HttpResponse:
    zone = zone_of_page(request, opened)
    shown = tuple(one.code for one in old.symptoms) if isinstance(old, Flare) else ()
    usual = (*usual_symptoms(opened.record, now()), *usual_exposures(opened.record, now()))
    kind_of_form = build(spec, zone, shown=shown, usual=usual)
    if request.method != "POST":
        first = initial(spec, old, zone) if old is not None else _at_first(request, spec, zone)
        return _ask(request, opened, spec, kind_of_form(initial=first), old)
    form = kind_of_form(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, opened, spec, form, old)
    facts = facts_of(form, spec, request.user, old, _picture(form, opened, request))
    if form.errors or not facts or "change_it" in request.POST:
        return _ask(request, opened, spec, form, old)
    if spec.confirm and "confirmed" not in request.POST:
        return _confirm(request, opened, spec, facts, zone)
    if not _save(request, opened, facts, _("Saved.")):
        return _ask(request, opened, spec, form, old)
    if old is not None:
        return redirect("fact", person_id=opened.person.pk, fact_id=facts[0].id)
    return redirect("today" if spec.group == "diary" else "add_list", person_id=opened.person.pk)


def _at_first(request: SignedInRequest, spec: FactForm, zone: str) -> dict[str, object]:
    """Return what a new form says at first: now for what happens, today for what is read from a paper."""
    at = Moment(at=now(), zone=zone)
    day, clock, known = typed_moment(at, zone)
    found: dict[str, object] = {"time": (day, clock if spec.group == "diary" else None, known)}
    if "code" in request.GET:
        found["code"] = request.GET["code"]
    return found


def _picture(form: forms.Form, opened: OpenRecord, request: SignedInRequest) -> dict[str, object] | None:
    upload = form.cleaned_data.get("picture")
    if upload is None:
        return None
    try:
        kept = keep_picture(opened.person, upload, request.user)
    except NoPicture as error:
        form.add_error("picture", str(error))
        return None
    return {"file": kept.file, "media_type": kept.media_type, "sha256": kept.sha256}


def _ask(
    request: SignedInRequest, opened: OpenRecord, spec: FactForm, form: forms.Form, old: AnyFact | None
) -> HttpResponse:
    asked = [(ask, form[ask.name], _others(form, ask)) for ask in spec.asks]
    context = {
        "opened": opened,
        "person_id": opened.person.pk,
        "spec": spec,
        "form": form,
        "first": [each for each in asked if not each[0].more],
        "more": [each for each in asked if each[0].more],
        "more_open": any(each[1].errors for each in asked if each[0].more),
        "lists": [
            (ask.name, [shown for _, shown in offered(ask.terms)]) for ask in spec.asks if ask.widget == "pick"
        ],
        "units": SHOWN_UNITS,
        "old": describe(old, zone_of_page(request, opened)) if old is not None else None,
    }
    return render(request, "companion/form.html", context, status=422 if form.errors else 200)


def _others(form: forms.Form, ask: Ask) -> list[BoundField]:
    """Return the fields beside the one that is asked: for own words, and for how bad each symptom was."""
    degrees = [name for name in form.fields if ask.widget == "symptoms" and name.startswith(DEGREE)]
    return [form[name] for name in (*degrees, ask.name + OTHER) if name in form.fields]


def _confirm(
    request: SignedInRequest, opened: OpenRecord, spec: FactForm, facts: list[AnyFact], zone: str
) -> HttpResponse:
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    context = {
        "opened": opened,
        "person_id": opened.person.pk,
        "spec": spec,
        "lines": echo(facts, zone),
        "typed": [
            (name, value) for name, value in typed if name not in ("csrfmiddlewaretoken", "change_it", "confirmed")
        ],
    }
    return render(request, "companion/confirm.html", context)


def _save(request: SignedInRequest, opened: OpenRecord, facts: list[AnyFact], done: str) -> bool:
    refused = [outcome.sentence for outcome in opened.add(facts) if outcome.status == "refused"]
    for sentence in refused:
        messages.error(request, sentence)
    if not refused:
        messages.success(request, done)
    return not refused
