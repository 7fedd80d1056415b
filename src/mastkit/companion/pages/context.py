"""What every page needs: its look, its navigation, the words of the program in it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mastkit.companion.pages.degrees import scale
from mastkit.companion.pages.words import words

# The address, its icon, where it is shown (the bar has room for five), and the addresses that belong to it.
_PAGES = (
    ("today", "today", "", ("checkin",)),
    ("timeline", "timeline", "", ()),
    ("add_list", "plus", "", ("add",)),
    ("tests", "tests", "", ()),
    ("more", "more", "more-only", ("record", "fact", "condition", "due", "settings", "data", "emergency", "edit")),
    ("due", "calendar", "wide-only", ()),
    ("condition", "condition", "wide-only", ()),
    ("record", "record", "wide-only", ("fact", "edit")),
    ("data", "data", "wide-only", ()),
    ("settings", "settings", "wide-only", ()),
)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in the navigation."""

    url: str
    icon: str
    label: str
    shown: str
    current: bool


def companion(request: HttpRequest) -> dict[str, Any]:
    """Give the page's frame to every template."""
    return {"companion": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    preferences = getattr(request, "preferences", None)
    match = request.resolver_match
    person_id = match.kwargs.get("person_id") if match is not None else None
    return {
        "theme": getattr(preferences, "theme", "system"),
        "low_energy": getattr(preferences, "low_energy", False),
        "person_id": person_id,
        "pages": _pages(person_id, match.url_name if match is not None else None) if person_id else [],
        "words": words(),
        "scale": scale(),
    }


def _pages(person_id: object, current: str | None) -> list[PageLink]:
    labels = {
        "today": _("Today"),
        "timeline": _("Timeline"),
        "add_list": _("Add"),
        "tests": _("Tests"),
        "more": _("Menu"),
        "due": _("What is due"),
        "condition": _("My condition"),
        "record": _("Record"),
        "data": _("Import, export"),
        "settings": _("Settings"),
    }
    return [
        PageLink(reverse(name, args=[person_id]), icon, labels[name], shown, current in (name, *others))
        for name, icon, shown, others in _PAGES
    ]
