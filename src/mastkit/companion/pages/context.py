"""What every page needs: its look, its navigation, the words of the program in it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mastkit.companion.care.words import care_words
from mastkit.companion.pages.degrees import scale
from mastkit.companion.pages.words import words
from mastkit.companion.people.sections import DOCUMENT, TRIGGERS, Section

_BEHIND_MORE = (
    "record", "fact", "condition", "triggers", "triggers_how", "settings", "data", "emergency", "edit", "sharing",
    "invite", "access_log", "appointments", "visit", "due", "card", "procedure", "complications", "self_care",
    "learning", "summary", "desk_card", "referral", "erase", "flare", "protocol", "news", "reminders",
)  # fmt: skip

# The address, its icon, where it is shown (the bar has room for five), and the addresses that belong to it.
_PAGES = (
    ("today", "today", "", ("checkin",)),
    ("timeline", "timeline", "", ()),
    ("add_list", "plus", "", ("add",)),
    ("tests", "tests", "", ()),
    ("more", "more", "more-only", _BEHIND_MORE),
    ("triggers", "triggers", "wide-only", ("triggers_how",)),
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
    name: str = ""


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
        "pages": _allowed(_pages(person_id, match.url_name if match is not None else None), request)
        if person_id
        else [],
        "words": words() | care_words(),
        "scale": scale(),
    }


# The sections that a page shows; of the rest, what the owner alone has.
_SHOWS = {
    "timeline": frozenset({Section.FLARES}),
    "tests": frozenset({Section.TESTS}),
    "triggers": TRIGGERS,
    "condition": frozenset({Section.CONDITION}),
    "due": DOCUMENT,
}
_OWNERS = ("data",)


def _allowed(pages: list[PageLink], request: HttpRequest) -> list[PageLink]:
    """Return the pages that the user may open in the record at hand."""
    opened = getattr(request, "opened", None)
    if opened is None or opened.own:
        return pages
    shown = [page for page in pages if page.name not in _OWNERS]
    return [page for page in shown if _SHOWS.get(page.name, frozenset()) <= opened.rights.see]


def _pages(person_id: object, current: str | None) -> list[PageLink]:
    labels = {
        "today": _("Today"),
        "timeline": _("Timeline"),
        "add_list": _("Add"),
        "tests": _("Tests"),
        "more": _("Menu"),
        "triggers": _("My triggers"),
        "due": _("What is due"),
        "condition": _("My condition"),
        "record": _("Record"),
        "data": _("Import, export"),
        "settings": _("Settings"),
    }
    return [
        PageLink(reverse(name, args=[person_id]), icon, labels[name], shown, current in (name, *others), name)
        for name, icon, shown, others in _PAGES
    ]
