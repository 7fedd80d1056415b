"""The emergency mode: its page, which holds nothing of a record, and the plan that it fetches."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from mastkit.companion.care.countries import emergency_content
from mastkit.companion.care.plan import emergency_plan as plan_of
from mastkit.companion.pages.views.opening import zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, public_view, record_view
from mastkit.companion.people.sections import Section


@public_view
def emergency_mode(request: HttpRequest) -> HttpResponse:
    """Show the emergency mode. The browser fills in the plan: from the record, or what it keeps itself."""
    return render(request, "companion/emergency_mode.html", emergency_content())


@record_view(see=Section.EMERGENCY)
def emergency_plan(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the emergency mode the plan, whom to call, and where the pens are."""
    return JsonResponse(plan_of(opened.record, zone_of_page(request, opened)) | {"own": opened.own})
