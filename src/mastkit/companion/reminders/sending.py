"""Sending what is due, once for each thing.

What was sent is written down after the mail server has taken it. So nothing is lost, and a thing is sent twice only
where the program ends between the two: once more for each such end. Two senders at once do not send one thing
twice: whoever sends has the reminders of an account in hand for `HELD`, by one conditional write to the database.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce

from mastkit.companion.audit.log import note
from mastkit.companion.configuration.mail import Mail
from mastkit.companion.reminders.choosing import Thing, local_time, may_be_told, to_send
from mastkit.companion.reminders.models import MailReminders, SentReminder
from mastkit.companion.reminders.posting import Failure, NotSent, greet, post
from mastkit.companion.reminders.writing import reminder

HELD = timedelta(minutes=15)
"""Far longer than one e-mail takes."""
FIRST_RETRY, LAST_RETRY = timedelta(minutes=15), timedelta(hours=6)
MORNING, EVENING = time(8), time(21)
"""Between these the running server sends, by the person's clock: our choice, so that no phone rings at night."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What was done for one account: how many things it was about, and how it went."""

    account: str
    things: int
    how: Literal["sent", "failed", "would go"]
    failure: str = ""


def send_due(mail: Mail, now: datetime, *, unattended: bool = False) -> Iterator[Outcome]:
    """Send each account what it is to be reminded of, and yield how it went where there was something.

    ``unattended`` keeps to the hours of the day, and after a failure waits before it tries again.
    """
    for reminders in _turned_on():
        if unattended and not _may_go(reminders, now):
            continue
        if not may_be_told(reminders):
            reminders.delete()  # the record is no longer this account's own
        elif _take(reminders, now):
            try:
                yield from _send(reminders, mail, now)
            finally:
                _let_go(reminders)


def would_send(now: datetime) -> Iterator[Outcome]:
    """Yield what `send_due` would send, without sending anything."""
    for reminders in _turned_on():
        if may_be_told(reminders) and (things := to_send(reminders, now)):
            yield Outcome(reminders.user.username, len(things), "would go")


def _turned_on() -> list[MailReminders]:
    found = MailReminders.objects.filter(on_since__isnull=False, confirmed_at__isnull=False)
    return list(found.select_related("user", "person").order_by("on_since", "pk"))


def _may_go(reminders: MailReminders, now: datetime) -> bool:
    if reminders.next_try is not None and now < reminders.next_try:
        return False
    return MORNING <= local_time(reminders, now).time() < EVENING


def _take(reminders: MailReminders, now: datetime) -> bool:
    """Take the reminders in hand, if nobody else has them and they were not turned off meanwhile."""
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    here = MailReminders.objects.filter(free, pk=reminders.pk, on_since__isnull=False)
    if not here.update(taken_until=now + HELD):
        return False
    reminders.refresh_from_db()
    return True


def _let_go(reminders: MailReminders) -> None:
    mine = MailReminders.objects.filter(pk=reminders.pk, taken_until=reminders.taken_until)
    mine.update(taken_until=None)


def _send(reminders: MailReminders, mail: Mail, now: datetime) -> Iterator[Outcome]:
    name = reminders.user.username
    things: tuple[Thing, ...] = ()
    try:
        things = to_send(reminders, now)  # read with the reminders in hand: nobody sends them meanwhile
        if things:
            post(reminder(reminders, things, mail), mail)
        elif reminders.failing_since is not None:
            greet(mail)  # what failed may be over; then the page need not go on saying that mail fails
    except NotSent as error:
        yield _failed(reminders, len(things), error.failure, now)
        return
    except Exception:
        # One record that cannot be read must not keep the others from being reminded.
        _log.exception("reminders could not be made")
        yield _failed(reminders, len(things), "program", now)
        return
    _write_down(reminders, things, now)
    if things:
        yield Outcome(name, len(things), "sent")


def _write_down(reminders: MailReminders, things: tuple[Thing, ...], now: datetime) -> None:
    with transaction.atomic():
        here = MailReminders.objects.filter(pk=reminders.pk)
        if not here.update(checked_at=now, failing_since=None, failure="", tries=0, next_try=None):
            return  # erased while it was sent
        if not things:
            return
        rows = [
            SentReminder(reminders=reminders, key=one.key, occasion=one.occasion, sent_at=now) for one in things
        ]
        SentReminder.objects.bulk_create(rows, ignore_conflicts=True)
        note(None, reminders.person, "reminded", count=len(things))


def _failed(reminders: MailReminders, things: int, failure: Failure, now: datetime) -> Outcome:
    _log.warning("a reminder was not sent: %s", failure)
    wait = min(FIRST_RETRY * 2 ** min(reminders.tries, 10), LAST_RETRY)
    MailReminders.objects.filter(pk=reminders.pk).update(
        checked_at=now,
        failing_since=Coalesce("failing_since", Value(now)),
        failure=failure,
        tries=reminders.tries + 1,
        next_try=now + wait,
    )
    return Outcome(reminders.user.username, things, "failed", failure)
