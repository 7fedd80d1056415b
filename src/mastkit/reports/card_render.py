"""The emergency card on paper, on the lock screen and as a QR code; the same aggregate behind each."""

from dataclasses import asdict
from io import BytesIO
from typing import Any

from mastkit.reports.card import EmergencyCard, contact_line, known_lines, plain_text, unknown_names
from mastkit.reports.card_texts import card_languages, phrases, text
from mastkit.reports.document import Block, Box, Bullets, Document, Heading, Pairs, Paragraph, Table
from mastkit.reports.pack_document import FOOTER
from mastkit.reports.typeset import ExtraMissing, typeset

MOST_ITEMS = (14, 10, 7, 5, 3, 2)
"""How many items of a list are tried on the small card, from many to few, until everything fits."""

SCREEN_PPI = 144
"""Pixels an inch of the lock-screen picture: 1170 by 2532, the shape of common phones."""


def card_pdf(card: EmergencyCard) -> bytes:
    """Return the credit card, both sides on a page each of 85.6 by 54 mm."""
    return _fitting("card", card)


def sheet_pdf(card: EmergencyCard) -> bytes:
    """Return the A4 sheet: the whole card, the small card to cut out, and the alarms in every language."""
    return _fitting("card_sheet", card)


def lock_screen_png(card: EmergencyCard) -> bytes:
    """Return a picture for the lock screen of a phone."""
    return _fitting("card_screen", card, "png")


def qr_svg(card: EmergencyCard) -> str:
    """Return a QR code with the card as plain text."""
    try:
        import segno
    except ImportError:
        raise ExtraMissing('a QR code needs the extra "reports": install mastkit[reports]') from None
    code = segno.make(plain_text(card), error="l", micro=False, boost_error=False)
    stream = BytesIO()
    code.save(stream, kind="svg", border=2, xmldecl=False, svgns=True, nl=False, dark="#000", light="#fff")
    return stream.getvalue().decode()


def card_document(card: EmergencyCard) -> Document:
    """Return the card as a document, for the screen, HTML and Markdown."""
    return Document(
        title=text("title", card.language),
        subtitle=f"{text('updated', card.language)} {card.on}",
        on=card.on,
        blocks=tuple(_blocks(card)),
        language=card.language,
        author=card.name or "mastkit",
        footer=FOOTER,
        keywords=("mastocytosis", "emergency"),
    )


def _blocks(card: EmergencyCard) -> list[Block]:
    language = card.language

    def label(key: str) -> str:
        return text(key, language)

    def listed(items: tuple[str, ...]) -> str:
        return ", ".join(items) or label("none")

    rows = [
        (label("name"), card.name or "____________"),
        (label("born"), card.born or "____________"),
        (label("diagnosis"), card.diagnosis),
        (label("not_tolerated"), listed(card.reacted)),
        (label("triggers"), listed(card.triggers)),
        (label("tolerated"), listed(card.tolerated)),
        (label("medicines"), listed(card.medicines)),
        (label("injector"), listed(card.injectors)),
        (label("contact"), listed(tuple(contact_line(one) for one in card.contacts))),
    ]
    rows += [(label("emergency_number"), card.emergency_number)] if card.emergency_number else []
    rows += [(label("numbers_abroad"), listed(known_lines(card)))] if known_lines(card) else []
    rows += [(label("number_unknown"), listed(unknown_names(card)))] if unknown_names(card) else []
    if card.tryptase:
        rows.insert(3, (label("tryptase_when_well"), card.tryptase))
    blocks: list[Block] = [Box(card.diagnosis, card.alarms, "alarm"), Bullets(card.advice), Pairs(tuple(rows))]
    if notes := _number_notes(card):
        blocks.append(Paragraph(" ".join(notes), "quiet"))
    if card.plan:
        by = f" ({card.plan_by})" if card.plan_by else ""
        blocks += [Heading(label("plan") + by), Bullets(card.plan, "number")]
    return blocks


def _number_notes(card: EmergencyCard) -> list[str]:
    """Say where the numbers of the countries come from, and what a star beside one means."""
    known = [one for one in card.numbers if one.number]
    keys = ["number_source"] if known else []
    keys += ["number_recalled"] if any(one.recalled for one in known) else []
    return [text(key, card.language) for key in keys]


def phrase_table() -> tuple[Block, ...]:
    """Return the fixed texts with sources and state of checking, for the documentation."""
    languages = card_languages().values()
    checked = tuple((one.code, one.name, one.why, one.checked) for one in languages)
    sources = tuple(
        (one.texts["en"], one.source or "a plain statement of the record", one.verified or "-")
        for one in phrases().values()
        if one.use != "label"
    )
    return (
        Heading("Texts of the emergency card"),
        Table("Languages", ("Code", "Language", "Spoken in", "Checked"), checked, (1, 2, 4, 4)),
        Table("Sources", ("Text", "Source", "Verified"), sources, (4, 4, 2)),
        Paragraph("The labels of the card have no source: they name what stands beside them.", "quiet"),
    )


def _fitting(template: str, card: EmergencyCard, format: Any = "pdf") -> bytes:  # noqa: A002
    """Typeset with as many items as fit: the template refuses what does not fit in letters that can be read."""
    for most in MOST_ITEMS:
        data = _data(card, most)
        try:
            return typeset(template, data, format, SCREEN_PPI)
        except Exception as error:
            if "does not fit" not in str(error) or most == MOST_ITEMS[-1]:
                raise
    raise AssertionError("unreachable")


def _data(card: EmergencyCard, most: int) -> dict[str, Any]:
    """Return what the templates print: lists shortened for the small card, whole for the sheet."""
    labels = {key: phrase.texts[card.language] for key, phrase in phrases().items()}
    data = asdict(card) | {
        "on": str(card.on),
        "labels": labels,
        "numbers": known_lines(card),
        "numbers_unknown": unknown_names(card),
        "number_notes": _number_notes(card),
        "contact_lines": [contact_line(one) for one in card.contacts],
        "qr": qr_svg(card),
        "qr_alt": plain_text(card),
        "alarms_everywhere": [
            {
                "language": code,
                "name": one.name,
                "lines": [text(key, code) for key in ("disease", "adrenaline", "no_hives")],
            }
            for code, one in card_languages().items()
        ],
    }
    data["small"] = {key: _few(data[key], most, labels["more"]) for key in SHORTENED}
    data["small"]["name"] = (
        card.name if card.name is None or len(card.name) <= LONGEST_ITEM else f"{card.name[: LONGEST_ITEM - 1]}…"
    )
    data["small"]["starred"] = any("*" in line for line in data["small"]["numbers"])
    data["small"]["contact_lines"] = data["contact_lines"][: 2 if most > 5 else 1]
    data["small"]["injectors"] = data["injectors"][: 2 if most > 5 else 1]
    return data


def _few(items: list[str] | tuple[str, ...], most: int, more: str) -> list[str]:
    """Return the first items, each of a length that a card can hold, and say where the others are."""
    short = [item if len(item) <= LONGEST_ITEM else f"{item[: LONGEST_ITEM - 1]}…" for item in items[:most]]
    return [*short, f"… {more}"] if len(items) > most else short


SHORTENED = (
    "triggers",
    "reacted",
    "tolerated",
    "medicines",
    "injectors",
    "contact_lines",
    "numbers",
    "numbers_unknown",
)
"""The lists that the small card and the lock screen have in short."""

LONGEST_ITEM = 48
"""Letters of one item on the small card; the sheet has the whole text."""
