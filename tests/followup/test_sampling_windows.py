"""Windows count real minutes from onset, across clock changes and a flight; the data say whose they are."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.assessment.tryptase import symptom_free_hours
from mastkit.followup.windows import Window, baseline_worth, windows_of, worth_of
from mastkit.record.time import Moment
from mastkit.rulebooks.windows import parse_windows, tryptase_windows
from tests.logic.draws import budget

BERLIN = ZoneInfo("Europe/Berlin")
TOKYO = ZoneInfo("Asia/Tokyo")
ALL = tryptase_windows()
MINUTE = timedelta(minutes=1)


def states(protocol: str, onset: datetime, now: datetime, **more: datetime) -> dict[str, str]:
    return {w.sample.id: w.state for w in windows_of(ALL.protocol(protocol), onset, now, **more)}


ONSET = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "upcoming"), (29.9, "upcoming"), (30, "open"), (240, "open"), (240.1, "missed")],
)
def test_the_edges_of_the_default_window(minutes: float, expected: str) -> None:
    assert states("mastkit", ONSET, ONSET + timedelta(minutes=minutes))["event"] == expected


def test_nice_has_two_samples_with_an_ideal_part() -> None:
    first, second = windows_of(ALL.protocol("nice-cg134"), ONSET, ONSET + 30 * MINUTE)
    assert (first.state, second.state) == ("open", "upcoming")
    assert second.ideal == (ONSET + 60 * MINUTE, ONSET + 120 * MINUTE)
    assert second.next_change == ONSET + 60 * MINUTE
    assert first.next_change == ONSET + 240 * MINUTE


def test_zurich_counts_its_third_sample_from_onset() -> None:
    after_three_hours = states("usz", ONSET, ONSET + timedelta(hours=3))
    assert after_three_hours == {"first": "open", "second": "open", "third": "upcoming"}
    assert states("usz", ONSET, ONSET + timedelta(hours=30))["third"] == "open"
    assert states("usz", ONSET, ONSET + timedelta(hours=48, minutes=1))["third"] == "missed"


def test_the_default_protocol_has_a_baseline_counted_from_when_all_symptoms_are_gone() -> None:
    """Which sample of a record is the baseline is read from it (`assessment.tryptase`)."""
    baseline = ALL.protocol().baseline
    assert baseline is not None
    assert baseline.after == "resolution"
    assert symptom_free_hours() == 24


def test_a_baseline_waits_until_all_symptoms_are_gone() -> None:
    now = ONSET + timedelta(hours=40)
    assert states("mastkit", ONSET, now)["baseline"] == "waiting"
    gone = ONSET + timedelta(hours=10)
    assert states("mastkit", ONSET, now, resolved=gone)["baseline"] == "open"
    assert states("mastkit", ONSET, gone + timedelta(hours=24), resolved=gone)["baseline"] == "open"
    assert states("waoj-2016", ONSET, gone + timedelta(hours=24), resolved=gone)["baseline"] == "upcoming"
    later = gone + timedelta(hours=24, minutes=1)
    assert states("waoj-2016", ONSET, later, resolved=gone)["baseline"] == "open"


def test_a_sample_that_was_taken_is_taken() -> None:
    drawn = [ONSET + 90 * MINUTE]
    taken = windows_of(ALL.protocol("nice-cg134"), ONSET, ONSET + timedelta(hours=9), taken=drawn)
    assert [w.state for w in taken] == ["taken", "taken"]
    early = windows_of(ALL.protocol("nice-cg134"), ONSET, ONSET + timedelta(hours=9), taken=[ONSET + 5 * MINUTE])
    assert [w.state for w in early] == ["taken", "missed"]


@pytest.mark.parametrize(
    ("onset", "hours_on_the_clock"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN), 5),  # the clocks go forward at 2
        (datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN), 3),  # and back at 3
    ],
)
def test_four_hours_are_four_hours_across_both_clock_changes(onset: datetime, hours_on_the_clock: int) -> None:
    window = windows_of(ALL.protocol("ecnm-2012"), onset, onset)[0]
    assert window.closes is not None
    assert window.closes - onset.astimezone(UTC) == timedelta(hours=4)
    shown = window.closes.astimezone(BERLIN)
    assert (shown.hour, shown.minute) == (hours_on_the_clock, 30)


def test_a_flare_on_a_flight() -> None:
    """It begins at noon in Berlin; the blood is drawn in Tokyo, where it is evening."""
    onset = datetime(2026, 3, 12, 12, 0, tzinfo=BERLIN)
    landed = datetime(2026, 3, 12, 23, 59, tzinfo=TOKYO)
    assert states("mastkit", onset, landed)["event"] == "open"
    assert states("mastkit", onset, landed + 2 * MINUTE)["event"] == "missed"


def test_the_hour_that_the_clocks_show_twice() -> None:
    onset = datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN)
    second_time = datetime(2026, 10, 25, 2, 50, fold=1, tzinfo=BERLIN)
    assert states("mastkit", onset, second_time)["event"] == "open", "65 minutes later, not 5"


@given(st.sampled_from(sorted(ALL.protocols)), st.integers(-60, 4000), st.integers(0, 3000))
@budget
def test_every_window_has_one_state_and_none_is_open_outside_its_ends(
    protocol: str, minutes: int, until: int
) -> None:
    now = ONSET + minutes * MINUTE
    for resolved in (None, ONSET + until * MINUTE):
        for w in windows_of(ALL.protocol(protocol), ONSET, now, resolved=resolved):
            assert (w.opens is None) is (w.state == "waiting")
            if w.opens is not None:
                inside = w.opens <= now and (w.closes is None or now <= w.closes)
                assert (w.state == "open") is inside
                assert (w.state == "upcoming") is (now < w.opens)


def test_an_instant_without_its_offset_is_refused() -> None:
    naive = datetime(2026, 3, 12, 12, 0)  # noqa: DTZ001
    sentence = "expected an instant with its offset from UTC, found 2026-03-12T12:00:00"
    for name, ask in (
        ("onset", lambda: windows_of(ALL.protocol(), naive, ONSET)),
        ("now", lambda: windows_of(ALL.protocol(), ONSET, naive)),
        ("resolved", lambda: windows_of(ALL.protocol(), ONSET, ONSET, resolved=naive)),
        ("taken", lambda: windows_of(ALL.protocol(), ONSET, ONSET, taken=[naive])),
    ):
        with pytest.raises(ValueError, match=f"^{name}: {sentence}$"):
            ask()
    with pytest.raises(ValueError, match=r"^resolved: expected an instant that is not before onset$"):
        windows_of(ALL.protocol(), ONSET, ONSET, resolved=ONSET - MINUTE)
    assert windows_of(ALL.protocol(), ONSET, ONSET, resolved=ONSET), "over in the same minute"


def test_a_window_says_whose_it_is_and_when_it_changes() -> None:
    for now, changes in ((ONSET, 30), (ONSET + 30 * MINUTE, 240), (ONSET + 300 * MINUTE, None)):
        event, baseline = windows_of(ALL.protocol(), ONSET, now)
        assert event.protocol == baseline.protocol == "mastkit"
        assert event.next_change == (None if changes is None else ONSET + changes * MINUTE)
        assert baseline == Window("mastkit", baseline.sample, "waiting", None, None, None, None)
        assert event.ideal == (ONSET + 30 * MINUTE, ONSET + 120 * MINUTE)
    only = windows_of(ALL.protocol("ecnm-2012"), ONSET, ONSET)[0]
    assert only.ideal is None


@pytest.mark.parametrize(("minutes", "state"), [(29, "missed"), (30, "taken"), (240, "taken"), (241, "missed")])
def test_both_ends_of_a_window_belong_to_it(minutes: int, state: str) -> None:
    drawn = [ONSET + minutes * MINUTE]
    event = windows_of(ALL.protocol(), ONSET, ONSET + timedelta(hours=9), taken=drawn)[0]
    assert event.state == state
    assert event.next_change is None


def test_every_protocol_says_whose_it_is() -> None:
    for protocol in ALL.protocols.values():
        assert protocol.authority
        assert protocol.source
        assert protocol.link.startswith("https://") or protocol.id == "mastkit"
        assert protocol.year is None or 2000 <= protocol.year <= 2026
        assert len(protocol.country) in (0, 2)
        first, last = protocol.valid_hours
        assert 0 <= first < last <= 6
    assert ALL.protocol().baseline is not None, "the default one has a baseline condition"
    assert ALL.protocol().baseline.opens == 24 * 60
    with pytest.raises(ValueError, match="no protocol is called 'x'"):
        ALL.protocol("x")


def test_a_country_has_its_own_protocols_first() -> None:
    assert [p.id for p in ALL.for_country("gb")][:3] == ["nice-cg134", "resus-uk", "mastkit"]
    assert [p.id for p in ALL.for_country("CH")][:2] == ["usz", "mastkit"]
    for nowhere in ("", "XX"):
        assert next(iter(ALL.for_country(nowhere))).id == "mastkit"
        assert not any(p.country for p in ALL.for_country(nowhere))


GOOD = """
version = "1"
default = "a"
[limits]
weak_from = 0
weak_to = 360
[[protocol]]
id = "a"
title = "A"
authority = "A"
country = ""
source = "A"
link = ""
verified = "reprint"
[[protocol.sample]]
id = "s"
kind = "acute"
title = "S"
from = 0
to = 240
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('default = "a"', 'default = "b"', "the default protocol 'b'"),
        ('verified = "reprint"', 'verified = "maybe"', "verified must not be"),
        ('kind = "acute"', 'kind = "cute"', "another kind or origin"),
        ("to = 240", "to = 0", "minutes in order"),
        ("to = 240", "", "needs an end"),
        ('kind = "acute"', 'kind = "baseline"', "at least one sample of the event"),
    ],
)
def test_data_with_a_mistake_are_refused_in_one_sentence(old: str, new: str, message: str) -> None:
    assert parse_windows(GOOD).protocol().id == "a"
    with pytest.raises(ValueError, match=message):
        parse_windows(GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("hours", "worth"),
    [
        ((0.5, 0.5), "valid"),
        ((4.0, 4.0), "valid"),
        ((0.4, 0.4), "proves only"),
        ((4.1, 4.1), "proves only"),
        ((6.0, 6.0), "proves only"),
        ((6.1, 6.1), "says nothing"),
        ((-1.0, -0.5), "says nothing"),
        ((0.0, 24.0), "unknown"),
        ((-1.0, 2.0), "unknown"),
        (None, "unknown"),
    ],
)
def test_what_a_sample_is_worth(hours: tuple[float, float] | None, worth: str) -> None:
    found = worth_of(ALL.protocol(), hours)
    assert found.worth == worth
    assert found.why


