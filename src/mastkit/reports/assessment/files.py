"""What `mastkit assess` reads and writes: record files and case sheets in, the chosen form out."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

import orjson

from mastkit.assessment import Assessment, TableAnswer, assess, assess_record, assess_table, read_sheet
from mastkit.followup import overview, prognosis, screening
from mastkit.followup.overview import Overview
from mastkit.followup.prognosis import TablePrognosis, subtype_column
from mastkit.followup.screening import ScreeningColumns
from mastkit.logic.values import Fact
from mastkit.record.facts import DatedFact
from mastkit.record.files import parse_record, record_content
from mastkit.record.problems import CannotRead, Problem
from mastkit.record.record import Record
from mastkit.record.sheets import SheetTable, read_sheets
from mastkit.record.whole_file import output_file
from mastkit.reports.assessment.rows import write_csv, write_json_lines, write_parquet

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Person:
    """All that is said of one person.

    Attributes:
        values: the variables that it rests on.
        screening: who should be tested and mast cell activation, from `mastkit.followup.screening`.
        overview: prognosis, bones, trends and what is due, from `mastkit.followup.overview`.
    """

    assessment: Assessment
    values: Mapping[str, Fact | None]
    screening: Mapping[str, Any]
    overview: Overview

    def to_dict(self) -> dict[str, Any]:
        """The person as plain data, ready to be written as JSON."""
        return {
            **self.assessment.to_dict(),
            "screening": dict(self.screening),
            "follow_up": self.overview.to_dict(),
        }


@dataclass(frozen=True)
class Sheets:
    """All that is said of the persons of a table, by columns."""

    answers: TableAnswer
    screening: ScreeningColumns
    prognosis: Sequence[TablePrognosis]

    def rows(self) -> Iterator[dict[str, Any]]:
        """One person's answers as plain data, in the order of the table."""
        for i in range(len(self.answers)):
            scores = {p.rule.score.id: _prognosis(p, i) for p in self.prognosis}
            yield {**self.answers.row(i), "screening": self.screening.row(i), "prognosis": scores}


def _prognosis(score: TablePrognosis, i: int) -> dict[str, Any]:
    applies = (None, False, True)[int(score.applies[i]) + 1]
    points = None if applies is False else [int(score.low[i]), int(score.high[i])]
    return {"applies": applies, "points": points}


@dataclass
class Assessed:
    """The answers for the persons of some files.

    Attributes:
        persons: the single persons, from record files and from sheets of one row.
        tables: the sheets of several rows.
        problems: what was not understood; the rest was assessed.
        sheets: the files that are case sheets, which know no days.
    """

    persons: list[Person] = field(default_factory=list)
    tables: list[Sheets] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every person's answer as plain data."""
        yield from (person.to_dict() for person in self.persons)
        for table in self.tables:
            yield from table.rows()

    def table_rows(self, *, readings: Mapping[str, str], missing: bool) -> Iterator[dict[str, Any]]:
        """Every person's answer with the columns of a table only."""
        for person in self.persons:
            sheet = SheetTable.from_sheets([{"id": person.assessment.id, "sheet": person.values}])
            yield from _sheets(sheet, readings, missing, None).rows()
        for table in self.tables:
            yield from table.rows()


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
            result.persons.append(_person(read.record, readings, on))
            continue
        table = read_sheets(path)
        result.sheets.append(name)
        result.problems += table.problems
        if len(table) == 1:
            result.persons.append(_one_row(table, readings))
        else:
            result.tables.append(_sheets(table, readings, missing, progress))
    return result


def _person(record: Record, readings: Mapping[str, str], on: date | None) -> Person:
    values = read_sheet(record, on=on).values
    assessment = assess_record(record, on=on, readings=readings, ways=True)
    day = on or max((fact.time.day(record.zone) for fact in record if isinstance(fact, DatedFact)), default=None)
    whole = overview.for_record(record, day) if day else overview.for_sheet(values)
    return Person(assessment, values, screening.for_sheet(values), whole)


def _one_row(table: SheetTable, readings: Mapping[str, str]) -> Person:
    sheet = table.sheet(0)
    assessment = assess(sheet.values, id=sheet.id, readings=readings, ways=True)
    types = assessment.of("who-2022").possible
    return Person(
        assessment,
        sheet.values,
        screening.for_sheet(sheet.values),
        overview.for_sheet(sheet.values, subtypes=types or None),
    )


def _sheets(table: SheetTable, readings: Mapping[str, str], missing: bool, progress: Progress | None) -> Sheets:
    answers = assess_table(table, readings=readings, missing=missing, progress=progress)
    who = answers.systems[0]
    types = subtype_column([who.possible_codes(i) for i in range(len(table))])
    return Sheets(answers, screening.for_table(table), prognosis.for_table(table, subtypes=types))


def write(
    assessed: Assessed, form: str, output: Path | None, *, readings: Mapping[str, str], missing: bool
) -> None:
    """Write the answers as JSON, JSON Lines, CSV or Parquet.

    Args:
        readings, missing: as for `assess_files`, for single persons that go into a table.

    Raises:
        CannotRead: in one sentence, where the file cannot be written.
    """
    if form == "parquet":
        if output is None:
            raise CannotRead("Parquet is no text: name a file with --output.")
        with output_file(output) as sink:
            write_parquet(assessed.table_rows(readings=readings, missing=missing), sink)
        return
    if form == "csv":
        with _text(output) as stream:
            write_csv(assessed.table_rows(readings=readings, missing=missing), stream)
        return
    with _binary(output) as stream:
        if form == "jsonl":
            write_json_lines(assessed.rows(), stream)
        else:
            rows = list(assessed.rows())
            content = rows[0] if len(rows) == 1 else rows
            stream.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


@contextmanager
def _text(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    with output_file(output) as binary:
        stream = io.TextIOWrapper(binary, encoding="utf-8", newline="")
        yield stream
        stream.detach()


@contextmanager
def _binary(output: Path | None) -> Iterator[IO[bytes]]:
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with output_file(output) as stream:
        yield stream
