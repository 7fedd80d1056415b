"""A flare: its sampling times, the card for the emergency desk, and afterwards its answer and its protocol."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse

from mastkit.companion.care.in_words import in_words
from mastkit.companion.care.protocol import flare_protocol
from mastkit.companion.care.sampling import flare_page
from mastkit.companion.care.views.giving import named, page, pdf, shown, wants_pdf
from mastkit.companion.pages.describe import ids_of, root_of
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import DESK_CARD, Section
from mastkit.record.facts import Flare
from mastkit.reports.current import today
from mastkit.reports.hand_over import desk_card as card_of
from mastkit.reports.hand_over import desk_card_document

PROTOCOL = frozenset({Section.FLARES, Section.MEDICINES})


@record_view(see=Section.FLARES)
def flare(request: SignedInRequest, opened: OpenRecord, fact_id: UUID) -> HttpResponse:
    """Show a flare with its sampling times, and what the tryptase rule says afterwards."""
    found = _flare(opened, fact_id)
    chosen = request.preferences.sampling_protocol  # type: ignore[attr-defined]
    zone = zone_of_page(request, opened)
    shown_page = flare_page(opened.record, found, chosen, zone, now(), tests=opened.sees("tests"))
    may = {
        "card": opened.sees_desk_card,
        "protocol": opened.rights.see >= PROTOCOL,
        "add": opened.logs("tests"),
    }
    return page(request, opened, "flare", page=shown_page, root=root_of(opened.record, found), may=may)


@record_view(see=DESK_CARD)
def desk_card(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the card for the emergency desk: for the flare that is running, or with blanks."""
    chosen = request.preferences.sampling_protocol or None  # type: ignore[attr-defined]
    card = card_of(opened.record, today(opened.record), chosen, now())
    document = desk_card_document(replace(card, person=named(card.person, opened)))
    if wants_pdf(request):
        return pdf(document, "desk-card")
    return page(request, opened, "document", partly=True, **shown(in_words(document)))


@record_view(see=PROTOCOL)
def protocol(request: SignedInRequest, opened: OpenRecord, fact_id: UUID) -> HttpResponse:
    """Give the timed protocol of a flare for the doctor."""
    found = _flare(opened, fact_id)
    document = flare_protocol(
        opened.record, found, zone_of_page(request, opened), today(opened.record), opened.person.name
    )
    return pdf(document, "protocol") if wants_pdf(request) else page(request, opened, "document", **shown(document))


def _flare(opened: OpenRecord, fact_id: UUID) -> Flare:
    for fact in opened.record.current():
        if isinstance(fact, Flare) and fact_id in ids_of(opened.record, fact):
            return fact
    raise Http404
