"""A letter of referral built from coded facts: what is known, with codes, dates and sources."""

from dataclasses import dataclass
from datetime import date

from mastkit.record.facts import TRYPTASE, Diagnosis, Flare, Measurement, MedicineCourse, Variant
from mastkit.record.record import Record
from mastkit.reports.coded import DIAGNOSIS, MEDICINE, RESULT, SYMPTOM, Coded, codes
from mastkit.reports.current import CurrentFacts
from mastkit.reports.document import Block, Bullets, Document, Heading, Pairs, Paragraph, Table
from mastkit.reports.pack import AppointmentPack, appointment_pack
from mastkit.reports.pack_document import FOOTER, flare_lines
from mastkit.reports.words import clinical, number

SYMPTOMS_SHOWN = 8


@dataclass(frozen=True)
class Referral:
    """The content of a letter of referral."""

    pack: AppointmentPack
    to: str | None
    diagnoses: tuple[Coded, ...]
    symptoms: tuple[Coded, ...]
    """The most frequent symptoms of the flares of the last year, with how often they were written down."""
    results: tuple[Coded, ...]
    """The latest result of every test."""
    medicines: tuple[Coded, ...]


def referral(record: Record, on: date, to: str | None = None) -> Referral:
    """Gather a letter of referral; ``to`` is the speciality or clinic that it goes to."""
    facts = CurrentFacts(record, on)
    return Referral(
        pack=appointment_pack(record, on, speciality=to),
        to=to,
        diagnoses=tuple(
            _diagnosis(facts, one) for one in reversed(facts.of(Diagnosis)) if one.status != "ruled_out"
        ),
        symptoms=_symptoms(facts),
        results=_results(facts),
        medicines=tuple(
            _medicine(facts, one) for one in facts.of(MedicineCourse) if not one.end or facts.day_of(one.end) >= on
        ),
    )


def referral_document(letter: Referral) -> Document:
    """Return the letter as a document, with room for what only a person can write."""
    pack = letter.pack
    to = f"To: {letter.to}" if letter.to else "To: ______________________"
    return Document(
        title="Letter of referral",
        subtitle=f"{to}. Date: {pack.on}.",
        on=pack.on,
        blocks=tuple(_blocks(letter)),
        author=pack.person.name or "mastkit",
        footer=FOOTER,
        keywords=("mastocytosis", "referral"),
    )


def _blocks(letter: Referral) -> list[Block]:
    pack = letter.pack
    person = pack.person
    rows = (
        ("Name", person.name or "______________________"),
        ("Born", person.born or "______________________"),
        ("Telephone", person.phone or "______________________"),
        ("Referred by", "______________________"),
    )
    blocks: list[Block] = [Pairs(rows), Heading("Reason for referral")]
    purpose = pack.visit.purpose
    blocks.append(Paragraph(purpose or "_" * 60))
    if pack.top_questions:
        blocks.append(Paragraph("Questions of the person:", "strong"))
        blocks.append(Bullets(tuple(question.text for question in pack.top_questions), "number"))
    blocks += _section("Diagnosis", letter.diagnoses, "No diagnosis stated by a clinician is written down.")
    if pack.standing is not None:
        blocks.append(Heading("Criteria"))
        blocks.append(Pairs(tuple((one.title, one.answer) for one in pack.standing.systems)))
        missing = [" + ".join(one.missing[0].tests) for one in pack.standing.systems if one.missing]
        if missing:
            blocks.append(Paragraph("Could settle the type: " + "; or ".join(dict.fromkeys(missing)) + "."))
    blocks.append(Heading("Flares"))
    blocks.append(Bullets(tuple(flare_lines(pack.flares))))
    blocks += _section("Symptoms in flares, last 12 months", letter.symptoms, "No symptom is written down.")
    blocks += _section("Latest results", letter.results, "No result is written down.")
    blocks += _section("Medicines now", letter.medicines, "No medicine taken now is written down.")
    if pack.reactions:
        blocks.append(Heading("Stated or suspected reactions"))
        blocks.append(
            Bullets(tuple(f"{one.name}: {one.reacted[-1].words} ({one.reacted[-1].day})" for one in pack.reactions))
        )
    blocks.append(Heading("Signature"))
    blocks.append(Paragraph("______________________"))
    return blocks


