"""The pages of a record."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from mastkit.companion.people.access import OpenRecord, SignedInRequest, own_people, record_view, signed_in_view


@signed_in_view
def home(request: SignedInRequest) -> HttpResponse:
    """Go to the record that is one's own, or to the list where there are several or none."""
    people = own_people(request.user)
    if len(people) == 1:
        return redirect("today", person_id=people[0].pk)
    return render(request, "companion/people.html", {"people": people})


@record_view()
def today(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what matters now."""
    return render(request, "companion/today.html", {"opened": opened, "facts": len(opened.record)})
