"""Time the follow-up rules: one person, and a table of random case sheets.

    python bench/followup.py [--rows 100000] [--repeat 5]

The peer of the table is the same work one sheet at a time, timed on the first thousand. The bound is MARS alone
written by hand in NumPy for complete numbers: no ranges, no unknowns, no other score.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from mastkit.assessment import sheet_values
from mastkit.followup.due import due
from mastkit.followup.prognosis import for_sheet, for_table, subtype_column
from mastkit.record.files import read_record
from mastkit.record.sheets import SheetTable, read_sheets
from sheets import random_sheets, write_jsonl

ADA = Path(__file__).resolve().parents[1] / "examples" / "ada.json"
TYPES = ("ISM", "SSM", "ASM", "SM-AHN", "MCL")
ONE_BY_ONE = 1_000


def seconds(work: Callable[[], Any], repeat: int) -> float:
    """Return the median time of some repeats."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def mars_by_hand(table: SheetTable) -> Any:
    """MARS for complete numbers, as one would write it once and throw it away."""
    age, hb, plt = (table.numbers[name][0] for name in ("age", "hb", "plt"))
    genes = sum((table.booleans[name] == 1).astype(np.int8) for name in ("srsf2", "asxl1", "runx1"))
    return (age > 60).astype(np.int8) + (hb < 10) + (plt < 100) + np.minimum(genes, 2)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    sheets = random_sheets(arguments.rows, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheets.jsonl"
        write_jsonl(sheets, path)
        table = read_sheets(path)
    stated = [{TYPES[i % len(TYPES)]} for i in range(len(table))]
    subtypes = subtype_column(stated)
    few = [sheet_values(sheet) for sheet in sheets[:ONE_BY_ONE]]

    record = read_record(ADA).record
    one = seconds(lambda: for_sheet(few[0], subtypes={"ASM"}), 50)
    ask = seconds(lambda: due(record, date(2026, 3, 20)), 20)
    many = seconds(lambda: for_table(table, subtypes=subtypes), arguments.repeat)
    singly = seconds(
        lambda: [for_sheet(values, subtypes=types) for values, types in zip(few, stated, strict=False)], 3
    )
    bound = seconds(lambda: mars_by_hand(table), arguments.repeat)

    rows = len(table)
    shown = Table(title=f"Follow-up rules, {rows:,} random sheets")
    for heading in ("figure", "mastkit", "beside it", "note"):
        shown.add_column(heading)
    shown.add_row(
        "six prognostic scores, one person", f"{one * 1e3:.2f} ms", "–", "ranges, groups, cautions, survival"
    )
    shown.add_row("what is due, one record", f"{ask * 1e3:.2f} ms", "–", f"{len(record)} facts")
    rate, single_rate = rows / many, len(few) / singly
    shown.add_row(
        f"six prognostic scores, {rows:,} sheets",
        f"{many:.3f} s ({rate:,.0f}/s)",
        f"one by one {single_rate:,.0f}/s",
        f"{rate / single_rate:.0f}x quicker than one by one",
    )
    shown.add_row(
        "the bound: MARS alone by hand",
        f"{many:.3f} s",
        f"{bound:.3f} s",
        f"{many / bound:.0f}x the time of one score of complete numbers",
    )
    Console().print(shown)


if __name__ == "__main__":
    main()
