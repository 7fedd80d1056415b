"""The commands ``mastkit report`` and ``mastkit calendar``: read a record, gather, write."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from mastkit.record.files import read_record
from mastkit.record.problems import CannotRead, shown
from mastkit.record.record import Record
from mastkit.reports.calendar import Titles, calendar_of
from mastkit.reports.card import emergency_card
from mastkit.reports.card_render import card_document, card_pdf, lock_screen_png, sheet_pdf
from mastkit.reports.card_texts import check_language
from mastkit.reports.current import today, until
from mastkit.reports.document import Document
from mastkit.reports.hand_over import desk_card, desk_card_document
from mastkit.reports.pack import appointment_pack
from mastkit.reports.pack_document import pack_document
from mastkit.reports.procedure import procedure_document, procedure_sheet
from mastkit.reports.referral import referral, referral_document
from mastkit.reports.render import as_html, as_json, as_markdown, as_pdf
from mastkit.reports.summary import summarise, summary_document
from mastkit.triggers.analysis import my_triggers

Kind = Literal["appointment", "emergency-card", "procedure", "summary", "referral", "desk-card"]
Format = Literal["pdf", "html", "md", "json", "png"]
Size = Literal["a4", "card", "lock-screen"]

SUFFIX: dict[str, Format] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".json": "json",
    ".png": "png",
}


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    kind: Kind
    format: Format | None
    output: Path | None
    language: str
    for_whom: str | None
    on: str | None
    size: Size
    triggers: bool = True


def run_report(path: str, asked: Asked) -> int:
    """Write the document; return 0, or 2 after one sentence of what is wrong."""
    try:
        chosen = _format(asked)
        read = read_record(path)
        for problem in read.problems:
            print(problem.sentence(), file=sys.stderr)  # noqa: T201 - the terminal is where it is asked
        content = made(read.record, asked, chosen)
        _put(content, asked.output)
    except CannotRead as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def run_calendar(
    path: str, output: Path | None, on: str | None, titles: Titles, protocol: str | None = None
) -> int:
    """Write the calendar file; return 0, or 2 after one sentence of what is wrong."""
    try:
        read = read_record(path)
        for problem in read.problems:
            print(problem.sentence(), file=sys.stderr)  # noqa: T201
        _put(calendar_of(read.record, _day(on, read.record), titles, protocol), output)
    except CannotRead as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def made(record: Record, asked: Asked, chosen: Format) -> bytes:
    """Return the document that is asked for, in the format chosen."""
    day = _day(asked.on, record)
    aggregate, document = _gather(record, day, asked)
    if asked.kind == "emergency-card" and chosen in ("pdf", "png"):
        return _card(aggregate, asked.size, chosen)
    match chosen:
        case "pdf":
            return as_pdf(document(aggregate))
        case "html":
            return as_html(document(aggregate)).encode()
        case "md":
            return as_markdown(document(aggregate)).encode()
        case "json":
            return as_json(aggregate).encode()
        case "png":
            raise CannotRead("--format: found png, expected pdf, html, md or json; png is for the emergency card.")


def _gather(record: Record, day: date, asked: Asked) -> tuple[Any, Callable[[Any], Document]]:
    match asked.kind:
        case "appointment":
            triggers = my_triggers(until(record, day)) if asked.triggers else None
            return appointment_pack(record, day, speciality=asked.for_whom, triggers=triggers), pack_document
        case "emergency-card":
            return emergency_card(record, day, check_language(asked.language)), card_document
        case "procedure":
            return procedure_sheet(record, day, asked.for_whom or "anaesthesia"), procedure_document
        case "summary":
            return summarise(record, day), summary_document
        case "referral":
            return referral(record, day, asked.for_whom), referral_document
        case "desk-card":
            return desk_card(record, day, asked.for_whom), desk_card_document


def _card(card: Any, size: Size, chosen: Format) -> bytes:
    if chosen == "png":
        return lock_screen_png(card)
    if size == "lock-screen":
        raise CannotRead("--size: found lock-screen for a PDF, expected --format png with it.")
    return card_pdf(card) if size == "card" else sheet_pdf(card)


def _format(asked: Asked) -> Format:
    """Return the format: named, else that of the file's name, else Markdown for the terminal."""
    if asked.kind != "emergency-card" and asked.language != "en":
        raise CannotRead(
            f"--language: found {shown(asked.language)}, expected en: only the emergency card has other languages."
        )
    if asked.format is not None:
        return asked.format
    if asked.size == "lock-screen":
        return "png"
    if asked.output is None:
        return "md"
    known = SUFFIX.get(asked.output.suffix.lower())
    if known is None:
        raise CannotRead(
            f"--output: found {shown(str(asked.output))}, expected a name that ends in {', '.join(SUFFIX)}."
        )
    return known


def _put(content: bytes, output: Path | None) -> None:
    if output is None:
        if sys.stdout.isatty() and content[:4] in (b"%PDF", b"\x89PNG"):
            raise CannotRead("--output: found nothing, expected the name of a file for a PDF or a picture.")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise CannotRead(f"{output}: cannot be written ({os.strerror(error.errno or 0)}).") from None


def _day(text: str | None, record: Record) -> date:
    if text is None:
        return today(record)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotRead(f"--on: found {shown(text)}, expected a day such as 2026-03-20.") from None


KINDS = get_args(Kind)
