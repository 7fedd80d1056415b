"""Write case sheets so that reading them again gives the same table."""

import csv
import os
from pathlib import Path
from typing import Any

import orjson

from mastkit.record.problems import CannotRead
from mastkit.record.sheets.table import SheetTable
from mastkit.vocabulary.variables import sheet_variables


def write_sheets(table: SheetTable, path: str | os.PathLike[str]) -> None:
    """Write a table as CSV, JSON Lines or Parquet, as the end of the file's name says.

    JSON Lines holds everything. In CSV and Parquet what stands beside the variables becomes columns of text:
    a text stays as it is, anything else is written as JSON.
    """
    path = Path(path)
    match path.suffix.lower():
        case ".csv":
            _write_csv(table, path)
        case ".jsonl" | ".ndjson":
            _write_json_lines(table, path)
        case ".parquet":
            _write_parquet(table, path)
        case _:
            raise CannotRead(f"{path}: expected a name that ends in .csv, .jsonl or .parquet.")


def _write_json_lines(table: SheetTable, path: Path) -> None:
    with path.open("wb") as stream:
        for i in range(len(table)):
            extra = dict(table.extra[i]) if table.extra else {}
            unknown = extra.pop("sheet", {})
            cells = {name: cell for name in table.known if (cell := table.cell(name, i)) is not None}
            line = {"id": table.ids[i], "sheet": {**cells, **unknown}, **extra}
            stream.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


def _write_csv(table: SheetTable, path: Path) -> None:
    others = _other_columns(table)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)  # ends lines with CR LF, as RFC 4180 has it, and so quotes both
        writer.writerow(["id", *table.known, *others])
        for i in range(len(table)):
            cells = (_csv_cell(table.cell(name, i)) for name in table.known)
            writer.writerow([table.ids[i], *cells, *(column[i] or "" for column in others.values())])


def _csv_cell(cell: bool | int | float | str | None) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case _:
            return str(cell)


def _write_parquet(table: SheetTable, path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CannotRead(f'{path}: to write Parquet, install pyarrow: pip install "mastkit[tables]".') from None
    columns: dict[str, Any] = {"id": pa.array(table.ids, pa.string())}
    for name in table.known:
        cells = [table.cell(name, i) for i in range(len(table))]
        match sheet_variables()[name].kind:
            case "number" if not any(isinstance(cell, str) for cell in cells):
                columns[name] = pa.array(cells, pa.float64())
            case "boolean":
                columns[name] = pa.array(cells, pa.bool_())
            case _:
                columns[name] = pa.array([_csv_cell(cell) or None for cell in cells], pa.string())
    for name, column in _other_columns(table).items():
        columns[name] = pa.array(column, pa.string())
    pq.write_table(pa.table(columns), path)


def _other_columns(table: SheetTable) -> dict[str, list[str | None]]:
    """Return what stands beside the variables as columns of text."""
    extra = table.extra or []
    names = dict.fromkeys(name for rest in extra for name in rest)
    return {_column_name(name): [_text(rest.get(name)) for rest in extra] for name in names}


def _column_name(name: str) -> str:
    """Return a name that no reader takes for a variable."""
    taken = name.strip().casefold() in {"", "id", *sheet_variables()}
    return f"extra {name}".strip() if taken else name


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()
