"""Which things an e-mail reminds of on a day: of what is due, the kinds that were chosen, so many days ahead."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mastkit.companion.accounts.preferences import preferences_of
from mastkit.companion.care.sampling import protocol_called
from mastkit.companion.people.rights import rights
from mastkit.companion.reminders.models import Kind, MailReminders
from mastkit.companion.store.reading import load
from mastkit.record.time import zone_of
from mastkit.reports.agenda import AgendaItem, agenda
from mastkit.reports.calendar import WARN_BEFORE
from mastkit.reports.current import CurrentFacts

LEADS = (0, 1, 2, 3, 7, 14, 30)
"""How many days ahead can be chosen."""

USUAL: dict[str, int] = {kind: WARN_BEFORE.get(kind, timedelta()).days for kind in Kind.values}
"""What is filled in at first: as long before as the calendar file rings."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to be reminded of. ``key`` and ``occasion`` together are the same as long as it is the same."""

    key: str
    occasion: str
    kind: str
    title: str
    due: date


def local_day(reminders: MailReminders, now: datetime) -> date:
    """Return the day where the person is: in the zone of the account, or that of the record."""
    return local_time(reminders, now).date()


def local_time(reminders: MailReminders, now: datetime) -> datetime:
    """Return the time that the person's clock shows."""
    for zone in (preferences_of(reminders.user).zone, reminders.person.zone):
        try:
            return now.astimezone(zone_of(zone))
        except ValueError:  # none is chosen, or the system's list of zones no longer has it
            continue
    return now


def may_be_told(reminders: MailReminders) -> bool:
    """Whether the record is still the account's own: an owner's, or a second parent's."""
    return rights(reminders.user, reminders.person).owner


def to_send(reminders: MailReminders, now: datetime) -> tuple[Thing, ...]:
    """Return what is to be reminded of and was not yet, the soonest first."""
    today = local_day(reminders, now)
    sent = set(reminders.sent.values_list("key", "occasion"))
    due = within(things(_agenda(reminders, today)), today, reminders.leads)
    return tuple(thing for thing in due if (thing.key, thing.occasion) not in sent)


def to_preview(reminders: MailReminders, now: datetime) -> tuple[Thing, ...]:
    """Return what the next e-mail would be about: what is to be sent now, or else what comes next."""
    if found := to_send(reminders, now):
        return found
    today = local_day(reminders, now)
    sent = set(reminders.sent.values_list("key", "occasion"))
    ahead = [
        thing
        for thing in things(_agenda(reminders, today))
        if thing.kind in reminders.leads and (thing.key, thing.occasion) not in sent
    ]
    first = min((_rings(thing, reminders.leads) for thing in ahead), default=None)
    return tuple(thing for thing in ahead if _rings(thing, reminders.leads) == first)


def things(items: Iterable[AgendaItem]) -> tuple[Thing, ...]:
    """Return what of the agenda an e-mail can remind of: what surely applies, and is to be done by a day.

    So a test of which the record has no result is left out: it may have been done, and has no day. It stands on
    the page alone.
    """
    found: dict[str, Thing] = {}
    for item in items:
        if item.applies and item.dated:
            # Sources differ about a test; the first day that one of them names is reminded of.
            key = f"test-{item.test}" if item.test else item.key
            found.setdefault(key, Thing(key, item.occasion, item.kind, item.title, item.due))
    return tuple(found.values())


def within(found: Iterable[Thing], today: date, leads: Mapping[str, int]) -> Iterator[Thing]:
    """Yield what is so near that it is reminded of, or over."""
    return (thing for thing in found if thing.kind in leads and _rings(thing, leads) <= today)


def _rings(thing: Thing, leads: Mapping[str, int]) -> date:
    return thing.due - timedelta(days=leads[thing.kind])


def _agenda(reminders: MailReminders, today: date) -> tuple[AgendaItem, ...]:
    protocol = protocol_called(preferences_of(reminders.user).sampling_protocol).id
    return agenda(CurrentFacts(load(reminders.person), today), protocol)
