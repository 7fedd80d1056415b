"""The published rules, one module a publication, written in the rule language."""

from collections.abc import Mapping

from mastkit.logic.rulebook import Reading, Rulebook
from mastkit.rulebooks.icc_2022 import READINGS as ICC_READINGS
from mastkit.rulebooks.icc_2022 import icc_2022
from mastkit.rulebooks.who_2022 import READINGS as WHO_READINGS
from mastkit.rulebooks.who_2022 import who_2022

RULEBOOKS = {"who-2022": who_2022, "icc-2022": icc_2022}
"""The classifications, by the name under which an answer cites them."""

_READINGS = {"who-2022": WHO_READINGS, "icc-2022": ICC_READINGS}


def rulebook(system: str, readings: Mapping[str, str] | None = None) -> Rulebook:
    """The rulebook of one system under a choice of readings (the defaults when none is given)."""
    return RULEBOOKS[system](readings)


def readings_of(system: str) -> tuple[Reading, ...]:
    """The readings that one system offers."""
    return _READINGS[system]


__all__ = ["RULEBOOKS", "icc_2022", "readings_of", "rulebook", "who_2022"]
