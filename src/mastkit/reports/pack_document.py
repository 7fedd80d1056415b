"""The appointment pack as a document: one page first, annexes after."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mastkit.reports.agenda import AgendaItem
from mastkit.reports.charts import chart_of
from mastkit.reports.document import (
    Block,
    Box,
    Bullets,
    Document,
    Heading,
    NewPage,
    Pairs,
    Paragraph,
    Table,
)
from mastkit.reports.flares import FlareLine, FlareSummary
from mastkit.reports.medicines import MedicineLine
from mastkit.reports.pack import AppointmentPack
from mastkit.reports.series import FIRST, repeated
from mastkit.reports.substances import Substance

FOOTER = (
    "Made with mastkit from the person's own record. It shows facts, published rules and sources; "
    "it is not a certified medical device and suggests no treatment."
)

LONGEST_LINE = 150
"""Letters of a line on the first page; the annexes have the whole text."""

CHANGES_SHOWN, MEDICINES_SHOWN, TOP_COUNTS = 7, 9, 4


def pack_document(pack: AppointmentPack) -> Document:
    """Return the pack as a document."""
    return Document(
        title="Appointment pack",
        subtitle=_subtitle(pack),
        on=pack.on,
        blocks=(*_first_page(pack), NewPage(), *_annexes(pack)),
        author=pack.person.name or "mastkit",
        footer=FOOTER,
        keywords=("mastocytosis", "appointment"),
    )


def _subtitle(pack: AppointmentPack) -> str:
    who = _cut(pack.person.name, 60) if pack.person.name else "Name: ______________________"
    born = f", born {pack.person.born}" if pack.person.born else ""
    visit = [_cut(word, 50) for word in (pack.visit.with_whom, pack.visit.speciality, pack.visit.purpose) if word]
    when = f" on {pack.visit.day}" if pack.visit.day else ""
    to = f" For {', '.join(visit)}{when}." if visit or when else ""
    return f"{who}{born}.{to} Made on {pack.on}."


def _first_page(pack: AppointmentPack) -> Iterator[Block]:
    yield Paragraph(_cut(pack.person.diagnosis or "No diagnosis stated by a clinician is written down."), "strong")
    yield Heading("My top three questions")
    if pack.top_questions:
        yield Bullets(tuple(_cut(question.text, 200) for question in pack.top_questions), "answer")
    else:
        yield Bullets(("", "", ""), "answer")
    yield Heading(f"What changed ({_cut(pack.period.why, 90)})")
    yield from _changes(pack)
    yield Heading("Flares in this time")
    yield Bullets(tuple(_cut(line) for line in flare_lines(pack.flares)))
    if pack.triggers is not None and pack.triggers.lines:
        yield Heading("Triggers: what my diary says")
        yield Bullets(tuple(_cut(line, 200) for line in pack.triggers.summary))
    yield Heading("Medicines now")
    yield from _medicines_now(pack)
    yield from _trends_first(pack)
    yield from _standing_first(pack)
    if pack.overdue or pack.expiring or pack.not_in_record:
        yield Heading("Overdue, or runs out soon")
        lines = [
            f"{item.title}: since {item.due}" for item in pack.overdue if item.kind not in ("injector", "supply")
        ]
        lines += [one.sentence for one in pack.expiring]
        if pack.not_in_record:
            lines.append("No result in my record: " + "; ".join(item.title for item in pack.not_in_record))
        yield Bullets(_shortened([_cut(line, 220) for line in lines], 5))


def _changes(pack: AppointmentPack) -> Iterator[Block]:
    if not pack.changes:
        yield Paragraph("Nothing new is written down in this time.")
        return
    lines = [_cut(f"{change.day}: {change.text}") for change in pack.changes]
    yield Bullets(_shortened(lines, CHANGES_SHOWN))


def flare_lines(flares: FlareSummary) -> list[str]:
    """Say in a few lines how many flares there were, how severe, what was suspected, what was taken."""
    days = "day" if flares.days_with_flares == 1 else "days"
    before = f"{flares.count_before} in the same length of time before"
    lines = [f"{_count(flares.count, 'flare')} on {flares.days_with_flares} {days}; {before}"]
    if not flares.count:
        return [f"No flare is written down; {before}. That does not mean there was none."]
    severity = ", ".join(f"{count.what}: {count.times}" for count in flares.by_severity)
    lines.append(severity[:1].upper() + severity[1:])
    if flares.anaphylaxis:
        lines.append(f"Judged to be anaphylaxis: {flares.anaphylaxis}")
    if flares.by_suspected:
        lines.append("Suspected triggers: " + _top(flares.by_suspected))
    if flares.by_symptom:
        lines.append("Most frequent symptoms: " + _top(flares.by_symptom))
    rescue = f": {_top(flares.rescue)}" if flares.rescue else ""
    lines.append(f"Medicine taken in {flares.with_rescue} of {flares.count} flares{rescue}")
    if flares.adrenaline:
        lines.append(f"Adrenaline: {_count(flares.adrenaline, 'dose')}")
    return lines


def _medicines_now(pack: AppointmentPack) -> Iterator[Block]:
    now = pack.medicines.now
    if not now:
        yield Paragraph("No medicine taken now is written down.")
        return
    yield Bullets(_shortened([_cut(medicine_line(one)) for one in now], MEDICINES_SHOWN))


def medicine_line(one: MedicineLine) -> str:
    """Return a medicine in one line."""
    parts = [one.medicine]
    if one.schedule:
        parts.append(one.schedule)
    if one.as_needed:
        parts.append("when needed")
    text = ", ".join(parts)
    return f"{text} (for {one.reason})" if one.reason else text


def _trends_first(pack: AppointmentPack) -> Iterator[Block]:
    """Yield tryptase and KIT in a sentence each, and drawn where the page has room."""
    first = [series for series in pack.series if series.code in FIRST]
    if not first:
        return
    yield Heading("Tryptase and KIT")
    yield Bullets(tuple(_cut(series.sentence(), 220) for series in first))
    for series in repeated(first)[:1]:
        yield replace(chart_of(series), optional=True)


def _standing_first(pack: AppointmentPack) -> Iterator[Block]:
    if pack.standing is None:
        return
    yield Heading("Where the diagnosis stands")
    lines = [f"{system.title}: {system.answer}" for system in pack.standing.systems]
    if pack.standing.misfit:
        lines.insert(0, "; ".join(pack.standing.stated))
    for system in pack.standing.systems:
        if system.missing:
            lines.append(f"Could settle it ({system.title}): {' + '.join(system.missing[0].tests)}")
            break
    yield Bullets(tuple(_cut(line, 220) for line in lines))


def _annexes(pack: AppointmentPack) -> Iterator[Block]:
    yield Heading("Annex: what you may want to ask me")
    rows = tuple((one.question, one.answer) for one in pack.prepared)
    yield Table("Usual questions, answered ahead from the diary", ("Question", "From my diary"), rows, (2, 4))
    if pack.more_questions:
        yield Heading("Annex: more questions")
        yield Bullets(tuple(_with_why(one.text, one.why) for one in pack.more_questions), "check")
    if pack.answered_questions:
        yield Heading("Annex: questions answered so far")
        rows = tuple((one.text, one.answer or "") for one in pack.answered_questions)
        yield Table("Questions and answers", ("Question", "Answer"), rows, (2, 3))
    if len(pack.changes) > CHANGES_SHOWN or any(len(change.text) > LONGEST_LINE - 12 for change in pack.changes):
        yield from _all_changes(pack)
    yield from trend_blocks(pack)
    yield from flare_blocks(pack.flares)
    yield from medicine_blocks(pack)
    yield from reaction_blocks(pack)
    yield from trigger_blocks(pack)
    yield from standing_blocks(pack)
    yield from due_blocks(pack)
    yield Heading("How this pack was made")
    yield Pairs(
        (
            ("Period", f"{pack.period.first} to {pack.period.last}: {pack.period.why}"),
            ("Facts in the record", str(pack.facts_in_record)),
            ("Source of every figure", "the facts of the record, by the day shown beside it"),
        )
    )


def _all_changes(pack: AppointmentPack) -> Iterator[Block]:
    yield Heading("Annex: all changes in this time")
    rows = tuple((str(change.day), change.topic, change.text) for change in pack.changes)
    yield Table("Changes", ("Day", "What", "Change"), rows, (1, 1, 5))


def trend_blocks(pack: AppointmentPack) -> Iterator[Block]:
    """Yield a chart with its table for every test done more than once, and a table of the others."""
    trends = repeated(pack.series)
    if trends:
        yield Heading("Annex: results over time")
        yield from (chart_of(series) for series in trends)
    yield from _single_results(pack)


def _single_results(pack: AppointmentPack) -> Iterator[Block]:
    single = [series for series in pack.series if len(series.points) == 1]
    left_out = [text for series in pack.series for text in series.left_out]
    if single:
        rows = tuple(
            (one.title, one.points[0].printed, str(one.points[0].day), one.points[0].where) for one in single
        )
        yield Heading("Annex: tests done once")
        yield Table("Tests with one result", ("Test", "Result", "Date", "Laboratory"), rows, (4, 2, 2, 3))
    if left_out:
        yield Paragraph(
            "Not drawn, because the unit does not fit the others: " + "; ".join(left_out) + ".", "quiet"
        )


def flare_blocks(flares: FlareSummary) -> Iterator[Block]:
    """Yield the table of the worst flares of the period."""
    if not flares.worst:
        return
    yield Heading("Annex: the most severe flares of this time")
    rows = tuple(_flare_row(flare) for flare in flares.worst)
    columns = ("Began", "Severity", "Symptoms", "Suspected", "Taken")
    yield Table("Most severe flares", columns, rows, (2, 2, 4, 3, 3))
    if flares.anaphylaxis_open:
        yield Paragraph(
            f"For {flares.anaphylaxis_open} of {flares.count} flares nobody wrote down whether it was anaphylaxis: "
            "not known, which is not the same as no.",
            "quiet",
        )


def _flare_row(flare: FlareLine) -> tuple[str, ...]:
    severity = "not written down" if flare.severity is None else f"{flare.severity} of 10"
    if flare.anaphylaxis:
        severity += ", anaphylaxis"
    if flare.duration_minutes is not None:
        severity += f", {_duration(flare.duration_minutes)}"
    return (
        flare.began,
        severity,
        ", ".join(flare.symptoms),
        ", ".join(flare.suspected),
        ", ".join(flare.rescue),
    )


def medicine_blocks(pack: AppointmentPack) -> Iterator[Block]:
    """Yield the tables of the medicines taken now and of those tried and stopped."""
    if pack.medicines.now:
        yield Heading("Annex: medicines now")
        rows = tuple(
            (one.medicine, one.schedule or "", one.reason or "", one.since, _response(one), _doses(one))
            for one in pack.medicines.now
        )
        columns = ("Medicine", "As prescribed", "For", "Since", "What it did", "Doses in this time")
        yield Table("Medicines taken now", columns, rows, (3, 3, 2, 2, 2, 2))
    if pack.medicines.stopped:
        yield Heading("Annex: tried and stopped")
        stopped = tuple(
            (
                one.medicine,
                f"{one.since} to {one.until}",
                one.reason or "",
                _response(one),
                one.stopped_because or "",
            )
            for one in pack.medicines.stopped
        )
        yield Table(
            "Medicines stopped",
            ("Medicine", "When", "For", "What it did", "Stopped because"),
            stopped,
            (3, 3, 2, 2, 3),
        )
    if pack.medicines.without_course:
        named = ", ".join(pack.medicines.without_course)
        yield Paragraph(f"Doses are written down, but no course, for: {named}.", "quiet")


def reaction_blocks(pack: AppointmentPack) -> Iterator[Block]:
    """Yield the table of stated and suspected reactions."""
    if not pack.reactions:
        return
    yield Heading("Annex: what I reacted to, or suspect")
    rows = tuple(
        (one.name, str(len(one.reacted)), str(one.reacted[-1].day), one.reacted[-1].words, _good(one))
        for one in pack.reactions
    )
    columns = ("What", "Reactions", "Last", "What happened", "How often met")
    yield Table("Stated or suspected reactions", columns, rows, (3, 1.3, 2, 3, 4))
    yield Paragraph(
        "A suspicion is not yet proof, and a time without a written flare is no proof of tolerance.", "quiet"
    )


def trigger_blocks(pack: AppointmentPack) -> Iterator[Block]:
    """Yield what the analysis of the diary says of every exposure, with the counts behind it."""
    if pack.triggers is None or not pack.triggers.lines:
        return
    yield Heading("Annex: triggers, one by one")
    rows = tuple(
        (one.label, one.status, f"{one.followed} of {one.exposures}", one.ratio, one.words)
        for one in pack.triggers.lines
    )
    columns = ("Exposure", "What can be said", "A flare within 6 h", "Rate ratio, if it is one", "In words")
    yield Table("Triggers", columns, rows, (2.4, 2.4, 1.6, 2, 5))
    yield Paragraph("Assumptions: " + " ".join(pack.triggers.assumptions), "quiet")


def standing_blocks(pack: AppointmentPack) -> Iterator[Block]:
    """Yield the assessment: the criteria of both systems, what is missing, where they differ."""
    if pack.standing is None:
        return
    yield Heading("Annex: the criteria, one by one")
    if pack.standing.stated:
        yield Paragraph("The diagnosis as stated:", "strong")
        yield Bullets(pack.standing.stated)
    for system in pack.standing.systems:
        yield Heading(system.title, 2)
        yield Paragraph(f"{system.answer}. Reading of the publication: {system.verified}.")
        rows = tuple((line.key, line.title, line.stands) for line in system.criteria)
        yield Table(f"Criteria, {system.title}", ("Key", "Criterion", "How it stands"), rows, (1, 6, 2))
        if system.missing:
            lines = tuple(
                f"{' + '.join(one.tests)}: could settle it to {', '.join(one.answers)}" for one in system.missing
            )
            yield Paragraph("Tests that could settle the type:", "strong")
            yield Bullets(lines)
    if pack.standing.disagreements:
        yield Box("Where the two differ", pack.standing.disagreements)
    if pack.standing.remarks:
        yield Bullets(pack.standing.remarks)


def due_blocks(pack: AppointmentPack) -> Iterator[Block]:
    """Yield what is due, with reason and source."""
    if not pack.due:
        return
    yield Heading("Annex: what is due")
    rows = tuple((item.title, _when(item), item.reason, _source(item)) for item in pack.due)
    yield Table("Due", ("What", "When", "Why", "Source"), rows, (3, 2, 4, 3))


def _when(item: AgendaItem) -> str:
    return str(item.due) if item.state in ("due", "later") else f"{item.due}, {item.state}"


def _source(item: AgendaItem) -> str:
    checked = {"primary": "read in the source", "reprint": "read in a secondary source", "unverified": "recalled"}
    return f"{item.source}; {checked[item.verified]}" if item.verified else item.source


def _good(one: Substance) -> str:
    parts = []
    if one.tolerated:
        parts.append(f"tolerated {len(one.tolerated)}×, last {one.tolerated[-1].day}")
    if one.quiet or one.taken:
        parts.append(f"nothing written down after it {len(one.quiet) + len(one.taken)}×")
    if one.followed:
        parts.append(f"a flare within 24 hours {one.followed}×")
    return "; ".join(parts)


def _response(one: MedicineLine) -> str:
    return one.response or "not written down"


def _doses(one: MedicineLine) -> str:
    if not one.taken and not one.skipped:
        return "none written down"
    return f"{one.taken} taken" + (f", {one.skipped} left out" if one.skipped else "")


def _duration(minutes: int) -> str:
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"


def _with_why(text: str, why: str) -> str:
    return f"{text} ({why})" if why else text


def _top(counts: Iterable[object]) -> str:
    listed = list(counts)
    shown = ", ".join(f"{count.what} ({count.times})" for count in listed[:TOP_COUNTS])  # type: ignore[attr-defined]
    rest = len(listed) - TOP_COUNTS
    return f"{shown}, and {rest} more" if rest > 0 else shown


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _shortened(lines: list[str], most: int) -> tuple[str, ...]:
    rest = len(lines) - most
    return (*lines[:most], f"and {rest} more in the annex") if rest > 0 else tuple(lines)


def _cut(text: str, letters: int = LONGEST_LINE) -> str:
    """Return a text on one line, cut at a word where it is too long for the first page."""
    line = " ".join(text.split())
    if len(line) <= letters:
        return line
    return f"{line[: letters - 1].rsplit(' ', 1)[0][: letters - 1]}…"
