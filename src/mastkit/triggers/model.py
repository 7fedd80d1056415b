"""The model fitted to a diary, and what its draws say of each exposure.

Flares are a point process on the time at risk: a baseline with an hour of day, a week (slow drift and season)
and medicines, multiplied by a ratio in a window after each exposure that is a trigger. Whether it is one, in
which window, and by how much is drawn together (spike and slab); what is remembered because of a flare, and
what is a flare's first sign, are alternatives in the same model.
"""

from dataclasses import dataclass

import numpy as np

from mastkit.triggers.candidates import Candidate
from mastkit.triggers.design import Design
from mastkit.triggers.diary import Hours
from mastkit.triggers.result import Interval
from mastkit.triggers.sampler import Draws, Sampler

CHAINS, WARM_UP, SWEEPS = 16, 30, 50
TOLERANCE = 0.03
"""If two fits may differ by more in any probability, the draws are doubled (method notes 5.6)."""
MOST_SWEEPS = 200
NOTABLE = 1.5
"""A ratio over six hours that would matter to a person."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What the model says of one candidate."""

    candidate: Candidate
    probability: float
    linked: float
    ratio: Interval
    """Over six hours, if it is a trigger."""
    windows: tuple[tuple[str, float], ...]
    probability_notable: float
    """That it is a trigger with a ratio that would matter."""
    expected: float
    """Flares in the six hours after it, had it no effect."""
    risk_without: float
    """Flares an hour there, had it no effect."""
    recall: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The model fitted to one diary."""

    design: Design
    draws: Draws
    effects: tuple[Effect, ...]

    def of(self, *codes: str) -> Effect | None:
        """Return the effect of one exposure, or of two together."""
        return next((effect for effect in self.effects if effect.candidate.codes == codes), None)

    def probability(self, code: str) -> float:
        """Return the probability that an exposure is a trigger; zero where it was not looked at."""
        effect = self.of(code)
        return effect.probability if effect else 0.0

    def either(self, one: str, other: str) -> tuple[float, float]:
        """Return the probability that at least one of two is linked, and how their links go together."""
        places = [place for place, c in enumerate(self.design.candidates) if c.codes in ((one,), (other,))]
        first, second = (self.draws.included[place].ravel() for place in places)
        if first.std() == 0 or second.std() == 0:
            return float((first | second).mean()), 0.0
        return float((first | second).mean()), float(np.corrcoef(first, second)[0, 1])


def fit(design: Design, *, seed: int = 0, sweeps: int = SWEEPS, warm_up: int = WARM_UP) -> Fit:
    """Fit the model. The same design and seed give the same answer."""
    sampler = Sampler(design.problem, seed=seed, chains=CHAINS)
    draws = sampler.run(sweeps, warm_up=warm_up)
    # Halves of the chains differ by about the root of two more than two whole fits would.
    while draws.split_difference() > TOLERANCE * np.sqrt(2) and draws.probability.shape[1] < MOST_SWEEPS:
        draws = draws.joined(sampler.run(draws.probability.shape[1]))
    effects = tuple(_effect(candidate, draws, place) for place, candidate in enumerate(design.candidates))
    return Fit(design, draws, effects)


def _effect(candidate: Candidate, draws: Draws, place: int) -> Effect:
    causes = candidate.causes
    window, linked = draws.window[place].ravel(), draws.linked[place].ravel()
    is_cause = window < causes
    share = np.array([own.share for own in candidate.windows])
    ratio = 1.0 + (draws.ratio[place].ravel() - 1.0) * share[window]
    weight = linked * is_cause
    weights = draws.window_weights[place, :causes]
    total = float(weights.sum())
    names = [own.name for own in candidate.windows[:causes]]
    return Effect(
        candidate=candidate,
        probability=float(draws.probability[place].mean()),
        linked=float(draws.linked[place].mean()),
        ratio=_interval(ratio, weight),
        windows=tuple((name, float(w) / total) for name, w in zip(names, weights, strict=True)) if total else (),
        probability_notable=float((weight * (ratio > NOTABLE)).mean()),
        expected=float(draws.expected[place]),
        risk_without=float(draws.risk_without[place]),
        recall=float(draws.recall[place]),
    )


def _interval(values: Hours, weights: Hours) -> Interval:
    """Return the weighted median with its 90 % interval."""
    if not weights.sum():
        return Interval(1.0, 1.0, 1.0)
    order = np.argsort(values)
    in_order: Hours = values[order]
    reached = np.cumsum(weights[order]) / weights.sum()
    places = np.minimum(np.searchsorted(reached, [0.05, 0.5, 0.95]), len(values) - 1)
    low, median, high = (float(value) for value in in_order[places])
    return Interval(median, low, high)
