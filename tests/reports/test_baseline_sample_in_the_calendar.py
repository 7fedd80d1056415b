"""The baseline sample after a flare: when it is asked for, how it moves, and when it is over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from mastkit.followup.baseline import baseline_sample
from mastkit.record.facts import AnyFact
from mastkit.record.problems import CannotRead
from mastkit.record.record import Record
from mastkit.record.time import zone_of
from mastkit.reports.agenda import AgendaItem, agenda
from mastkit.reports.calendar import calendar_of
from mastkit.reports.current import CurrentFacts
from mastkit.reports.sampling_due import drawn_from
from mastkit.rulebooks.windows import tryptase_windows
from tests.reports.cast import ON, ZONE, at, fact, number, record

BERLIN = zone_of(ZONE)


def flare(n: int, start: str, end: str | None = None, **more: Any) -> AnyFact:
    return fact(n, "flare", start, **({"end": at(end)} if end else {}), **more)


def tryptase(n: int, when: str, value: float = 30.0, **more: Any) -> AnyFact:
    return fact(n, "measurement", when, code="tryptase", quantity={"value": value, "unit": "ng/mL"}, **more)


def item(one: Record, on: date = ON, protocol: str | None = None) -> AgendaItem | None:
    return next((found for found in agenda(CurrentFacts(one, on), protocol) if found.kind == "sample"), None)


def events(one: Record, on: date = ON, protocol: str | None = None) -> dict[str, Any]:
    calendar = Calendar.from_ical(calendar_of(one, on, "plain", protocol))
    found = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    return {uid: event for uid, event in found.items() if uid.startswith("baseline")}


SAMPLED = (flare(1, "2026-11-23T09:00", "2026-11-23T12:00"), tryptase(2, "2026-11-23T10:00", flare=number(1)))


def test_it_stands_24_hours_after_the_end_with_reason_and_source() -> None:
    found = events(record(*SAMPLED))
    (event,) = found.values()
    assert event["dtstart"].dt == datetime(2026, 11, 24, 12, tzinfo=UTC)
    text = str(event["description"])
    assert "From 2026-11-24 13:00 (Europe/Berlin)" in text
    assert "tryptase was drawn for it" in text
    assert "a new flare puts it off" in text
    assert "Source: mastkit: what the consensus accepts" in text
    assert "unverified" in text


def test_a_new_flare_moves_the_same_entry() -> None:
    before = events(record(*SAMPLED))
    again = flare(3, "2026-11-24T08:00", "2026-11-24T10:00")
    after = events(record(*SAMPLED, again))
    assert before.keys() == after.keys()
    (event,) = after.values()
    assert event["dtstart"].dt == datetime(2026, 11, 25, 10, tzinfo=UTC)


def test_a_corrected_end_moves_the_same_entry() -> None:
    corrected = flare(4, "2026-11-23T09:00", "2026-11-23T15:00", replaces=number(1))
    before, after = events(record(*SAMPLED)), events(record(*SAMPLED, corrected))
    assert before.keys() == after.keys()
    assert next(iter(after.values()))["dtstart"].dt == datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_once_it_is_drawn_it_is_over() -> None:
    drawn = tryptase(5, "2026-11-24T14:00", 18.0, context="baseline")
    assert item(record(*SAMPLED, drawn)) is None
    too_soon = tryptase(5, "2026-11-24T11:00", 18.0, context="baseline")
    assert item(record(*SAMPLED, too_soon)) is not None
    of_an_event = tryptase(5, "2026-11-24T14:00", 18.0, context="event")
    assert item(record(*SAMPLED, of_an_event)) is not None


def test_a_sample_drawn_in_the_next_flare_is_no_baseline() -> None:
    again = flare(3, "2026-11-24T12:30", "2026-11-24T16:00")
    within = tryptase(5, "2026-11-24T14:00", 18.0, context="baseline")
    found = item(record(*SAMPLED, again, within))
    assert found is not None
    assert found.occasion == "2026-11-25T16:00:00+00:00"


def test_a_baseline_that_names_its_flare_counts_too() -> None:
    of_it = tryptase(5, "2026-11-24T18:00", 18.0, context="baseline", flare=number(1))
    assert item(record(*SAMPLED, of_it)) is None
    assert item(record(SAMPLED[0], of_it)) is None


def test_a_window_that_is_over_before_morning_begins_when_it_begins() -> None:
    found = baseline_sample(record(*SAMPLED), ON)
    assert found is not None
    late = datetime(2026, 11, 24, 21, tzinfo=UTC)
    short = replace(found, opens=late, closes=late + timedelta(hours=4))
    assert drawn_from(short, ZONE) == late
    assert drawn_from(replace(short, closes=late + timedelta(hours=24)), ZONE) == datetime(
        2026, 11, 25, 7, tzinfo=UTC
    )


def test_while_the_end_is_not_written_down_it_has_no_time_of_its_own() -> None:
    running = (flare(1, "2026-11-23T09:00"), tryptase(2, "2026-11-23T10:00", flare=number(1)))
    found = item(record(*running))
    assert found is not None
    assert found.starts is None
    assert not found.applies
    assert "Not before 2026-11-24 10:00" in found.reason
    assert "is not written down" in found.reason


def test_a_flare_without_a_sample_asks_for_one_only_where_no_baseline_is_known() -> None:
    plain = flare(1, "2026-11-20T09:00", "2026-11-20T12:00")
    found = item(record(plain))
    assert found is not None
    assert found.key == "baseline-first"
    assert "no value in the record qualifies" in found.reason
    known = tryptase(2, "2026-10-01T09:00", 18.0, context="baseline")
    assert item(record(plain, known)) is None
    assert item(record(plain), date(2027, 1, 20)) is None


def test_anaphylaxis_asks_for_one_with_or_without_a_sample() -> None:
    known = tryptase(2, "2026-10-01T09:00", 18.0, context="baseline")
    found = item(record(flare(1, "2026-11-20T09:00", "2026-11-20T12:00", anaphylaxis=True), known))
    assert found is not None
    assert "judged to be anaphylaxis" in found.reason


def test_where_an_earlier_baseline_can_serve_it_is_asked_for_30_days() -> None:
    known = tryptase(6, "2026-10-01T09:00", 18.0, context="baseline")
    with_one, without = record(*SAMPLED, known), record(*SAMPLED)
    assert item(with_one, date(2026, 12, 20)) is not None
    assert item(with_one, date(2026, 12, 30)) is None
    assert item(without, date(2027, 6, 1)) is not None


def test_no_flare_asks_for_nothing() -> None:
    assert item(record(tryptase(1, "2026-11-20T09:00"))) is None


def test_the_protocol_chosen_decides() -> None:
    facts = record(*SAMPLED)
    by_onset = item(facts, protocol="usz")
    assert by_onset is not None
    assert by_onset.occasion == "2026-11-24T09:00:00+00:00"
    assert "until 2026-11-25 10:00" in by_onset.reason
    beyond = baseline_sample(facts, ON, "waoj-2016")
    assert beyond is not None
    assert beyond.opens > datetime(2026, 11, 24, 12, tzinfo=UTC)
    (event,) = events(facts, protocol="waoj-2016").values()
    assert "From 2026-11-24 13:01" in str(event["description"])


@pytest.mark.parametrize("protocol", ["nice-cg134", "usz"])
def test_a_protocol_that_names_no_time_ahead_gives_way_to_the_default_and_says_so(protocol: str) -> None:
    found = item(record(*SAMPLED), date(2026, 11, 28), protocol)
    assert found is not None
    assert found.source.startswith("mastkit: ")
    assert "names no time for it that is still ahead" in found.reason


def test_a_protocol_that_there_is_not_is_one_sentence() -> None:
    with pytest.raises(CannotRead, match="--protocol: no protocol is called 'x'"):
        calendar_of(record(*SAMPLED), ON, "plain", "x")


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        # The day of the spring change has 23 hours: 24 of them later, the clock is one hour further on.
        ("2026-03-28T11:00", "2026-03-29 13:00"),
        # That of the autumn change has 25.
        ("2026-10-24T11:00", "2026-10-25 12:00"),
    ],
)
def test_24_hours_are_hours_that_pass_across_a_clock_change(end: str, shown: str) -> None:
    started = (datetime.fromisoformat(end) - timedelta(hours=2)).isoformat()
    facts = record(flare(1, started, end), tryptase(2, started, flare=number(1)))
    (event,) = events(facts, datetime.fromisoformat(end).date()).values()
    start = event["dtstart"].dt
    assert start - datetime.fromisoformat(end).replace(tzinfo=UTC) == timedelta(hours=24)
    assert f"{start.astimezone(BERLIN):%Y-%m-%d %H:%M}" == shown


@pytest.mark.parametrize(
    ("end", "morning"),
    [
        ("2026-03-28T00:30", datetime(2026, 3, 29, 6, tzinfo=UTC)),  # the clocks went forward in that night
        ("2026-10-24T01:30", datetime(2026, 10, 25, 7, tzinfo=UTC)),  # and back in this one
        ("2026-11-22T20:00", datetime(2026, 11, 24, 7, tzinfo=UTC)),
    ],
)
def test_at_night_the_calendar_waits_for_eight_by_the_clock(end: str, morning: datetime) -> None:
    facts = record(flare(1, end, end), tryptase(2, end, flare=number(1)))
    (event,) = events(facts, datetime.fromisoformat(end).date()).values()
    assert event["dtstart"].dt == morning


@given(
    ends=st.lists(st.integers(0, 60 * 24 * 20), min_size=1, max_size=6),
    protocol=st.sampled_from(sorted(tryptase_windows().protocols)),
)
def test_it_is_never_before_the_interval_of_any_flare_is_over(ends: list[int], protocol: str) -> None:
    first = datetime(2026, 10, 15, tzinfo=UTC)  # the autumn change lies within
    facts = [tryptase(99, first.isoformat(), context="event")]
    for n, minutes in enumerate(ends, 1):
        end = (first + timedelta(minutes=minutes)).isoformat()
        facts.append(flare(n, end, end, anaphylaxis=True))
    found = baseline_sample(record(*facts), date(2026, 11, 5), protocol)
    assert found is not None
    assert found.opens - (first + timedelta(minutes=max(ends))) >= timedelta(minutes=found.sample.opens)


def test_discreet_titles_do_not_name_it() -> None:
    written = calendar_of(record(*SAMPLED), ON, "discreet").decode().replace("\r\n ", "").casefold()
    shown = "\n".join(line for line in written.splitlines() if not line.startswith("uid"))
    assert "baseline" not in shown
    assert "tryptase" not in shown
