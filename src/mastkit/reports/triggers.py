"""A person's triggers in the terminal, as Markdown and as data: one result, three forms."""

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from io import StringIO
from typing import Any, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mastkit.record.files import read_record
from mastkit.record.problems import CannotRead
from mastkit.record.record import Record
from mastkit.reports.asked import asked_day
from mastkit.triggers.analysis import my_triggers, permutation_null
from mastkit.triggers.looks import Change, as_it_was, changes
from mastkit.triggers.read import read_diary
from mastkit.triggers.result import STATUS_WORDS, Interval, MyTriggers, Trigger

HEADINGS = ("Exposure", "What your diary says", "Chance it is a trigger", "Ratio, if it is one (90 %)", "Lag",
            "Flares after it / expected", "Exposures")  # fmt: skip
LEFT_OUT_WORDS = {
    "without_time": "without an hour, so not used",
    "clock_errors": "entered before they happened, so not used",
    "in_bulk": "entered all at once long afterwards: used, but when they were entered says nothing",
    "doubles": "entered twice, counted once",
}
"""What became of entries that could not be used as they are."""
EXPLANATION = (
    "The ratio says how many times as many flares begin in the six hours after it, if it is a trigger; the true"
    " ratio lies between the two limits in about 9 of 10 cases. 'Expected' are the flares there would have been"
    " anyway. This is a link in a diary, not proof, and never a reason to try something out."
)


def run_triggers(file: str, form: str, *, since: str | None = None, shuffles: int = 0) -> int:
    """Print what a record file says about triggers, as text, Markdown or JSON; return the exit status.

    That is 0, 1 where facts of the record were not understood, 2 where it or an option cannot be read.
    """
    try:
        last_look = None if since is None else asked_day("--since", since)
        read = read_record(file)
    except CannotRead as error:
        print(error, file=sys.stderr)  # noqa: T201 - the terminal is where it is asked
        return 2
    sys.stdout.write(_text(read.record, form, last_look, shuffles))
    for problem in read.problems:
        print(problem.sentence(), file=sys.stderr)  # noqa: T201
    return 1 if read.problems else 0


def _text(record: Record, form: str, last_look: date | None, shuffles: int) -> str:
    result = my_triggers(record)
    changed = () if last_look is None else changes(as_it_was(record, last_look), result)
    if shuffles:
        result = replace(result, permutation_null=permutation_null(read_diary(record), shuffles=shuffles))
    if form == "json":
        return json.dumps(triggers_as_data(result, changed), ensure_ascii=False, indent=2) + "\n"
    if form == "md":
        return triggers_as_markdown(result, changed)
    console = Console(file=StringIO(), width=shutil.get_terminal_size((110, 24)).columns)
    render_triggers(result, changed, console)
    return cast(StringIO, console.file).getvalue()


def render_triggers(result: MyTriggers, changed: tuple[Change, ...], console: Console) -> None:
    """Print the table of exposures, what has to be said with it, and what to log next."""
    for line in _opening(result):
        console.print(Text(line))
    if result.triggers:
        table = Table(show_lines=True)
        for place, heading in enumerate(HEADINGS):
            table.add_column(heading, justify="left" if place < 2 else "right", overflow="fold")
        for trigger in result.triggers:
            table.add_row(*(Text(cell) for cell in _cells(trigger)))
        console.print(table)
        console.print(Text(EXPLANATION, "dim"))
    for title, lines in _sections(result, changed):
        console.print()
        console.print(Text(title, "bold"))
        for line in lines:
            console.print(Text(f"- {line}"))


def triggers_as_markdown(result: MyTriggers, changed: tuple[Change, ...] = ()) -> str:
    """Return the same as Markdown."""
    parts = ["# My triggers", "", *(f"{_escaped(line)}\n" for line in _opening(result))]
    if result.triggers:
        parts += [_row(HEADINGS), _row(["---"] * len(HEADINGS))]
        parts += [_row([_escaped(cell) for cell in _cells(trigger)]) for trigger in result.triggers]
        parts += ["", EXPLANATION]
    for title, lines in _sections(result, changed):
        parts += ["", f"## {title}", "", *(f"- {_escaped(line)}" for line in lines)]
    return "\n".join(parts) + "\n"


