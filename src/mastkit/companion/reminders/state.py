"""How reminders by e-mail stand for an account, and what is wrong with them: never a silent failure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from mastkit.companion.pages.clocks import instant
from mastkit.companion.people.access import OpenRecord
from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.reminders.opting import reminders_of
from mastkit.companion.reminders.posting import WORDS

LOOKED_FOR_WITHIN = timedelta(hours=26)
"""Whoever sends them once a day is in time."""


@dataclass(frozen=True)
class MailState:
    """What the pages of the owner say about reminders by e-mail."""

    offered: bool
    """Whether this server can send any."""
    chosen: MailReminders | None
    trouble: str
    """What is wrong, in a sentence; empty where all is well or they are off."""


def mail_state(opened: OpenRecord, zone: str, now: datetime) -> MailState | None:
    """Return how they stand for the user at hand; None where the record is not the user's own."""
    if not opened.own:
        return None
    chosen = reminders_of(opened.actor, opened.person)
    offered = settings.MAIL is not None
    return MailState(offered, chosen, trouble(chosen, zone, now, offered=offered) if chosen is not None else "")


def trouble(chosen: MailReminders, zone: str, now: datetime, *, offered: bool) -> str:
    """Return what is wrong with reminders that are on; empty where nothing is."""
    if not chosen.on or chosen.on_since is None:
        return ""
    if not offered:
        return _("You asked for reminders by e-mail, but this server has no mail server any more. None is sent.")
    if chosen.failing_since is not None:
        return _("Reminders by e-mail could not be sent since %(when)s: %(why)s. It is tried again.") % {
            "when": instant(chosen.failing_since, zone),
            "why": WORDS.get(chosen.failure, WORDS["program"]),
        }
    last = chosen.checked_at or chosen.on_since
    if now - last > LOOKED_FOR_WITHIN:
        return _(
            "You asked for reminders by e-mail, but since %(when)s this server has not looked for any to send. "
            "Whoever runs it has to see to that."
        ) % {"when": instant(last, zone)}
    return ""
