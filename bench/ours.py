"""Where mastkit itself is plugged into the benchmark: the only file to change when its calls change.

Each function raises NotImplementedError until the part of mastkit that it calls is there; the benchmark then
says so in the row and goes on.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ASSESS_COMMAND = ("assess", "{file}")
"""Arguments of `mastkit` that assess the one person in a file."""


def assess_one(sheet: Mapping[str, Any]) -> Any:
    """Assess one person, with the explanation and the missing sets, as plain data.

    To be: `return mastkit.assessment.assess(sheet).to_dict()`
    """
    raise NotImplementedError("mastkit.assessment.assess is not there yet")


def assess_file(path: Path) -> Any:
    """Assess a file of sheets from disk to result, with the exact `possible`.

    To be: `return mastkit.assessment.assess_table(path)`
    """
    raise NotImplementedError("mastkit.assessment.assess_table is not there yet")


def load(path: Path) -> Any:
    """Read a file of sheets into whatever `classify` and `who_sm` take; not timed with them."""
    raise NotImplementedError("reading a table for mastkit.assessment is not there yet")


def classify(loaded: Any) -> Any:
    """Classify the sheets that `load` read, with the exact `possible`: the same work without the file."""
    raise NotImplementedError("mastkit.assessment.assess_table is not there yet")


def who_sm(loaded: Any) -> Sequence[bool | None]:
    """Return the WHO verdict on systemic mastocytosis for each sheet that `load` read; None is undecided."""
    raise NotImplementedError("the WHO 2022 rulebook is not there yet")