def at(hours: float) -> Moment:
    return Moment(at=ONSET + timedelta(hours=hours), zone="Europe/Berlin")


def test_a_baseline_before_the_event_or_24_hours_after_it_qualifies() -> None:
    flare = [(at(0), at(3))]
    assert baseline_worth(at(-100), "baseline", None, flare).qualifies is True
    assert baseline_worth(at(27), "baseline", None, flare).qualifies is True
    late = baseline_worth(at(26.9), "baseline", None, flare)
    assert late.qualifies is False
    assert "23.9 h after a flare was over" in late.why
    assert baseline_worth(at(1), "baseline", None, flare).why.startswith("drawn during a flare")


def test_the_edges_of_a_flare() -> None:
    flare = [(at(0), at(3))]
    assert baseline_worth(at(-0.5), "baseline", None, flare).qualifies is True, "before the event"
    assert baseline_worth(at(0), "baseline", None, flare).qualifies is False, "in its first minute"
    assert baseline_worth(at(0.5), "baseline", None, flare).qualifies is False
    assert baseline_worth(at(3), "baseline", None, flare).why.startswith("drawn 0 h after a flare was over")
    assert baseline_worth(at(2.9), "baseline", None, flare).why.startswith("drawn during a flare")
    open_end = [(at(0), None)]
    assert baseline_worth(at(-0.1), "baseline", None, open_end).qualifies is True
    assert baseline_worth(at(0), "baseline", None, open_end).qualifies is False
    assert baseline_worth(at(23.9), "baseline", None, open_end).qualifies is False
    assert baseline_worth(at(24), "baseline", None, open_end).qualifies is True


