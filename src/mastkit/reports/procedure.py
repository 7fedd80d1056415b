"""The sheet for the anaesthetist, radiologist or dentist: own experience first, published caution beside it.

The rules stand in `mastkit.followup.caution`; this is its page. Every row names where it comes from: the day in the
record, or the publication with how well it was checked.
"""

from dataclasses import dataclass
from datetime import date

from mastkit.followup.caution import Caution, CautionClass, cautions, procedure_notes
from mastkit.followup.experience import Experience
from mastkit.record.problems import CannotRead, shown
from mastkit.record.record import Record
from mastkit.reports.card import CardContact, contacts_of
from mastkit.reports.card_texts import text
from mastkit.reports.current import CurrentFacts
from mastkit.reports.document import Block, Box, Bullets, Document, Heading, Pairs, Paragraph, Table
from mastkit.reports.medicines import MedicineLine, summarise_medicines
from mastkit.reports.pack import Person, person_of
from mastkit.reports.pack_document import FOOTER, medicine_line
from mastkit.reports.series import Series, all_series
from mastkit.reports.substances import Substance, is_medicine_like, known_reactions, substances, tolerated
from mastkit.reports.words import capital, key_of, substance

ADDRESSED = {
    "anaesthesia": "To the anaesthetist",
    "surgery": "To the surgeon and the anaesthetist",
    "endoscopy": "To the endoscopist",
    "dental": "To the dentist",
    "contrast": "To the radiologist",
    "vaccination": "To the vaccinator",
}
"""How a sheet for a procedure is addressed; the procedures are those of the caution data."""

ALSO_CALLED = {
    "radiology": "contrast",
    "radiologist": "contrast",
    "anaesthetist": "anaesthesia",
    "surgeon": "surgery",
}

STANDING = {
    "reacted": "reacted",
    "tolerated": "tolerated",
    "caution": "on caution lists",
    "usually tolerated": "usually tolerated by others",
    "note": "note",
    "not listed": "on no list, which is no reassurance",
}

VERIFIED = {"primary": "read in the source", "reprint": "read in a secondary source", "unverified": "recalled"}

OWN = "own record"

CONTESTED = (
    "The published lists of safe and unsafe medicines are contested and rest mostly on single cases, as their own "
    "reviews say. What this person reacted to or tolerated counts more than the class. This sheet is material for "
    "the talk with the team and names no treatment."
)


@dataclass(frozen=True)
class Row:
    """One medicine or class, with its standing and where that comes from."""

    name: str
    standing: str
    own: str
    says: str
    source: str
    severe: bool
    contested: bool


@dataclass(frozen=True)
class ProcedureSheet:
    """What a team needs before a procedure."""

    person: Person
    on: date
    procedure: str
    addressed: str
    what_is_known: str
    known_source: str
    rows: tuple[Row, ...]
    reacted: tuple[Substance, ...]
    tolerated: tuple[Substance, ...]
    medicines: tuple[MedicineLine, ...]
    tryptase: Series | None
    fragile_bones: bool
    had_anaphylaxis: bool
    contacts: tuple[CardContact, ...]


def procedure_sheet(record: Record, on: date, procedure: str = "anaesthesia") -> ProcedureSheet:
    """Gather the sheet for a procedure.

    Raises `CannotRead` in one sentence for a procedure that the caution data do not know.
    """
    asked = cautions(record, ALSO_CALLED.get(procedure.strip().casefold(), procedure), on)
    if asked.procedure is None:
        known = ", ".join(procedure_notes())
        raise CannotRead(f"--for: found {shown(procedure)}, expected one of {known}.")
    note = asked.procedure
    facts = CurrentFacts(record, on)
    all_of_them = substances(record, on)
    return ProcedureSheet(
        person=person_of(facts),
        on=on,
        procedure=note.label,
        addressed=ADDRESSED.get(note.id, "To the team"),
        what_is_known=note.says,
        known_source=f"{note.source.reference}; {VERIFIED[note.verified]}",
        rows=tuple(_row(one, all_of_them) for one in asked.items),
        reacted=known_reactions(all_of_them),
        tolerated=tuple(one for one in tolerated(all_of_them) if is_medicine_like(one)),
        medicines=summarise_medicines(facts, facts.since_last_visit()).now,
        tryptase=next((one for one in all_series(facts) if one.code == "tryptase"), None),
        fragile_bones=facts.found("osteoporosis", "vertebral_fracture", "fracture"),
        had_anaphylaxis=facts.had_anaphylaxis(),
        contacts=contacts_of(facts),
    )


def _row(one: Caution, all_of_them: dict[str, Substance]) -> Row:
    rule = one.rule
    says, source, named = "", OWN, ""
    own = own_words(one.own)
    if rule is not None:
        says = rule.says
        if rule.contested and rule.positions:
            says = f"{says}. For and against: {'; '.join(rule.positions)}"
        source = f"{rule.source.reference}; {VERIFIED[rule.verified]}"
        if one.name == rule.title:
            named = ", ".join(substance(name) for name in rule.names)
            own = _own_of_class(rule, all_of_them)
    return Row(
        name=f"{capital(one.name)}: {named}" if named else capital(substance(one.name)),
        standing=STANDING[one.standing] + (" with anaphylaxis" if one.severe else ""),
        own=own,
        says=says,
        source=source,
        severe=one.severe,
        contested=one.contested,
    )


