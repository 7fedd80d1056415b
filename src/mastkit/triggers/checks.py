"""Checks of an answer: would it still stand, had the diary been read in another way?

They cost further fits, so they are made only where something was found (method notes 5.6).
"""

from dataclasses import dataclass

import numpy as np

from mastkit.triggers.design import build
from mastkit.triggers.diary import Diary, Flags
from mastkit.triggers.model import Fit, fit
from mastkit.triggers.result import Evidence, Message, Sensitivity
from mastkit.triggers.risk import Risk
from mastkit.triggers.windows import LEAD
from mastkit.triggers.words import said

FOUND = 0.5
FEWEST_DAYS, FEWEST_FLARES = 28, 5
LOW_COVERAGE = 0.5
MUCH_RECALL, LATE_SHARE = 1.5, 0.4
ONLY_LATE, FEWEST_PROMPT = 0.2, 4
DRIFT, CHANGED = 3.0, 0.4
RARER = 0.2
_SWEEPS, _WARM_UP = 16, 12


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checks found."""

    sensitivity: dict[str, Sensitivity]
    capped: dict[str, tuple[Message, ...]]
    """Exposures that are called possible at best, and why."""
    notes: dict[str, tuple[Message, ...]]
    """What else has to be said of an exposure."""


def sensitivity_of(diary: Diary, risk: Risk, main: Fit) -> dict[str, Sensitivity]:
    """Work out the probabilities in other ways, for what was found."""
    found = [e.candidate.codes[0] for e in main.effects if not e.candidate.is_pair and e.linked >= FOUND]
    if not found:
        return {}
    entered = fit(build(diary, risk, only_entered=True), sweeps=_SWEEPS, warm_up=_WARM_UP)
    before = fit(build(diary, risk, tried=LEAD), sweeps=_SWEEPS, warm_up=_WARM_UP)
    halves = _halves(diary, risk)
    return {
        code: Sensitivity(
            entered.probability(code),
            before.probability(code),
            (halves[0].probability(code), halves[1].probability(code)) if halves else None,
        )
        for code in found
    }


def caps(
    diary: Diary, code: str, evidence: Evidence, recall: float, sensitivity: Sensitivity
) -> tuple[Message, ...]:
    """Return why an exposure may be called possible at best."""
    found = []
    late = evidence.entered_after_flare > LATE_SHARE
    only_entered = sensitivity.only_entered
    # Much of it was remembered: then what was entered in time must show the link by itself.
    shown_in_time = only_entered is not None and only_entered >= FOUND
    if evidence.followed and (late or recall > MUCH_RECALL) and not shown_in_time:
        found.append("recall")
    if code in diary.suspected and diary.left_out.in_bulk:
        found.append("entered_in_bulk")
    prompt = evidence.followed * (1 - evidence.entered_after_flare)
    if only_entered is not None and only_entered < ONLY_LATE and prompt >= FEWEST_PROMPT:
        found.append("predictable_only")
    if sensitivity.before is not None and sensitivity.before >= FOUND:
        found.append("lead_window")
    if not diary.asked_daily or _coverage(diary) < LOW_COVERAGE:
        found.append("check_in_coverage")
    return tuple(said(name) for name in found)


def notes(diary: Diary, code: str, sensitivity: Sensitivity) -> tuple[Message, ...]:
    """Return what else has to be said: that it changed, or that it has become rare."""
    found = []
    halves = sensitivity.halves
    if halves and abs(halves[0] - halves[1]) > CHANGED:
        found.append(said("drift"))
    rare_since = _rare_since(diary, diary.of(code))
    if rare_since is not None:
        when = diary.instant(rare_since).date().isoformat()
        found.append(said("avoidance", date=when))
    return tuple(found)


def too_little(diary: Diary, risk: Risk) -> bool:
    """Tell whether nothing at all can be said."""
    return int(diary.observed.sum()) < FEWEST_DAYS or len(risk.onsets) < FEWEST_FLARES


def _coverage(diary: Diary) -> float:
    """Return the share of days with a diary since it was begun."""
    kept = np.flatnonzero(diary.observed)
    return float(diary.observed[kept[0] :].mean()) if len(kept) else 0.0


def _halves(diary: Diary, risk: Risk) -> tuple[Fit, Fit] | None:
    """Fit both halves, where the rate of flares changed a lot or a medicine was begun or stopped."""
    if not len(risk.cells):
        return None
    middle = float(np.median(risk.cells))
    parts = risk.between(-np.inf, middle), risk.between(middle, np.inf)
    rates = sorted((len(part.onsets) + 0.5) / max(float(part.hours.sum()), 1.0) for part in parts)
    if rates[1] / rates[0] <= DRIFT and not _medicine_changed(diary):
        return None
    first, second = (fit(build(diary, part), sweeps=_SWEEPS, warm_up=_WARM_UP) for part in parts)
    return first, second


def _medicine_changed(diary: Diary) -> bool:
    """Tell whether a medicine was begun or stopped well inside the diary."""
    if not diary.n_days:
        return False
    begin, end = float(diary.day_edges[0]), float(diary.day_edges[-1])
    fifth = (end - begin) / 5
    return any(
        begin + fifth < spans[:, 0].min() < end - fifth or begin + fifth < spans[:, 1].max() < end - fifth
        for spans in diary.medicines.values()
        if len(spans)
    )


def _rare_since(diary: Diary, chosen: Flags) -> float | None:
    """Return since when an exposure has been less than a fifth as common, if it was common before."""
    at = np.sort(diary.exposures.at[chosen])
    if len(at) < 10 or not diary.n_days:
        return None
    begin, end = float(diary.day_edges[0]), float(diary.day_edges[-1])
    last_quarter = end - (end - begin) / 4
    earlier, later = (at < last_quarter).sum() / 3, (at >= last_quarter).sum()
    return float(at[at < last_quarter].max()) if later < RARER * earlier else None
