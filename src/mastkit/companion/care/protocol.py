"""The timed protocol of a flare for the doctor: what was felt, done, taken and measured, minute by minute."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from mastkit.companion.pages.describe import describe, ids_of
from mastkit.followup.reaction import SAFETY
from mastkit.record.facts import (
    AnyFact,
    DatedFact,
    Dose,
    EmergencyAct,
    Exposure,
    Flare,
    Measurement,
)
from mastkit.record.record import Record
from mastkit.record.time import zone_of
from mastkit.reports.current import CurrentFacts
from mastkit.reports.document import Block, Document, Pairs, Paragraph, Table
from mastkit.reports.pack import person_of
from mastkit.reports.pack_document import FOOTER
from mastkit.reports.words import symptom

BEFORE = timedelta(hours=6)
"""How long before the flare exposures are listed: our choice, long enough for a meal and a medicine."""
AFTER = timedelta(hours=24)
"""How long after the last entry of a flare without an end."""


def flare_protocol(record: Record, flare: Flare, zone: str, on: date, name: str) -> Document:
    """Return the protocol of a flare as a document; ``name`` is the person's where the record says none."""
    person = person_of(CurrentFacts(record, on))
    name = person.name or name
    return Document(
        title="Timed protocol of a flare",
        subtitle=", ".join(part for part in (name, person.born and f"born {person.born}") if part),
        on=on,
        blocks=tuple(_blocks(record, flare, zone)),
        author=name,
        footer=FOOTER,
        keywords=("mastocytosis", "flare"),
    )


def _blocks(record: Record, flare: Flare, zone: str) -> Iterator[Block]:
    judged = {True: "yes", False: "no", None: "not said"}[flare.anaphylaxis]
    yield Pairs(
        (
            ("Began", f"{_clock(flare.time.at, zone)} ({zone})"),
            ("Ended", _clock(flare.end.at, zone) if flare.end is not None else "no end is written down"),
            ("Severity", f"{flare.severity} of 10" if flare.severity is not None else "not said"),
            ("Symptoms", ", ".join(symptom(one) for one in flare.symptoms) or "none written down"),
            ("Judged to be anaphylaxis", judged),
        )
    )
    rows = [(fact.time.at, *_row(fact, zone)) for fact in belonging(record, flare)]
    lines = [
        (_clock(at, zone), _since(at - flare.time.at), what, who)
        for at, what, who in sorted(rows, key=lambda r: r[0])
    ]
    if lines:
        yield Table(
            "What was done, in order", ("Time", "After onset", "What", "Written by"), tuple(lines), (2.4, 1.6, 5, 2)
        )
    else:
        yield Paragraph("Nothing else was written down for this flare.")
    yield Paragraph(
        "Times are those of the entries. What is not here was not written down; it may have happened.", "quiet"
    )
    yield Paragraph(SAFETY, "quiet")


def belonging(record: Record, flare: Flare) -> list[DatedFact]:
    """Return what was written down for a flare: by its link, or by its time."""
    ids = ids_of(record, flare)
    start = flare.time.at
    end = flare.end.at if flare.end is not None else start + AFTER
    return [
        fact
        for fact in record.current()
        if isinstance(fact, DatedFact) and fact.time.precision == "minute" and _belongs(fact, ids, start, end)
    ]


def _belongs(fact: AnyFact, ids: frozenset[object], start: datetime, end: datetime) -> bool:
    at = fact.time.at  # type: ignore[union-attr]
    match fact:
        case Dose() | Measurement() if fact.flare in ids:
            return True
        case Dose(flare=None) | Measurement(flare=None, context="event"):
            return start <= at <= end
        case EmergencyAct():
            # An act is written down at the first tap, a moment before the flare that it begins.
            return start - timedelta(minutes=1) <= at <= end + timedelta(hours=1)
        case Exposure():
            return start - BEFORE <= at <= end
    return False


def _row(fact: DatedFact, zone: str) -> tuple[str, str]:
    line = describe(fact, zone)  # type: ignore[arg-type]
    what = f"{line.title}: {line.detail}" if line.detail else line.title
    return what, fact.recorded_by.name or ""


def _clock(at: datetime, zone: str) -> str:
    return at.astimezone(zone_of(zone)).strftime("%Y-%m-%d %H:%M")


def _since(passed: timedelta) -> str:
    minutes = round(passed.total_seconds() / 60)
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"
