"""Draws from the posterior of the model: a Gibbs sampler in which every step is exact.

Flares come at the rate ``baseline · Π ratio_j`` on the time at risk, where each exposure ``j`` either does
nothing or multiplies the rate by a ratio in one of several windows after it. With Gamma priors the ratio, its
window and whether there is an effect at all are drawn together, with the ratio integrated out, so that the
sampler moves between "nothing" and "trigger" freely. All chains run side by side in one array.

The sampler knows nothing of diaries: it sees rows of time at risk and counts of flares.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

RECALL_ALIKE = 4.0
"""Shape of the Gamma prior of each exposure's recall around the mean of its group."""
RECALL_MEAN = (3.0, 2.0)
"""Shape and scale of the inverse Gamma prior of that mean: about 1, with room for much more."""
_LEAST = 1e-9
"""A factor that was rounded to zero could never be taken out of the rate again."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A baseline effect with one Gamma-distributed level a group: hour of day, week, a medicine."""

    level: Ints
    """Of each baseline group, which level it has; -1 where the factor does not act."""
    flares: Floats
    """Flares at each level."""
    shape: float
    rate: float
    """Of the Gamma prior of each level."""


@dataclass(frozen=True, slots=True)
class Column:
    """One exposure, or two together, that may raise the rate."""

    rows: Ints
    """The rows of time at risk in which it may act."""
    inside: Floats
    """For each window (first axis), 1 for each of these rows that lies in it, 0 for the others."""
    flares: Floats
    """Flares in each window."""
    log_prior: Floats
    """Logarithm of the prior probability of an effect in each window."""
    log_none: float
    """Logarithm of the prior probability of no effect."""
    late: Ints
    """Which of the rows (as places in ``rows``) lie between an exposure and its entry."""
    late_flares: float
    """Flares in these rows."""
    promptness: int
    """The group of exposures that are remembered alike."""
    causes: int
    """So many of the windows, from the first, are those of a cause; the rest is that of an early sign."""
    main: int
    """The window in which flares expected without an effect are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the likelihood needs. Rows are sorted by their baseline group."""

    hours: Floats
    """Time at risk in each row; a known offset of the rate is multiplied in."""
    group_starts: Ints
    """The first row of each baseline group."""
    factors: tuple[Factor, ...]
    columns: tuple[Column, ...]
    flares: float
    slab: tuple[float, float] = (4.0, 4.0 / 3.3)
    """Shape and rate of the Gamma prior of a ratio."""
    level: tuple[float, float] = (0.5, 0.0)
    """Shape and rate of the Gamma prior of the level, in flares an hour: vague unless something is known."""


@dataclass(frozen=True, slots=True)
class Draws:
    """What was drawn, one entry a column, then a sweep, then a chain."""

    linked: Floats
    """Probability of a link, whether as cause or as early sign, given everything else in that draw."""
    probability: Floats
    """Probability of being a cause, likewise."""
    window: Ints
    """A window drawn as if there were a link."""
    ratio: Floats
    """A ratio drawn as if there were a link; weigh it with ``linked``."""
    included: Flags
    """Whether there was a link at that draw."""
    baseline: Floats
    """Flares an hour without exposures, averaged over the time at risk: sweeps by chains."""
    window_weights: Floats
    """Mean posterior weight of each window, with a link in it: columns by windows."""
    expected: Floats
    """Mean number of flares expected in the main window of each column, had it no effect."""
    risk_without: Floats
    """Mean flares an hour there, had it no effect, where nothing was remembered late."""
    recall: Floats
    """Mean factor by which each column was remembered more often because of flares."""

    @property
    def inclusion(self) -> Floats:
        """Return for each column the probability that it is a cause."""
        mean: Floats = self.probability.mean(axis=(1, 2))
        return mean

    def joined(self, other: "Draws") -> "Draws":
        """Return these draws and as many more, of the same chains."""
        n, m = self.probability.shape[1], other.probability.shape[1]
        along_sweeps = ("linked", "probability", "window", "ratio", "included")
        parts = {name: np.concatenate([getattr(self, name), getattr(other, name)], axis=1) for name in along_sweeps}
        parts["baseline"] = np.concatenate([self.baseline, other.baseline])
        for name in ("window_weights", "expected", "risk_without", "recall"):
            parts[name] = (n * getattr(self, name) + m * getattr(other, name)) / max(n + m, 1)
        return Draws(**parts)

    def split_difference(self) -> float:
        """Return by how much the inclusion of any column differs between two halves of the chains."""
        if not self.probability.size:
            return 0.0
        half = self.probability.shape[2] // 2
        first = self.probability[:, :, :half].mean(axis=(1, 2))
        second = self.probability[:, :, half:].mean(axis=(1, 2))
        return float(np.abs(first - second).max())