def test_the_words_of_a_good_baseline() -> None:
    good = "stated to be a baseline; no recorded flare speaks against it"
    assert baseline_worth(at(-9), "baseline", None, []).why == good
    assert baseline_worth(at(99), "baseline", None, [(at(0), at(3)), (at(500), None)]).why == good


def test_a_span_of_time_that_reaches_into_the_24_hours_is_not_judged() -> None:
    day = Moment.on(date(2026, 3, 13), "Europe/Berlin")  # 8 to 32 hours after the end
    assert baseline_worth(day, "baseline", None, [(at(0), at(3))]).qualifies is None
    assert baseline_worth(day, "baseline", None, [(at(0), None)]).qualifies is None


def test_the_example_of_six_hours_says_why() -> None:
    found = baseline_worth(at(9), "baseline", None, [(at(0), at(3))])
    assert found.why == (
        "drawn 6 h after a flare was over; a baseline is drawn at least 24 h after all symptoms were gone"
    )


@pytest.mark.parametrize(("hours", "qualifies"), [(23.9, False), (24, True), (200, True)])
def test_stated_hours_decide(hours: float, qualifies: bool) -> None:
    assert baseline_worth(at(500), "unknown", hours, []).qualifies is qualifies


def test_more_than_24_hours_is_the_condition_of_another_authority() -> None:
    assert baseline_worth(at(500), "baseline", 24, [], ALL.protocol("waoj-2016")).qualifies is False
    assert baseline_worth(at(500), "baseline", 24.1, [], ALL.protocol("waoj-2016")).qualifies is True
    assert baseline_worth(at(500), "baseline", 24, [], ALL.protocol("usz")).qualifies is True


