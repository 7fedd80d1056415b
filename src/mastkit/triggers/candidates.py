"""What is looked at in a diary: the exposures seen often enough, and pairs known to act together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from mastkit.triggers.diary import YES, Diary
from mastkit.triggers.traits import Traits, pairs, traits_of
from mastkit.triggers.windows import EARLY, Window, windows

MOST_PAIRS = 8
FEWEST_EXPOSURES = 2
MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of an exposure before the diary is read. The default needs nobody else's data."""

    trigger: float = 0.2
    """Probability that it is a trigger of this person, where there are few candidates.

    The method notes (5.3) have 0.15; with 2 or 3 true triggers of 12 that is too low to be calibrated in the
    first two months, when the probabilities have hardly left it.
    """
    expected: float = 2.4
    """Triggers expected in one person however many candidates there are: what guards against multiplicity."""
    pair: float = 0.03
    """Probability of an effect that a pair has beyond its parts (method notes 5.3)."""
    early: float = 0.25
    """Probability that an exposure so prone is written down as the first sign of flares (judgement)."""
    by_code: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Probabilities learned from other diaries, where there are any."""

    def of(self, code: str, candidates: int) -> float:
        """Return the probability that one of so many candidates is a trigger."""
        return self.by_code.get(code, min(self.trigger, self.expected / max(candidates, 1)))


DEFAULT = Prior()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column of the model: an exposure, or two of them together."""

    codes: tuple[str, ...]
    windows: tuple[Window, ...]
    """The windows of a cause; that of an early sign comes last where there is one."""
    prior: float
    traits: tuple[Traits, ...]
    early_prior: float = 0.0

    @property
    def is_pair(self) -> bool:
        """Tell whether it stands for two exposures together."""
        return len(self.codes) > 1

    @property
    def causes(self) -> int:
        """Return how many of the windows are those of a cause."""
        return len(self.windows) - (self.early_prior > 0)


def candidates_of(diary: Diary, tried: tuple[Window, ...] | None = None, prior: Prior = DEFAULT) -> list[Candidate]:
    """Return what is looked at; ``tried`` replaces the windows, and leaves out pairs and early signs."""
    usable = diary.exposures.already != YES
    seen = np.bincount(diary.exposures.trigger[usable], minlength=len(diary.codes))
    counted = [
        (-int(times), code)
        for code, times in zip(diary.codes, seen, strict=True)
        if times >= FEWEST_EXPOSURES and code not in diary.known and not traits_of(code).never_analyse
    ]
    codes = sorted(code for _, code in sorted(counted)[:MOST_CANDIDATES])
    found = [_single(code, prior.of(code, len(codes)), prior.early, tried) for code in codes]
    return found if tried else found + _pairs(codes, prior.pair)


def _single(code: str, prior: float, early: float, tried: tuple[Window, ...] | None) -> Candidate:
    traits = traits_of(code)
    if tried:
        return Candidate((code,), tried, prior, (traits,))
    causes = tuple(window for window in windows() if traits.food or not window.only_food)
    if traits.prodrome_prone and early:
        return Candidate((code,), (*causes, EARLY), prior, (traits,), early)
    return Candidate((code,), causes, prior, (traits,))


def _pairs(codes: list[str], prior: float) -> list[Candidate]:
    traits = {code: traits_of(code) for code in codes}
    chosen: dict[tuple[str, str], None] = {}
    for first, second in pairs():
        for one in codes:
            for other in codes:
                if one != other and first in traits[one].names and second in traits[other].names:
                    low, high = sorted((one, other))
                    chosen[low, high] = None
    usual = tuple(window for window in windows() if not window.only_food)
    return [Candidate(pair, usual, prior, (traits[pair[0]], traits[pair[1]])) for pair in list(chosen)[:MOST_PAIRS]]
