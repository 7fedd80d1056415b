"""What truly happens to an invented person: exposures, the risk they bring, medicines, flares."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mastkit.simulation.conditions import Conditions, conditions
from mastkit.simulation.scenarios import ExposureKind, Scenario, exposure_kinds

STEP = 1 / 6
"""Hours of a step of the risk: ten minutes."""
PER_DAY = round(24 / STEP)
WINDOW = 6.0
"""Hours over which the effect of an exposure is averaged."""

Floats = NDArray[np.float64]

LAGS: tuple[tuple[float, float, float, float], ...] = (
    (0.0, 0.25, 2.0, 3.0),
    (0.25, 1.5, 3.0, 5.0),
    (1.0, 2.5, 4.5, 6.0),
    (0.0, 1.0, 3.0, 6.0),
)
"""Lags in hours: the effect begins, is whole, begins to go, is gone."""

FOLLOWS = (("exercise", "heat", 0.64), ("alcohol", "spicy-food", 0.4), ("alcohol", "aged-food", 0.4),
           ("skin-friction", "exercise", 0.55), ("stress", "sleep-deprivation", 0.25),
           ("alcohol", "sleep-deprivation", 0.25))  # fmt: skip
"""What often comes within three hours of what (sleep: in the night that follows)."""

DOSE, MOST_DOSE = 0.9, 4.0
"""Where the dose counts: the spread of its logarithm, and where more makes no difference any more."""

COFACTORS = (("exercise", "aged-food"), ("alcohol", "heat"), ("nsaid", "exercise"), ("exercise", "heat"),
             ("alcohol", "aged-food"), ("stress", "exercise"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """What happened to one person, and why."""

    kinds: tuple[ExposureKind, ...]
    days: int
    is_trigger: NDArray[np.bool_]
    peak: Floats
    """Peak rate ratio of each kind; 1 where it is no trigger."""
    lags: Floats
    """The four corners of each kind's lag, in hours."""
    partner: NDArray[np.int64]
    """The cofactor of each kind, -1 for none."""
    synergy: Floats
    """By how much the cofactor multiplies."""
    baseline: Floats
    """Flares an hour without any exposure, medicine as taken, at each step."""
    medicine: NDArray[np.bool_] | None
    """The days on which the medicine was taken; none where there is none."""
    medicine_ratio: float
    conditions: Conditions
    kind: NDArray[np.int64]
    at: Floats
    """The exposures in order of time."""
    onset: Floats
    """The flares in order of time."""

    @property
    def ratio_6h(self) -> Floats:
        """The rate ratio of each kind, averaged over the six hours after an exposure."""
        after = np.arange(0, WINDOW, 0.05) + 0.025
        mean: Floats = np.array([kernel(after, lag).mean() for lag in self.lags])
        return 1.0 + (self.peak - 1.0) * mean


def kernel(after: Floats, lag: Floats) -> Floats:
    """Return the share of the effect that is there so many hours after an exposure."""
    begins, whole, goes, gone = lag
    rise = (after - begins) / max(whole - begins, 1e-9)
    fall = (gone - after) / max(gone - goes, 1e-9)
    inside = (after >= begins) & (after < gone)
    return np.where(inside, np.clip(np.minimum(rise, fall), 0, 1), 0.0)


def live(scenario: Scenario, days: int, random: np.random.Generator) -> Life:
    """Let an invented person live for so many days."""
    kinds = exposure_kinds(scenario.decoys)
    steps = days * PER_DAY
    is_trigger, peak, lags = _triggers(scenario, kinds, random)
    partner, synergy = _cofactors(scenario, kinds, is_trigger, random)
    around = conditions(scenario, days, random)
    medicine, ratio = _medicine(days, random)
    baseline = _baseline(steps, around, random)
    if medicine is not None:
        baseline = baseline * np.where(np.repeat(medicine, PER_DAY), ratio, 1.0)
    kind, at = _exposures(kinds, days, around, random)
    dose = np.exp(random.normal(-(DOSE**2) / 2, DOSE, len(at))) if scenario.world == "dose" else np.ones(len(at))
    world = _World(scenario, peak, lags, partner, synergy, baseline, dose)
    onset, kept = world.flares(kind, at, random)
    return Life(kinds, days, is_trigger, peak, lags, partner, synergy, baseline, medicine, ratio, around,
                kind[kept], at[kept], onset)  # fmt: skip


