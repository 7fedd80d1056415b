"""What a file holds and which problems it has, whether it is a record file or a case sheet."""

import os
from dataclasses import dataclass
from pathlib import Path

from mastkit.record.files import parse_record, record_content
from mastkit.record.problems import Problem
from mastkit.record.sheets.readers import Progress, read_sheets


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a file."""

    summary: str
    problems: tuple[Problem, ...]


def validate(path: str | os.PathLike[str], *, progress: Progress | None = None) -> Understood:
    """Read a record file or a case sheet, told apart by content. Raises `CannotRead`."""
    path = Path(path)
    content = record_content(path)
    if content is not None:
        read = parse_record(content, str(path))
        facts = counted(len(read.record), "fact")
        current = len(read.record.current())
        summary = f"{path}: a record file with {facts}, of which {current:,} hold now"
        if read.rejected:
            summary += f"; {counted(len(read.rejected), 'entry', 'entries')} not understood"
        return Understood(f"{summary}.", read.problems)
    table = read_sheets(path, progress=progress)
    rows, variables = counted(len(table), "row"), counted(len(table.known), "variable")
    return Understood(f"{path}: a case sheet with {rows} and values for {variables}.", tuple(table.problems))


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
