"""All addresses. Each view says who may call it (`people.access`); the tests hold the whole list."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from mastkit.companion.people.access import public_view


@public_view
def health(request: HttpRequest) -> HttpResponse:
    """Say that the server is there."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health", health, name="health"),
    path("accounts/", include("mastkit.companion.accounts.urls")),
    path("api/", include("mastkit.companion.sync.urls")),
    path("", include("mastkit.companion.store.urls")),
    path("", include("mastkit.companion.sharing.urls")),
    path("", include("mastkit.companion.care.urls")),
    path("", include("mastkit.companion.reminders.urls")),
    path("", include("mastkit.companion.pages.urls")),
]

handler404 = "mastkit.companion.refusals.not_found"
handler500 = "mastkit.companion.refusals.broken"
