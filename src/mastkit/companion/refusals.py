"""How the companion says no: a page for people, one clear sentence as JSON for the program in the page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults


def asks_for_json(request: HttpRequest) -> bool:
    """Whether the answer is read by the program in the page."""
    return request.path.startswith("/api/")


def refusal(status: int, code: str, sentence: str) -> JsonResponse:
    """Return a refusal as JSON: a stable code for the program and a sentence for the person."""
    return JsonResponse({"error": code, "sentence": sentence}, status=status)


def sign_in_needed() -> JsonResponse:
    """Return the answer to an expired session; the page keeps what it wanted to send."""
    return refusal(401, "sign-in-needed", _("Please sign in again. What you entered is kept on this device."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where there is nothing, or nothing for this user: a stranger does not learn which of the two."""
    if asks_for_json(request):
        return refusal(404, "not-found", _("There is no such record, or it is not shared with you."))
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer where the program has failed; the page keeps what it wanted to send."""
    if asks_for_json(request):
        return refusal(500, "failed", _("Something went wrong here. What you entered is kept on this device."))
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection token is missing or old."""
    if asks_for_json(request):
        return refusal(403, "old-page", _("This page is too old. Load it again; what you entered is kept."))
    return render(request, "companion/refused.html", {"too_old": True}, status=403)
