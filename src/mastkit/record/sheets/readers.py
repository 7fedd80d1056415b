"""Read case sheets from CSV, JSON Lines, JSON or Parquet, told apart by content."""

import csv
import io
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from mastkit.record.problems import CannotRead, shown
from mastkit.record.sheets.columns import LINE_KEYS, TableBuilder, is_text, suggestion
from mastkit.record.sheets.table import SheetTable
from mastkit.vocabulary.variables import sheet_variables

Progress = Callable[[int, int], None]
"""Called with the bytes (of Parquet: the rows) done so far, and all there are."""

CHUNK = 1_000
"""Rows taken at a time: enough for numpy to be quick, few enough to stay in the processor's own memory."""

OTHER_NAMES = {"sheet": "column sheet"}
"""Columns whose name means something else in a line of JSON."""

_OTHER_FORMATS = {
    b"PK\x03\x04": "a zip file or an Excel workbook (save the sheet as CSV UTF-8)",
    b"\x1f\x8b": "a gzip file (unpack it first)",
    b"\xff\xfe": "UTF-16 text (save it as UTF-8)",
    b"\xfe\xff": "UTF-16 text (save it as UTF-8)",
    b"%PDF": "a PDF",
}


def read_sheets(path: str | os.PathLike[str], *, progress: Progress | None = None) -> SheetTable:
    """Read a file of case sheets; what is not understood is in the table's problems.

    Raises `CannotRead` where the file as a whole is of no use.
    """
    path = Path(path)
    with open_for_reading(path) as stream:
        return _read(path, stream, os.fstat(stream.fileno()).st_size, progress or (lambda done, all_: None))


def parse_sheets(content: bytes, file: str) -> SheetTable:
    """Read the content of a file of case sheets, as `read_sheets` does."""
    return _read(Path(file), io.BytesIO(content), len(content), lambda done, all_: None)


def _read(path: Path, stream: BinaryIO, size: int, report: Progress) -> SheetTable:
    head = stream.read(4096)
    stream.seek(0)
    refuse_other_formats(path, head)
    if head.startswith(b"PAR1"):
        return _read_parquet(path, stream, report)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        if path.suffix.lower() not in (".jsonl", ".ndjson") and (table := _read_json(path, stream)):
            report(size, size)
            return table
        stream.seek(0)
        return _read_json_lines(path, stream, size, report)
    return _read_csv(path, stream, size, report)


def open_for_reading(path: Path) -> BinaryIO:
    """Open a file, or raise `CannotRead` with one sentence that says why not."""
    try:
        if path.exists() and not path.is_file():
            what = "a folder" if path.is_dir() else "no ordinary file"
            raise CannotRead(f"{path}: this is {what}, expected a file.")
        return path.open("rb")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CannotRead(f"{path}: cannot be opened ({reason}).") from None
    except ValueError:  # a NUL in the path
        raise CannotRead(f"{shown(str(path))}: this is no path of a file.") from None


def refuse_other_formats(path: Path, head: bytes) -> None:
    """Raise `CannotRead` where the first bytes show that this is nothing that can be read here."""
    if not head.strip():
        raise CannotRead(f"{path}: the file is empty.")
    for magic, name in _OTHER_FORMATS.items():
        if head.startswith(magic):
            raise CannotRead(f"{path}: this is {name}, expected CSV, JSON, JSON Lines or Parquet.")
    if b"\0" in head and not head.startswith(b"PAR1"):
        raise CannotRead(f"{path}: this is a binary file, expected CSV, JSON, JSON Lines or Parquet.")


def _read_json(path: Path, stream: BinaryIO) -> SheetTable | None:
    """Read one object or a list of them; None where the file is not one piece of JSON."""
    try:
        content = orjson.loads(stream.read().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return None
    things = content if isinstance(content, list) else [content]
    builder = TableBuilder(str(path))
    builder.add_objects(list(enumerate(things, start=1)))
    return builder.table()


def _read_json_lines(path: Path, stream: BinaryIO, size: int, report: Progress) -> SheetTable:
    builder = TableBuilder(str(path))
    lines = enumerate(stream, start=1)
    while chunk := list(islice(lines, CHUNK)):
        objects: list[tuple[int, object]] = []
        for number, line in chunk:
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not text.strip():
                continue
            try:
                objects.append((number, orjson.loads(text)))
            except orjson.JSONDecodeError as error:
                builder.problem(number, None, None, f"a line that is no JSON ({error.msg})", "one JSON object")
        builder.add_objects(objects)
        report(stream.tell(), size)
    if not builder.ids and builder.problems:
        raise CannotRead(f"{path}: no line of it is a case sheet; {builder.problems[0].sentence()}")
    return builder.table()


def _read_csv(path: Path, stream: BinaryIO, size: int, report: Progress) -> SheetTable:
    # A byte that is no UTF-8 becomes half of a surrogate pair, and its cell a problem; the others go on.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    builder = TableBuilder(str(path))
    delimiter = _delimiter(text.readline())
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter)
    header = _header(path, reader, builder)
    if not all(is_text(name) for name in header):
        _not_utf8(builder, 1)
    positions = {name: i for i, name in enumerate(header) if name in sheet_variables()}
    id_at = header.index("id") if "id" in header else None
    others = {name: i for i, name in enumerate(header) if name and i != id_at and name not in positions}
    rows_of_cells = _csv_rows(reader, len(header), builder)
    while chunk := list(islice(rows_of_cells, CHUNK)):
        rows = [row for row, _ in chunk]
        columns = list(zip(*(cells for _, cells in chunk), strict=True))
        ids = [None] * len(rows) if id_at is None else columns[id_at]
        extra = [{name: cells[i].strip() for name, i in others.items() if cells[i].strip()} for _, cells in chunk]
        builder.add({name: columns[i] for name, i in positions.items()}, ids, rows, extra)
        report(stream.tell(), size)
    return builder.table()


