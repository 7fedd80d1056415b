"""Turning reminders by e-mail on and off: an address is confirmed before anything is sent to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from mastkit.companion.audit.log import note
from mastkit.companion.configuration.mail import Mail
from mastkit.companion.people.models import Person
from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.reminders.posting import post
from mastkit.companion.reminders.writing import confirmation

DIGITS = 8
CODE_WORKS = timedelta(minutes=30)
MOST_FAILURES = 5
MOST_CODES = 5
"""Codes in a day: nobody's mailbox is filled from here."""
DAY = timedelta(days=1)


class TooManyCodes(Exception):  # noqa: N818 - it is said to a person
    """So many codes were asked for that none is sent before tomorrow."""


@dataclass(frozen=True)
class Choice:
    """What a person wants to be reminded of, where, and in which language."""

    address: str
    leads: dict[str, int]
    names: bool
    language: str
    origin: str


def reminders_of(user: User, person: Person) -> MailReminders | None:
    """Return what an account chose about a record; None where it never did."""
    return MailReminders.objects.filter(user=user, person=person).select_related("user", "person").first()


def choose(user: User, person: Person, choice: Choice) -> MailReminders:
    """Keep a choice. Another address is not confirmed, and so turns the reminders off."""
    found, made = MailReminders.objects.get_or_create(user=user, person=person, defaults=vars(choice))
    if made:
        return found
    if found.address != choice.address:
        turn_off(found)
        found.address, found.confirmed_at, found.code_hmac = choice.address, None, ""
    found.leads, found.names = choice.leads, choice.names
    found.language, found.origin = choice.language, choice.origin
    # The other fields belong to whoever sends just now.
    found.save(update_fields=["address", "confirmed_at", "code_hmac", "leads", "names", "language", "origin"])
    return found


def send_code(reminders: MailReminders, mail: Mail, now: datetime) -> None:
    """Send a new code to the address; the older one no longer works.

    Raises `TooManyCodes`, and `NotSent` where the mail server does not take it.
    """
    _count(reminders.user)
    code = f"{randbelow(10**DIGITS):0{DIGITS}d}"
    reminders.code_hmac, reminders.code_failures = _hmac(reminders, code), 0
    reminders.code_until = now + CODE_WORKS
    reminders.save(update_fields=["code_hmac", "code_failures", "code_until"])
    post(confirmation(reminders, f"{code[:4]} {code[4:]}", mail), mail)


def confirm(reminders: MailReminders, code: str, now: datetime) -> bool:
    """Confirm the address with the code that went to it; a wrong one is counted, and five are too many."""
    here = MailReminders.objects.filter(pk=reminders.pk, code_until__gt=now).exclude(code_hmac="")
    # The count goes up before the code is compared: attempts at the same time are all counted.
    if not here.filter(code_failures__lt=MOST_FAILURES).update(code_failures=F("code_failures") + 1):
        return False
    typed = "".join(code.split()).replace("-", "")
    if not constant_time_compare(_hmac(reminders, typed), reminders.code_hmac):
        return False
    return bool(here.filter(code_hmac=reminders.code_hmac).update(code_hmac="", confirmed_at=now))


def turn_on(reminders: MailReminders, now: datetime) -> bool:
    """Turn them on, if the address is confirmed."""
    off = MailReminders.objects.filter(pk=reminders.pk, confirmed_at__isnull=False, on_since=None)
    started = off.update(
        on_since=now, checked_at=None, stopped_at=None, failing_since=None, failure="", tries=0, next_try=None
    )
    if started:
        note(reminders.user, reminders.person, "reminders-on")
    return bool(started)


def turn_off(reminders: MailReminders) -> None:
    """Turn them off at once; turning them off again changes nothing."""
    if MailReminders.objects.filter(pk=reminders.pk, on_since__isnull=False).update(on_since=None):
        note(reminders.user, reminders.person, "reminders-off")
    reminders.on_since = None


def forget(reminders: MailReminders) -> None:
    """Turn them off, and forget the address and what was reminded of."""
    turn_off(reminders)
    reminders.delete()


def _count(user: User) -> None:
    """Count a code of an account; not with the choice, which can be forgotten and made anew."""
    key = f"mastkit: codes of {user.pk}"
    cache.add(key, 0, DAY.total_seconds())
    if cache.incr(key) > MOST_CODES:
        raise TooManyCodes


def _hmac(reminders: MailReminders, code: str) -> str:
    about = f"mastkit: address {reminders.pk} {reminders.address}"
    return salted_hmac(about, code, algorithm="sha256").hexdigest()
