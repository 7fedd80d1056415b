"""The diary of one person as numbers: what the model is fitted to, read from a record or simulated.

All times are hours since the beginning of the first day, on a clock that runs evenly (UTC): a day on which
the clocks change has 23 or 25 of them. What the clocks showed is kept beside it, for the rhythm of the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Hours = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

UNKNOWN, NO, YES = -1, 0, 1
"""Answers to: were symptoms already there when this began?"""


@dataclass(frozen=True, slots=True)
class Flares:
    """Flares by onset; all arrays have one entry a flare."""

    onset: Hours
    end: Hours
    """When all symptoms were gone; the onset where that is not known."""
    entered: Hours


@dataclass(frozen=True, slots=True)
class Exposures:
    """Exposures by time; all arrays have one entry an exposure."""

    trigger: Counts
    """The place of its code among the codes of the diary."""
    at: Hours
    entered: Hours
    already: Counts
    """Whether symptoms were there before: `UNKNOWN`, `NO` or `YES`."""
    asked: Flags
    """Whether it was entered in a check-in that asked for it: it would have been with or without a flare."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Entries that could not be used, counted; a person is shown how many and why."""

    without_time: int = 0
    """Flares and exposures of which only the day, month or year is known."""
    clock_errors: int = 0
    """Entered before they happened: a clock was wrong or a file was merged."""
    in_bulk: int = 0
    """Entered in one moment long after they happened, as an import does."""
    doubles: int = 0
    """The same exposure at the same minute."""


@dataclass(frozen=True, slots=True)
class Diary:
    """What one person wrote down, on one axis of time."""

    start: datetime
    """The beginning of the first day, in UTC: hour 0."""
    codes: tuple[str, ...]
    """The exposures looked at."""
    day_edges: Hours
    """The beginnings of all days, and the end of the last."""
    observed: Flags
    """Days on which the diary was kept: what was not written down on them did not happen."""
    flares: Flares
    exposures: Exposures
    medicines: Mapping[str, Hours] = field(default_factory=lambda: MappingProxyType({}))
    """Medicines that are taken to prevent flares: the spans (rows of begin and end) in which each acts."""
    clock_from: Hours = field(default_factory=lambda: np.zeros(1))
    clock_shift: Hours = field(default_factory=lambda: np.zeros(1))
    """From each ``clock_from`` on, the clock on the wall shows ``(time + clock_shift) mod 24``."""
    known: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Known severe reactions: the code, and how it is known. Never analysed."""
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The person's own words for the codes, where they used others."""
    suspected: frozenset[str] = frozenset()
    """What the person suspects: more readily remembered after a flare."""
    asked_daily: bool = True
    """Whether the observed days rest on check-ins; otherwise on days with any other entry."""
    left_out: LeftOut = LeftOut()

    @property
    def n_days(self) -> int:
        """The number of days from the first entry to the last."""
        return len(self.observed)

    def clock(self, times: Hours) -> Hours:
        """Return what the clock on the wall showed, as hours from 0 to 24."""
        place = np.searchsorted(self.clock_from, times, side="right") - 1
        shown: Hours = (times + self.clock_shift[np.maximum(place, 0)]) % 24.0
        return shown

    def instant(self, hour: float) -> datetime:
        """Return the point of time of an hour of the diary."""
        return self.start.astimezone(UTC) + timedelta(hours=float(hour))

    def is_observed(self, times: Hours) -> Flags:
        """Tell for each time whether it lies on a day on which the diary was kept."""
        if self.n_days == 0:
            return np.zeros(len(times), dtype=bool)
        day = np.searchsorted(self.day_edges, times, side="right") - 1
        inside = (day >= 0) & (day < self.n_days)
        kept: Flags = inside & self.observed[np.clip(day, 0, self.n_days - 1)]
        return kept

    def up_to(self, days: int) -> "Diary":
        """Return the diary as it was at the end of a day: what was entered later is not in it."""
        days = min(max(days, 0), self.n_days)
        end = self.day_edges[days] if self.n_days else 0.0
        flares, exposures = self.flares, self.exposures
        return replace(
            self,
            day_edges=self.day_edges[: days + 1],
            observed=self.observed[:days],
            flares=Flares(*_chosen(flares, (flares.onset < end) & (flares.entered < end))),
            exposures=Exposures(*_chosen(exposures, (exposures.at < end) & (exposures.entered < end))),
        )

    def with_flares(self, flares: Flares) -> "Diary":
        """Return the diary with other flares: for checks in which nothing can be found."""
        return replace(self, flares=flares)

    def of(self, code: str) -> Flags:
        """Tell for each exposure whether it has this code."""
        of_code: Flags = self.exposures.trigger == self.codes.index(code)
        return of_code


def _chosen(events: Flares | Exposures, keep: Flags) -> list[Any]:
    return [getattr(events, name)[keep] for name in events.__slots__]
