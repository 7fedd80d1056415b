"""Where mastkit itself is plugged into the benchmark: the only file to change when its calls change."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mastkit.assessment import assess_sheet, assess_table
from mastkit.assessment.systems import systems
from mastkit.assessment.table import stated_cases
from mastkit.record.sheets import SheetTable, read_sheets

ASSESS_COMMAND = ("assess", "{file}")
"""Arguments of `mastkit` that assess the one person in a file."""


def assess_one(sheet: Mapping[str, Any]) -> Any:
    """Assess one person, with the explanation and the missing sets, as plain data."""
    return assess_sheet(sheet)


def assess_file(path: Path) -> Any:
    """Assess a file of sheets from disk to result, with the exact `possible`."""
    return assess_table(read_sheets(path))


def load(path: Path) -> SheetTable:
    """Read a file of sheets into what `classify` and `who_sm` take; not timed with them."""
    return read_sheets(path)


def classify(loaded: SheetTable) -> Any:
    """Classify the sheets that `load` read, with the exact `possible`: the same work without the file."""
    return assess_table(loaded)


def who_sm(loaded: SheetTable) -> Sequence[bool | None]:
    """Return the WHO verdict on systemic mastocytosis for each sheet that `load` read; None is undecided."""
    who = systems()[0].classifier
    masks = who.masks_many(stated_cases(loaded, who.domains, slice(None)), len(loaded))
    truths = who.truth_many(who.rulebook.question, masks)
    return [(None, False, True)[truth + 1] for truth in truths.tolist()]