def _own_of_class(rule: CautionClass, all_of_them: dict[str, Substance]) -> str:
    """Say what the record has of each medicine of a class; a class may be written down as a whole."""
    known = [found for name in (rule.id, *rule.names) if (found := all_of_them.get(key_of(name)))]
    if not known:
        return own_words(())
    return "; ".join(f"{one.name}: {own_words((*one.reacted, *one.tolerated, *one.taken))}" for one in known)


def own_words(own: tuple[Experience, ...]) -> str:
    """Say what the record has of a substance: each kind of experience with its number and last day."""
    parts = []
    for kind, word in (
        ("reacted", "reacted"),
        ("tolerated", "tolerated"),
        ("taken", "taken, nothing written down after"),
    ):
        of_kind = [one for one in own if one.kind == kind]
        if of_kind:
            last = of_kind[-1]
            times = f" {len(of_kind)}×, last" if len(of_kind) > 1 else ""
            parts.append(f"{word}{times} {last.day}" + (f" ({last.words})" if kind == "reacted" else ""))
    return "; ".join(parts) or "never had, as far as the record says"


def procedure_document(sheet: ProcedureSheet) -> Document:
    """Return the sheet as a document."""
    who = sheet.person.name or "Name: ______________________"
    born = f", born {sheet.person.born}" if sheet.person.born else ""
    return Document(
        title=f"Before {sheet.procedure[:1].lower()}{sheet.procedure[1:]}: mast cell disease",
        subtitle=f"{sheet.addressed}. {who}{born}. As of {sheet.on}.",
        on=sheet.on,
        blocks=tuple(_blocks(sheet)),
        author=sheet.person.name or "mastkit",
        footer=FOOTER,
        keywords=("mastocytosis", "procedure", sheet.procedure),
    )


def _blocks(sheet: ProcedureSheet) -> list[Block]:
    alarms = [text("adrenaline", "en"), text("no_hives", "en")]
    if sheet.had_anaphylaxis:
        alarms.append(text("anaphylaxis_before", "en"))
    if sheet.fragile_bones:
        alarms.append(text("bones", "en"))
    title = sheet.person.diagnosis or "No diagnosis stated by a clinician is written down"
    blocks: list[Block] = [Box(title, tuple(alarms), "alarm"), Heading("Reacted to")]
    if sheet.reacted:
        rows = tuple(
            (one.name + (" (anaphylaxis)" if one.severe else ""), str(one.reacted[-1].day), own_words(one.reacted))
            for one in sheet.reacted
        )
        blocks.append(
            Table("Reacted to, stated or suspected", ("What", "Last", "From the record"), rows, (3, 1.5, 5))
        )
    else:
        blocks.append(Paragraph("No reaction is written down. That does not mean there was none."))
    blocks.append(Heading("Tolerated"))
    if sheet.tolerated:
        rows = tuple((one.name, str(one.last_good or ""), one.tolerated[-1].words) for one in sheet.tolerated)
        blocks.append(Table("Tolerated", ("What", "Last", "From the record"), rows, (3, 1.5, 5)))
    else:
        blocks.append(Paragraph("Nothing is written down as tolerated."))
    blocks.append(Heading("Medicines now"))
    blocks.append(Bullets(tuple(medicine_line(one) for one in sheet.medicines) or ("none written down",)))
    blocks += _particulars(sheet)
    blocks.append(Heading("Published caution, beside the person's own experience"))
    blocks.append(Paragraph(CONTESTED, "quiet"))
    blocks += _caution_blocks(sheet)
    blocks.append(Heading("What is known of this procedure"))
    blocks.append(Paragraph(f"{capital(sheet.what_is_known)}."))
    blocks.append(Paragraph(f"Source: {sheet.known_source}.", "quiet"))
    return blocks


def _caution_blocks(sheet: ProcedureSheet) -> list[Block]:
    """Return the table of caution, its sources numbered, and the sources."""
    if not sheet.rows:
        return [Paragraph("No list that mastkit carries names a medicine for this procedure.")]
    numbers = {source: n for n, source in enumerate(dict.fromkeys(row.source for row in sheet.rows), start=1)}
    rows = tuple(
        (row.name, row.standing, row.own, row.says or "on no list", f"[{numbers[row.source]}]")
        for row in sheet.rows
    )
    columns = ("Medicine or class", "Standing", "Own experience", "Published", "Source")
    table = Table("Caution", columns, rows, (3.4, 2, 3, 4, 0.9))
    sources = tuple(f"[{n}] {source}" for source, n in numbers.items())
    return [table, Bullets(sources)]


def _particulars(sheet: ProcedureSheet) -> list[Block]:
    rows = [("If there is a reaction", text("tryptase", "en"))]
    if sheet.tryptase is not None:
        rows.append(("Tryptase so far", sheet.tryptase.sentence()))
    if sheet.contacts:
        rows.append(
            ("Contacts", "; ".join(" ".join(filter(None, (one.name, one.phone))) for one in sheet.contacts))
        )
    return [Heading("For the team"), Pairs(tuple(rows))]
