"""Preferences at work: the language and the zone of a request are those that the account has chosen."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from mastkit.companion.accounts.models import Preferences
from mastkit.record.time import zone_of


def preferences_of(user: AbstractBaseUser | AnonymousUser) -> Preferences:
    """Return the preferences of an account, or those that everybody starts with; these are not yet saved."""
    if user.is_authenticated:
        found = Preferences.objects.filter(user_id=user.pk).first()
        return found or Preferences(user_id=user.pk)
    return Preferences()


class PreferencesMiddleware:
    """Sets language and zone, and keeps the preferences with the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request in the language and zone of its account."""
        user = request.user
        request.preferences = SimpleLazyObject(lambda: preferences_of(user))  # type: ignore[attr-defined]
        if not user.is_authenticated:
            return self.get_response(request)
        chosen: Preferences = request.preferences  # type: ignore[attr-defined]
        if chosen.language in dict(settings.LANGUAGES):
            translation.activate(chosen.language)
            request.LANGUAGE_CODE = chosen.language
        with timezone.override(_zone(chosen)):
            return self.get_response(request)


def preferences(request: HttpRequest) -> dict[str, Any]:
    """Give the preferences to every template."""
    return {"preferences": getattr(request, "preferences", Preferences())}


def _zone(chosen: Preferences) -> ZoneInfo | None:
    try:
        return zone_of(chosen.zone) if chosen.zone else None
    except ValueError:  # the system's list of zones no longer has it
        return None
