"""The report on reactions: for the terminal, as Markdown, and as data."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from mastkit.followup.reaction import (
    SAFETY,
    Grade,
    JudgedCriterion,
    Reaction,
    plan_of,
    reactions,
)
from mastkit.followup.reaction_data import reaction_as_data
from mastkit.followup.windows import Window
from mastkit.logic.values import Truth
from mastkit.logic.words import title_of
from mastkit.record.files import read_record
from mastkit.record.problems import CannotRead
from mastkit.record.record import Record
from mastkit.record.time import zone_of

MOST_MISSING_SHOWN = 6
MOST_BASELINES_SHOWN = 5
WORDS: dict[Truth, str] = {True: "met", False: "not met", None: "cannot be ruled out"}
STYLE: dict[Truth, str] = {True: "bold red", False: "green", None: "yellow"}
VERIFIED = {
    "primary": "checked against the publication",
    "reprint": "read in a secondary source",
    "unverified": "not checked against a publication",
}
QUALIFIES: dict[Truth, str] = {True: "qualifies", False: "does not qualify", None: "cannot be judged"}
NO_FLARE = "No flare is recorded."


def run_reaction(file: str, output: str, options: Sequence[str]) -> int:
    """Print the report on a record file; return 0, 1 where facts were not understood, 2 where it cannot be done."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    now = datetime.now(UTC)
    try:
        readings = readings_from(options)
        found = read_record(file)
        if output == "text":
            render_reactions(found.record, Console(highlight=False, markup=False), readings, now=now)
        elif output == "md":
            sys.stdout.write(reactions_as_markdown(found.record, readings, now=now))
        else:
            data = reactions_as_data(found.record, readings, now=now)
            sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    except (CannotRead, ValueError) as error:
        errors.print(str(error))
        return 2
    for problem in found.problems:
        errors.print(problem.sentence())
    return 1 if found.problems else 0


def readings_from(options: Sequence[str]) -> dict[str, str]:
    """Readings from texts such as ``comparator=>``.

    Raises:
        ValueError: in one sentence, for a text of another form.
    """
    readings = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not (name and equals and value):
            raise ValueError(f"--reading {option!r}: expected a reading and an option, such as comparator=>")
        readings[name] = value
    return readings


def reactions_as_data(
    record: Record, readings: Mapping[str, str] | None = None, *, now: datetime | None = None
) -> dict[str, Any]:
    """All reactions of a record as plain data, ready to be written as JSON; with ``now``, windows too."""
    found = reactions(record, readings, now=now)
    return {"record": str(record.id), "note": SAFETY, "reactions": [reaction_as_data(r) for r in found]}


def render_reactions(
    record: Record, console: Console, readings: Mapping[str, str] | None = None, *, now: datetime | None = None
) -> None:
    """Print all reactions of a record; with ``now``, the sampling windows that are still to come or open."""
    console.print(Text(SAFETY, "bold"))
    for line in _plan_lines(record):
        console.print(Text(line))
    found = reactions(record, readings, now=now)
    if not found:
        console.print(NO_FLARE)
    for reaction in found:
        console.print(_tree(reaction))


def reactions_as_markdown(
    record: Record, readings: Mapping[str, str] | None = None, *, now: datetime | None = None
) -> str:
    """All reactions of a record as a Markdown document; ``now`` as for :func:`render_reactions`."""
    lines = ["# Reactions", "", f"**{SAFETY}**", ""]
    lines += [f"- {line}" for line in _plan_lines(record)]
    found = reactions(record, readings, now=now)
    if not found:
        lines += ["", NO_FLARE]
    for reaction in found:
        lines += ["", f"## {_title(reaction)}", ""]
        if reaction.warning:
            lines += [f"**{reaction.warning}**", ""]
        lines += [f"- {line}" for line in _facts_lines(reaction)]
        lines += ["", "| Definition | From what was written down | If nothing else was there | Source |"]
        lines += ["|---|---|---|---|"]
        lines += [f"| {_cell(j.criterion.title)} | {WORDS[j.truth]} | {WORDS[j.if_complete]} | {_source(j)} |"
                  for j in reaction.criteria]  # fmt: skip
        lines += ["", "| Severity | Certain | Possible | If nothing else was there | Verification |"]
        lines += ["|---|---|---|---|---|"]
        lines += [
            f"| {g.grading.title} | {g.certain.code} | {g.highest.code} | {g.written.code}: {g.written.title} |"
            f" {VERIFIED[g.grading.verified]} |"
            for g in reaction.grades
        ]
        lines += ["", "### Tryptase", ""]
        lines += [f"- {_cell(line)}" for line in tryptase_lines(reaction)]
    return "\n".join(lines) + "\n"


def _tree(reaction: Reaction) -> Tree:
    tree = Tree(Text(_title(reaction), "bold"))
    if reaction.warning:
        tree.add(Text(reaction.warning, "bold yellow"))
    facts = tree.add("What was written down")
    for line in _facts_lines(reaction):
        facts.add(Text(line))
    definitions = tree.add("Definitions of anaphylaxis")
    for judged in reaction.criteria:
        definitions.add(_criterion_text(judged))
    severity = tree.add("Severity")
    severity.add(_grades_table(reaction.grades))
    tryptase = tree.add("Tryptase")
    for line in tryptase_lines(reaction):
        tryptase.add(Text(line))
    return tree


def _title(reaction: Reaction) -> str:
    judged = {True: ", judged to be anaphylaxis", False: ", judged not to be anaphylaxis", None: ""}
    flare = reaction.flare
    return f"Flare of {flare.time} ({flare.time.zone}){judged[reaction.judged]}"


