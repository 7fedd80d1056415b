"""The summary: who the person is and how things stand, for a clinician who sees the record for the first time."""

from dataclasses import dataclass
from datetime import date

from mastkit.record.facts import Diagnosis, EmergencyPlan, Finding, Procedure
from mastkit.record.record import Record
from mastkit.reports.card import CardContact, contacts_of
from mastkit.reports.current import CurrentFacts, latest
from mastkit.reports.document import Block, Bullets, Document, Heading, NewPage, Pairs, Paragraph, Table
from mastkit.reports.learning import TICK
from mastkit.reports.pack import AppointmentPack, appointment_pack
from mastkit.reports.pack_document import (
    FOOTER,
    flare_blocks,
    flare_lines,
    medicine_blocks,
    reaction_blocks,
    standing_blocks,
    trend_blocks,
)
from mastkit.reports.substances import STATED
from mastkit.reports.words import clinical, plain


@dataclass(frozen=True)
class Statement:
    """A diagnosis, finding or procedure: what, when, from whom."""

    what: str
    day: str
    source: str


@dataclass(frozen=True)
class Summary:
    """The record in brief; ``pack`` holds the parts that an appointment pack has too."""

    pack: AppointmentPack
    diagnoses: tuple[Statement, ...]
    found: tuple[Statement, ...]
    not_found: tuple[str, ...]
    """What was looked for and not found."""
    left_open: tuple[str, ...]
    """What was looked for and left open: neither found nor not found."""
    procedures: tuple[Statement, ...]
    has_plan: bool
    plan_by: str | None
    contacts: tuple[CardContact, ...]


def summarise(record: Record, on: date) -> Summary:
    """Gather the summary of a record on a day."""
    facts = CurrentFacts(record, on)
    last = {one.code: one for one in facts.of(Finding) if not _of_another_page(one.code)}
    plan = latest(facts.of(EmergencyPlan))
    return Summary(
        pack=appointment_pack(record, on),
        diagnoses=tuple(_diagnosis(one) for one in reversed(facts.of(Diagnosis))),
        found=tuple(_found(one) for one in last.values() if one.state == "present"),
        not_found=tuple(_name(one.code) for one in last.values() if one.state == "absent"),
        left_open=tuple(_name(one.code) for one in last.values() if one.state == "unknown"),
        procedures=tuple(_procedure(one) for one in reversed(facts.of(Procedure))),
        has_plan=plan is not None,
        plan_by=plan.written_by if plan else None,
        contacts=contacts_of(facts),
    )


def _of_another_page(code: str) -> bool:
    """Whether a finding is none of the body: a reaction or tolerance, a tick."""
    return code in STATED or code.startswith(TICK)


def summary_document(summary: Summary) -> Document:
    """Return the summary as a document."""
    pack = summary.pack
    who = pack.person.name or "Name: ______________________"
    born = f", born {pack.person.born}" if pack.person.born else ""
    return Document(
        title="Summary of the record",
        subtitle=f"{who}{born}. As of {pack.on}.",
        on=pack.on,
        blocks=tuple(_blocks(summary)),
        author=pack.person.name or "mastkit",
        footer=FOOTER,
        keywords=("mastocytosis", "summary"),
    )


def _blocks(summary: Summary) -> list[Block]:
    pack = summary.pack
    blocks: list[Block] = [Heading("Diagnosis as stated")]
    if summary.diagnoses:
        rows = tuple((one.what, one.day, one.source) for one in summary.diagnoses)
        blocks.append(Table("Diagnoses", ("Diagnosis", "Date", "From"), rows, (4, 1.5, 3)))
    else:
        blocks.append(Paragraph("No diagnosis stated by a clinician is written down."))
    if pack.standing is not None:
        blocks.append(Heading("What the published criteria say"))
        blocks.append(Pairs(tuple((one.title, one.answer) for one in pack.standing.systems)))
    blocks.append(Heading("Findings"))
    if summary.found:
        rows = tuple((one.what, one.day, one.source) for one in summary.found)
        blocks.append(Table("Found", ("Found", "Date", "From"), rows, (4, 1.5, 3)))
    blocks.append(Pairs(_looked_for(summary)))
    blocks += [Heading("Flares"), Paragraph(f"{pack.period.first} to {pack.period.last}.", "quiet")]
    blocks.append(Bullets(tuple(flare_lines(pack.flares))))
    plan = f"written by {summary.plan_by}" if summary.plan_by else "yes, author not stated"
    blocks.append(Heading("Emergency"))
    blocks.append(
        Pairs(
            (
                ("Emergency plan", plan if summary.has_plan else "none written down"),
                ("Kept ready", "; ".join(one.sentence for one in pack.ready) or "nothing written down"),
                ("Contacts", "; ".join(_contact(one) for one in summary.contacts) or "none written down"),
            )
        )
    )
    blocks.append(NewPage())
    blocks += [*medicine_blocks(pack), *reaction_blocks(pack), *trend_blocks(pack), *flare_blocks(pack.flares)]
    if summary.procedures:
        rows = tuple((one.what, one.day, one.source) for one in summary.procedures)
        blocks += [Heading("Annex: procedures"), Table("Procedures", ("What", "Date", "By"), rows, (4, 1.5, 3))]
    blocks += standing_blocks(pack)
    return blocks


def _looked_for(summary: Summary) -> tuple[tuple[str, str], ...]:
    rows = []
    if summary.not_found:
        rows.append(("Looked for, not found", "; ".join(summary.not_found)))
    if summary.left_open:
        rows.append(("Looked for, left open", "; ".join(summary.left_open)))
    rows.append(("Everything else", "not known"))
    return tuple(rows)


def _contact(one: CardContact) -> str:
    role = f" ({one.role})" if one.role else ""
    return f"{one.name}{role} {one.phone or ''}".strip()


def _diagnosis(one: Diagnosis) -> Statement:
    status = f" ({one.status.replace('_', ' ')})" if one.status else ""
    system = f", {one.system}" if one.system else ""
    return Statement(f"{one.label}{status}{system}", str(one.time), one.stated_by or _from(one.recorded_by.source))


def _found(one: Finding) -> Statement:
    value = one.value if one.value not in (None, "true", "present") else None
    shown = f": {value.replace('_', ' ')}" if value else ""
    site = f", {one.site}" if one.site else ""
    method = f" ({one.method})" if one.method else ""
    source = one.recorded_by.name or _from(one.recorded_by.source)
    return Statement(f"{_name(one.code)}{shown}{site}{method}", str(one.time), source)


def _procedure(one: Procedure) -> Statement:
    site = f", {one.site}" if one.site else ""
    adequate = {True: "; sample adequate", False: "; sample not adequate", None: ""}[one.adequate]
    name = plain(one.code, "procedure", "biopsy", "imaging")
    return Statement(f"{name[:1].upper()}{name[1:]}{site}{adequate}", str(one.time), one.by or "not stated")


def _name(code: str) -> str:
    return clinical(code, "complication", "symptom", "biopsy")


def _from(source: str) -> str:
    return {"self": "the person", "clinician": "a clinician", "document": "a document", "import": "an import"}[
        source
    ]
