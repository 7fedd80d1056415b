"""Simulated diaries: the truth behind them shows in them, and the same seed gives the same diary."""

import numpy as np
import pytest

from mastkit.simulation.diary import simulate
from mastkit.simulation.diary_record import simulated_record
from mastkit.simulation.life import LAGS, kernel
from mastkit.simulation.scenarios import SCENARIOS
from mastkit.triggers.analysis import data_hash
from mastkit.triggers.diary import NO, UNKNOWN, YES
from mastkit.triggers.read import read_diary


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_same_seed_gives_the_same_diary(scenario: str) -> None:
    first, again, other = (simulate(scenario, days=60, seed=seed).diary for seed in (1, 1, 2))
    assert data_hash(first) == data_hash(again) != data_hash(other)
    assert first.n_days == 60


def test_flares_come_more_often_after_true_triggers_than_after_others() -> None:
    after: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(40):
        life = simulate("main", seed=seed).life
        for kind in range(len(life.kinds)):
            at = life.at[life.kind == kind]
            if len(at) > 30:
                near = np.searchsorted(life.onset, at + 6) > np.searchsorted(life.onset, at)
                after[bool(life.is_trigger[kind])].append(float(near.mean()))
    assert np.mean(after[True]) > 1.6 * np.mean(after[False])


def test_without_triggers_every_ratio_is_one() -> None:
    life = simulate("nothing", days=30, seed=3).life
    assert not life.is_trigger.any()
    assert np.array_equal(life.ratio_6h, np.ones(len(life.kinds)))


def test_a_lag_begins_and_ends_where_it_says() -> None:
    after = np.linspace(0, 10, 2001)
    for lag in LAGS:
        effect = kernel(after, np.array(lag))
        assert effect.max() == pytest.approx(1.0, abs=0.02)
        assert not effect[(after < lag[0]) | (after >= lag[3])].any()


def test_missed_exposures_are_remembered_after_flares_and_more_so_in_the_worst_case() -> None:
    def late_share(scenario: str) -> float:
        late = []
        for seed in range(25):
            diary = simulate(scenario, seed=seed).diary
            onset = diary.flares.onset
            following = np.append(onset, np.inf)[np.searchsorted(onset, diary.exposures.at)]
            before = following - diary.exposures.at < 6
            late.append(float((diary.exposures.entered > following)[before].mean()))
        return float(np.mean(late))

    assert late_share("worst-logging") > late_share("main") > 0.2


def test_first_signs_are_answered_truly_where_the_question_is_asked() -> None:
    asked = simulate("check-in", seed=4)
    already = asked.diary.exposures.already
    assert set(already[asked.prodrome]) <= {YES, UNKNOWN}
    assert set(already[~asked.prodrome]) == {NO, UNKNOWN}
    assert set(simulate("main", seed=4).diary.exposures.already) == {UNKNOWN}


def test_a_day_is_the_least_there_is() -> None:
    assert simulate("main", days=1, seed=0).diary.n_days == 1
    with pytest.raises(ValueError, match="expected at least 1"):
        simulate("main", days=0)


def test_a_record_of_it_holds_real_facts() -> None:
    record = simulated_record("check-in", days=30, seed=2)
    assert {fact.kind for fact in record} >= {"flare", "exposure", "check_in"}
    assert all(fact.recorded_at >= fact.time.at for fact in record if fact.kind in ("flare", "exposure"))


def test_every_fourth_week_of_a_cycle_is_bad_and_the_others_are_not() -> None:
    bad, other = 0, 0
    for seed in range(30):
        life = simulate("nothing-cycle", days=168, seed=seed).life
        assert life.conditions.bad_week.sum() == 42
        in_bad_week = life.conditions.bad_week[(life.onset // 24).astype(int)]
        bad, other = bad + int(in_bad_week.sum()), other + int((~in_bad_week).sum())
    assert bad / 1 > 1.4 * other / 3


def test_on_a_journey_the_clock_of_the_diary_is_that_of_the_place() -> None:
    made = simulate("travel", days=90, seed=2)
    shift = made.life.conditions.shift
    assert set(np.unique(shift)) > {0}
    noon = 24.0 * np.arange(90) + 12.0
    assert np.array_equal(made.diary.clock(noon), (12.0 + shift) % 24)


def test_a_record_of_a_journey_reads_back_with_the_same_clock() -> None:
    made = simulate("travel", days=90, seed=2).diary
    read = read_diary(simulated_record("travel", days=90, seed=2, zone="UTC"))
    apart = (read.clock(read.flares.onset) - made.clock(made.flares.onset) + 12) % 24 - 12
    # The clock of a record moves with its entries; a flare just before or after a journey may still have the other.
    assert (np.abs(apart) < 0.05).mean() > 0.9


def test_a_merged_diary_has_the_entries_of_two_people() -> None:
    one, both = simulate("main", days=60, seed=5).diary, simulate("merged", days=60, seed=5).diary
    assert len(both.flares.onset) > len(one.flares.onset)
    assert len(both.exposures.at) > 1.5 * len(one.exposures.at)
    assert (np.diff(both.exposures.at) >= 0).all()
    assert not (both.observed & ~one.observed).any()


def test_where_the_dose_counts_some_exposures_do_far_more_than_others() -> None:
    made = simulate("dose", days=60, seed=5).life
    assert made.is_trigger.any()
    assert len(made.onset)
