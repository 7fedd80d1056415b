"""What must hold for every diary: order, clocks, quiet days, odd diaries, the same answer twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mastkit.record.facts import FACT
from mastkit.record.record import Record
from mastkit.simulation.diary import simulate
from mastkit.simulation.diary_record import simulated_record
from mastkit.triggers.analysis import analyse, my_triggers
from mastkit.triggers.read import read_diary
from mastkit.triggers.result import MyTriggers
from tests.triggers.diaries import ADA, FIRST, Pages, alcohol_diary

SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def figures(result: MyTriggers) -> list[tuple[Any, ...]]:
    return [(t.code, t.status, t.probability, t.ratio, t.evidence.followed) for t in result.triggers]


def moved(record: Record, zone: str, year: int = 0) -> Record:
    """Return the record of a person who did the same at the same times by the clock, elsewhere."""

    def there(when: datetime) -> datetime:
        local = when.astimezone(ZoneInfo(record.zone)) + timedelta(days=364 * year)
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    facts = {}
    for fact in record:
        content = fact.model_dump()
        content["recorded_at"] = there(content["recorded_at"])
        for name in ("time", "end"):
            if content.get(name):
                content[name] |= {"at": there(content[name]["at"]), "zone": zone}
        facts[fact.id] = FACT.validate_python(content)
    return Record(record.id, zone, facts)


def test_the_same_diary_gives_the_same_answer_twice() -> None:
    record = alcohol_diary().record()
    assert my_triggers(record) == my_triggers(record)


def test_the_order_of_facts_makes_no_difference() -> None:
    record = simulated_record("check-in", days=60, seed=3)
    facts = list(record)
    Random(1).shuffle(facts)
    assert my_triggers(Record(record.id, record.zone, {f.id: f for f in facts})) == my_triggers(record)
    diary = simulate("check-in", days=90, seed=4).diary
    turned = replace(
        diary,
        flares=type(diary.flares)(*(getattr(diary.flares, n)[::-1] for n in diary.flares.__slots__)),
        exposures=type(diary.exposures)(*(getattr(diary.exposures, n)[::-1] for n in diary.exposures.__slots__)),
    )
    assert figures(analyse(turned)) == figures(analyse(diary))


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Phoenix", "UTC"])
def test_the_zone_makes_no_difference(zone: str) -> None:
    home = simulated_record("check-in", days=70, seed=5, zone="Asia/Kolkata")
    assert figures(my_triggers(moved(home, zone))) == figures(my_triggers(home))


def test_a_clock_change_makes_hardly_a_difference() -> None:
    home = moved(simulated_record("check-in", days=110, seed=8, zone="UTC"), "UTC")
    abroad = moved(home, "Europe/Berlin")  # 6 January to 26 April: the clocks go forward on 30 March
    here, there = my_triggers(home), my_triggers(abroad)
    assert (here.observed_days, here.flares) == (there.observed_days, there.flares)
    for one, other in zip(here.triggers, there.triggers, strict=True):
        assert one.code == other.code
        assert one.probability == pytest.approx(other.probability, abs=0.06)


def test_a_flight_moves_the_clock_and_nothing_else() -> None:
    pages = alcohol_diary(40)
    pages.zone = "Asia/Tokyo"
    pages.put("exposure", 41 * 24 + 3.0, code="perfume")
    home = pages.record()
    diary = read_diary(Record(ADA, "Europe/London", home.facts))
    assert len(diary.clock_from) == 2
    before, after = diary.clock(np.array([41 * 24 + 2.9, 41 * 24 + 3.1]))
    assert (after - before - 0.2) % 24 == pytest.approx(9.0)


def test_a_day_on_which_nothing_was_written_changes_nothing() -> None:
    """A day without check-in, exposure or flare is no evidence: neither for nor against."""
    record = alcohol_diary(90).record()
    later = list(alcohol_diary(90).put("note", 95 * 24.0, text="Back from the seaside.").facts)
    with_gap = Record(ADA, record.zone, {fact.id: fact for fact in later})
    assert figures(my_triggers(with_gap)) == figures(my_triggers(record))


@SLOW
@given(days=st.lists(st.integers(90, 110), min_size=1, max_size=6, unique=True), hour=st.integers(8, 21))
def test_exposures_without_a_flare_never_raise_the_ratio(days: list[int], hour: int) -> None:
    before = my_triggers(alcohol_diary(90).kept(21, first=90).record()).of("alcohol")
    pages = alcohol_diary(90).kept(21, first=90)
    for day in days:
        pages.put("exposure", day * 24.0 + hour, code="alcohol", symptoms_already_there=False)
    after = my_triggers(pages.record()).of("alcohol")
    assert before
    assert after
    assert before.ratio
    assert after.ratio
    # The draws differ a little from diary to diary; the law is about what they estimate.
    assert after.ratio.median <= before.ratio.median * 1.03
    assert after.evidence.expected >= before.evidence.expected * 0.98


def test_quiet_days_never_raise_the_risk_that_is_shown() -> None:
    """A checked day without exposure or flare lowers what is usual; the risk with the exposure does not grow."""
    shown = []
    for quiet in (0, 14, 56):
        trigger = my_triggers(alcohol_diary(90).kept(quiet, first=90).record()).of("alcohol")
        assert trigger
        assert trigger.absolute
        shown.append((trigger.absolute.without, trigger.absolute.with_exposure.median))
    assert shown[0][0] * 1.05 >= shown[1][0]
    assert shown[1][0] * 1.05 >= shown[2][0]
    assert shown[0][1] * 1.05 >= shown[1][1]
    assert shown[1][1] * 1.05 >= shown[2][1]


events = st.tuples(
    st.sampled_from(["flare", "exposure", "check_in", "dose", "note"]),
    st.integers(-3, 40),
    st.integers(0, 24 * 60 - 1),
    st.sampled_from(["minute", "day", "month", "year"]),
    st.integers(-48, 400),
    st.sampled_from(["alcohol", "", "wasp_sting", "★", "item-1", "stress"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, max_size=40), st.booleans())
def test_no_diary_makes_a_traceback(entries: list[tuple[Any, ...]], kept: bool) -> None:
    pages = Pages("Europe/Berlin")
    if kept:
        pages.kept(40)
    for kind, day, minute, precision, delay, code in entries:
        hour = day * 24 + minute / 60
        more: dict[str, Any] = {"time": {"at": FIRST + timedelta(hours=hour), "zone": "Europe/Berlin",
                                         "precision": precision}}  # fmt: skip
        more |= {"exposure": {"code": code or "?"}, "dose": {"medicine": code or "?"}}.get(kind, {})
        more |= {"note": {"text": "x"}}.get(kind, {})
        pages.put(kind, hour, entered=hour + delay, **more)
    result = my_triggers(pages.record())
    assert len({trigger.code for trigger in result.triggers}) == len(result.triggers)


def test_an_empty_record_and_one_flare() -> None:
    assert my_triggers(Pages().record()).triggers == ()
    one = my_triggers(Pages().put("flare", 10.0).record())
    assert one.messages[0].name == "too_little"


def test_a_thousand_exposures_in_a_minute() -> None:
    pages = alcohol_diary(60)
    for n in range(1000):
        pages.put("exposure", 30 * 24.0 + n / 60_000, code=f"thing-{n % 500}")
    result = my_triggers(pages.record())
    assert len(result.triggers) == 502
    assert result.left_out == {"doubles": 500}


def test_entries_in_bulk_and_before_they_happened_are_counted() -> None:
    pages = alcohol_diary(60)
    for day in range(25):
        pages.put("exposure", day * 24 + 7.0, entered=59 * 24.0, code="cold")
    pages.put("exposure", 40.0, entered=20.0, code="cold")
    result = my_triggers(pages.record())
    assert result.left_out == {"in_bulk": 25, "clock_errors": 1}


def test_a_record_reads_as_the_diary_it_was_written_from() -> None:
    written = simulate("check-in", days=60, seed=9).diary
    read = read_diary(simulated_record("check-in", days=60, seed=9, zone="UTC"))
    kinds = {written.codes[n] for n in written.exposures.trigger}
    assert set(read.codes) == kinds
    assert np.allclose(np.sort(read.flares.onset), np.sort(written.flares.onset), atol=1e-3)
    assert len(read.exposures.at) == len(written.exposures.at)
    offset = (read.start - written.start) / timedelta(hours=1)
    assert np.allclose(np.sort(read.exposures.at + offset), np.sort(written.exposures.at), atol=1e-3)
    assert read.observed.sum() == written.observed.sum()
