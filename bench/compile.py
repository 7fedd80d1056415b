"""The criteria compiled to columns, beside evaluating row by row and beside the bound of reading the same table.

    uv run python bench/compile.py --rows 100000 --repeat 3

The sheets are those of `sheets.py`, in a Parquet file with numbers as pairs of limits. The bound is what DuckDB
needs to read every column that the rules ask about and to count what is there; row by row is timed on the first
2,000 sheets and scaled. The columns are compared with row by row on those sheets: differences are counted.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from mastkit.logic.compile import criteria_columns
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Rulebook
from mastkit.record.sheets import SheetTable
from mastkit.rulebooks import RULEBOOKS
from mastkit.vocabulary.variables import sheet_variables
from sheets import random_sheets

SAMPLE = 2000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    table = SheetTable.from_sheets(random_sheets(arguments.rows, seed=1))
    people = [table.sheet(i).values for i in range(min(SAMPLE, len(table)))]
    print(f"{arguments.rows} sheets, {arguments.threads} threads, median of {arguments.repeat}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheets.parquet"
        pq.write_table(arrow_of(table), path)
        connection = ibis.duckdb.connect(threads=arguments.threads)
        sheets = connection.read_parquet(path)
        for system, make in RULEBOOKS.items():
            measure(system, make(), sheets, people, arguments)
    return 0


def measure(system: str, book: Rulebook, sheets: Any, people: list[Any], arguments: argparse.Namespace) -> None:
    names = [n for v in book.variables for n in (v.name, f"{v.name}_low", f"{v.name}_high") if n in sheets.columns]
    bound = sheets.aggregate(**{name: _digest(sheets[name]) for name in names})
    compiled = criteria_columns(book, sheets, keep=["row"])
    seconds = {
        "bound: read the columns": median(lambda: bound.to_pyarrow(), arguments.repeat),
        "compile alone": median(
            lambda: ibis.to_sql(criteria_columns(book, sheets), dialect="duckdb"), arguments.repeat
        ),
        "compiled, compiling included": median(lambda: compiled.to_pyarrow(), arguments.repeat),
    }
    began = time.perf_counter()
    expected = [row_by_row(book, person) for person in people]
    scale = arguments.rows / len(people)
    seconds[f"row by row ({len(people)} sheets, scaled)"] = (time.perf_counter() - began) * scale
    for what, taken in seconds.items():
        print(f"{system:<10} {what:<40} {taken:8.2f} s {arguments.rows / taken:12,.0f} persons/s")
    got = compiled.order_by("row").limit(len(people)).to_pyarrow().to_pylist()
    different = sum(
        row[name] is not truth for row, truths in zip(got, expected, strict=True) for name, truth in truths.items()
    )
    print(f"{system:<10} differences in {len(people) * len(book.criteria)} answers: {different}")


def _digest(column: Any) -> Any:
    """Something that cannot be had from the statistics of the file alone."""
    return column.hash().max() if not column.type().is_numeric() else column.sum()


def row_by_row(book: Rulebook, person: Any) -> dict[str, bool | None]:
    facts = read_facts(book, person)
    evaluate = Evaluator(facts.known, facts.stated)
    return {c.id: evaluate(c) for c in book.criteria}


def median(work: Callable[[], object], repeat: int) -> float:
    taken = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def arrow_of(table: SheetTable) -> pa.Table:
    """The sheets as columns that the compiler reads."""
    columns: dict[str, pa.Array] = {"row": pa.array(range(len(table)), pa.int64())}
    for name in table.known:
        variable = sheet_variables()[name]
        if variable.kind == "number":
            for end, side in zip(("low", "high"), table.numbers[name], strict=True):
                columns[f"{name}_{end}"] = pa.array(side, pa.float64())
        elif variable.kind == "boolean":
            known = table.booleans[name]
            columns[name] = pa.array(known == 1, pa.bool_(), mask=known < 0)
        elif variable.kind == "choice":
            places = table.choices[name]
            columns[name] = pa.DictionaryArray.from_arrays(
                pa.array(places, pa.int16(), mask=places < 0), pa.array(variable.values)
            ).cast(pa.string())
    return pa.table(columns)


if __name__ == "__main__":
    sys.exit(main())
