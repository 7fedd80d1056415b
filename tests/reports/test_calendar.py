"""The calendar file: other programs read it, it replaces its own entries, and it can keep quiet."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from mastkit.record.record import Record
from mastkit.reports.calendar import calendar_of
from tests.reports.cast import EMPTY, ON, ada, at, erik, fact, number, record

VISIT = {"with_whom": "Dr Cole", "speciality": "allergy", "purpose": "mast cells", "place": "Clinic; room 1, left"}
FACTS = record(
    fact(1, "appointment", "2026-12-03T09:00", **VISIT),
    fact(2, "device", None, code="adrenaline_auto_injector", place="bag", expires=at("2027-01-01T00:00", "month")),
    fact(3, "device", None, code="cromolyn supply", expires=at("2026-11-01T10:00")),
)


def _events(record: Record, on: date = ON, titles: str = "plain") -> dict[str, object]:
    calendar = Calendar.from_ical(calendar_of(record, on, titles))  # type: ignore[arg-type]
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_an_appointment_keeps_its_time_and_a_device_its_last_day() -> None:
    by_title = {str(event["summary"]): event for event in _events(FACTS).values()}  # type: ignore[index]
    visit = by_title["Appointment: Dr Cole"]
    assert visit["dtstart"].dt == datetime(2026, 12, 3, 9, tzinfo=UTC)  # type: ignore[index]
    assert str(visit["location"]) == "Clinic; room 1, left"  # type: ignore[index]
    injector = by_title["Adrenaline auto-injector expires"]
    assert injector["dtstart"].dt == date(2027, 1, 31)  # type: ignore[index]


def test_what_is_overdue_stands_on_the_day_itself_and_says_since_when() -> None:
    overdue = next(event for event in _events(FACTS).values() if "cromolyn" in str(event["summary"]))  # type: ignore[index]
    assert overdue["dtstart"].dt == ON  # type: ignore[index]
    assert "Overdue since 2026-11-01" in str(overdue["description"])  # type: ignore[index]


def test_a_corrected_appointment_replaces_its_entry() -> None:
    moved = fact(9, "appointment", "2026-12-10T09:00", **VISIT, replaces=number(1))
    again = fact(10, "appointment", "2026-12-11T09:00", **VISIT, replaces=number(9))
    before, after = _events(FACTS), _events(FACTS.add(moved, again))
    assert before.keys() == after.keys()
    uid = next(uid for uid in after if uid.startswith("appointment"))
    assert after[uid]["dtstart"].dt == datetime(2026, 12, 11, 9, tzinfo=UTC)  # type: ignore[index]


def test_cancelled_and_past_visits_are_not_in_it() -> None:
    facts = record(
        fact(1, "appointment", "2026-12-03T09:00", status="cancelled"),
        fact(2, "appointment", "2026-10-03T09:00"),
    )
    assert not [uid for uid in _events(facts) if uid.startswith("appointment")]


@pytest.mark.parametrize("one", [ada(), erik(), FACTS], ids=["ada", "erik", "facts"])
def test_every_entry_has_a_reason_and_a_source(one: Record) -> None:
    events = _events(one)
    assert events
    for event in events.values():
        assert "Source: " in str(event["description"])  # type: ignore[index]


@pytest.mark.parametrize("one", [ada(), erik(), FACTS], ids=["ada", "erik", "facts"])
def test_discreet_titles_say_nothing(one: Record) -> None:
    written = calendar_of(one, ON, "discreet").decode().casefold()
    for word in ("mast", "tryptase", "adrenaline", "injector", "dr ", "blood", "source"):
        unfolded = written.replace("\r\n ", "")
        summary = [line for line in unfolded.splitlines() if not line.startswith("uid")]
        assert word not in "\n".join(summary)
    assert _events(one).keys() == _events(one, titles="discreet").keys()


def test_the_same_record_gives_the_same_bytes() -> None:
    assert calendar_of(ada(), ON) == calendar_of(ada(), ON)


def test_an_empty_record_gives_a_calendar_without_entries_of_its_own() -> None:
    assert Calendar.from_ical(calendar_of(EMPTY, ON)).name == "VCALENDAR"
