"""Reading the access log, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.audit.models import Act
from mastkit.companion.people.models import Person

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as the owner reads it."""

    at: datetime
    who: str
    words: str


def acts_of(person: Person, *, most: int = MOST, before: datetime | None = None) -> list[Line]:
    """Return what was done with a record, the latest first."""
    found = Act.objects.filter(person=person)
    if before is not None:
        found = found.filter(at__lt=before)
    return [Line(act.at, act.actor_name or _("the program"), words(act)) for act in found[:most]]


def words(act: Act) -> str:
    """Return what an act was; an action that this version does not know is told by its code."""
    count = act.data.get("count", 0)
    match act.action:
        case "looked":
            return _("looked at the page “%(page)s”") % {"page": act.data.get("page", "")}
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
        case _:
            return act.action
