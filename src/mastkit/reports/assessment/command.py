"""The work of `mastkit assess`: arguments in, exit status out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mastkit.record.files import refuse_output
from mastkit.record.problems import CannotRead, sentences
from mastkit.record.whole_file import output_file
from mastkit.reports import follow_up, screening
from mastkit.reports.asked import asked_day
from mastkit.reports.assessment.files import Assessed, Person, Progress, assess_files, write
from mastkit.reports.assessment.outline import Section, outline

SILENT_ROWS = 2000
"""Shorter work shows no progress bar."""


def run(
    files: Sequence[str],
    form: str,
    output: str | None,
    readings: Sequence[str],
    on: str | None,
    missing: bool | None,
    grounds: bool,
) -> int:
    """Assess the files and show or write the answers.

    Returns:
        0 where all was understood, 1 where some of it was not, 2 where a file or an argument is of no use.
    """
    try:
        chosen = dict(_reading(text) for text in readings)
        day = None if on is None else asked_day("--on", on)
        if output is not None:
            refuse_output(Path(output), files)
        # One row of JSON Lines says as much as one person's JSON; the other tables are for many rows.
        wanted = form in ("jsonl", "json") if missing is None else missing
        with _progress() as progress:
            assessed = assess_files(files, readings=chosen, on=day, missing=wanted, progress=progress)
        if day is not None and assessed.sheets:
            print(  # noqa: T201
                f"--on was not used for {', '.join(assessed.sheets)}: a case sheet has no days.", file=sys.stderr
            )
        for sentence in sentences(assessed.problems):
            print(sentence, file=sys.stderr)  # noqa: T201 - what was not understood
        if form in ("json", "jsonl", "csv", "parquet"):
            write(assessed, form, Path(output) if output else None, readings=chosen, missing=wanted)
        else:
            _show(assessed, form, output, grounds)
    except (CannotRead, ValueError) as error:
        print(str(error), file=sys.stderr)  # noqa: T201
        return 2
    return 1 if any(p.kind == "error" for p in assessed.problems) else 0


def _show(assessed: Assessed, form: str, output: str | None, grounds: bool) -> None:
    if form == "text":
        _show_text(assessed, output, grounds)
        return
    if assessed.tables:
        raise CannotRead(f"{form} shows one person; for a table choose text, jsonl, csv or parquet.")
    from mastkit.reports.assessment.html import as_html
    from mastkit.reports.assessment.markdown import as_markdown

    draw = as_html if form == "html" else as_markdown
    if form == "html" and len(assessed.persons) > 1:
        raise CannotRead("html shows one person; give one file, or choose md.")
    _write_text("\n".join(draw(all_sections(person, grounds)) for person in assessed.persons), output)


def _show_text(assessed: Assessed, output: str | None, grounds: bool) -> None:
    from rich.console import Console

    from mastkit.reports.assessment.terminal import show, show_table

    kept = io.StringIO()
    console = Console() if output is None else Console(file=kept, width=110)
    for person in assessed.persons:
        show(all_sections(person, grounds), console)
    for table in assessed.tables:
        show_table(table.answers, console)
    if output is not None:
        _write_text(kept.getvalue(), output)


def all_sections(person: Person, grounds: bool) -> list[Section]:
    """All that is said of a person: the assessment, then what comes beside and after it, then the note."""
    *before, note = outline(person.assessment, grounds=grounds)
    return [*before, *screening.sections(person.screening), *follow_up.sections(person.overview), note]


def _write_text(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    with output_file(Path(output)) as stream:
        stream.write(text.encode())


def _reading(text: str) -> tuple[str, str]:
    name, equals, option = text.partition("=")
    if not equals or not name or not option:
        raise ValueError(f"--reading: found {text!r}, expected NAME=OPTION such as who-2022.b1=and_or_vaf.")
    return name, option


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on the terminal's error stream, shown only while long work goes on."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Assessing", total=None, visible=False)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > SILENT_ROWS)

        yield report
