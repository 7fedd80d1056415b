"""The command ``mastkit due``: read a record, ask what is due, print it."""

import json
from datetime import date, datetime
from typing import Literal

from rich.console import Console

from mastkit.followup.due import due
from mastkit.record.files import RecordFile, read_record
from mastkit.record.problems import CannotRead
from mastkit.record.time import zone_of
from mastkit.reports.asked import asked_day
from mastkit.reports.due import due_as_markdown, render_due

Format = Literal["text", "json", "md"]


def show_due(path: str, on: str | None, subtype: str | None, output: Format) -> int:
    """Print what is due for the person of a record file; return the exit status.

    That is 0, 1 where facts of the record were not understood, 2 where it or an option cannot be read.
    """
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    try:
        read = read_record(path)
        day = _day(on, read)
        tests_due = due(read.record, day, subtypes=None if subtype is None else {subtype.strip().upper()})
    except (CannotRead, ValueError) as error:
        errors.print(str(error))
        return 2
    for problem in read.problems:
        errors.print(problem.sentence())
    match output:
        case "json":
            content = {"on": day.isoformat(), "due": [one.to_dict() for one in tests_due]}
            Console(soft_wrap=True, highlight=False, markup=False).print(
                json.dumps(content, ensure_ascii=False, indent=2)
            )
        case "md":
            Console(soft_wrap=True, highlight=False, markup=False).print(due_as_markdown(tests_due, day))
        case _:
            render_due(tests_due, day, Console())
    return 1 if read.problems else 0


def _day(text: str | None, read: RecordFile) -> date:
    if text is None:
        return datetime.now(zone_of(read.record.zone)).date()
    return asked_day("--on", text)
