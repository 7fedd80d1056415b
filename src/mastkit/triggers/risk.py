"""The time in which a flare would have been counted, and the flares counted in it."""

from dataclasses import dataclass

import numpy as np

from mastkit.triggers.diary import Diary, Flags, Hours
from mastkit.triggers.traits import traits_of
from mastkit.triggers.windows import EFFECT_HOURS

CELL = 0.5
"""Hours of a cell of time at risk."""
REFRACTORY = 4.0
"""Hours after an onset in which a further onset belongs to the same flare."""


@dataclass(frozen=True, slots=True)
class Risk:
    """Time at risk, in cells of half an hour."""

    cells: Hours
    """Midpoints of the cells, and the onsets themselves, in order."""
    hours: Hours
    """How long each of them is: of the cell in which a flare begins, the part before it."""
    onsets: Hours
    """Onsets in that time."""

    def between(self, begin: float, end: float) -> "Risk":
        """Return the part of it that lies between two hours."""
        cells, onsets = self.cells, self.onsets
        kept = (cells >= begin) & (cells < end)
        return Risk(cells[kept], self.hours[kept], onsets[(onsets >= begin) & (onsets < end)])


def time_at_risk(diary: Diary) -> Risk:
    """Return observed time without the hours in a flare or after an exposure that is never analysed.

    A flare that begins while another lasts, or within four hours of one, is part of it (method notes 5.2).
    """
    flares = diary.flares
    order = np.argsort(flares.onset, kind="stable")
    onset = flares.onset[order]
    busy_until = np.maximum(onset + REFRACTORY, flares.end[order])
    danger = _never_analysed(diary)
    cells = _cells(diary)
    cells = cells[~inside(cells, onset, busy_until) & ~inside(cells, danger, danger + EFFECT_HOURS)]
    counted = np.ones(len(onset), dtype=bool)
    counted[1:] = np.diff(onset) >= REFRACTORY
    counted &= diary.is_observed(onset) & ~inside(onset, onset, busy_until)
    counted &= ~inside(onset, danger, danger + EFFECT_HOURS)
    # Were an onset not itself time at risk, something could be there at flares alone and at no other time, and
    # its ratio would have no upper bound. On average half of its cell lies before it.
    onsets = onset[counted]
    times = np.concatenate([cells, onsets])
    hours = np.concatenate([np.full(len(cells), CELL), np.full(len(onsets), CELL / 2)])
    order = np.argsort(times, kind="stable")
    return Risk(times[order], hours[order], onsets)


def inside(times: Hours, begin: Hours, end: Hours) -> Flags:
    """Tell which times lie in any of the spans; the beginning itself lies outside."""
    if not len(begin):
        return np.zeros(len(times), dtype=bool)
    order = np.argsort(begin, kind="stable")
    latest = np.maximum.accumulate(end[order])
    place = np.searchsorted(begin[order], times, side="left") - 1
    within: Flags = (place >= 0) & (times <= latest[np.maximum(place, 0)])
    return within


def covered(times: Hours, begin: Hours, end: Hours) -> Flags:
    """Tell which of the sorted times lie in any of the spans, the beginning included."""
    change = np.zeros(len(times) + 1, dtype=np.int64)
    np.add.at(change, np.searchsorted(times, begin, side="left"), 1)
    np.add.at(change, np.searchsorted(times, np.maximum(end, begin), side="left"), -1)
    within: Flags = np.cumsum(change[:-1]) > 0
    return within


def _never_analysed(diary: Diary) -> Hours:
    never = [code in diary.known or traits_of(code).never_analyse for code in diary.codes]
    times: Hours = np.sort(diary.exposures.at[np.array(never, dtype=bool)[diary.exposures.trigger]])
    return times


def _cells(diary: Diary) -> Hours:
    edges = zip(diary.day_edges[:-1], diary.day_edges[1:], diary.observed, strict=True)
    parts = [np.arange(begin + CELL / 2, end, CELL) for begin, end, kept in edges if kept]
    return np.concatenate(parts) if parts else np.zeros(0)
