"""Where there is nothing to find, next to nothing is found: shuffled diaries, and people without triggers."""

from dataclasses import replace

import numpy as np

from mastkit.simulation.diary import simulate
from mastkit.triggers.analysis import analyse, permutation_null, shifted
from mastkit.triggers.diary import Diary
from mastkit.triggers.read import read_diary
from tests.triggers.diaries import alcohol_diary


def with_shuffled_exposures(diary: Diary, seed: int) -> Diary:
    """Return the diary with every exposure on another day, at the same hour, entered as promptly."""
    random = np.random.default_rng(seed)
    exposures = diary.exposures
    day, hour = np.divmod(exposures.at, 24.0)
    at = random.permutation(day) * 24.0 + hour
    moved = replace(exposures, at=at, entered=at + (exposures.entered - exposures.at))
    return replace(diary, exposures=moved)


def test_exposures_on_other_days_are_hardly_ever_likely() -> None:
    found = 0
    for seed in range(12):
        diary = simulate("check-in", days=150, seed=seed).diary
        found += bool(analyse(with_shuffled_exposures(diary, seed), checked=False).with_status("likely"))
    assert found <= 2  # at a rate of one in twenty, three or more of twelve come up once in fifty


def test_flares_in_other_weeks_are_hardly_ever_set_off_by_anything() -> None:
    diary = read_diary(alcohol_diary(98).record())
    assert analyse(diary, checked=False).with_status("likely")
    moved = shifted(diary, 1)
    assert len(moved.flares.onset) == len(diary.flares.onset)
    other = simulate("main", days=90, seed=1).diary
    assert permutation_null(other, shuffles=6) <= 2 / 6


def test_people_without_triggers_are_told_of_none() -> None:
    for seed in range(6):
        diary = simulate("nothing-check-in", days=120, seed=seed).diary
        assert not analyse(diary).with_status("likely")
