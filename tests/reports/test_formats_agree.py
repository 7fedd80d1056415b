"""One aggregate feeds every format: the page, the PDF, Markdown and JSON show the same numbers."""

import json
import re
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from mastkit.reports.document import Bullets, Chart, Document, Pairs, Table
from mastkit.reports.pack import appointment_pack
from mastkit.reports.render import as_html, as_json, as_markdown, as_pdf
from tests.reports.cast import EMPTY, ON, ada, erik, example
from tests.reports.every_document import DOCUMENTS


def _bare(text: str) -> str:
    return re.sub(r"[^\w.<>=%]", "", text)


def _cells(document: Document) -> list[str]:
    found: list[str] = []
    for block in document.blocks:
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            found += [cell for row in table.rows for cell in row]
        elif isinstance(block, Pairs):
            found += [value for _, value in block.rows]
        elif isinstance(block, Bullets):
            found += block.items
    return [cell for cell in found if cell.strip("_ ")]


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("person", ["ada", "erik", "example", "empty"])
def test_every_cell_is_in_every_format(kind: str, person: str) -> None:
    record = {"ada": ada(), "erik": erik(), "example": example(), "empty": EMPTY}[person]
    document = DOCUMENTS[kind](record, ON)
    page = _bare(unescape(re.sub(r"<[^>]+>", "", as_html(document))))
    pdf = _bare("".join(p.extract_text() for p in PdfReader(BytesIO(as_pdf(document))).pages))
    markdown = _bare(as_markdown(document).replace("\\", ""))
    for cell in _cells(document):
        assert _bare(cell) in page
        assert _bare(cell) in markdown
    lost = [cell for cell in _cells(document) if _bare(cell) not in pdf]
    # A cell that runs over the end of a page is broken by the footer; nothing else may be missing.
    assert len(lost) <= 3, lost


def test_json_holds_what_the_page_shows() -> None:
    pack = appointment_pack(ada(), ON)
    data = json.loads(as_json(pack))
    assert data["flares"]["count"] == pack.flares.count
    assert [one["text"] for one in data["top_questions"]] == [one.text for one in pack.top_questions]
    assert data["series"][0]["points"][0]["fact"] == str(pack.series[0].points[0].fact)


def test_a_page_asks_nothing_of_the_network() -> None:
    page = as_html(DOCUMENTS["appointment"](ada(), ON))
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=[\"']?https?:", page)
    assert "<script" not in page
    assert page.count("<svg") == page.count('role="img" aria-label=')