def _delimiter(header: str) -> str:
    """Return the separator that cuts the header into the most names of variables, then the most names."""

    def names(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(cell.strip().casefold() in sheet_variables() for cell in cells), len(cells)

    return max(",;\t", key=names)


def _header(path: Path, reader: Any, builder: TableBuilder) -> list[str]:
    """Return the name of each column: a variable, ``id``, another name, or "" for a column not used."""
    try:
        cells = next(reader)
    except (StopIteration, csv.Error):
        cells = []
    variables = sheet_variables()
    header: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = cell.strip()
        if name.casefold() in variables or name.casefold() == "id":
            name = name.casefold()
        if name and name in header:
            builder.problem(
                1,
                None,
                name,
                f"the column a second time (column {place})",
                "each column once; it is not used",
            )
            name = ""
        elif not name and cells != [""] * len(cells):
            name = f"column {place}"
        elif name not in variables and name != "id":
            if name not in LINE_KEYS:
                builder.warn(1, None, name, "an unknown variable", suggestion(name))
            name = OTHER_NAMES.get(name, name)
        header.append(name)
    if not any(name in variables or name == "id" for name in header):
        raise CannotRead(
            f"{path}: this is no case sheet, expected JSON, or CSV with names of variables in its first row."
        )
    return header


def _not_utf8(builder: TableBuilder, row: int) -> None:
    builder.problem(row, None, None, "letters that are no UTF-8, here first", "a file saved as UTF-8")


def _csv_rows(reader: Any, width: int, builder: TableBuilder) -> Iterator[tuple[int, list[str]]]:
    said = any(problem.expected == "a file saved as UTF-8" for problem in builder.problems)
    while True:
        row = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            builder.problem(row, None, None, f"a row that is no CSV ({error})", "cells with paired quotes")
            continue
        if not any(cells):
            continue
        if not said and not is_text("".join(cells).replace("\0", "")):
            said = True
            _not_utf8(builder, row)
        if len(cells) != width:
            found = f"{len(cells)} cells"
            if len(cells) < width or any(cells[width:]):
                builder.problem(row, None, None, found, f"{width} cells, as in the first row")
            cells = (cells + [""] * width)[:width]
        yield row, cells


def _read_parquet(path: Path, stream: BinaryIO, report: Progress) -> SheetTable:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CannotRead(f'{path}: to read Parquet, install pyarrow: pip install "mastkit[tables]".') from None
    builder = TableBuilder(str(path))
    try:
        parquet = pq.ParquetFile(stream)
        count = parquet.metadata.num_rows
        done = 0
        for batch in parquet.iter_batches(batch_size=CHUNK):
            _add_batch(builder, batch, done)
            done += batch.num_rows
            report(done, count)
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CannotRead(f"{path}: this is no sound Parquet file ({reason}).") from None
    return builder.table()


def _add_batch(builder: TableBuilder, batch: Any, done: int) -> None:
    columns = {
        _name(name, batch.schema.names): batch.column(i).to_pylist() for i, name in enumerate(batch.schema.names)
    }
    rows = list(range(done + 1, done + batch.num_rows + 1))
    ids = columns.pop("id", [None] * len(rows))
    others = {name: columns.pop(name) for name in list(columns) if name not in sheet_variables()}
    extra: list[dict[str, Any]] = [{} for _ in rows]
    for name, cells in others.items():
        if done == 0 and name not in LINE_KEYS:
            builder.warn(None, None, name, "an unknown variable", suggestion(name))
        name = OTHER_NAMES.get(name, name)
        for rest, cell in zip(extra, cells, strict=True):
            if cell is not None and cell != "":
                rest[name] = _as_json(cell)
    builder.add(columns, ids, rows, extra)


def _name(name: str, names: list[str]) -> str:
    """A column as a variable is written; as it stands where it is none, or where there is that variable as well."""
    plain = name.strip().casefold()
    others = [other for other in names if other.strip().casefold() == plain]
    return plain if len(others) == 1 and (plain == "id" or plain in sheet_variables()) else name


def _as_json(cell: Any) -> Any:
    """Return a value of Parquet as JSON can hold it."""
    try:
        return orjson.loads(orjson.dumps(cell))
    except (TypeError, orjson.JSONDecodeError):
        return str(cell)
