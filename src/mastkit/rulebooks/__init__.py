"""The published rules, one module a publication, written in the rule language."""

from collections.abc import Callable, Mapping

from mastkit.logic.rulebook import Reading, Rulebook, RuleSet
from mastkit.logic.score import Score
from mastkit.rulebooks.anaphylaxis import anaphylaxis
from mastkit.rulebooks.bone import BONE_CLASS, FRACTURES
from mastkit.rulebooks.gpsm import GPSM_PROGRESSION, GPSM_SURVIVAL
from mastkit.rulebooks.icc_2022 import READINGS as ICC_READINGS
from mastkit.rulebooks.icc_2022 import icc_2022
from mastkit.rulebooks.ipsm import IPSM_ADVANCED, IPSM_NON_ADVANCED
from mastkit.rulebooks.kit_testing import kit_testing
from mastkit.rulebooks.maps import MAPS
from mastkit.rulebooks.mars import MARS
from mastkit.rulebooks.mast_cell_activation import mast_cell_activation
from mastkit.rulebooks.prognosis import PrognosticScore
from mastkit.rulebooks.response_indolent import CHANGES
from mastkit.rulebooks.response_iwg_2013 import IWG_2013
from mastkit.rulebooks.response_miwg import MIWG
from mastkit.rulebooks.response_ppr import PPR
from mastkit.rulebooks.screening import OSTEO_SCORE, REMA, who_should_be_tested
from mastkit.rulebooks.severity import GRADINGS
from mastkit.rulebooks.who_2022 import READINGS as WHO_READINGS
from mastkit.rulebooks.who_2022 import who_2022

RULEBOOKS = {"who-2022": who_2022, "icc-2022": icc_2022}
"""The classifications, by the name under which an answer cites them."""

PROGNOSTIC_SCORES: dict[str, PrognosticScore] = {
    p.score.id: p for p in (MARS, IPSM_NON_ADVANCED, IPSM_ADVANCED, MAPS, GPSM_PROGRESSION, GPSM_SURVIVAL)
}
"""The prognostic scores with the people they were made for, best verified first."""

RESPONSE_RULEBOOKS: dict[str, Rulebook] = {book.id: book for book in (IWG_2013, MIWG, PPR)}
"""The schemes of response between two time points; they ask about the variables of `response_variables`."""

BONE_RULEBOOKS: dict[str, Rulebook] = {BONE_CLASS.id: BONE_CLASS}
"""The classes of bone density."""

SCORES: dict[str, Score] = {
    score.id: score for score in (REMA, OSTEO_SCORE, *GRADINGS, *(p.score for p in PROGNOSTIC_SCORES.values()))
}
"""The published scores, and gradings written as scores, by the name under which an answer cites them."""

CRITERIA_SETS: dict[str, Callable[[Mapping[str, str] | None], RuleSet]] = {
    "mast-cell-activation": mast_cell_activation,
    "anaphylaxis": anaphylaxis,
    "who-should-be-tested": who_should_be_tested,
    "kit-testing": kit_testing,
    FRACTURES.id: lambda _readings: FRACTURES,
    CHANGES.id: lambda _readings: CHANGES,
}
"""Sets of criteria that are answered one by one: each takes a choice of readings, ``None`` for the defaults."""

_READINGS = {"who-2022": WHO_READINGS, "icc-2022": ICC_READINGS}


def rulebook(system: str, readings: Mapping[str, str] | None = None) -> Rulebook:
    """The rulebook of one system under a choice of readings (the defaults when none is given)."""
    return RULEBOOKS[system](readings)


def readings_of(system: str) -> tuple[Reading, ...]:
    """The readings that one system offers."""
    return _READINGS[system]


__all__ = [
    "BONE_RULEBOOKS", "CRITERIA_SETS", "PROGNOSTIC_SCORES", "RESPONSE_RULEBOOKS", "RULEBOOKS", "SCORES",
    "icc_2022", "readings_of", "rulebook", "who_2022",
]  # fmt: skip
