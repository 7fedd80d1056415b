"""A day is the day of a zone; hours are real hours, whatever the clocks were told to show."""

# ruff: noqa: DTZ001 - what the clocks of a zone show has no zone yet

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mastkit.record.time import Moment

BERLIN = "Europe/Berlin"


def test_the_day_the_clocks_go_forward_has_23_hours() -> None:
    start, end = Moment.on(date(2026, 3, 29), BERLIN).interval()
    assert end - start == timedelta(hours=23)


def test_the_day_the_clocks_go_back_has_25_hours() -> None:
    start, end = Moment.on(date(2026, 10, 25), BERLIN).interval()
    assert end - start == timedelta(hours=25)


def test_hours_from_onset_to_sample_across_the_spring_change() -> None:
    onset, sample = (
        Moment.local(datetime(2026, 3, 29, 1, 30), BERLIN),
        Moment.local(datetime(2026, 3, 29, 4, 0), BERLIN),
    )
    assert sample.elapsed_since(onset) == (timedelta(hours=1.5), timedelta(hours=1.5))


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    first = Moment.local(datetime(2026, 10, 25, 2, 30), BERLIN)
    second = Moment.local(datetime(2026, 10, 25, 2, 30, fold=1), BERLIN)
    assert second.at - first.at == timedelta(hours=1)
    assert first.day(BERLIN) == second.day(BERLIN) == date(2026, 10, 25)


def test_the_hour_that_never_comes_is_read_as_if_the_clock_had_not_changed() -> None:
    assert Moment.local(datetime(2026, 3, 29, 2, 30), BERLIN).clock.hour == 3


def test_a_flight_to_tokyo() -> None:
    boarding = Moment.local(datetime(2026, 5, 1, 21, 0), BERLIN)
    flare = Moment.local(datetime(2026, 5, 2, 6, 0), "Asia/Tokyo")
    assert flare.elapsed_since(boarding)[0] == timedelta(hours=2)
    assert flare.day("Asia/Tokyo") == date(2026, 5, 2)
    assert flare.day(BERLIN) == date(2026, 5, 1)


def test_a_day_told_as_a_day_stays_that_day_in_every_zone() -> None:
    assert Moment.on(date(2026, 5, 2), "Asia/Tokyo").day("America/Los_Angeles") == date(2026, 5, 2)


def test_a_month_and_a_year_cover_all_of_it() -> None:
    month = Moment.on(date(2026, 3, 17), BERLIN, "month")
    assert str(month) == "2026-03"
    assert month.interval() == (datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 31, 22, tzinfo=UTC))
    year = Moment.on(date(2024, 3, 17), "UTC", "year")
    assert year.interval() == (datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))


def test_what_is_known_to_the_day_gives_a_range() -> None:
    sample, onset = Moment.local(datetime(2026, 5, 2, 12), "UTC"), Moment.on(date(2026, 5, 1), "UTC")
    assert sample.elapsed_since(onset) == (timedelta(hours=12), timedelta(hours=36, minutes=1))


@pytest.mark.parametrize("zone", ["UTC+4", "Berlin", "", "../etc", "Europe", "a\0b", "/etc/localtime"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="IANA time zone"):
        Moment(at=datetime(2026, 1, 1, tzinfo=UTC), zone=zone)


@pytest.mark.parametrize(
    "at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), datetime(2026, 1, 1)]
)
def test_times_out_of_range_or_without_a_zone_are_refused(at: datetime) -> None:
    with pytest.raises(ValidationError):
        Moment(at=at, zone=BERLIN)


ZONES = st.sampled_from(sorted(available_timezones()))


@given(st.dates(date(1901, 1, 1), date(2198, 12, 31)), ZONES)
def test_every_instant_of_a_day_lies_in_it_and_days_do_not_overlap(day: date, zone: str) -> None:
    moment = Moment.on(day, zone)
    start, end = moment.interval()
    assert start == moment.at <= end
    assert Moment.on(day + timedelta(days=1), zone).interval()[0] == end
    if start < end:
        last = Moment(at=end - timedelta(minutes=1), zone=zone)
        assert last.day(zone) == day


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2198, 1, 1)),
    ZONES,
    st.sampled_from(["minute", "day", "month", "year"]),
)
def test_a_moment_survives_json(clock: datetime, zone: str, precision: str) -> None:
    at = Moment.local(clock, zone).at
    moment = Moment.model_validate({"at": at, "zone": zone, "precision": precision})
    assert Moment.model_validate_json(moment.model_dump_json()) == moment
