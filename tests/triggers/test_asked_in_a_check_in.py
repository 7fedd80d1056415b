"""What the daily check-in asked for is no memory that a flare brought back."""

import numpy as np
import pytest

from mastkit.simulation.diary import simulate
from mastkit.simulation.diary_record import simulated_record
from mastkit.triggers.analysis import my_triggers
from mastkit.triggers.evidence import evidence_of
from mastkit.triggers.presence import Presence
from mastkit.triggers.read import read_diary
from mastkit.triggers.risk import time_at_risk
from tests.triggers.diaries import Pages


def one_exposure(entered: float, *, at: float = 10.0, **check_in: object) -> Pages:
    """Return a diary with one exposure, and a check-in at 22:00 of that day that asked for it."""
    pages = Pages().put("exposure", at, entered=entered, code="perfume")
    content = {"asked": ("perfume", "heat")} | check_in
    return pages.put("check_in", 22.0, **content)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pages", "asked"),
    [
        (one_exposure(22.0), True),
        (one_exposure(22.1), True),
        (one_exposure(10.0), False),
        (one_exposure(15.0), False),
        (one_exposure(23.5), False),
        (one_exposure(22.0, asked=("heat",)), False),
        (one_exposure(22.0, asked=()), False),
        (one_exposure(70.0), False),
    ],
    ids=(
        "in it",
        "minutes after",
        "at once",
        "hours before",
        "later",
        "another item",
        "nothing asked",
        "days after",
    ),
)
def test_an_exposure_was_asked_for_if_it_was_entered_in_the_check_in_of_its_day(pages: Pages, asked: bool) -> None:
    assert read_diary(pages.record()).exposures.asked.tolist() == [asked]


def test_a_check_in_made_days_later_asks_a_memory_that_has_chosen() -> None:
    pages = Pages().put("exposure", 10.0, entered=70.0, code="perfume")
    pages.put("check_in", 22.0, entered=70.0, asked=("perfume",))
    assert read_diary(pages.record()).exposures.asked.tolist() == [False]


def test_a_check_in_of_a_moment_asks_for_no_day() -> None:
    pages = Pages().put("exposure", 10.0, entered=12.0, code="perfume")
    pages.put("check_in", 12.0, asked=("perfume",))
    assert read_diary(pages.record()).exposures.asked.tolist() == [False]


def test_what_was_asked_for_counts_as_known_before_the_flare() -> None:
    def late(**check_in: object) -> tuple[float, float]:
        pages = Pages()
        for day in range(40):
            pages.put("exposure", day * 24 + 10.0, entered=day * 24 + 22.0, code="perfume")
            pages.put("check_in", day * 24 + 22.0, **check_in)  # type: ignore[arg-type]
            if day % 3 == 0:
                pages.put("flare", day * 24 + 12.0)
        diary = read_diary(pages.record())
        risk = time_at_risk(diary)
        presence = Presence(diary, risk)
        evidence = evidence_of(diary, risk, presence, "perfume", 0.0)
        found = next(one for one in my_triggers(pages.record()).triggers if one.code == "perfume")
        return evidence.entered_after_flare, found.recall

    share, recall = late(asked=("perfume",))
    assert (share, recall) == (0.0, 1.0)
    share, recall = late(asked=("heat",))
    assert share == 1.0
    assert recall > 1.0


def test_a_simulated_check_in_reads_back_as_it_was_made() -> None:
    made = simulate("check-in", days=60, seed=4).diary
    read = read_diary(simulated_record("check-in", days=60, seed=4, zone="UTC"))
    assert made.exposures.asked.any()
    assert not made.exposures.asked.all()
    assert np.array_equal(made.observed, read.observed)
    asked = [diary.exposures.at[diary.exposures.asked] for diary in (made, read)]
    apart = np.abs(asked[0][:, None] - asked[1][None, :])
    assert apart.min(axis=1).max() < 1 / 60
    # Whatever was entered by chance within minutes of a check-in cannot be told from what was entered in it.
    assert len(asked[0]) <= len(asked[1]) <= 1.1 * len(asked[0])


def test_without_questions_nothing_was_asked() -> None:
    assert not simulate("main", days=60, seed=4).diary.exposures.asked.any()
