"""Today, the logger's lists, and the way in."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mastkit.companion.care.sampling import next_samplings
from mastkit.companion.pages.emergency import emergency as emergency_page
from mastkit.companion.pages.picks import picks as lists
from mastkit.companion.pages.today import today as today_page
from mastkit.companion.pages.triggers import worth_a_look
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import (
    OpenRecord,
    SignedInRequest,
    grants_of,
    own_people,
    record_view,
    signed_in_view,
)
from mastkit.companion.people.sections import Section
from mastkit.companion.reminders.state import mail_state
from mastkit.companion.sharing.news import shared_records
from mastkit.record.time import zone_of


@signed_in_view
def home(request: SignedInRequest) -> HttpResponse:
    """Go to the record that is one's own, or to the list: of several, and of those that others share."""
    people, grants = own_people(request.user), grants_of(request.user)
    if len(people) == 1 and not grants:
        return redirect("today", person_id=people[0].pk)
    first = next((grant.person.zone for grant in grants), "UTC")
    zone = request.preferences.zone or first  # type: ignore[attr-defined]
    with timezone.override(zone_of(zone)):
        return render(request, "companion/people.html", {"people": people, "shared": shared_records(grants, zone)})


@record_view()
def today(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what matters now."""
    page = today_page(opened.record, zone_of_page(request, opened), now())
    chosen = request.preferences.sampling_protocol  # type: ignore[attr-defined]
    sampling = next_samplings(opened.record, chosen, zone_of_page(request, opened), now())
    triggers = opened.sees_triggers and worth_a_look(opened.record)
    mail = mail_state(opened, zone_of_page(request, opened), now())
    return _render(request, opened, "today", page, sampling=sampling, triggers=triggers, mail=mail)


@record_view(see=Section.FLARES)
def picks(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the logger its lists."""
    return JsonResponse(lists(opened.record, zone_of_page(request, opened), now()))


@record_view(see=Section.EMERGENCY)
def emergency(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show the person's own plan, and whom to call."""
    return _render(request, opened, "emergency", emergency_page(opened.record, zone_of_page(request, opened)))


@record_view()
def more(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show the pages that have no room in the bar of a phone."""
    return _render(request, opened, "more", None)


def _render(request: SignedInRequest, opened: OpenRecord, name: str, page: object, **more: object) -> HttpResponse:
    context = {"opened": opened, "person_id": opened.person.pk, "page": page, **more}
    return render(request, f"companion/{name}.html", context)