def test_a_statement_that_the_record_contradicts_decides_nothing() -> None:
    found = baseline_worth(at(5), "baseline", 200, [(at(0), at(3))])
    assert found.qualifies is None
    assert "but the record says" in found.why


def test_a_sample_of_unknown_purpose_and_one_for_an_event_do_not_qualify() -> None:
    assert baseline_worth(at(500), "unknown", None, []).qualifies is None
    assert baseline_worth(at(500), "event", 200, []).qualifies is False


def test_a_flare_without_an_end() -> None:
    assert baseline_worth(at(20), "baseline", None, [(at(0), None)]).qualifies is False
    found = baseline_worth(at(2000), "baseline", None, [(at(0), None)])
    assert found.qualifies is True
    assert "is not recorded" in found.why


def test_a_day_that_is_not_precise_enough_is_not_judged() -> None:
    day = Moment.on(date(2026, 3, 12), "Europe/Berlin")
    found = baseline_worth(day, "baseline", None, [(at(0), at(3))])
    assert found.qualifies is None
    assert "not known precisely enough" in found.why
    two_days_later = Moment.on(date(2026, 3, 14), "Europe/Berlin")
    assert baseline_worth(two_days_later, "baseline", None, [(at(0), at(3))]).qualifies


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        (None, "it is not known how long after onset it was drawn"),
        ((-1.0, -0.5), "drawn before the onset"),
        ((2.0, 2.0), "drawn 2 h after onset, in time (0.5 to 4 hours)"),
        ((2.0, 3.5), "drawn 2 to 3.5 h after onset, in time (0.5 to 4 hours)"),
        ((7.0, 7.0), "drawn 7 h after onset, too late to say anything (after 6 hours)"),
        ((0.0, 0.0), "drawn 0 h after onset, early: it may be falsely low, so only a rise that it shows counts"),
        ((5.0, 5.0), "drawn 5 h after onset, late: it may be falsely low, so only a rise that it shows counts"),
        (
            (0.1, 5.0),
            "drawn 0.1 to 5 h after onset, early or late: it may be falsely low, so only a rise that it shows"
            " counts",
        ),
        ((0.0, 24.0), "drawn 0 to 24 h after onset: not known precisely enough to say whether it was in time"),
    ],
)
def test_the_worth_of_a_sample_in_words(hours: tuple[float, float] | None, why: str) -> None:
    found = worth_of(ALL.protocol(), hours)
    assert found.why == why
    assert found.hours == hours


def test_the_condition_of_a_baseline_in_words() -> None:
    assert baseline_worth(at(1), "event", None, []).why == "it was taken for an event"
    assert baseline_worth(at(1), "baseline", 9, [], ALL.protocol("waoj-2016")).why == (
        "stated to be drawn 9 h after all symptoms were gone; a baseline is drawn more than 24 h after all symptoms"
        " were gone"
    )
    assert baseline_worth(at(1), "unknown", None, []).why == (
        "it is not said whether it was drawn when the person was well or for an event"
    )
    found = baseline_worth(at(50), "baseline", None, [(at(0), None)])
    assert found.why == (
        "stated to be a baseline; the end of the flare that began 2026-03-12 13:00 is not recorded, so it rests on"
        " that statement"
    )
