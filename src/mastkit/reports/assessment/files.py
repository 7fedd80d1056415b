"""What `mastkit assess` reads and writes: record files and case sheets in, the chosen form out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

import orjson

from mastkit.assessment import Assessment, TableAnswer, assess, assess_record, assess_table
from mastkit.record.files import parse_record, record_content
from mastkit.record.problems import CannotRead, Problem
from mastkit.record.sheets import SheetTable, read_sheets
from mastkit.reports.assessment.rows import write_csv, write_json_lines, write_parquet

Progress = Callable[[int, int], None]


@dataclass
class Assessed:
    """The answers for the persons of some files.

    Attributes:
        persons: the single persons, from record files and from sheets of one row.
        tables: the sheets of several rows.
        problems: what was not understood; the rest was assessed.
    """

    persons: list[Assessment] = field(default_factory=list)
    tables: list[TableAnswer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every person's answer as plain data."""
        yield from (person.to_dict() for person in self.persons)
        for table in self.tables:
            yield from table.rows()

    def table_rows(self) -> Iterator[dict[str, Any]]:
        """Every person's answer with the columns of a table only."""
        for person in self.persons:
            row = person.to_dict()
            yield {"id": row["id"], **{a.system: _columns(row[a.system]) for a in person.answers}}
        for table in self.tables:
            yield from table.rows()


_COLUMNS = ("systemic_mastocytosis", "subtype", "possible", "b_findings", "c_findings", "missing", "criteria")


def _columns(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: answer[key] for key in _COLUMNS if key in answer}


def assess_files(
    files: Sequence[str],
    *,
    readings: Mapping[str, str],
    on: date | None,
    missing: bool,
    progress: Progress | None = None,
) -> Assessed:
    """Assess every person of some record files and case sheets.

    Raises:
        CannotRead: in one sentence, for a file that is of no use.
        ValueError: in one sentence, for a reading that does not exist.
    """
    result = Assessed()
    for name in files:
        path = Path(name)
        content = record_content(path)
        if content is not None:
            read = parse_record(content, name)
            result.problems += read.problems
            result.persons.append(assess_record(read.record, on=on, readings=readings, ways=True))
            continue
        table = read_sheets(path)
        result.problems += table.problems
        if len(table) == 1:
            result.persons.append(_one_row(table, readings))
        else:
            result.tables.append(assess_table(table, readings=readings, missing=missing, progress=progress))
    return result


def _one_row(table: SheetTable, readings: Mapping[str, str]) -> Assessment:
    sheet = table.sheet(0)
    return assess(sheet.values, id=sheet.id, readings=readings, ways=True)


def write(assessed: Assessed, form: str, output: Path | None) -> None:
    """Write the answers as JSON, JSON Lines, CSV or Parquet.

    Raises:
        CannotRead: in one sentence, where the file cannot be written.
    """
    if form == "parquet":
        if output is None:
            raise CannotRead("Parquet is no text: name a file with --output.")
        with _sentence(output):
            write_parquet(assessed.table_rows(), output)
        return
    if form == "csv":
        with _sentence(output), _text(output) as stream:
            write_csv(assessed.table_rows(), stream)
        return
    with _sentence(output), _binary(output) as stream:
        if form == "jsonl":
            write_json_lines(assessed.rows(), stream)
        else:
            rows = list(assessed.rows())
            content = rows[0] if len(rows) == 1 else rows
            stream.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


@contextmanager
def _sentence(output: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if output is None:
            raise
        reason = (error.strerror or type(error).__name__).lower()
        raise CannotRead(f"{output}: cannot be written ({reason}).") from None


@contextmanager
def _text(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def _binary(output: Path | None) -> Iterator[IO[bytes]]:
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with output.open("wb") as stream:
        yield stream
