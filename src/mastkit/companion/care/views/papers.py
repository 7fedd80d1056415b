"""The emergency card, the sheet for a procedure, what is due, and the calendar file."""

from base64 import b64encode
from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from mastkit.companion.care.sampling import protocol_called
from mastkit.companion.care.views.giving import file, named, page, pdf, shown, wants_pdf
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import DOCUMENT
from mastkit.followup.caution import procedure_notes
from mastkit.reports.calendar import Titles, calendar_of
from mastkit.reports.card import emergency_card
from mastkit.reports.card_render import card_document, card_pdf, lock_screen_png, qr_svg, sheet_pdf
from mastkit.reports.card_texts import card_languages
from mastkit.reports.current import today
from mastkit.reports.procedure import procedure_document, procedure_sheet


@record_view(see=DOCUMENT)
def card(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show the emergency card in a language, and give it as card, sheet or picture."""
    languages = card_languages()
    wanted = request.GET.get("language", "")
    language = wanted if wanted in languages else _own_language(request)
    made = emergency_card(opened.record, today(opened.record), language)
    made = made if made.name else replace(made, name=opened.person.name)
    match request.GET.get("as"):
        case "card":
            return file(card_pdf(made), "application/pdf", f"emergency-card-{language}.pdf")
        case "pdf":
            return file(sheet_pdf(made), "application/pdf", f"emergency-sheet-{language}.pdf")
        case "png":
            return file(lock_screen_png(made), "image/png", f"emergency-{language}.png")
    code = "data:image/svg+xml;base64," + b64encode(qr_svg(made).encode()).decode()
    context: dict[str, Any] = {"languages": list(languages.values()), "language": languages[language], "code": code}
    return page(request, opened, "card", query=f"language={language}", **context, **shown(card_document(made)))


@record_view(see=DOCUMENT)
def procedure(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the sheet for the anaesthetist, radiologist or dentist."""
    notes = procedure_notes()
    kind = request.GET.get("for", "")
    kind = kind if kind in notes else next(iter(notes))
    sheet = procedure_sheet(opened.record, today(opened.record), kind)
    document = procedure_document(replace(sheet, person=named(sheet.person, opened)))
    if wants_pdf(request):
        return pdf(document, f"procedure-{kind}")
    return page(
        request, opened, "procedure", notes=list(notes.values()), kind=kind, query=f"for={kind}", **shown(document)
    )


@record_view(see=DOCUMENT)
def calendar(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give what is due as a calendar file; discreet titles say nothing of the disease."""
    titles: Titles = "plain" if request.GET.get("titles") == "plain" else "discreet"
    protocol = protocol_called(request.preferences.sampling_protocol).id  # type: ignore[attr-defined]
    content = calendar_of(opened.record, today(opened.record), titles, protocol)
    return file(content, "text/calendar; charset=utf-8", "mastkit.ics")


def _own_language(request: SignedInRequest) -> str:
    from django.utils.translation import get_language

    own = (get_language() or "en").partition("-")[0]
    return own if own in card_languages() else "en"
