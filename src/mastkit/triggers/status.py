"""The status of each exposure, in the order of the method notes, 5.4."""

from dataclasses import dataclass

from mastkit.triggers.model import Effect
from mastkit.triggers.result import Evidence, Status

FALSE_SHARE = 0.10
"""Expected share of false ones among what is called likely."""
SURE = 0.7
POSSIBLE = 0.5
FEWEST_EXPOSURES, FEWEST_FLARES = 5, 5
FEWEST_FOR_LIKELY, FEWEST_FOR_POSSIBLE = 4, 3
NO_SIGN, EXPOSURES_FOR_NO_SIGN, FLARES_FOR_NO_SIGN = 0.05, 15, 10
MOST_UNANSWERED = 0.5
MOST_LIKELY = 4
"""More likely triggers than this say that the diary does not fit the method."""
ENOUGH = 7
"""Flares after an exposure that usually settle it (method notes 3.5)."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the status of one exposure is decided on."""

    code: str
    effect: Effect | None
    evidence: Evidence
    never: bool
    capped: bool


def statuses(cases: list[Case], too_little: bool) -> dict[str, Status]:
    """Return the status of each exposure; those called likely are decided together."""
    likely = set() if too_little else likely_ones([case for case in cases if _may_be_likely(case)])
    return {case.code: _status(case, case.code in likely, too_little) for case in cases}


def likely_ones(cases: list[Case]) -> set[str]:
    """Return the largest set of which at most a tenth is expected to be false, and all that are sure.

    The false share is worked out within the person (Bayesian false discovery rate).
    """
    ranked = sorted(cases, key=lambda case: (-_probability(case), case.code))
    chosen: set[str] = set()
    doubt = 0.0
    for n, case in enumerate(ranked, start=1):
        doubt += 1 - _probability(case)
        if doubt / n > FALSE_SHARE:
            break
        chosen.add(case.code)
    return chosen | {case.code for case in ranked if _probability(case) >= SURE}


def weeks_to_settle(evidence: Evidence, observed_days: int) -> tuple[float, float] | None:
    """Return about how many weeks more would settle it; nothing where too little happened to say."""
    a_week = evidence.flares_after / max(observed_days / 7, 1e-9)
    missing = ENOUGH - evidence.flares_after
    if evidence.flares_after < 2 or missing <= 0 or not a_week:
        return None
    return 0.7 * missing / a_week, 1.5 * missing / a_week


def exposures_to_settle(evidence: Evidence) -> int | None:
    """Return about how many more exposures would settle it, likewise."""
    missing = ENOUGH - evidence.flares_after
    if evidence.flares_after < 2 or missing <= 0:
        return None
    return round(missing * evidence.exposures / evidence.flares_after)


def direction_unclear(case: Case) -> bool:
    """Tell whether it may be the first sign of flares as well as their cause."""
    effect = case.effect
    if effect is None or not effect.candidate.traits[0].prodrome_prone:
        return False
    return case.evidence.unanswered > MOST_UNANSWERED and effect.linked >= POSSIBLE


def _status(case: Case, likely: bool, too_little: bool) -> Status:
    evidence, effect = case.evidence, case.effect
    if case.never:
        return "never_analysed"
    few = evidence.exposures < FEWEST_EXPOSURES or evidence.flares < FEWEST_FLARES
    if too_little or few or effect is None:
        return "not_enough_data"
    if direction_unclear(case):
        return "linked_direction_unclear"
    if likely:
        return "likely"
    if effect.probability >= POSSIBLE and evidence.flares_after >= FEWEST_FOR_POSSIBLE:
        return "possible"
    enough = evidence.exposures >= EXPOSURES_FOR_NO_SIGN and evidence.flares >= FLARES_FOR_NO_SIGN
    return "no_sign_so_far" if enough and effect.probability_notable < NO_SIGN else "unclear"


def _may_be_likely(case: Case) -> bool:
    return (
        not case.never
        and not case.capped
        and case.effect is not None
        and not direction_unclear(case)
        and case.evidence.exposures >= FEWEST_EXPOSURES
        and case.evidence.flares_after >= FEWEST_FOR_LIKELY
    )


def _probability(case: Case) -> float:
    return case.effect.probability if case.effect else 0.0
