"""The e-mails, word for word. Without names they hold nothing of health, the name of the program included."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mastkit.companion.configuration.environment import text
from mastkit.companion.configuration.mail import Mail
from mastkit.companion.reminders.choosing import Thing
from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.reminders.stopping import stop_path


@dataclass(frozen=True)
class Written:
    """An e-mail as it goes."""

    sender: str
    to: str
    subject: str
    body: str
    headers: dict[str, str]


def reminder(reminders: MailReminders, things: Iterable[Thing], mail: Mail) -> Written:
    """Return the e-mail about some things."""
    about = tuple(things)
    home = text("MASTKIT_ORIGIN") or reminders.origin
    stop = home + stop_path(reminders)
    with translation.override(reminders.language):
        subject, body = _("Reminder"), _body(reminders, about, home, stop)
    headers = {
        "Message-ID": _message_id(reminders, about, mail),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
    }
    if urlsplit(home).scheme == "https":  # RFC 8058 asks for it
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return Written(mail.sender, reminders.address, subject, body, headers)


def confirmation(reminders: MailReminders, code: str, mail: Mail) -> Written:
    """Return the e-mail with the code that confirms an address."""
    with translation.override(reminders.language):
        body = "\n".join(
            (
                _("Your code: %(code)s") % {"code": code},
                "",
                _("Type it in on the page where you gave this address. It works for half an hour."),
                _("If you did not ask for it, do nothing: without the code nothing is ever sent here."),
                "",
            )
        )
        return Written(mail.sender, reminders.address, _("Your code"), body, {"Auto-Submitted": "auto-generated"})


def _body(reminders: MailReminders, things: tuple[Thing, ...], home: str, stop: str) -> str:
    if reminders.names:
        about = [_("You wanted to be reminded:"), "", *(_line(thing) for thing in things)]
    else:
        about = [_("Something that you wanted to be reminded of is due, or will be soon.")]
    return "\n".join(
        (
            *about,
            "",
            _("See to it here:"),
            f"{home}/",
            "",
            _("An e-mail can come late or not at all. What is due always stands on the page itself."),
            "",
            _("Stop these e-mails:"),
            stop,
            "",
        )
    )


def _line(thing: Thing) -> str:
    day = date_format(thing.due, pgettext("format of a date", "j M Y"))
    return f"- {day}: {' '.join(_(thing.title).split())}"


def _message_id(reminders: MailReminders, things: tuple[Thing, ...], mail: Mail) -> str:
    """The same for the same things: a mail system that gets one twice after a crash can tell."""
    about = "\n".join(sorted(f"{thing.key} {thing.occasion}" for thing in things))
    digest = hashlib.sha256(f"{reminders.pk}\n{about}".encode()).hexdigest()
    return f"<{digest[:32]}@{mail.domain}>"
