"""Time the scores and sets of rules, for one person and for a table, and print one table.

    python bench/rules.py [--rows 100000] [--repeat 5] [--one-by-one 1000]

Beside the columns stands the judge: the same rules, evaluated one person after the other on the first sheets of
the same table, in the same run. Both must give the same answers. The bound is the time to read each column that
the rules ask about once.
"""

import argparse
import platform
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from mastkit.followup.screening import for_sheet
from mastkit.logic.columns import read_columns
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.evaluate_many import ManyEvaluator
from mastkit.logic.facts import read_facts
from mastkit.record.sheets import SheetTable
from mastkit.rulebooks import CRITERIA_SETS, SCORES
from sheets import random_sheets

SETS = {name: make(None) for name, make in CRITERIA_SETS.items()}


def seconds(work: Callable[[], Any], repeat: int) -> float:
    """Return the median time of some repeats."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def by_columns(table: SheetTable) -> dict[str, Any]:
    """Every criterion and every score, column by column."""
    found: dict[str, Any] = {}
    for name, rules in SETS.items():
        evaluate = ManyEvaluator(read_columns(rules, table))
        found[name] = [evaluate(criterion) for criterion in rules.criteria]
    for name, score in SCORES.items():
        points = ManyEvaluator(read_columns(score, table)).total(score)
        found[name] = [points.low, points.high]
    return found


def one_by_one(people: list[dict[str, Any]]) -> dict[str, list[list[int]]]:
    """The same, person after person, by the judge."""
    found: dict[str, list[list[int]]] = {name: [] for name in (*SETS, *SCORES)}
    for values in people:
        for name, rules in SETS.items():
            facts = read_facts(rules, values)
            evaluate = Evaluator(facts.known, facts.stated)
            truths = [evaluate(criterion) for criterion in rules.criteria]
            found[name].append([-1 if truth is None else int(truth) for truth in truths])
        for name, score in SCORES.items():
            facts = read_facts(score, values)
            points = score.total(Evaluator(facts.known, facts.stated))
            found[name].append([points.low, points.high])
    return found


def read_once(table: SheetTable) -> int:
    """Read each column that some rule asks about once."""
    names = {v.name for rules in (*SETS.values(), *SCORES.values()) for v in rules.variables}
    total = 0
    for name in names & set(table.known):
        if name in table.numbers:
            total += sum(int(np.count_nonzero(side == side)) for side in table.numbers[name])
        else:
            total += int(np.count_nonzero(table.booleans.get(name, table.choices.get(name)) >= 0))
    return total


def main() -> None:
    """Measure, check that both ways agree, and print."""
    parser = argparse.ArgumentParser(description="Time the scores and sets of rules.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--one-by-one", type=int, default=1000)
    given = parser.parse_args()

    table = SheetTable.from_sheets(random_sheets(given.rows, 1))
    n = min(given.one_by_one, len(table))
    people = [table.sheet(i).values for i in range(n)]
    columns, alone = by_columns(table), one_by_one(people)
    differ = sum(
        [int(column[i]) for column in columns[name]] != rows[i] for name, rows in alone.items() for i in range(n)
    )
    taken = seconds(lambda: by_columns(table), given.repeat)
    judge = seconds(lambda: one_by_one(people), given.repeat) / n * len(table)
    bound = seconds(lambda: read_once(table), given.repeat)
    one = 1000 * median(seconds(lambda p=p: for_sheet(p), given.repeat) for p in people[:50])

    count = sum(len(rules.criteria) for rules in SETS.values())
    out = Table(
        title=f"{count} criteria and {len(SCORES)} scores on {platform.machine()}, {platform.python_version()}"
    )
    for heading in ("figure", "mastkit", "beside it", "note"):
        out.add_column(heading)
    out.add_row("one person, with grounds", f"{one:.1f} ms", "", "the screening sets, other readings included")
    out.add_row(
        f"{len(table):,} sheets by columns",
        f"{taken:.2f} s",
        f"one by one {judge:.0f} s",
        f"{judge / taken:.0f} times quicker; one by one from the first {n:,} sheets",
    )
    out.add_row("the same, beside the bound", f"{taken:.2f} s", f"{bound:.3f} s", "each column read once")
    out.add_row("rows and rules that differ", str(differ), "0", f"{n:,} sheets")
    Console(width=140).print(out)


if __name__ == "__main__":
    main()