def triggers_as_data(result: MyTriggers, changed: tuple[Change, ...] = ()) -> dict[str, Any]:
    """Return the same, every field of it, ready to be written as JSON."""
    data: dict[str, Any] = _plain(result)
    return data | {"summary": list(result.summary()), "changes": _plain(changed)}


def _opening(result: MyTriggers) -> Iterator[str]:
    if result.first_day is None:
        yield "There are no flares, exposures or check-ins in this record yet."
    else:
        yield (
            f"{result.first_day} to {result.last_day}: {result.observed_days} of {result.days} days with a diary,"
            f" {result.flares} flares counted, {len(result.triggers)} exposures looked at."
        )
    counts = [
        f"{len(found)} {word.lower()}{'s' if status == 'likely' and len(found) > 1 else ''}"
        for status, word in STATUS_WORDS.items()
        if (found := result.with_status(status))
    ]
    if counts:
        yield "; ".join(counts) + "."
    for message in result.messages:
        yield message.text
    if result.permutation_null is not None:
        yield (
            f"With the flares moved to other weeks, something was called likely in"
            f" {100 * result.permutation_null:.0f} of 100 copies of this diary; there it is always false."
        )


def _cells(trigger: Trigger) -> list[str]:
    evidence = trigger.evidence
    counted = bool(evidence.exposures) and trigger.probability is not None
    probability = trigger.probability
    if trigger.status == "linked_direction_unclear" and trigger.linked is not None:
        chance = f"{out_of_100(trigger.linked)} in 100 that it is linked"
    else:
        chance = f"{out_of_100(probability)} in 100" if probability is not None else "-"
    return [
        trigger.label,
        STATUS_WORDS[trigger.status],
        chance,
        _interval(trigger.ratio) if trigger.ratio else "-",
        trigger.window or "-",
        f"{evidence.flares_after} / {evidence.expected:.1f}" if counted else "-",
        str(evidence.exposures),
    ]


def _sections(result: MyTriggers, changed: tuple[Change, ...]) -> Iterator[tuple[str, list[str]]]:
    named = [
        f"{trigger.label}: {' '.join(message.text for message in trigger.messages)}{_known(trigger)}"
        for trigger in result.triggers
        if trigger.status != "not_enough_data" or len(trigger.messages) > 1
    ]
    numbers = [line for trigger in result.with_status("likely", "possible") for line in _absolute(trigger)]
    sections = (
        ("What has changed since the last look", [change.text for change in changed]),
        ("What this means", named),
        ("With and without", numbers),
        ("Together", [group.message.text for group in result.groups]),
        ("What to log next", [step.text for step in result.next_steps]),
        ("Entries that could not be used as they are", [_left_out(*item) for item in result.left_out.items()]),
        ("What this rests on", list(result.assumptions) if result.triggers else []),
    )
    for title, lines in sections:
        if lines:
            yield title, lines


def _known(trigger: Trigger) -> str:
    return f" (Known: {trigger.why_known}.)" if trigger.why_known else ""


def _absolute(trigger: Trigger) -> Iterator[str]:
    if trigger.absolute is not None:
        with_it = trigger.absolute.with_exposure
        yield (
            f"{trigger.label}: without it about {trigger.absolute.without:.0f} in 100 six-hour periods have a"
            f" flare; with it about {with_it.median:.0f} in 100 (could be {with_it.low:.0f} to"
            f" {with_it.high:.0f}), if it is a trigger."
        )


def _left_out(name: str, number: int) -> str:
    return f"{number} {LEFT_OUT_WORDS[name]}."


def _interval(interval: Interval) -> str:
    return f"{interval.median:.1f} ({interval.low:.1f} to {interval.high:.1f})"


def out_of_100(probability: float) -> str:
    """Return a number out of 100; what is not certain is never shown as 0 or 100."""
    return "under 1" if probability < 0.01 else str(min(round(100 * probability), 99))


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    for letter in "\\|*_`<>#[]":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", " ")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
