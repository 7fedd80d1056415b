from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mastkit.companion.accounts.models import Preferences
from mastkit.companion.care.sampling import flare_page, next_samplings, protocol_called
from mastkit.companion.store.facts import append
from mastkit.record.facts import FACT
from mastkit.record.ids import new_id
from mastkit.record.record import Record
from mastkit.rulebooks.windows import tryptase_windows
from tests.companion.actors import granted
from tests.companion.conftest import signed_in
from tests.companion.store.test_adding_facts import fact

BERLIN = "Europe/Berlin"


def flare_at(at: datetime, **more):
    return FACT.validate_python(
        {
            "kind": "flare",
            "id": new_id(),
            "recorded_at": at,
            "recorded_by": {"source": "self"},
            "time": {"at": at, "zone": BERLIN},
            **more,
        }
    )


def record_with(*facts) -> Record:
    return Record(new_id(), BERLIN, {one.id: one for one in facts})


@pytest.mark.parametrize(
    ("onset", "shown", "closes"),
    [
        # In the night in which clocks go from 2 to 3, four hours after 00:30 is half past five.
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "00:30", "05:30"),
        # In the night in which the hour from 2 to 3 comes twice, it is half past three.
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "00:30", "03:30"),
    ],
)
def test_windows_are_counted_in_hours_that_pass_and_shown_as_clocks_show_them(onset, shown, closes) -> None:
    flare = flare_at(onset)
    protocols = tryptase_windows().protocols.values()
    chosen = next(p for p in protocols if any(s.closes == 240 and s.after == "onset" for s in p.samples))
    page = flare_page(record_with(flare), flare, chosen.id, BERLIN, onset, tests=True)
    assert shown in page.began
    number = next(n for n, s in enumerate(chosen.samples) if s.closes == 240 and s.after == "onset")
    assert closes in page.samplings[number].closes


def test_after_a_flight_the_times_are_those_of_the_clock_one_arrives_at() -> None:
    onset = datetime(2026, 6, 1, 12, tzinfo=UTC)
    flare = flare_at(onset)
    at_home = flare_page(record_with(flare), flare, "", BERLIN, onset, tests=True)
    away = flare_page(record_with(flare), flare, "", "America/New_York", onset, tests=True)
    assert "14:00" in at_home.began
    assert "08:00" in away.began
    assert [one.state for one in at_home.samplings] == [one.state for one in away.samplings]
    assert [one.next_change for one in at_home.samplings] == [one.next_change for one in away.samplings]


@given(st.sampled_from(sorted(tryptase_windows().protocols)), st.integers(0, 72 * 60))
def test_what_is_counted_down_to_lies_ahead(protocol: str, minutes: int) -> None:
    onset = datetime(2026, 6, 1, 12, tzinfo=UTC)
    now = onset + timedelta(minutes=minutes)
    flare = flare_at(onset)
    for one in flare_page(record_with(flare), flare, protocol, BERLIN, now, tests=True).samplings:
        if one.next_change is not None:
            assert one.next_change >= now
        assert (one.state in ("upcoming", "open")) or one.next_change is None


def test_the_baseline_waits_for_the_end_and_then_for_its_interval() -> None:
    onset = datetime(2026, 6, 1, 12, tzinfo=UTC)
    now = onset + timedelta(hours=30)
    running, over = flare_at(onset), flare_at(onset, end={"at": onset + timedelta(hours=2), "zone": BERLIN})
    after = {s.id: n for n, s in enumerate(protocol_called("").samples) if s.after == "resolution"}
    assert after, "the default protocol has a baseline after the end"
    for number in after.values():
        page = flare_page(record_with(running), running, "", BERLIN, now, tests=True)
        assert page.samplings[number].state == "waiting"
        assert flare_page(record_with(over), over, "", BERLIN, now, tests=True).samplings[number].state == "open"


def test_a_flare_known_to_the_day_has_no_windows() -> None:
    flare = flare_at(datetime(2026, 6, 1, tzinfo=UTC))
    coarse = flare.model_copy(update={"time": flare.time.model_copy(update={"precision": "day"})})
    page = flare_page(record_with(coarse), coarse, "", BERLIN, datetime(2026, 6, 1, 12, tzinfo=UTC), tests=True)
    assert not page.precise
    assert page.samplings == ()


def test_the_first_page_names_the_open_sample_of_a_flare_just_begun() -> None:
    onset = datetime(2026, 6, 1, 12, tzinfo=UTC)
    record = record_with(flare_at(onset))
    found = next_samplings(record, "", BERLIN, onset + timedelta(hours=1))
    assert len(found) == 1
    assert found[0].state_name == "open now"
    assert next_samplings(record, "", BERLIN, onset + timedelta(days=10)) == []


@pytest.mark.django_db
def test_the_page_cites_the_protocol_that_was_chosen(record, ada, as_ada) -> None:
    append(record, [fact(2, "flare")], actor=ada)
    other = next(name for name in tryptase_windows().protocols if name != tryptase_windows().default)
    Preferences.objects.update_or_create(user=ada, defaults={"sampling_protocol": other})
    page = as_ada.get(reverse("flare", args=[record.pk, fact(2).id])).content.decode()
    assert tryptase_windows().protocol(other).authority in page
    assert tryptase_windows().version in page


@pytest.mark.django_db
def test_without_the_tests_a_helper_is_told_that_drawn_samples_are_not_shown(record, ada, ben) -> None:
    append(record, [fact(2, "flare")], actor=ada)
    granted(record, ben, log=["flares"])
    page = signed_in(ben).get(reverse("flare", args=[record.pk, fact(2).id])).content.decode()
    assert "Test results are not shared with you" in page
    assert "20 % + 2" not in page


@pytest.mark.django_db
def test_afterwards_the_answer_names_the_numbers_and_whether_the_baseline_qualifies(record, ada, as_ada) -> None:
    def tryptase(n: int, value: float, context: str, **more):
        quantity = {"value": value, "unit": "ng/mL"}
        return fact(n, "measurement", code="tryptase", quantity=quantity, context=context, **more)

    flare = fact(2, "flare", end={"at": "2026-03-12T16:00:00+00:00", "zone": BERLIN})
    event, baseline = tryptase(3, 40.0, "event", hours_after_onset=1.0), tryptase(50, 10.0, "baseline")
    append(record, [flare, event, baseline], actor=ada)
    page = as_ada.get(reverse("flare", args=[record.pk, flare.id])).content.decode()
    assert "Meets 20 % + 2" in page
    assert "40" in page
    assert "10 ng/mL" in page
    append(record, [tryptase(51, 41.0, "event", replaces=3)], actor=ada)
    assert "41" in as_ada.get(reverse("flare", args=[record.pk, flare.id])).content.decode()
