"""The counts behind each result, and the days themselves."""

import numpy as np

from mastkit.triggers.diary import UNKNOWN, YES, Diary, Flags, Hours
from mastkit.triggers.presence import Presence
from mastkit.triggers.result import Evidence, Occasion
from mastkit.triggers.risk import Risk
from mastkit.triggers.windows import EFFECT_HOURS, MAIN, windows

PROMPT = 0.5
"""Hours within which an entry counts as made at once."""


def evidence_of(diary: Diary, risk: Risk, presence: Presence, code: str, expected: float) -> Evidence:
    """Count what the diary has on one exposure."""
    chosen = diary.of(code) & (diary.exposures.already != YES)
    order = np.flatnonzero(chosen)[np.argsort(diary.exposures.at[chosen], kind="stable")]
    at, entered = diary.exposures.at[order], diary.exposures.entered[order]
    onset = next_onset(at, risk.onsets)
    before: Flags = onset - at < EFFECT_HOURS
    late = before & (entered >= onset) & ~diary.exposures.asked[order]
    main = next(window for window in windows() if window.name == MAIN)
    unknown = diary.exposures.already[order] == UNKNOWN
    return Evidence(
        exposures=len(order),
        followed=int(before.sum()),
        flares_after=int(presence.within(code, main, risk.onsets).sum()),
        expected=expected,
        flares=len(risk.onsets),
        prompt=int((entered - at <= PROMPT).sum()),
        entered_after_flare=_share(late, before),
        unanswered=_share(unknown & before, before),
        occasions=tuple(
            Occasion(diary.instant(at[n]), diary.instant(onset[n]) if before[n] else None, bool(late[n]))
            for n in range(len(order))
        ),
    )


def next_onset(at: Hours, onsets: Hours) -> Hours:
    """Return for each time the onset of the next flare, infinity where none comes."""
    following: Hours = np.append(onsets, np.inf)[np.searchsorted(onsets, at, side="left")]
    return following


def _share(part: Flags, whole: Flags) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else 0.0
