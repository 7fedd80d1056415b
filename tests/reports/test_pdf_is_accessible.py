"""Every PDF says what it is to a screen reader: tags, language, title, alternative texts, PDF/UA-1."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from mastkit.reports.card import emergency_card
from mastkit.reports.card_render import card_pdf, sheet_pdf
from mastkit.reports.render import as_pdf
from tests.reports.cast import ON, ada, crowded, erik
from tests.reports.every_document import DOCUMENTS

CARDS = {"card": ("fr", card_pdf), "sheet": ("de", sheet_pdf)}
NAMES = [*DOCUMENTS, "erik", "crowded", *CARDS]


@cache
def pdf_of(name: str) -> bytes:
    if name in CARDS:
        language, made = CARDS[name]
        return made(emergency_card(ada(), ON, language))
    record = {"erik": erik, "crowded": crowded}.get(name, ada)()
    return as_pdf(DOCUMENTS.get(name, DOCUMENTS["appointment"])(record, ON))


def _elements(node: Any) -> Iterator[Any]:
    """Yield the structure elements below a node, depth first."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_tagged_and_says_that_it_is_pdf_ua(name: str) -> None:
    with pikepdf.open(BytesIO(pdf_of(name))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert list(_elements(pdf.Root.StructTreeRoot))
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_language_and_shows_its_title(name: str) -> None:
    with pikepdf.open(BytesIO(pdf_of(name))) as pdf:
        assert str(pdf.Root.Lang).startswith({"card": "fr", "sheet": "de"}.get(name, "en"))
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert len(metadata["dc:title"]) > 8


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_has_an_alternative_text(name: str) -> None:
    with pikepdf.open(BytesIO(pdf_of(name))) as pdf:
        figures = [element for element in _elements(pdf.Root.StructTreeRoot) if element.S == "/Figure"]
        assert all(len(str(figure.get("/Alt", ""))) > 20 for figure in figures)
        if name in ("appointment", "erik", "crowded", "card", "sheet"):
            assert figures


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("card", "sheet", "emergency-card")])
def test_every_table_has_header_cells_or_is_a_list_of_pairs(name: str) -> None:
    with pikepdf.open(BytesIO(pdf_of(name))) as pdf:
        tables = [element for element in _elements(pdf.Root.StructTreeRoot) if element.S == "/Table"]
        with_header = [table for table in tables if any(cell.S == "/TH" for cell in _elements(table))]
        assert with_header


@pytest.mark.parametrize("name", NAMES)
def test_headings_do_not_skip_a_level(name: str) -> None:
    with pikepdf.open(BytesIO(pdf_of(name))) as pdf:
        levels = [
            int(str(element.S)[2:])
            for element in _elements(pdf.Root.StructTreeRoot)
            if str(element.S)[1:2] == "H" and str(element.S)[2:].isdigit()
        ]
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_same_record_gives_the_same_bytes(kind: str) -> None:
    assert as_pdf(DOCUMENTS[kind](ada(), ON)) == pdf_of(kind)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_what_its_columns_are(name: str) -> None:
    with pikepdf.open(BytesIO(pdf_of(name))) as pdf:
        for table in _elements(pdf.Root.StructTreeRoot):
            if str(table.S) == "/Table":
                assert any(str(cell.S) == "/TH" for cell in _elements(table))


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_of_a_list_can_be_read_aloud(name: str) -> None:
    with pikepdf.open(BytesIO(pdf_of(name))) as pdf:
        for mark in _elements(pdf.Root.StructTreeRoot):
            if str(mark.S) == "/Lbl":
                assert "/K" in mark
