"""The pages that show what the record says: timeline, tests, record, condition."""

from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mastkit.companion.care.sampling import protocol_called
from mastkit.companion.pages.condition import condition as condition_page
from mastkit.companion.pages.due import due_page
from mastkit.companion.pages.ledger import ledger
from mastkit.companion.pages.timeline import SPANS, timeline_page
from mastkit.companion.pages.trends import trends_page
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import DOCUMENT, Section
from mastkit.companion.reminders.state import mail_state
from mastkit.record.time import zone_of
from mastkit.reports.agenda import agenda
from mastkit.reports.current import CurrentFacts

_SPAN_NAMES: dict[int, Promise] = {7: _("Week"), 30: _("Month"), 90: _("3 months"), 365: _("Year"), 0: _("All")}


@record_view(see=Section.FLARES)
def timeline(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show everything on one axis of time."""
    zone = zone_of_page(request, opened)
    days = _whole(request.GET.get("days"), 30)
    days = days if days in SPANS else 30
    page = timeline_page(opened.record, zone, now(), days, _day(request.GET.get("until"), zone))
    return _render(request, opened, "timeline", page, spans=list(_SPAN_NAMES.items()))


@record_view(see=Section.TESTS)
def tests(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show test results over time."""
    zone = zone_of_page(request, opened)
    units = request.preferences.units  # type: ignore[attr-defined]
    return _render(request, opened, "tests", trends_page(opened.record, zone, units))


@record_view()
def record(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show every fact."""
    page = ledger(
        opened.record,
        zone_of_page(request, opened),
        now(),
        request.GET.get("kind", ""),
        _whole(request.GET.get("page"), 1),
    )
    return _render(request, opened, "record", page)


@record_view(see=DOCUMENT)
def due(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what is due, with reason and source."""
    today = now().astimezone(zone_of(zone_of_page(request, opened))).date()
    protocol = protocol_called(request.preferences.sampling_protocol).id  # type: ignore[attr-defined]
    others = tuple(one for one in agenda(CurrentFacts(opened.record, today), protocol) if one.kind != "test")
    mail = mail_state(opened, zone_of_page(request, opened), now())
    return _render(request, opened, "due", due_page(opened.record, today), kept_ready=others, mail=mail)


@record_view(see=Section.CONDITION)
def condition(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what the published rules make of the record."""
    today = now().astimezone(zone_of(zone_of_page(request, opened))).date()
    return _render(request, opened, "condition", condition_page(opened.record, today))


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def _day(text: str | None, zone: str) -> datetime | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone_of(zone)) if 1900 < day.year < 2199 else None


def _render(request: SignedInRequest, opened: OpenRecord, name: str, page: object, **more: object) -> HttpResponse:
    context = {"opened": opened, "person_id": opened.person.pk, "page": page, **more}
    return render(request, f"companion/{name}.html", context)
