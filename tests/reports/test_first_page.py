"""The first page of the pack is one page, whatever the record holds; the annexes begin on the second."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from mastkit.record.record import Record
from mastkit.reports.pack import appointment_pack
from mastkit.reports.pack_document import pack_document
from mastkit.reports.render import as_pdf
from tests.reports.cast import EMPTY, ON, ada, crowded, erik, example


def _pages(record: Record) -> list[str]:
    return [
        page.extract_text()
        for page in PdfReader(BytesIO(as_pdf(pack_document(appointment_pack(record, ON))))).pages
    ]


@pytest.mark.parametrize(
    "record",
    [ada(), erik(), example(), crowded(), crowded("W" * 180)],
    ids=["ada", "erik", "example", "long", "wide"],
)
def test_annexes_begin_on_the_second_page(record: Record) -> None:
    pages = _pages(record)
    assert "Annex" not in pages[0]
    assert pages[1].lstrip().startswith("Annex")


def test_an_empty_record_has_room_to_write() -> None:
    first = _pages(EMPTY)[0]
    assert "Name: ______" in first
    assert "My top three questions" in first
    assert "That does not mean there was none" in first


def test_the_order_of_the_first_page() -> None:
    first = _pages(ada())[0]
    parts = ["My top three questions", "What changed", "Flares in this time", "Medicines now", "Overdue"]
    places = [first.index(part) for part in parts]
    assert places == sorted(places)
    assert "My second auto-injector expires next month" in first
