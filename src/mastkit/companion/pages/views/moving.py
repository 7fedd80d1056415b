"""Taking the record out, and bringing facts in."""

from django.http import HttpResponse
from django.shortcuts import render

from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.record.files import dump_record


@record_view()
def data(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what can be taken out and brought in."""
    return render(request, "companion/data.html", {"opened": opened, "person_id": opened.person.pk})


@record_view(owner=True)
def export(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the record file."""
    response = HttpResponse(dump_record(opened.record), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="record.json"'
    return response
