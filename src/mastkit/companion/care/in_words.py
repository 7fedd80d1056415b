"""A document in the language of the page, as far as its texts are known; the rest stays in English.

What has a language of its own, such as the emergency card, is left as it is. So is the PDF: it is what the reports
make of the record, in one language.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from mastkit.companion.pages.said import is_known, said
from mastkit.reports.agenda import AgendaItem
from mastkit.reports.document import Block, Box, Bullets, Document, Heading, Pairs, Paragraph, Table
from mastkit.reports.pack import AppointmentPack
from mastkit.reports.questions import TOP, AskedQuestion, question_bank


def in_words(document: Document) -> Document:
    """Return a document with every text said again that is known; a table all in one language."""
    blocks = tuple(_block(one) for one in document.blocks)
    return replace(
        document,
        title=said(document.title),
        subtitle=said(document.subtitle),
        footer=said(document.footer),
        blocks=blocks,
    )


def pack_in_words(pack: AppointmentPack) -> AppointmentPack:
    """Return a pack whose texts are said again before they are cut to the length of a line."""
    return replace(
        pack,
        due=agenda_in_words(pack.due),
        overdue=agenda_in_words(pack.overdue),
        not_in_record=agenda_in_words(pack.not_in_record),
    )


def agenda_in_words(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Return what is due with title, reason and source said again."""
    return tuple(
        replace(item, title=said(item.title), reason=said(item.reason), source=said(item.source)) for item in items
    )


def asked_in_words(pack: AppointmentPack, written: Collection[str]) -> AppointmentPack:
    """Return a pack with its questions said again; ``written`` are those of the record, which stay as they are.

    One that the person already wrote down in the language of the page stands once.
    """
    found = (*pack.top_questions, *pack.more_questions)
    again = (one if one.text in written else replace(one, text=said(one.text), why=said(one.why)) for one in found)
    questions: dict[str, AskedQuestion] = {}
    for one in again:
        questions.setdefault(one.text, one)
    every = tuple(questions.values())
    return replace(pack, top_questions=every[:TOP], more_questions=every[TOP:])


def question_as_kept(text: str) -> str:
    """Return a question of the bank as the bank has it; any other as it is."""
    return next((one.text for one in question_bank() if said(one.text) == text), text)


def _block(block: Block) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, text=said(block.text))
        case Bullets():
            return replace(block, items=_all(block.items))
        case Pairs():
            return replace(block, rows=tuple((said(name), said(value)) for name, value in block.rows))
        case Table() if all(is_known(column) for column in block.columns):
            rows = tuple(_all(row) for row in block.rows)
            return replace(block, title=said(block.title), columns=_all(block.columns), rows=rows)
        case Box():
            return replace(block, title=said(block.title), lines=_all(block.lines))
    return block


def _all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(said(text) for text in texts)
