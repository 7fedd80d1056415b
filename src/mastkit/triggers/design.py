"""From a diary to the rows and counts of the model: time at risk, what was there in it, flares counted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mastkit.triggers.candidates import DEFAULT, Candidate, Prior, candidates_of
from mastkit.triggers.diary import Diary, Flags, Hours
from mastkit.triggers.presence import Presence, Present
from mastkit.triggers.risk import Risk, covered, time_at_risk
from mastkit.triggers.sampler import Column, Factor, Problem
from mastkit.triggers.windows import MAIN, Window

FEWEST_TOGETHER = 5
"""A pair that came together less often is no candidate of its own."""
MOST_MEDICINES = 3
HOURS_OF_BLOCK, HOURS_OF_WEEK = 4, 168
HOUR_PRIOR, WEEK_PRIOR, MEDICINE_PRIOR = (4.0, 4.0), (6.0, 6.0), (4.0, 6.0)
"""Shape and rate of the Gamma priors of the baseline factors (method notes 5.3)."""
_LONGEST_PATTERN = 8

Table = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Design:
    """What the sampler needs, and what its columns mean."""

    problem: Problem
    candidates: tuple[Candidate, ...]
    risk: Risk
    presence: Presence


def build(
    diary: Diary,
    risk: Risk | None = None,
    *,
    only_entered: bool = False,
    tried: tuple[Window, ...] | None = None,
    prior: Prior = DEFAULT,
) -> Design:
    """Build the model of a diary.

    ``risk`` may be a part of its time at risk; ``only_entered`` counts an exposure only once it was entered,
    and ``tried`` replaces the windows: each for a check of the answer.
    """
    risk = risk or time_at_risk(diary)
    presence = Presence(diary, risk, only_entered=only_entered)
    candidates = [
        candidate
        for candidate in candidates_of(diary, tried, prior)
        if not candidate.is_pair or presence.times_together(*candidate.codes) >= FEWEST_TOGETHER
    ]
    present = [presence.of(candidate) for candidate in candidates]
    return Design(_problem(diary, risk, candidates, present), tuple(candidates), risk, presence)


def _problem(diary: Diary, risk: Risk, candidates: list[Candidate], present: list[Present]) -> Problem:
    """Put cells that differ in nothing together, and sort the rows by their baseline group."""
    levels, flares, priors = _baseline(diary, risk)
    table = np.column_stack([*levels, *(_pattern(one) for one in present)]).astype(np.int16)
    rows, row_of_cell, group_starts = _distinct(table, len(levels))
    hours: Hours = np.bincount(row_of_cell, weights=risk.hours, minlength=len(rows)).astype(np.float64)
    columns = tuple(
        _column(candidate, one, rows[:, len(levels) + place], candidate.codes[0] in diary.suspected)
        for place, (candidate, one) in enumerate(zip(candidates, present, strict=True))
    )
    factors = tuple(
        Factor(rows[group_starts, place].astype(np.int64), count, *prior)
        for place, (count, prior) in enumerate(zip(flares, priors, strict=True))
    )
    return Problem(hours, group_starts, factors, columns, float(len(risk.onsets)))


def _pattern(present: Present) -> Table:
    """Return one number a cell: a bit for each window, the last for what was not entered yet."""
    bits = np.vstack([present.cells, present.late_cells & present.cells.any(axis=0)])
    assert len(bits) <= _LONGEST_PATTERN
    pattern: Table = np.packbits(bits, axis=0, bitorder="little")[0].astype(np.int16)
    return pattern


def _column(candidate: Candidate, present: Present, patterns: Table, suspected: bool) -> Column:
    n, causes = len(candidate.windows), candidate.causes
    rows = np.flatnonzero(patterns)
    bits = (patterns[rows][None, :] >> np.arange(n + 1)[:, None]) & 1
    prior = np.full(n, np.log(candidate.prior / causes))
    prior[causes:] = np.log(candidate.early_prior) if candidate.early_prior else 0.0
    names = [window.name for window in candidate.windows]
    return Column(
        rows=rows,
        inside=bits[:n].astype(float),
        flares=present.flares,
        log_prior=prior,
        log_none=float(np.log1p(-candidate.prior - candidate.early_prior)),
        late=np.flatnonzero(bits[n]),
        late_flares=present.late_flares,
        promptness=int(suspected),
        causes=causes,
        main=names.index(MAIN) if MAIN in names else 0,
    )


def _baseline(diary: Diary, risk: Risk) -> tuple[list[NDArray[np.int64]], list[Hours], list[tuple[float, float]]]:
    """Return the level of each cell, the flares at each level and the prior, for each baseline factor."""
    origin = float(diary.day_edges[0]) if len(diary.day_edges) else 0.0
    of_cells = [_block(diary, risk.cells), _week(origin, risk.cells)]
    of_flares = [_block(diary, risk.onsets), _week(origin, risk.onsets)]
    priors = [HOUR_PRIOR, WEEK_PRIOR]
    for spans in _modifying(diary, risk.cells):
        of_cells.append(_covered_by(spans, risk.cells).astype(np.int64) - 1)
        of_flares.append(_covered_by(spans, risk.onsets).astype(np.int64) - 1)
        priors.append(MEDICINE_PRIOR)
    flares = []
    for cells, onsets in zip(of_cells, of_flares, strict=True):
        size = int(max(cells.max(initial=0), onsets.max(initial=0))) + 1
        flares.append(np.bincount(onsets[onsets >= 0], minlength=size).astype(float))
    return of_cells, flares, priors


def _block(diary: Diary, times: Hours) -> NDArray[np.int64]:
    return (diary.clock(times) // HOURS_OF_BLOCK).astype(np.int64)


def _week(origin: float, times: Hours) -> NDArray[np.int64]:
    return ((times - origin) // HOURS_OF_WEEK).astype(np.int64)


def _modifying(diary: Diary, cells: Hours) -> list[Hours]:
    """Return the spans of the medicines that were taken some of the time: only these can be told apart."""
    found = []
    for name in sorted(diary.medicines):
        share = float(_covered_by(diary.medicines[name], cells).mean()) if len(cells) else 0.0
        if 0.05 <= share <= 0.95:
            found.append((abs(share - 0.5), name))
    return [diary.medicines[name] for _, name in sorted(found)[:MOST_MEDICINES]]


def _covered_by(spans: Hours, times: Hours) -> Flags:
    return covered(times, spans[:, 0], spans[:, 1]) if len(spans) else np.zeros(len(times), dtype=bool)


def _distinct(table: Table, n_levels: int) -> tuple[Table, NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct rows, sorted by their first columns; each cell's row; where each group begins."""
    if not len(table):
        return table, np.zeros(0, np.int64), np.zeros(0, np.int64)
    # Big-endian bytes sort as the numbers do, once these are shifted to be positive.
    shifted = np.ascontiguousarray((table.astype(np.int32) + 1).astype(">u2"))
    keys = shifted.view(np.dtype((np.void, shifted.dtype.itemsize * shifted.shape[1]))).ravel()
    _, first, row_of_cell = np.unique(keys, return_index=True, return_inverse=True)
    rows = table[first]
    new = np.any(np.diff(rows[:, :n_levels], axis=0) != 0, axis=1)
    return rows, row_of_cell.ravel().astype(np.int64), np.flatnonzero(np.concatenate([[True], new]))
