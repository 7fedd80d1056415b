"""Reading the access log, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mastkit.companion.audit.models import Act
from mastkit.companion.people.models import Person

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as the owner reads it."""

    at: datetime
    who: str
    words: str


def acts_of(
    person: Person, *, most: int = MOST, before: datetime | None = None, besides: User | None = None
) -> list[Line]:
    """Return what was done with a record, the latest first; of everybody, or of all others ``besides`` one."""
    found = Act.objects.filter(person=person)
    if besides is not None:
        # What the program or the holder of a link did has no account, and belongs to the others.
        found = found.filter(~Q(actor=besides) | Q(actor=None))
    if before is not None:
        found = found.filter(at__lt=before)
    return [Line(act.at, act.actor_name or _("the program"), words(act)) for act in found[:most]]


def last_look(person: Person, actor: User, page: str, before: datetime) -> datetime | None:
    """Return when somebody looked at a page of a record for the last time before an instant, if they did."""
    looks = Act.objects.filter(person=person, actor=actor, action="looked", data__page=page, at__lt=before)
    latest = looks.first()
    return latest.at if latest is not None else None


def words(act: Act) -> str:
    """Return what an act was; an action that this version does not know is told by its code."""
    count = act.data.get("count", 0)
    match act.action:
        case "looked":
            return _("looked at: %(page)s") % {"page": page_name(act.data.get("page", ""))}
        case "added":
            return ngettext("added %(n)s entry", "added %(n)s entries", count) % {"n": count}
        case "imported":
            return ngettext("brought in %(n)s entry from a file", "brought in %(n)s entries from a file", count) % {
                "n": count
            }
        case "exported":
            return _("took the whole record out as a file")
        case "set-up":
            return _("set up the record")
        case "reminded":
            return ngettext("reminded by e-mail of %(n)s thing", "reminded by e-mail of %(n)s things", count) % {
                "n": count
            }
        case "reminders-on":
            return _("turned on reminders by e-mail")
        case "reminders-off":
            return _("turned off reminders by e-mail")
        case "reminders-stopped-by-link":
            return _("reminders by e-mail were stopped by the link in one of them")
        case action if action in _ABOUT_SOMEBODY:
            return str(_ABOUT_SOMEBODY[action]) % {"name": act.data.get("name", "")}
        case _:
            return act.action


_ABOUT_SOMEBODY = {
    "invited": gettext_lazy("invited %(name)s"),
    "accepted": gettext_lazy("accepted the invitation as %(name)s"),
    "ended": gettext_lazy("ended the access of %(name)s"),
    "link-made": gettext_lazy("made a link for %(name)s"),
    "link-code-made": gettext_lazy("made a new code for the link of %(name)s"),
    "link-opened": gettext_lazy("the link for %(name)s was opened with its code"),
    "link-locked": gettext_lazy("the link for %(name)s was closed after wrong codes"),
    "link-ended": gettext_lazy("ended the link for %(name)s"),
}

_PAGES = {
    "today": gettext_lazy("Today"),
    "picks": gettext_lazy("the lists of the logger"),
    "emergency": gettext_lazy("the emergency plan"),
    "emergency_plan": gettext_lazy("the emergency plan"),
    "more": gettext_lazy("the list of pages"),
    "checkin": gettext_lazy("the daily check-in"),
    "timeline": gettext_lazy("the timeline"),
    "tests": gettext_lazy("test results"),
    "record": gettext_lazy("the list of all entries"),
    "condition": gettext_lazy("My condition"),
    "my_triggers": gettext_lazy("My triggers"),
    "how_triggers_work": gettext_lazy("how triggers are worked out"),
    "settings": gettext_lazy("their own settings"),
    "add_list": gettext_lazy("what can be added"),
    "add": gettext_lazy("a form to add something"),
    "edit": gettext_lazy("a form to correct something"),
    "fact": gettext_lazy("one entry with its history"),
    "facts": gettext_lazy("nothing, but sent entries"),
    "picture": gettext_lazy("a photo"),
    "data": gettext_lazy("import and export"),
    "export": gettext_lazy("the export of the record"),
    "sharing": gettext_lazy("who may see what"),
    "invite": gettext_lazy("an invitation"),
    "make_link": gettext_lazy("a link to the summary"),
    "access_log": gettext_lazy("this log"),
    "news": gettext_lazy("what changed since their last visit"),
    "flare": gettext_lazy("a flare with its sampling times"),
    "flares": gettext_lazy("the list of flares"),
    "desk_card": gettext_lazy("the card for the emergency desk"),
    "protocol": gettext_lazy("the timed protocol of a flare"),
    "appointments": gettext_lazy("appointments"),
    "visit": gettext_lazy("the preparation of an appointment"),
    "pack": gettext_lazy("the appointment pack"),
    "card": gettext_lazy("the emergency card"),
    "procedure": gettext_lazy("the sheet for a procedure"),
    "due": gettext_lazy("what is due"),
    "calendar": gettext_lazy("the calendar file"),
    "summary": gettext_lazy("the summary"),
    "referral": gettext_lazy("the referral letter"),
    "self_care": gettext_lazy("the checklists"),
    "learning": gettext_lazy("the glossary"),
    "complications": gettext_lazy("the complications"),
    "erase": gettext_lazy("the erasure of the record"),
    "reminders": gettext_lazy("reminders by e-mail"),
}
"""What the pages of the log are called, by the name of their view."""


def page_name(view: str) -> str:
    """Return what a page is called; one that this version does not know is told by its code."""
    return str(_PAGES.get(view, view))
