"""What a person lives through that is no exposure and that nobody writes down: bad spells, a monthly cycle, travel.

How strong and how common is judgement, as everything in the simulator is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mastkit.simulation.scenarios import Scenario

Floats = NDArray[np.float64]
Days = NDArray[np.bool_]

CYCLE = 28
_BAD_WEEK = 7
_IN_A_SPELL = {"stress": 2.0}
_IN_THE_BAD_WEEK = {"stress": 1.5, "nsaid": 3.0, "sleep-deprivation": 1.5}
_AWAY = {"heat": 1.8, "alcohol": 2.0, "stress": 1.5, "sleep-deprivation": 2.0, "aged-food": 1.5}
"""How much more often something happens then."""
_RISK_AWAY = 1.4


@dataclass(frozen=True, slots=True)
class Conditions:
    """One entry a day in every array."""

    spell: Days
    """Bad days: more flares, and more stress."""
    bad_week: Days
    """The week of a cycle in which there are more flares, more stress and more pain killers."""
    away: Days
    """Days in another time zone."""
    shift: NDArray[np.int64]
    """By how many hours the clock there is ahead of the one at home."""
    log_risk: Floats
    """What is added to the logarithm of the risk."""

    def often(self, code: str) -> Floats:
        """Return how much more often an exposure happens on each day."""
        factor = np.ones(len(self.spell))
        for days, more in ((self.spell, _IN_A_SPELL), (self.bad_week, _IN_THE_BAD_WEEK), (self.away, _AWAY)):
            factor = np.where(days, factor * more.get(code, 1.0), factor)
        return factor


def conditions(scenario: Scenario, days: int, random: np.random.Generator) -> Conditions:
    """Draw the conditions of one person's days."""
    spell = _spells(days, random)
    none = np.zeros(days, dtype=bool)
    bad_week = _bad_weeks(days, random) if scenario.cycle else none
    shift = _journeys(days, random) if scenario.travel else np.zeros(days, dtype=np.int64)
    away = shift != 0
    strength = random.uniform(0.5, 1.2) if scenario.cycle else 0.0
    log_risk = strength * bad_week + np.log(_RISK_AWAY) * away
    return Conditions(spell, bad_week, away, shift, log_risk)


def _spells(days: int, random: np.random.Generator) -> Days:
    spell = np.zeros(days, dtype=bool)
    for start in np.flatnonzero(random.random(days) < 1 / 25):
        spell[start : start + random.integers(2, 7)] = True
    return spell


def _bad_weeks(days: int, random: np.random.Generator) -> Days:
    bad: Days = (np.arange(days) + random.integers(0, CYCLE)) % CYCLE < _BAD_WEEK
    return bad


def _journeys(days: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Return the hours ahead of home: journeys of one to two weeks, one in two months or so."""
    shift = np.zeros(days, dtype=np.int64)
    start = int(random.integers(5, 45))
    while start < days:
        length = int(random.integers(6, 15))
        shift[start : start + length] = random.choice([-9, -6, -5, 5, 7, 9])
        start += length + int(random.integers(25, 70))
    return shift
