"""The sampler draws from the posterior it claims: simulation-based calibration, and what is known exactly."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import gammaln

from mastkit.triggers.sampler import (
    RECALL_ALIKE,
    RECALL_MEAN,
    Column,
    Draws,
    Factor,
    Problem,
    Sampler,
)

ROWS = 60
PRIOR = 0.4


def column(random: np.random.Generator, *, late: bool = False, early: bool = False) -> Column:
    rows = np.sort(random.choice(ROWS, 24, replace=False))
    inside = (random.random((3, len(rows))) < [[0.4], [0.7], [1.0]]).astype(float)
    log_prior = np.log(np.full(3, PRIOR / 3))
    return Column(
        rows, inside, np.zeros(3), log_prior, float(np.log1p(-PRIOR)),
        np.arange(0, len(rows), 2) if late else np.zeros(0, np.int64), 0.0, 0, 2 if early else 3, 2,
    )  # fmt: skip


def world(random: np.random.Generator) -> tuple[Problem, list[float]]:
    """Draw the truth from the prior and flares from the truth; return the problem and each column's ratio."""
    columns = [column(random, late=True), column(random, early=True), column(random)]
    hours = random.uniform(0.5, 3.0, ROWS)
    groups = np.arange(0, ROWS, 10)
    factor = Factor(np.arange(len(groups)) % 2, np.zeros(2), 4.0, 4.0)
    level_prior, slab = (6.0, 12.0), (4.0, 4.0 / 3.3)
    rate = hours * random.gamma(level_prior[0], 1 / level_prior[1])
    levels = random.gamma(factor.shape, 1 / factor.rate, 2)
    rate *= np.repeat(levels[factor.level], 10)
    truth = []
    for one in columns:
        ratio = random.gamma(slab[0], 1 / slab[1]) if random.random() < PRIOR else 1.0
        rate[one.rows] *= np.where(one.inside[random.integers(3)] > 0, ratio, 1.0)
        if len(one.late):
            mean = RECALL_MEAN[1] / random.gamma(RECALL_MEAN[0])
            rate[one.rows[one.late]] *= random.gamma(RECALL_ALIKE, mean / RECALL_ALIKE)
        truth.append(ratio)
    flares = random.poisson(rate).astype(float)
    columns = [
        replace(one, flares=one.inside @ flares[one.rows], late_flares=float(flares[one.rows[one.late]].sum()))
        for one in columns
    ]
    at_level = np.bincount(np.repeat(factor.level, 10), weights=flares, minlength=2)
    problem = Problem(hours, groups, (replace(factor, flares=at_level),), tuple(columns), float(flares.sum()),
                      slab, level_prior)  # fmt: skip
    return problem, truth


def drawn_ratio(draws: Draws, place: int) -> np.ndarray:
    return np.where(draws.included[place], draws.ratio[place], 1.0)


def test_ranks_of_the_truth_among_the_draws_are_even() -> None:
    """Simulation-based calibration (Talts et al.): one draw from each of 19 chains, 20 possible ranks."""
    random = np.random.default_rng(11)
    ranks, probability, was = [], [], []
    for seed in range(130):
        problem, truth = world(random)
        draws = Sampler(problem, seed=seed, chains=19).run(1, warm_up=50)
        for place, ratio in enumerate(truth):
            values = drawn_ratio(draws, place)[0]
            below, same = int((values < ratio).sum()), int((values == ratio).sum())
            ranks.append(below + random.integers(0, same + 1))
            probability.append(float(draws.linked[place].mean()))
            was.append(ratio != 1.0)
    counts = np.bincount(np.array(ranks) // 4, minlength=5)
    expected = len(ranks) / 5
    assert ((counts - expected) ** 2 / expected).sum() < 18.5  # chi-square with 4 degrees, one in a thousand
    assert np.mean(probability) == pytest.approx(np.mean(was), abs=0.07)
    sure = np.array(probability) > 0.6
    assert np.mean(np.array(was)[sure]) == pytest.approx(np.mean(np.array(probability)[sure]), abs=0.15)


def test_one_column_alone_has_the_probability_worked_out_by_hand() -> None:
    """With the level all but known, the probability of an effect is a ratio of two Poisson likelihoods."""
    rows = np.array([1])
    one = Column(rows, np.ones((1, 1)), np.array([6.0]), np.log([0.15]), float(np.log(0.85)),
                 np.zeros(0, np.int64), 0.0, 0, 1, 0)  # fmt: skip
    problem = Problem(np.array([900.0, 20.0]), np.array([0]), (), (one,), 96.0, (4.0, 4 / 3.3), (1e7, 1e8))
    draws = Sampler(problem, seed=1).run(200, warm_up=20)
    shape, rate = problem.slab
    expected = 0.1 * 20
    log_slab = (
        np.log(0.15) + shape * np.log(rate) - gammaln(shape) + gammaln(shape + 6)
        - (shape + 6) * np.log(rate + expected)
    )  # fmt: skip
    log_none = np.log(0.85) - expected
    exact = 1 / (1 + np.exp(log_none - log_slab))
    assert draws.inclusion[0] == pytest.approx(exact, abs=0.004)
    assert draws.expected[0] == pytest.approx(expected, rel=0.01)
    weighted = float(np.average(draws.ratio[0], weights=draws.linked[0]))
    assert weighted == pytest.approx((shape + 6) / (rate + expected), rel=0.02)


def test_the_same_seed_gives_the_same_draws_and_another_seed_nearly() -> None:
    problem, _ = world(np.random.default_rng(5))
    first, again, other = (Sampler(problem, seed=s).run(150, warm_up=30).inclusion for s in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first == pytest.approx(other, abs=0.05)


def test_nothing_at_all_is_no_trouble() -> None:
    nothing = Problem(np.zeros(0), np.zeros(0, np.int64), (), (), 0.0)
    draws = Sampler(nothing).run(3, warm_up=1)
    assert draws.inclusion.shape == (0,)
    assert draws.split_difference() == 0.0