def _plan_lines(record: Record) -> Iterator[str]:
    plan = plan_of(record)
    if plan is None:
        yield "No emergency plan is recorded. Ask your doctor for a written one."
        return
    by = f", written by {plan.written_by}" if plan.written_by else ""
    number = f" Emergency number: {plan.emergency_number}." if plan.emergency_number else ""
    yield f"Emergency plan of {plan.time}{by}: {' '.join(plan.steps)}{number}"


def _facts_lines(reaction: Reaction) -> Iterator[str]:
    known = reaction.known
    signs = sorted({words for name, words in known.rests_on.items() if known.values[name] is True} - {_ONSET})
    yield f"there: {', '.join(signs) or 'no sign that the definitions ask about'}"
    absent = sorted(name.replace("_", " ") for name, value in known.values.items() if value is False)
    if absent:
        yield f"looked for and not there: {', '.join(absent)}"
    for name in ("age_at_event", "sbp", "sbp_baseline", "pulse", "pulse_baseline", "spo2_min", "trigger"):
        if name in known.rests_on:
            yield f"{_NAMES[name]}: {known.rests_on[name]}"
    for before in known.before:
        yield f"before it: {before.code}, {_minutes(before.hours)} earlier"
    if known.not_understood:
        yield f"in own words, which no rule can use: {', '.join(known.not_understood)}"
    yield from known.remarks


_ONSET = "the flare has a beginning known to the minute"
_NAMES = {
    "age_at_event": "age",
    "sbp": "systolic blood pressure",
    "sbp_baseline": "usual systolic blood pressure",
    "pulse": "pulse",
    "pulse_baseline": "usual pulse",
    "spo2_min": "oxygen saturation",
    "trigger": "trigger",
}


def _minutes(hours: tuple[float, float]) -> str:
    low, high = (round(max(h, 0.0) * 60) for h in hours)
    return f"{low} min" if low == high else f"{low} to {high} min"


def _criterion_text(judged: JudgedCriterion) -> Text:
    text = Text.assemble(
        (WORDS[judged.truth], STYLE[judged.truth]), f"  {judged.criterion.title} ({judged.criterion.id})"
    )
    if judged.truth is None:
        text.append(f"\nif nothing else was there: {WORDS[judged.if_complete]}", "dim")
        if judged.missing:
            names = [title_of(v) for v in judged.missing[:MOST_MISSING_SHOWN]]
            more = len(judged.missing) - len(names)
            text.append(f"\nnot known: {'; '.join(names)}{f'; and {more} more' if more else ''}", "dim")
    text.append(f"\n{_source(judged)}", "dim")
    return text


def _source(judged: JudgedCriterion) -> str:
    source = judged.criterion.source
    return f"{source.key if source else 'mastkit'}, {VERIFIED[judged.criterion.verified]}"


def _grades_table(grades: tuple[Grade, ...]) -> Table:
    table = Table(caption="Signs that nobody mentioned may have been there: hence a certain and a possible grade.")
    for column in ("Grading", "Certain", "Possible", "If nothing else was there", "Verification"):
        table.add_column(column)
    for g in grades:
        table.add_row(
            g.grading.title,
            g.certain.code,
            g.highest.code,
            f"{g.written.code}: {g.written.title}",
            VERIFIED[g.grading.verified],
        )
    return table


def tryptase_lines(reaction: Reaction) -> Iterator[str]:
    """Yield in words what the tryptase rule answers: the numbers, the times, and which baselines qualify."""
    answer = reaction.tryptase
    heads = {
        True: "Meets 20 % + 2: mast cells were active.",
        False: "Does not meet 20 % + 2.",
    }
    if answer.met is not None:
        yield heads[answer.met]
    yield from answer.words
    unused = [b for b in answer.baselines if b is not answer.used]
    unfit = [b for b in unused if not b.worth.qualifies]
    for baseline in unfit[:MOST_BASELINES_SHOWN]:
        value = f"{baseline.measurement.quantity} of {baseline.measurement.time}"
        yield f"As baseline, {value} {QUALIFIES[baseline.worth.qualifies]}: {baseline.worth.why}."
    if len(unfit) > MOST_BASELINES_SHOWN:
        yield f"{len(unfit) - MOST_BASELINES_SHOWN} more values do not serve as baseline."
    if others := len(unused) - len(unfit):
        yield f"{others} other value{'s qualify' if others > 1 else ' qualifies'} as baseline too."
    for window in reaction.windows:
        served = window.sample.kind == "baseline" and answer.used is not None
        if window.state in ("upcoming", "open") and not served:
            yield _window_in_words(window, reaction.flare.time.zone)
    protocol = answer.protocol
    year = f", {protocol.year}" if protocol.year else ""
    yield f"Sampling times: {protocol.title} ({protocol.authority}{year}; {VERIFIED[protocol.verified]})."


def _window_in_words(window: Window, zone: str) -> str:
    ends = [
        t.astimezone(zone_of(zone)).strftime("%Y-%m-%d %H:%M") if t else "" for t in (window.opens, window.closes)
    ]
    when = f"from {ends[0]}" + (f" until {ends[1]}" if ends[1] else "")
    now = "open now" if window.state == "open" else "to come"
    return f"{window.sample.title}: {now}, {when}."


def _cell(text: str) -> str:
    """Text that cannot break a Markdown table or become markup."""
    return text.replace("|", "\\|").replace("\n", " ")