def _triggers(
    scenario: Scenario, kinds: tuple[ExposureKind, ...], random: np.random.Generator
) -> tuple[NDArray[np.bool_], Floats, Floats]:
    n = len(kinds)
    weight = np.array([kind.weight for kind in kinds])
    how_many = int(random.integers(scenario.triggers[0], scenario.triggers[1] + 1))
    is_trigger = np.zeros(n, dtype=bool)
    if how_many:
        is_trigger[random.choice(n, how_many, replace=False, p=weight / weight.sum())] = True
    low, high = np.log(scenario.peak)
    peak = np.where(is_trigger, np.exp(random.uniform(low, high, n)), 1.0)
    lags = np.array(LAGS)[random.integers(0, len(LAGS), n)]
    lags[random.random(n) < scenario.stretched] *= 3.0
    return is_trigger, peak, lags


def _cofactors(
    scenario: Scenario,
    kinds: tuple[ExposureKind, ...],
    is_trigger: NDArray[np.bool_],
    random: np.random.Generator,
) -> tuple[NDArray[np.int64], Floats]:
    """Choose whose effect hangs on what else is there."""
    codes = [kind.code for kind in kinds]
    partner = np.full(len(kinds), -1)
    synergy = random.uniform(1.5, 3.0, len(kinds))
    wanted = scenario.only_together or random.random() < scenario.synergy
    for first, second in COFACTORS:
        one, other = codes.index(first), codes.index(second)
        if wanted and is_trigger[one] and partner[one] < 0:
            partner[one] = other
        elif wanted and is_trigger[other] and partner[other] < 0:
            partner[other] = one
    return partner, synergy


def _medicine(days: int, random: np.random.Generator) -> tuple[NDArray[np.bool_] | None, float]:
    ratio = float(random.uniform(0.4, 0.8))
    if random.random() < 0.15:
        return None, ratio
    taken = random.random(days) < random.uniform(0.75, 0.98)
    if random.random() < 0.25:
        taken[: int(days * random.uniform(0.3, 0.7))] = False
    return taken, ratio


def _baseline(steps: int, around: Conditions, random: np.random.Generator) -> Floats:
    """Return flares an hour: a level, a rhythm of the day where the person is, a slow drift, and bad spells."""
    days = len(around.spell)
    level = 0.13 / 24 * np.exp(random.normal(0, 0.55))
    clock = (np.arange(steps) + 0.5) * STEP + np.repeat(around.shift, PER_DAY)
    rhythm = 1 + random.uniform(0.2, 0.6) * np.cos((clock - random.uniform(12, 22)) * 2 * np.pi / 24)
    spread, keep = random.uniform(0.2, 0.6), np.exp(-1 / 10)
    drift = np.empty(days)
    drift[0] = random.normal(0, spread)
    for day, push in enumerate(random.normal(0, spread * np.sqrt(1 - keep**2), days - 1), start=1):
        drift[day] = keep * drift[day - 1] + push
    drift += around.spell * np.log(random.uniform(1.3, 2.0)) + around.log_risk
    risk: Floats = level * rhythm * np.repeat(np.exp(drift), PER_DAY)
    return risk


def _exposures(
    kinds: tuple[ExposureKind, ...], days: int, around: Conditions, random: np.random.Generator
) -> tuple[NDArray[np.int64], Floats]:
    codes = [kind.code for kind in kinds]
    kind_parts: list[NDArray[np.int64]] = []
    at_parts: list[Floats] = []
    for place, kind in enumerate(kinds):
        brought = sum(p * kinds[codes.index(a)].per_week for a, b, p in FOLLOWS if b == kind.code)
        own = max(kind.per_week - brought, 0.25 * kind.per_week) / 7 * np.exp(random.normal(0, 0.35))
        day = np.flatnonzero(random.random(days) < 1 - np.exp(-own * around.often(kind.code)))
        clock = np.clip(random.normal(kind.hour, kind.spread, len(day)), 0.2, 23.8)
        kind_parts.append(np.full(len(day), place))
        at_parts.append(np.maximum(day * 24.0 + clock - around.shift[day], 0.0))
    for first, second, probability in FOLLOWS:
        all_of_it = at_parts[codes.index(first)]
        sources: Floats = all_of_it[random.random(len(all_of_it)) < probability]
        later: Floats = random.uniform(0.3, 3.0, len(sources))
        if second == "sleep-deprivation":
            later = 24 - sources % 24 + random.normal(6.5, 0.7, len(sources))
        kind_parts.append(np.full(len(sources), codes.index(second)))
        at_parts.append(sources + later)
    kind_of, at = np.concatenate(kind_parts), np.concatenate(at_parts)
    order = np.argsort(at, kind="stable")
    order = order[at[order] < days * 24]
    return kind_of[order], at[order]


