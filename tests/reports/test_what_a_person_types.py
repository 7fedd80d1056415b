"""What a person types is printed as typed: it is never run as Typst, HTML or Markdown."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from mastkit.reports.card import emergency_card
from mastkit.reports.card_render import card_pdf, lock_screen_png, sheet_pdf
from mastkit.reports.document import Bullets, Document, Heading, Pairs, Paragraph, Table
from mastkit.reports.render import as_html, as_markdown, as_pdf
from tests.reports.cast import ON, crowded, fact, record
from tests.reports.every_document import DOCUMENTS

EVIL = [
    '#panic("typst")',
    "#{ while true {} }",
    "$ x^2 $ @label <label> = Heading \\ *bold* _it_",
    '#include "/etc/passwd"',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[link](javascript:alert(1)) ![x](http://x) | cell | `code` # head",
    "{{ 7*7 }} {title} %s %(x)s",
    "a\u202eb\u0000c\u0007\u001b[31m",
]


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize("evil", EVIL)
def test_no_document_runs_what_was_typed(kind: str, evil: str) -> None:
    document = DOCUMENTS[kind](crowded(evil, False), ON)
    page = as_html(document)
    assert "<script" not in page
    assert "<img" not in page
    assert "<svg onload" not in page
    assert as_pdf(document).startswith(b"%PDF")
    shown = MarkdownIt("commonmark").enable("table").render(as_markdown(document))
    assert "<script" not in shown
    assert "<a " not in shown
    assert "<img" not in shown
    assert "<code" not in shown


@pytest.mark.parametrize("evil", EVIL)
def test_no_card_runs_what_was_typed(evil: str) -> None:
    card = emergency_card(crowded(evil, False), ON)
    assert card_pdf(card).startswith(b"%PDF")
    assert sheet_pdf(card).startswith(b"%PDF")
    assert lock_screen_png(card).startswith(b"\x89PNG")


def test_markup_is_printed_letter_by_letter() -> None:
    question = "Is #strong[this] *bold*, or $x$?"
    text = "".join(
        page.extract_text()
        for page in PdfReader(
            BytesIO(as_pdf(DOCUMENTS["appointment"](record(fact(1, "question", None, text=question)), ON)))
        ).pages
    )
    assert question in text


def test_a_letter_that_no_font_has_is_printed_by_its_name() -> None:
    document = Document("Title", "", ON, (Paragraph("a bee: \U0001f41d, and \u65e5"),))
    text = PdfReader(BytesIO(as_pdf(document))).pages[0].extract_text()
    assert "a bee: " in text
    assert "[honeybee]" in text or "\U0001f41d" in text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_can_be_printed(text: str) -> None:
    blocks = (
        Heading(text),
        Paragraph(text),
        Bullets((text,), "answer"),
        Pairs(((text, text),)),
        Table(text, (text, "b"), ((text, text),), (1, 1)),
    )
    document = Document(f"t {text}", text, ON, blocks, footer=text)
    assert as_pdf(document).startswith(b"%PDF")
    assert as_html(document).count("<html") == 1
    as_markdown(document)
