"""The rulebooks and the second encoding say the same: possible subtypes, verdict and counts, sheet by sheet.

The oracle reads the blood counts into the WHO's B2 (its choice 13), which is an option of the rulebook.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from mastkit.assessment import assess_sheet
from tests.oracle.encoding import classify
from tests.oracle.random_sheets import nearly_complete, random_sheet, typical_person

READINGS = {"who-2022.b2_counts": "mild only"}


def differences(sheet: dict[str, Any]) -> list[tuple[str, str, Any, Any]]:
    """System, key, what the oracle says, what the rulebook says."""
    answer = assess_sheet(sheet, readings=READINGS)
    found = []
    for system in ("who-2022", "icc-2022"):
        judged = classify(sheet, system)
        for key in ("systemic_mastocytosis", "b_findings", "c_findings"):
            if judged[key] != answer[system][key]:
                found.append((system, key, judged[key], answer[system][key]))
        if set(judged["possible"]) != set(answer[system]["possible"]):
            found.append((system, "possible", sorted(judged["possible"]), sorted(answer[system]["possible"])))
    return found


def persons(seed: int) -> Iterator[dict[str, Any]]:
    rng = random.Random(seed)
    for _ in range(40):
        yield typical_person(rng)
    for _ in range(12):
        yield from nearly_complete(rng)


@pytest.mark.parametrize("seed", range(4))
def test_coherent_persons_and_one_variable_moved_through_every_limit(seed):
    for sheet in persons(seed):
        assert not differences(sheet), sheet


def test_sheets_that_contradict_themselves_differ_seldom():
    rng = random.Random(5)
    sheets = [random_sheet(rng, missing) for missing in (0.2, 0.5, 0.8) for _ in range(100)]
    differ = [sheet for sheet in sheets if differences(sheet)]
    assert len(differ) <= 3, differ
