"""What is due, as a calendar file (iCalendar, RFC 5545).

An entry keeps its UID as long as it is about the same thing, so that a calendar program replaces it when the
file is made again. With ``discreet`` titles a calendar that others see says no more than "Health: reminder".
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from mastkit.record.record import Record
from mastkit.reports.agenda import AgendaItem, agenda
from mastkit.reports.current import CurrentFacts
from mastkit.reports.typeset import ExtraMissing

Titles = Literal["plain", "discreet"]

DISCREET = "Health: reminder"

WARN_BEFORE = {"injector": timedelta(days=30), "supply": timedelta(days=14), "appointment": timedelta(days=1)}
"""How long before its day an entry reminds: our choice; everything else reminds on the day."""

PRODUCT = {"plain": "-//mastkit//what is due//EN", "discreet": "-//reminders//EN"}


def calendar_of(record: Record, on: date, titles: Titles = "plain", protocol: str | None = None) -> bytes:
    """Return what is due from a day on as the content of an ``.ics`` file; the same record, the same bytes.

    Things that are overdue stand on the day itself, because an entry in the past reminds nobody. ``protocol`` is
    that of the baseline sample after a flare; the default one where none is named. Raises `CannotRead`.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise ExtraMissing('a calendar file needs the extra "reports": install mastkit[reports]') from None
    calendar = Calendar()
    calendar.add("prodid", PRODUCT[titles])
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Due" if titles == "plain" else DISCREET)
    facts = CurrentFacts(record, on)
    for item in agenda(facts, protocol):
        calendar.add_component(_event(item, record.id, on, titles))
    return bytes(calendar.to_ical())


def _event(item: AgendaItem, record: UUID, on: date, titles: Titles) -> Any:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{item.key}@{record}")
    # The day the file is made for, not the moment: the same file again has the same bytes.
    event.add("dtstamp", datetime.combine(on, time(), tzinfo=UTC))
    _time(event, item, on)
    plain = titles == "plain"
    event.add("summary", item.title if plain else DISCREET)
    if plain:
        event.add("description", description(item))
        if item.place:
            event.add("location", item.place)
        event.add("categories", ["mastkit", item.kind])
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if item.starts else "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", item.title if plain else DISCREET)
    alarm.add("trigger", -WARN_BEFORE.get(item.kind, timedelta()))
    event.add_component(alarm)
    return event


def _time(event: Any, item: AgendaItem, on: date) -> None:
    if item.starts is not None:
        start = datetime.fromisoformat(item.starts)
        event.add("dtstart", start)
        event.add("duration", timedelta(minutes=30))
        return
    day = max(item.due, on)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))


def description(item: AgendaItem) -> str:
    """Return why something is due and where that comes from."""
    lines = [item.reason]
    if item.overdue:
        lines.append(f"Overdue since {item.due}.")
    lines.append(f"Source: {item.source}")
    if item.verified:
        lines.append(f"How well the source was checked: {item.verified}")
    return "\n".join(lines)
