"""Time mastkit beside its peers in one run and print one table.

    python bench/assess.py [--rows 100000] [--repeat 5] [--no-cql] [--cases FILE]

What each figure means, and what may be compared with what, is in bench/README.md.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

import ours
from peers import who_if_else
from sheets import Sheet, random_sheets, write_jsonl

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "examples" / "published.jsonl"
CQL = HERE / "peers" / "cql"
CQL_ROWS = 20_000
"""Sheets given to the CQL engine at most: it is timed in three forms, and more of them change no rate."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    figure: str
    ours: str = "–"
    peer: str = "–"
    ratio: str = "–"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cql:
    """What the CQL engine did, or why it did nothing."""

    rates: dict[str, int]
    verdicts: list[bool | None]
    why_not: str = ""

    @property
    def best(self) -> tuple[str, int]:
        """The form of call with the highest rate."""
        return max(self.rates.items(), key=lambda item: item[1])


def seconds(work: Callable[[], Any], repeat: int) -> float:
    """Return the median time of some repeats."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def ratio(ours_rate: float, peer_rate: float) -> str:
    """Say how the two rates compare, the quicker one named."""
    if ours_rate >= peer_rate:
        return f"mastkit {ours_rate / peer_rate:.1f}x quicker"
    return f"peer {peer_rate / ours_rate:.1f}x quicker"


def one_person(cases: Path, repeat: int) -> Row:
    """Time single assessments over the published cases."""
    figure = "one person, explained, missing sets: median / 90th percentile"
    if not cases.exists():
        return Row(figure, note=f"There is no file {cases.name} at the place given by --cases.")
    people = [json.loads(line)["sheet"] for line in cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    try:
        ours.assess_one(people[0])  # what is loaded once is not part of an assessment; cold start is below
    except NotImplementedError as error:
        return Row(figure, note=f"{error}.")
    each = [1000 * seconds(lambda sheet=sheet: ours.assess_one(sheet), repeat) for sheet in people]
    text = f"{median(each):.2f} / {quantiles(each, n=10)[-1]:.2f} ms"
    return Row(figure, text, note=f"{len(people)} published cases; no peer gives missing sets")


def tables(path: Path, sheets: Sequence[Sheet], repeat: int) -> list[Row]:
    """Time a whole file, the classification without the file, and the if/else peer."""
    n = len(sheets)
    rows = []
    figure = f"{n:,} sheets from a JSON lines file to result"
    try:
        taken = seconds(lambda: ours.assess_file(path), repeat)
        rows.append(Row(figure, f"{taken:.2f} s", note="exact `possible` included"))
    except NotImplementedError as error:
        rows.append(Row(figure, note=f"{error}."))

    peer_rate = n / seconds(lambda: [who_if_else.classify(sheet) for sheet in sheets], repeat)
    figure = "classification alone, beside if/else"
    peer = f"{peer_rate:,.0f} persons/s"
    try:
        loaded = ours.load(path)
        taken = seconds(lambda: ours.classify(loaded), repeat)
        text = f"{taken:.2f} s = {n / taken:,.0f} persons/s"
        note = "if/else is two-valued: no unknown, no grounds, no `possible`"
        rows.append(Row(figure, text, peer, ratio(n / taken, peer_rate), note))
    except NotImplementedError as error:
        rows.append(Row(figure, peer=peer, note=f"{error}."))
    return rows


def run_cql(path: Path, folder: Path, rows: int, repeat: int) -> Cql:
    """Run the CQL engine over the first sheets of a file."""
    if not shutil.which("node") or not shutil.which("npm"):
        return Cql({}, [], "Node or npm is not installed, so the CQL engine was not run.")
    if not (CQL / "node_modules").exists():
        return Cql({}, [], "The CQL engine is not installed: run `npm ci` in bench/peers/cql.")
    out = folder / "cql.jsonl"
    command = ["node", "run.mjs", str(path), "--out", str(out), "--rows", str(rows), "--repeat", str(repeat)]
    done = subprocess.run(command, cwd=CQL, capture_output=True, text=True, check=False)
    if done.returncode:
        problem = next((line for line in done.stderr.splitlines() if "Error" in line), "no message")
        return Cql({}, [], f"The CQL engine failed: {problem.strip()}")
    verdicts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return Cql(json.loads(done.stdout)["persons_per_second"], verdicts)


def agreement(mine: Sequence[bool | None], theirs: Sequence[bool | None]) -> tuple[str, str]:
    """Count equal verdicts, and say in words how the others differ."""
    words = {True: "met", False: "not met", None: "undecided"}
    pairs = Counter(zip(mine, theirs, strict=True))
    same = sum(count for (a, b), count in pairs.items() if a is b)
    differ = [f"{words[a]} v {words[b]}: {count:,}" for (a, b), count in pairs.most_common() if a is not b]
    return f"{same:,} of {len(theirs):,}", "; ".join(differ) or "no difference"


def cql_rows(path: Path, folder: Path, sheets: Sequence[Sheet], repeat: int) -> list[Row]:
    """Time the WHO criteria of systemic mastocytosis on both sides and compare the verdicts."""
    some = sheets[:CQL_ROWS]
    cql = run_cql(path, folder, len(some), repeat)
    figure = f"WHO systemic mastocytosis alone, {len(some):,} sheets, beside CQL"
    if cql.why_not:
        return [Row(figure, note=cql.why_not)]
    form, rate = cql.best
    forms = ", ".join(f"{name} {value:,}" for name, value in cql.rates.items())
    peer = f"{rate:,} persons/s ({form})"
    rows = []
    try:
        first = folder / "first.jsonl"
        write_jsonl(some, first)
        loaded = ours.load(first)
        mine = [None if verdict is None else bool(verdict) for verdict in ours.who_sm(loaded)]
        own = len(some) / seconds(lambda: ours.who_sm(loaded), repeat)
        rows.append(Row(figure, f"{own:,.0f} persons/s", peer, ratio(own, rate), f"CQL by form of call: {forms}"))
        same, differ = agreement(mine, cql.verdicts)
        rows.append(Row("the same verdict as CQL", same, note=f"mastkit v CQL: {differ}"))
    except NotImplementedError as error:
        rows.append(Row(figure, peer=peer, note=f"{error}. CQL by form of call: {forms}"))
    pairs = Counter(zip([who_if_else.classify(s)[0] for s in some], cql.verdicts, strict=True))
    forced = (
        f"says yes to {pairs[True, None]:,} and no to {pairs[False, None]:,} that CQL leaves undecided; "
        f"the opposite of CQL for {pairs[True, False] + pairs[False, True]:,}"
    )
    same, _ = agreement([who_if_else.classify(s)[0] for s in some], cql.verdicts)
    rows.append(Row("if/else: the same verdict as CQL", peer=same, note=forced))
    return rows


def cold_start(cases: Path, folder: Path, repeat: int) -> list[Row]:
    """Time the command line from nothing: a new process each time."""
    program = shutil.which("mastkit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        return [Row("cold start", note="The command mastkit is not installed in this environment.")]
    one = folder / "one.jsonl"
    if cases.exists():
        sheet = json.loads(cases.read_text(encoding="utf-8").splitlines()[0])["sheet"]
    else:
        sheet = random_sheets(1, seed=1)[0]
    write_jsonl([sheet], one)
    assess = [part.format(file=one) for part in ours.ASSESS_COMMAND]
    rows = []
    for name, arguments in (("--help", ["--help"]), ("assess, one person", assess)):
        command = [program, *arguments]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            rows.append(Row(f"cold start: mastkit {name}", note="The command does not work yet."))
            continue
        taken = seconds(lambda command=command: subprocess.run(command, capture_output=True, check=True), repeat)
        rows.append(Row(f"cold start: mastkit {name}", f"{1000 * taken:.0f} ms"))
    return rows


def show(rows: Sequence[Row], repeat: int, console: Console) -> None:
    """Print the table and the machine it was measured on."""
    table = Table(title=f"mastkit beside its peers, medians of {repeat}", show_lines=True)
    for heading in ("figure", "mastkit", "peer", "ratio", "note"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(row.figure, row.ours, row.peer, row.ratio, row.note)
    console.print(table)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores{load}"
    console.print(machine, style="dim")


def main(argv: Sequence[str] | None = None) -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description="Time mastkit beside its peers and print one table.")
    parser.add_argument("--rows", type=int, default=100_000, help="random sheets, half the variables missing")
    parser.add_argument("--repeat", type=int, default=5, help="repeats of each measurement")
    parser.add_argument("--no-cql", action="store_true", help="leave the CQL engine out")
    parser.add_argument("--cases", type=Path, default=CASES, help="published cases, JSON lines")
    given = parser.parse_args(argv)
    if given.rows < 1 or given.repeat < 1:
        parser.error("--rows and --repeat are 1 or more")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "sheets.jsonl"
        sheets = random_sheets(given.rows, seed=1)
        write_jsonl(sheets, path)
        rows = [one_person(given.cases, given.repeat), *tables(path, sheets, given.repeat)]
        if given.no_cql:
            rows.append(Row("WHO systemic mastocytosis alone, beside CQL", note="Left out by --no-cql."))
        else:
            rows += cql_rows(path, folder, sheets, given.repeat)
        rows += cold_start(given.cases, folder, given.repeat)
    show(rows, given.repeat, Console())


if __name__ == "__main__":
    main()
