"""What is handed over around a flare: the card for the emergency desk, and the steps of the home kit.

The windows for blood are those of `mastkit.rulebooks.windows`, by the protocol chosen. The steps stand in
``data/home_kit.csv`` and what interferes in ``data/interference.csv``, each with its source.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal

from mastkit.followup.windows import Window, windows_of
from mastkit.record.facts import TRYPTASE, Flare, Measurement
from mastkit.record.problems import CannotRead
from mastkit.record.record import Record
from mastkit.record.time import zone_of
from mastkit.reports.card_texts import text
from mastkit.reports.current import CurrentFacts, latest
from mastkit.reports.document import Block, Box, Bullets, Document, Heading, Pairs, Paragraph, Table
from mastkit.reports.pack import Person, person_of
from mastkit.reports.pack_document import FOOTER
from mastkit.reports.words import symptom
from mastkit.rulebooks.windows import Protocol, tryptase_windows
from mastkit.vocabulary.tables import rows

Collecting = Literal["spot", "24h", "blood"]
When = Literal["before", "during", "after"]

NO_STOPPING = (
    "Do not stop a medicine for the test unless your own doctor says so: aspirin and others may be your treatment. "
    "Write down what you took; the result is then read with that in mind."
)

VERIFIED = {
    "primary": "read in the source",
    "reprint": "read in a secondary source",
    "unverified": "recalled, or our choice",
}


@dataclass(frozen=True)
class Step:
    """A step of collecting a sample at home."""

    id: str
    test: Collecting
    when: When
    step: str
    source: str
    verified: str


@dataclass(frozen=True)
class Interference:
    """What changes the result of a test, and how long a sample keeps."""

    analyte: str
    plain: str
    raises: str
    lowers: str
    stability: str
    source: str
    verified: str


@dataclass(frozen=True)
class WindowLine:
    """A sampling window in the local time of the flare; times are none where they are not known yet."""

    title: str
    state: str
    opens: str | None
    closes: str | None
    ideal: str | None


@dataclass(frozen=True)
class DeskCard:
    """What the emergency desk needs to draw the right samples."""

    person: Person
    on: date
    onset: str | None
    zone: str
    symptoms: tuple[str, ...]
    protocol: str
    protocol_source: str
    protocol_verified: str
    protocol_note: str
    version: str
    windows: tuple[WindowLine, ...]
    samples: tuple[str, ...]
    """The samples of the protocol in words, for a card without a flare."""
    baseline: str | None


@cache
def home_kit() -> tuple[Step, ...]:
    """Return the steps of collecting samples at home, in order."""
    return tuple(Step(**row) for row in rows("home_kit.csv", "mastkit.reports"))  # type: ignore[arg-type]


@cache
def interferences() -> tuple[Interference, ...]:
    """Return what changes the results of the tests."""
    return tuple(Interference(**row) for row in rows("interference.csv", "mastkit.reports"))


def desk_card(record: Record, on: date, protocol: str | None = None, now: datetime | None = None) -> DeskCard:
    """Gather the card for the emergency desk, for the last flare that began within two days.

    Args:
        record: the record.
        on: the day of the card.
        protocol: id of the sampling protocol; the default one where none is named.
        now: the instant at which windows are open or missed; the end of the day where none is given, or now
            where the day is today.

    Raises `CannotRead` in one sentence for a protocol that there is not.
    """
    try:
        chosen = tryptase_windows().protocol(protocol)
    except ValueError as error:
        raise CannotRead(f"--for: {error}.") from None
    facts = CurrentFacts(record, on)
    at = now or _instant(facts)
    flare = _recent(facts, at)
    known = latest(one for one in facts.of(Measurement) if one.code == TRYPTASE and one.context == "baseline")
    return DeskCard(
        person=person_of(facts),
        on=on,
        onset=_local(flare.time.at, flare.time.zone) if flare else None,
        zone=flare.time.zone if flare else record.zone,
        symptoms=tuple(symptom(item) for item in flare.symptoms) if flare else (),
        protocol=chosen.title,
        protocol_source=chosen.source,
        protocol_verified=chosen.verified,
        protocol_note=chosen.note,
        version=tryptase_windows().version,
        windows=_windows(facts, flare, chosen, at) if flare else (),
        samples=tuple(sample.title for sample in chosen.samples),
        baseline=f"{known.quantity.value:g} {known.quantity.unit} ({facts.day(known)})" if known else None,
    )


def _instant(facts: CurrentFacts) -> datetime:
    zone = zone_of(facts.record.zone)
    now = datetime.now(UTC)
    if now.astimezone(zone).date() == facts.on:
        return now
    return datetime.combine(facts.on + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)


def _recent(facts: CurrentFacts, at: datetime) -> Flare | None:
    flare = latest(one for one in facts.of(Flare) if one.time.at <= at)
    if flare is None or flare.time.precision != "minute" or at - flare.time.at > timedelta(days=2):
        return None
    return flare


def _windows(facts: CurrentFacts, flare: Flare, protocol: Protocol, now: datetime) -> tuple[WindowLine, ...]:
    ids = facts.line_of(flare.id)
    taken = [one.time.at for one in facts.of(Measurement) if one.code == TRYPTASE and one.flare in ids]
    ended = flare.end.at if flare.end is not None and flare.end.precision == "minute" else None
    found = windows_of(protocol, flare.time.at, now, resolved=ended, taken=taken)
    return tuple(_line(window, flare.time.zone) for window in found)


def _line(window: Window, zone: str) -> WindowLine:
    def local(moment: datetime | None) -> str | None:
        return None if moment is None else _local(moment, zone)

    ideal = f"{_local(window.ideal[0], zone)} to {_local(window.ideal[1], zone)}" if window.ideal else None
    return WindowLine(window.sample.title, window.state, local(window.opens), local(window.closes), ideal)


def _local(moment: datetime, zone: str) -> str:
    return moment.astimezone(zone_of(zone)).strftime("%Y-%m-%d %H:%M")


def desk_card_document(card: DeskCard) -> Document:
    """Return the card for the emergency desk as a document, with the home kit behind it."""
    who = card.person.name or "Name: ______________________"
    born = f", born {card.person.born}" if card.person.born else ""
    return Document(
        title="For the emergency desk: blood for tryptase",
        subtitle=f"{who}{born}. {card.on}.",
        on=card.on,
        blocks=(*_desk_blocks(card), *home_kit_blocks()),
        author=card.person.name or "mastkit",
        footer=FOOTER,
        keywords=("mastocytosis", "tryptase"),
    )


def _desk_blocks(card: DeskCard) -> Iterator[Block]:
    title = card.person.diagnosis or text("disease", "en")
    yield Box(title, (text("adrenaline", "en"), text("no_hives", "en")), "alarm")
    yield Paragraph("Treatment comes first. Blood is drawn as soon as treatment allows.", "strong")
    yield Pairs(
        (
            ("Onset", f"{card.onset} ({card.zone})" if card.onset else "____-__-__  __:__"),
            ("Symptoms", ", ".join(card.symptoms) or "______________________"),
            ("Tryptase when well", card.baseline or "not written down"),
        )
    )
    yield Heading("When to draw blood")
    if card.windows:
        rows_ = tuple(
            (
                one.title,
                STATES[one.state],
                one.opens or "when symptom-free",
                one.closes or "no end",
                one.ideal or "",
            )
            for one in card.windows
        )
        yield Table("Samples", ("Sample", "Now", "From", "To", "Best"), rows_, (4, 1.6, 2.2, 2.2, 3))
    else:
        yield Bullets(card.samples, "check")
    yield Pairs((("Drawn at", "____-__-__  __:__"), ("Drawn by", "______________________")))
    checked = VERIFIED[card.protocol_verified]
    note = f" {card.protocol_note}" if card.protocol_note else ""
    yield Paragraph(
        f"Protocol: {card.protocol}. Source: {card.protocol_source}; {checked}; data of {card.version}.{note}",
        "quiet",
    )


STATES = {
    "upcoming": "to come",
    "open": "open now",
    "taken": "taken",
    "missed": "over",
    "waiting": "waits for the end of all symptoms",
}
"""The states of a window in words without blame."""

_TITLES: dict[Collecting, str] = {
    "spot": "Urine at the time of a flare",
    "24h": "Urine of 24 hours",
    "blood": "Blood for tryptase",
}


def home_kit_blocks() -> Iterator[Block]:
    """Yield the steps of the home kit, each list with its sources, and what interferes."""
    yield Heading("Samples from home")
    yield Box("", (NO_STOPPING,))
    for test, title in _TITLES.items():
        steps = [step for step in home_kit() if step.test == test]
        yield Heading(title, 2)
        yield Bullets(tuple(step.step for step in steps), "number")
        named = dict.fromkeys(f"{step.source} ({VERIFIED[step.verified]})" for step in steps)
        yield Paragraph("Sources: " + "; ".join(named) + ".", "quiet")
    rows_ = tuple(
        (
            one.analyte,
            one.raises or "-",
            one.lowers or "-",
            one.stability,
            f"{one.source}; {VERIFIED[one.verified]}",
        )
        for one in interferences()
    )
    columns = ("Test", "May be raised by", "May be lowered by", "A sample keeps", "Source")
    yield Table("What changes the results", columns, rows_, (2.4, 3, 2.4, 3, 3))
    yield Paragraph(
        "All limits of urine tests are per creatinine of the same urine. Use your laboratory's own.", "quiet"
    )
