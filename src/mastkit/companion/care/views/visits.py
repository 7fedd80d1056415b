"""Appointments: preparing one, the pack to take along, and the answers that were given."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mastkit.companion.care.in_words import in_words, pack_in_words
from mastkit.companion.care.views.giving import named, page, pdf, shown, wants_pdf
from mastkit.companion.care.visits import appointments as list_of
from mastkit.companion.care.visits import find_appointment, questions, visit_page
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import DOCUMENT, Section
from mastkit.companion.store.making import new_fact
from mastkit.record.facts import Question
from mastkit.reports.current import today
from mastkit.reports.pack_document import pack_document
from mastkit.reports.questions import TOP
from mastkit.reports.referral import referral as referral_of
from mastkit.reports.referral import referral_document
from mastkit.reports.summary import summarise, summary_document


@record_view(see=Section.APPOINTMENTS)
def appointments(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show the appointments, and the questions with their answers."""
    ahead, over = list_of(opened.record, zone_of_page(request, opened), now())
    may = {"prepare": opened.rights.see >= DOCUMENT, "add": opened.logs("appointments")}
    return page(
        request, opened, "appointments", ahead=ahead, over=over, questions=questions(opened.record), may=may
    )


@record_view(see=DOCUMENT)
def visit(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Prepare a visit: choose it, put three questions first, look at the pack, take it along."""
    asked = request.GET
    chosen = tuple(text for n in range(1, TOP + 1) if (text := " ".join(asked.get(f"q{n}", "").split())[:500]))
    found = visit_page(
        opened.record,
        zone_of_page(request, opened),
        now(),
        _uuid(asked.get("appointment")),
        asked.get("speciality", "").strip()[:100],
        chosen,
    )
    pack = replace(found.pack, person=named(found.pack.person, opened))
    if wants_pdf(request):
        return pdf(pack_document(pack), "appointment")
    document = in_words(pack_document(pack_in_words(pack)))
    query = _query(asked)
    more = {"may_keep": opened.logs("appointments") and found.appointment is not None, "partly": True}
    return page(request, opened, "visit", page=found, query=query, **more, **shown(document))


@record_view(log=Section.APPOINTMENTS)
@require_POST
def keep_questions(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Keep the questions of a visit in the record, those that are not in it yet, in their order."""
    appointment = find_appointment(opened.record, _uuid(request.POST.get("appointment")))
    known = {one.text: one for one in questions(opened.record)}
    facts = []
    for rank in range(1, TOP + 1):
        text = " ".join(request.POST.get(f"q{rank}", "").split())
        if text:
            old = known.get(text)
            fields = {"text": text, "rank": rank, "appointment": appointment.id if appointment else None}
            if old is None or old.rank != rank or old.appointment != fields["appointment"]:
                more = {"replaces": old.id, "answer": old.answer} if old is not None else {}
                facts.append(new_fact("question", request.user, **fields, **more))
    _add(request, opened, facts, _("Your questions are kept."))
    return redirect("appointments", person_id=opened.person.pk)


@record_view(log=Section.APPOINTMENTS)
@require_POST
def answer(request: SignedInRequest, opened: OpenRecord, fact_id: UUID) -> HttpResponse:
    """Write down the answer to a question; an answer that is there is corrected."""
    old = next((one for one in questions(opened.record) if one.id == fact_id), None)
    text = request.POST.get("answer", "").strip()[:20_000]
    if old is None:
        raise Http404
    if text and text != old.answer:
        _add(request, opened, [_answered(old, text, request)], _("The answer is kept."))
    return redirect("appointments", person_id=opened.person.pk)


@record_view(see=DOCUMENT)
def summary(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the summary of the record."""
    made = summarise(opened.record, today(opened.record))
    pack = replace(made.pack, person=named(made.pack.person, opened))
    document = summary_document(replace(made, pack=pack))
    return pdf(document, "summary") if wants_pdf(request) else page(request, opened, "document", **shown(document))


@record_view(see=DOCUMENT)
def referral(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give a referral letter, built from coded facts."""
    speciality = request.GET.get("speciality", "").strip()[:100] or None
    made = referral_of(opened.record, today(opened.record), speciality)
    pack = replace(made.pack, person=named(made.pack.person, opened))
    document = referral_document(replace(made, pack=pack))
    return pdf(document, "referral") if wants_pdf(request) else page(request, opened, "document", **shown(document))


def _answered(old: Question, text: str, request: SignedInRequest) -> object:
    fields = {name: getattr(old, name) for name in ("text", "appointment", "rank", "note")}
    return new_fact("question", request.user, **fields, answer=text, replaces=old.id)


def _add(request: SignedInRequest, opened: OpenRecord, facts: list, said: str) -> None:  # type: ignore[type-arg]
    refused = [one.sentence for one in opened.add(facts) if one.status == "refused"]
    for sentence in refused:
        messages.error(request, sentence)
    if not refused:
        messages.success(request, said)


def _query(asked: QueryDict) -> str:
    query = asked.copy()
    query.pop("as", None)
    return query.urlencode()


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
