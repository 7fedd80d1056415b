"""A table gives every row the answer that it would get alone."""

from __future__ import annotations

import random

from mastkit.assessment import assess_sheet, assess_table
from mastkit.record.sheets import SheetTable
from tests.oracle.random_sheets import random_sheet, typical_person


def sheets() -> list[dict[str, object]]:
    rng = random.Random(3)
    found = [random_sheet(rng, missing) for missing in (0.1, 0.3, 0.5, 0.7, 0.9, 1.0) for _ in range(15)]
    return found + [typical_person(rng) for _ in range(15)]


def without_unknown(sheet):
    return {key: value for key, value in sheet.items() if value is not None}


def test_every_row():
    persons = [without_unknown(sheet) for sheet in sheets()]
    table = assess_table(SheetTable.from_sheets(persons), missing=True)
    for person, row in zip(persons, table.rows(), strict=True):
        alone = assess_sheet(person)
        for system in ("who-2022", "icc-2022"):
            assert row[system] == {key: alone[system][key] for key in row[system]}, person


def test_under_another_reading():
    person = {"bm_aggregates_multifocal": True, "cd25": True, "kit_d816v_vaf_pct": 6, "bm_mc_pct_biopsy": 45}
    table = SheetTable.from_sheets([person] * 2)
    for option in ("any", "and_or_vaf"):
        row = assess_table(table, readings={"who-2022.b1": option}).row(1)
        alone = assess_sheet(person, readings={"who-2022.b1": option})
        assert row["who-2022"]["b_findings"] == alone["who-2022"]["b_findings"]


def test_no_rows():
    answer = assess_table(SheetTable.from_sheets([]))
    assert list(answer.rows()) == []
