"""Which exposure was there when: in each cell of time at risk, and at each flare."""

from dataclasses import dataclass

import numpy as np

from mastkit.triggers.candidates import Candidate
from mastkit.triggers.diary import UNKNOWN, YES, Diary, Flags, Hours
from mastkit.triggers.risk import Risk, covered
from mastkit.triggers.windows import EFFECT_HOURS, Window


@dataclass(frozen=True, slots=True)
class Present:
    """Of one candidate: where it was, and how many flares came there."""

    cells: Flags
    """Windows by cells."""
    flares: Hours
    late_cells: Flags
    """Cells between an exposure and its entry: there a flare can bring the exposure to mind."""
    late_flares: float


@dataclass(frozen=True, slots=True)
class _Times:
    at: Hours
    entered: Hours
    unanswered: Flags


class Presence:
    """The exposures of a diary, ready to be laid over its time at risk.

    ``only_entered`` counts an exposure only once it was entered.
    """

    def __init__(self, diary: Diary, risk: Risk, *, only_entered: bool = False) -> None:
        self._risk, self._only_entered = risk, only_entered
        exposures = diary.exposures
        usable = exposures.already != YES
        self._times: dict[str, _Times] = {}
        for place, code in enumerate(diary.codes):
            chosen = np.flatnonzero(usable & (exposures.trigger == place))
            chosen = chosen[np.argsort(exposures.at[chosen], kind="stable")]
            at = exposures.at[chosen]
            # What a check-in asked for is no memory that a flare brought back: it counts as entered at once.
            entered = np.where(exposures.asked[chosen], at, np.maximum(exposures.entered[chosen], at))
            self._times[code] = _Times(at, entered, exposures.already[chosen] == UNKNOWN)

    def times(self, code: str) -> Hours:
        """Return the times of an exposure, sorted; without those that came when symptoms were there."""
        return self._times[code].at

    def times_together(self, one: str, other: str) -> int:
        """Return how often the second came within six hours of the first."""
        at, others = self._times[one].at, self._times[other].at
        near = np.searchsorted(others, at + EFFECT_HOURS) - np.searchsorted(others, at - EFFECT_HOURS)
        return int((near > 0).sum())

    def of(self, candidate: Candidate) -> Present:
        """Return where a candidate was: where all its exposures were."""
        cells = np.ones((len(candidate.windows), len(self._risk.cells)), dtype=bool)
        flares = np.ones((len(candidate.windows), len(self._risk.onsets)), dtype=bool)
        for code in candidate.codes:
            for place, window in enumerate(candidate.windows):
                early = place >= candidate.causes
                cells[place] &= self.within(code, window, self._risk.cells, unanswered=early)
                flares[place] &= self.within(code, window, self._risk.onsets, unanswered=early)
        late_cells, late_flares = self._late(candidate)
        return Present(cells, flares.sum(axis=1).astype(float), late_cells, late_flares)

    def within(self, code: str, window: Window, times: Hours, *, unanswered: bool = False) -> Flags:
        """Tell at which of the sorted times an exposure lies so many hours back."""
        own = self._times[code]
        begin, end = own.at + window.begins, own.at + window.ends
        if self._only_entered:
            begin = np.maximum(begin, own.entered)
        keep = (begin < end) & (own.unanswered if unanswered else True)
        return covered(times, begin[keep], end[keep])

    def _late(self, candidate: Candidate) -> tuple[Flags, float]:
        if candidate.is_pair or self._only_entered or any(w.begins < 0 for w in candidate.windows):
            return np.zeros(len(self._risk.cells), dtype=bool), 0.0
        own = self._times[candidate.codes[0]]
        until = np.minimum(own.entered, own.at + EFFECT_HOURS)
        # A flare in the very minute of the entry is already there when the exposure is entered.
        until = np.where(until > own.at, np.nextafter(until, np.inf), until)
        at_flares = covered(self._risk.onsets, own.at, until)
        return covered(self._risk.cells, own.at, until), float(at_flares.sum())