class Sampler:
    """The state of all chains. The same seed gives the same draws."""

    def __init__(self, problem: Problem, *, seed: int = 0, chains: int = 16) -> None:
        self.problem = problem
        self.chains = chains
        self._random = np.random.default_rng(seed)
        total = float(problem.hours.sum())
        self._level = max(problem.flares, 0.5) / max(total, 1e-9)
        # The expected flares of each row (hours included), for each chain: updated in place, never rebuilt.
        self._rate = np.repeat(problem.hours[:, None], chains, axis=1) * self._level
        self._factors = [np.ones((len(factor.flares), chains)) for factor in problem.factors]
        n_columns = len(problem.columns)
        self._included = np.zeros((n_columns, chains), dtype=bool)
        self._window = np.zeros((n_columns, chains), dtype=np.int64)
        self._ratio = np.ones((n_columns, chains))
        self._mu = np.full(chains, self._level)
        self._recall = np.ones((n_columns, chains))
        self._expected, self._risk_without = np.zeros(n_columns), np.zeros(n_columns)
        self._prompt = [_prompt_share(problem, column) for column in problem.columns]
        groups = np.array([column.promptness for column in problem.columns], dtype=np.int64)
        any_late = np.array([len(column.late) > 0 for column in problem.columns], dtype=bool)
        self._recalled_alike = {
            group: np.flatnonzero(any_late & (groups == group)) for group in set(groups[any_late].tolist())
        }
        self._recall_mean = np.ones((max(groups.tolist(), default=-1) + 1, chains))
        self._group_hours = np.add.reduceat(problem.hours, problem.group_starts) if total else np.zeros(0)
        shape, rate = problem.slab
        self._constants = [
            column.log_prior + shape * np.log(rate) - gammaln(shape) + gammaln(shape + column.flares)
            for column in problem.columns
        ]

    def run(self, sweeps: int, *, warm_up: int = 0) -> Draws:
        """Go on for so many sweeps, after a warm-up that is thrown away."""
        problem, chains = self.problem, self.chains
        n = len(problem.columns)
        n_windows = max((len(column.flares) for column in problem.columns), default=1)
        linked, probability = np.zeros((n, sweeps, chains)), np.zeros((n, sweeps, chains))
        ratio, window = np.ones((n, sweeps, chains)), np.zeros((n, sweeps, chains), dtype=np.int64)
        included = np.zeros((n, sweeps, chains), dtype=bool)
        weights, baseline = np.zeros((n, n_windows)), np.zeros((sweeps, chains))
        sums = np.zeros((3, n))
        for sweep in range(-warm_up, sweeps):
            mean = self._update_baseline()
            self._update_recall_means()
            for place, column in enumerate(problem.columns):
                slab, drawn_window, drawn_ratio = self._update_column(place, column)
                if sweep >= 0:
                    linked[place, sweep] = slab.sum(axis=0)
                    probability[place, sweep] = slab[: column.causes].sum(axis=0)
                    window[place, sweep], ratio[place, sweep] = drawn_window, drawn_ratio
                    weights[place, : len(slab)] += slab.mean(axis=1)
            if sweep >= 0:
                included[:, sweep], baseline[sweep] = self._included, mean
                sums += self._expected, self._risk_without, self._recall.mean(axis=1)
        weights /= max(sweeps, 1)
        sums /= max(sweeps, 1)
        return Draws(linked, probability, window, ratio, included, baseline, weights, sums[0], sums[1], sums[2])

    def _update_column(self, place: int, column: Column) -> tuple[Floats, Ints, Floats]:
        """Draw effect, window and ratio of one column given the rest; return the weights of its windows."""
        shape, rate = self.problem.slab
        inside = column.inside
        without = self._rate[column.rows]
        was = np.flatnonzero(self._included[place])
        if len(was):
            old_ratio, old_window = self._ratio[place, was], self._window[place, was]
            without[:, was] /= 1.0 + (old_ratio - 1.0) * inside[old_window].T
        expected = inside @ without
        self._expected[place] = expected[column.main].sum() / self.chains
        self._risk_without[place] = (self._prompt[place] @ without).sum() / self.chains
        log_slab = (
            self._constants[place][:, None] + expected - (shape + column.flares)[:, None] * np.log(rate + expected)
        )
        top = np.maximum(log_slab.max(axis=0), column.log_none)
        slab = np.exp(log_slab - top)
        slab_total = slab.sum(axis=0)
        total = slab_total + np.exp(column.log_none - top)
        # One window and one ratio are drawn as if there were an effect; then whether there is one.
        cut = self._random.random(self.chains) * slab_total
        window = np.minimum((np.cumsum(slab, axis=0) < cut).sum(axis=0), len(slab) - 1)
        chain = np.arange(self.chains)
        gamma = self._random.standard_gamma(shape + column.flares[window])
        ratio = np.maximum(gamma / (rate + expected[window, chain]), _LEAST)
        included = self._random.random(self.chains) * total < slab_total
        self._included[place], self._window[place], self._ratio[place] = included, window, ratio
        now = np.flatnonzero(included)
        if len(now):
            without[:, now] *= 1.0 + (ratio[now] - 1.0) * inside[window[now]].T
        if len(column.late):
            self._update_recall(place, column, without)
        if len(now) or len(was):
            self._rate[column.rows] = without
        elif len(column.late):
            self._rate[column.rows[column.late]] = without[column.late]
        return slab / total, window, ratio

    def _update_recall(self, place: int, column: Column, rate: Floats) -> None:
        """Draw by how much more often exposures were entered because a flare had come."""
        alike = RECALL_ALIKE
        old = self._recall[place]
        expected = rate[column.late].sum(axis=0) / old
        gamma = self._random.standard_gamma(np.full(self.chains, alike + column.late_flares))
        new = np.maximum(gamma / (alike / self._recall_mean[column.promptness] + expected), _LEAST)
        rate[column.late] *= new / old
        self._recall[place] = new

    def _update_recall_means(self) -> None:
        shape, scale = RECALL_MEAN
        for place, group in self._recalled_alike.items():
            gamma = self._random.standard_gamma(np.full(self.chains, shape + RECALL_ALIKE * len(group)))
            self._recall_mean[place] = (scale + RECALL_ALIKE * self._recall[group].sum(axis=0)) / gamma

    def _update_baseline(self) -> Floats:
        """Draw the level and all baseline factors; return the mean baseline, in flares an hour."""
        problem = self.problem
        if not len(problem.group_starts):
            return self._mu
        sums = np.add.reduceat(self._rate, problem.group_starts, axis=0)
        change = np.ones_like(sums)
        shape, rate = problem.level
        level = self._random.standard_gamma(np.full(self.chains, problem.flares + shape))
        step = level / np.maximum(sums.sum(axis=0) + rate * self._mu, 1e-300)
        self._mu = self._mu * step
        change *= step
        for factor, values in zip(problem.factors, self._factors, strict=True):
            acts = factor.level >= 0
            at_level = np.zeros((len(factor.flares), self.chains))
            np.add.at(at_level, factor.level[acts], (sums * change)[acts])
            drawn = self._random.standard_gamma((factor.shape + factor.flares)[:, None], values.shape)
            new = drawn / (factor.rate + at_level / values)
            step = new / values
            change[acts] *= step[factor.level[acts]]
            values[:] = new
        sizes = np.diff(np.append(problem.group_starts, len(problem.hours)))
        self._rate *= np.repeat(change, sizes, axis=0)
        return self._mean_baseline()

    def _mean_baseline(self) -> Floats:
        groups = np.repeat(self._mu[None, :], len(self._group_hours), axis=0)
        for factor, values in zip(self.problem.factors, self._factors, strict=True):
            acts = factor.level >= 0
            groups[acts] *= values[factor.level[acts]]
        mean: Floats = (self._group_hours @ groups) / max(float(self._group_hours.sum()), 1e-9)
        return mean


def _prompt_share(problem: Problem, column: Column) -> Floats:
    """Return weights that make a mean, an hour, of the main window without what was remembered late."""
    weight: Floats = column.inside[column.main].copy()
    weight[column.late] = 0.0
    if not weight.any():
        weight = column.inside[column.main].copy()
    hours = float(weight @ problem.hours[column.rows])
    return weight / (hours or 1.0)
