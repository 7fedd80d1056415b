"""The answers for a table as rows: JSON Lines, CSV or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

import orjson

from mastkit.record.problems import CannotRead

Row = Mapping[str, Any]


def write_json_lines(rows: Iterable[Row], stream: IO[bytes]) -> None:
    """Write one JSON object a line."""
    for row in rows:
        stream.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def write_csv(rows: Iterable[Row], stream: IO[str]) -> None:
    """Write one line a person; unknown is an empty cell, lists are separated by blanks."""
    writer = None
    for row in rows:
        flat = {key: _cell(value) for key, value in flattened(row)}
        if writer is None:
            writer = csv.DictWriter(stream, list(flat), lineterminator="\n")
            writer.writeheader()
        writer.writerow(flat)


def write_parquet(rows: Iterable[Row], stream: IO[bytes]) -> None:
    """Write a Parquet file with the same columns as the CSV, lists and truths as they are.

    Raises:
        CannotRead: in one sentence, where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CannotRead('To write Parquet, install pyarrow: pip install "mastkit[tables]".') from None
    content = [dict(flattened(row)) for row in rows]
    names = list(content[0]) if content else ["id"]
    columns = {}
    for name in names:
        values = [row[name] for row in content]
        columns[name] = pa.array(values, type=_type(pa, name, values))
    pq.write_table(pa.table(columns), stream)


def flattened(row: Row) -> Iterator[tuple[str, Any]]:
    """The columns of one answer: nested keys are joined by a point."""
    for key, value in row.items():
        if isinstance(value, Mapping):
            for inner, content in flattened(value):
                yield f"{key}.{inner}", content
        else:
            yield key, value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join("+".join(part) if isinstance(part, list) else str(part) for part in value)
    return str(value)


def _type(pa: Any, name: str, values: Sequence[Any]) -> Any:
    """The type of a column: what its values are; a column without any holds truths, points or lists by its name."""
    last = name.rpartition(".")[2]
    if last in ("id", "subtype"):
        return pa.string()
    if last in ("rema", "osteo_score"):
        return pa.int8()
    first = next((value for value in values if value not in (None, [])), None)
    if last == "missing":
        return pa.list_(pa.list_(pa.string()))
    if last == "points" or any(isinstance(value, list) for value in values):
        inner = first[0] if first else (0 if last in ("points", "rema_range", "osteo_score_range") else "")
        return pa.list_(pa.int8() if isinstance(inner, int) else pa.string())
    if isinstance(first, int) and not isinstance(first, bool):
        return pa.int8()
    return pa.string() if isinstance(first, str) else pa.bool_()