@dataclass(slots=True)
class _World:
    """How exposures become flares."""

    scenario: Scenario
    peak: Floats
    lags: Floats
    partner: NDArray[np.int64]
    synergy: Floats
    baseline: Floats
    dose: Floats
    """How much of it each exposure was; 1 on average."""

    def flares(
        self, kind: NDArray[np.int64], at: Floats, random: np.random.Generator
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Draw the flares one after the other; after each the person avoids things for two days."""
        shape = self._shapes(kind, at)
        kept = np.ones(len(at), dtype=bool)
        avoids = random.random(len(at)) < random.uniform(0.1, 0.4)
        excited = np.zeros(len(self.baseline))
        onsets: list[float] = []
        begin, hazard = 0, self._hazard(shape, slice(0, None), excited)
        while begin < len(hazard):
            reached = np.cumsum(hazard[begin:] * STEP)
            step = begin + int(np.searchsorted(reached, random.exponential()))
            if step >= len(hazard):
                break
            onset = (step + random.random()) * STEP
            onsets.append(onset)
            gone = kept & avoids & (at > onset) & (at < onset + 48)
            for place in np.flatnonzero(gone & (self.peak[kind] > 1)):
                self._put(shape, int(kind[place]), float(at[place]), -self.dose[place])
            kept &= ~gone
            begin = step + int(random.uniform(3.0, 8.0) / STEP)
            if self.scenario.world == "self-exciting":
                excited[step:] += 1.5 * np.exp(-np.arange(len(excited) - step) * STEP / 18)
            hazard[begin:] = self._hazard(shape, slice(begin, None), excited)
        return np.array(onsets), kept

    def _shapes(self, kind: NDArray[np.int64], at: Floats) -> Floats:
        """Return for each kind how much of its effect is there at each step."""
        shape = np.zeros((len(self.peak), len(self.baseline)))
        needed = (self.peak > 1) | np.isin(np.arange(len(self.peak)), self.partner)
        for place in np.flatnonzero(needed[kind]):
            self._put(shape, int(kind[place]), float(at[place]), self.dose[place])
        return shape

    def _put(self, shape: Floats, kind: int, at: float, much: float) -> None:
        first = max(int(at / STEP), 0)
        last = min(int((at + self.lags[kind][3]) / STEP) + 1, shape.shape[1])
        after = (np.arange(first, last) + 0.5) * STEP - at
        shape[kind, first:last] += much * kernel(after, self.lags[kind])

    def _hazard(self, shape: Floats, part: slice, excited: Floats) -> Floats:
        baseline = self.baseline[part]
        triggers = np.flatnonzero(self.peak > 1)
        most = MOST_DOSE if self.scenario.world == "dose" else 1.0
        present = {k: np.clip(shape[k, part], 0, most) for k in {*triggers, *self.partner[self.partner >= 0]}}
        if self.scenario.world == "bucket":
            load = sum((np.log(self.peak[k]) * present[k] for k in triggers), np.zeros(len(baseline)))
            return baseline * (1 + 14 / (1 + np.exp(-(load - 2.2) / 0.35)))
        hazard = baseline * (1 + excited[part])
        for k in triggers:
            effect = (self.peak[k] - 1) * present[k]
            if self.partner[k] >= 0:
                together = present[self.partner[k]] > 0.05
                if self.scenario.only_together:
                    effect = effect * 2 * together
                else:
                    effect = effect * np.where(together, self.synergy[k], 1.0)
            hazard = hazard * (1 + effect)
        return hazard