def _section(title: str, coded: tuple[Coded, ...], empty: str) -> list[Block]:
    if not coded:
        return [Heading(title), Paragraph(empty)]
    rows = tuple((one.text, one.day, ", ".join(one.codes), one.source) for one in coded)
    return [Heading(title), Table(title, ("What", "Date", "Codes", "Source"), rows, (4, 1.6, 4, 2.4))]


def _diagnosis(facts: CurrentFacts, one: Diagnosis) -> Coded:
    known = codes(one.code, ("subtype", "complication"), DIAGNOSIS) if one.code else ()
    status = f" ({one.status})" if one.status else ""
    system = f", {one.system}" if one.system else ""
    return Coded(f"{one.label}{status}{system}", known, str(one.time), one.stated_by or "not stated", one.id)


def _symptoms(facts: CurrentFacts) -> tuple[Coded, ...]:
    times: dict[str, int] = {}
    last: dict[str, Flare] = {}
    for flare in facts.of(Flare):
        if (facts.on - facts.day(flare)).days > 365:
            continue
        for item in flare.symptoms:
            times[item.code] = times.get(item.code, 0) + 1
            last[item.code] = flare
    ordered = sorted(times, key=lambda code: (-times[code], code))[:SYMPTOMS_SHOWN]
    return tuple(
        Coded(
            text=f"{clinical(code, 'symptom')}: in {times[code]} flares",
            codes=codes(code, ("symptom",), SYMPTOM),
            day=f"last {facts.day(last[code])}",
            source="diary",
            fact=last[code].id,
        )
        for code in ordered
    )


def _results(facts: CurrentFacts) -> tuple[Coded, ...]:
    found: dict[tuple[str, str], Coded] = {}
    for one in facts.of(Measurement):
        context = f", {_CONTEXT[one.context]}" if one.code == TRYPTASE else ""
        site = f", {one.site}" if one.site else ""
        loinc = (f"LOINC {one.loinc}",) if one.loinc else codes(one.code, ("lab",), RESULT)
        name = "Tryptase" if one.code == TRYPTASE else clinical(one.code, "lab")
        key = one.code, one.context if one.code == TRYPTASE else one.site or ""
        found[key] = Coded(
            f"{name} {number(one.quantity)}{context}{site}",
            loinc,
            str(facts.day(one)),
            one.laboratory or "not stated",
            one.id,
        )
    for variant in facts.of(Variant):
        amount = f", {number(variant.allele_fraction)}" if variant.allele_fraction else ""
        tissue = f" in {variant.tissue}" if variant.tissue else ""
        gene = f"{variant.gene} {variant.change}" if variant.change else variant.gene
        text = f"{gene} {variant.result.replace('_', ' ')}{tissue}{amount}"
        found[variant.gene, f"{variant.change}{variant.tissue}"] = Coded(
            text, (), str(variant.time), variant.laboratory or variant.assay or "not stated", variant.id
        )
    return tuple(sorted(found.values(), key=lambda one: (not one.text.startswith(("Tryptase", "KIT")), one.text)))


_CONTEXT = {"baseline": "when well", "event": "for a reaction", "unknown": "time of sample not stated"}


def _medicine(facts: CurrentFacts, one: MedicineCourse) -> Coded:
    schedule = f", {one.schedule}" if one.schedule else ""
    needed = ", when needed" if one.as_needed else ""
    name = clinical(one.medicine, "medicine", "medicine-caution")
    known = codes(one.medicine, ("medicine", "medicine-caution"), MEDICINE)
    return Coded(f"{name}{schedule}{needed}", known, f"since {one.time}", "record", one.id)
