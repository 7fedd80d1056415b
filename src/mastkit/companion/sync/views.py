"""The endpoints of the program in the page. All answers are JSON."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from mastkit.companion.people.access import OpenRecord, SignedInRequest, people_to_log_for, public_view, record_view
from mastkit.companion.refusals import refusal
from mastkit.companion.sync.receiving import NotAList, receive


@public_view
def session(request: HttpRequest) -> HttpResponse:
    """Say whether somebody is signed in, and give the token that a sending page needs."""
    user = request.user
    people: list[dict[str, Any]] = []
    if signed_in := isinstance(user, User):
        people = [
            {"id": str(person.pk), "name": person.name, "zone": person.zone} for person in people_to_log_for(user)
        ]
    return JsonResponse({"signed_in": signed_in, "csrf_token": get_token(request), "people": people})


@record_view()
def facts(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Take a list of facts as they stand in a record file, and say of each what became of it."""
    if request.method != "POST":
        return refusal(405, "post-only", _("Facts are sent with POST."))
    try:
        received = receive(opened, request.body)
    except NotAList as error:
        return refusal(400, "not-a-list", str(error))
    return JsonResponse({"facts": received})
