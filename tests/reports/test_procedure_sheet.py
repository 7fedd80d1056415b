"""The sheet before a procedure: own experience beside the published caution, every row with its source."""

import pytest

from mastkit.followup.caution import procedure_notes
from mastkit.record.problems import CannotRead
from mastkit.reports.document import Table
from mastkit.reports.procedure import ADDRESSED, procedure_document, procedure_sheet
from tests.reports.cast import EMPTY, ON, ada, fact, record

FACTS = record(
    fact(1, "flare", "2026-01-10T10:00", suspected=("morphine",), anaphylaxis=True),
    fact(2, "finding", "2026-02-10T10:00", code="medicine_tolerated", state="present", value="morphine"),
    fact(3, "finding", "2026-03-10T10:00", code="medicine_tolerated", state="present", value="fentanyl"),
    fact(4, "dose", "2026-04-10T10:00", medicine="ibuprofen"),
)


def _rows() -> dict[str, object]:
    return {row.name: row for row in procedure_sheet(FACTS, ON).rows}


def test_a_severe_reaction_stands_first_and_is_never_cleared_by_a_later_good_one() -> None:
    first = procedure_sheet(FACTS, ON).rows[0]
    assert first.name == "Morphine"
    assert first.standing == "reacted with anaphylaxis"
    assert "2026-01-10" in first.own
    assert "tolerated 2026-02-10" in first.own


def test_what_was_tolerated_stands_with_its_date() -> None:
    row = _rows()["Fentanyl"]
    assert row.standing == "tolerated"  # type: ignore[attr-defined]
    assert "2026-03-10" in row.own  # type: ignore[attr-defined]


def test_taken_with_nothing_written_down_after_it_is_not_called_tolerated() -> None:
    sheet = procedure_sheet(FACTS, ON)
    assert "Ibuprofen" not in [one.name for one in sheet.tolerated]
    row = next(row for row in sheet.rows if row.name.startswith("NSAID"))
    assert "Ibuprofen: taken, nothing written down after 2026-04-10" in row.own


def test_a_class_never_met_says_so_and_what_the_lists_say() -> None:
    row = next(row for row in procedure_sheet(EMPTY, ON).rows if "Atracurium" in row.name)
    assert row.own == "never had, as far as the record says"
    assert row.standing == "on caution lists"


def test_disagreement_between_sources_is_shown() -> None:
    row = next(row for row in procedure_sheet(EMPTY, ON).rows if "Suxamethonium" in row.name)
    assert row.contested
    assert "avoid" in row.says
    assert "acceptable" in row.says


@pytest.mark.parametrize("procedure", sorted(procedure_notes()))
def test_every_row_cites_and_the_sheet_is_addressed(procedure: str) -> None:
    for one in (EMPTY, FACTS, ada()):
        sheet = procedure_sheet(one, ON, procedure)
        assert sheet.addressed == ADDRESSED[procedure]
        assert sheet.known_source
        assert all(row.source for row in sheet.rows)
        tables = [block for block in procedure_document(sheet).blocks if isinstance(block, Table)]
        caution = [table for table in tables if table.title == "Caution"]
        assert all(row[-1].startswith("[") for table in caution for row in table.rows)


def test_the_dentist_and_the_radiologist_are_known_by_name() -> None:
    assert procedure_sheet(EMPTY, ON, "dentist").addressed == "To the dentist"
    assert procedure_sheet(EMPTY, ON, "radiologist").addressed == "To the radiologist"


def test_another_procedure_is_refused_in_one_sentence() -> None:
    with pytest.raises(CannotRead, match=r'^--for: found "skydiving", expected one of '):
        procedure_sheet(EMPTY, ON, "skydiving")
