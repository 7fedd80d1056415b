"""The appointment pack from a long diary: seconds and peak memory of each step.

    uv run python bench/reports.py              # --facts 20000 --repeat 5

The record is the year of the invented person Ada, moved back year by year until it has so many facts. A bound
stands beside each step that has one: the same bytes read as JSON alone, and the same pages typeset without charts.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

ON = date(2026, 11, 24)


def long_diary(facts: int) -> bytes:
    """Return a record file with so many facts."""
    from mastkit.record.files import dump_record
    from mastkit.simulation.people import people

    one = json.loads(dump_record(people(ON)[0]))
    entries: list[dict[str, Any]] = []
    for year in range(facts // len(one["facts"]) + 1):
        for entry in one["facts"]:
            if len(entries) == facts:
                break
            entries.append(_moved(entry, year))
    return json.dumps(one | {"facts": entries}).encode()


def _moved(entry: Any, years: int) -> Any:
    """Return a fact moved back by so many years, with ids of its own."""
    if isinstance(entry, dict):
        return {key: _moved_value(key, value, years) for key, value in entry.items()}
    return entry


def _moved_value(key: str, value: Any, years: int) -> Any:
    if isinstance(value, dict):
        return _moved(value, years)
    if key in ("id", "replaces", "flare", "course", "procedure", "appointment", "about") and isinstance(value, str):
        return str(UUID(int=UUID(value).int ^ (years << 8)))
    if key in ("at", "recorded_at") and isinstance(value, str):
        year = int(value[:4]) - years
        return f"{year}{value[4:]}" if value[4:10] != "-02-29" else f"{year}-02-28{value[10:]}"
    return value


@dataclass(frozen=True)
class Took:
    """Seconds on the clock and seconds of the processor; on a busy machine only the second can be compared."""

    clock: float
    processor: float

    def __add__(self, other: "Took") -> "Took":
        return Took(self.clock + other.clock, self.processor + other.processor)


def median(repeat: int, step: Callable[[], Any]) -> tuple[Took, Any]:
    """Return the median time of a step, and its result."""
    clock, processor, result = [], [], None
    for _ in range(repeat):
        start, busy = time.perf_counter(), time.process_time()
        result = step()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return Took(statistics.median(clock), statistics.median(processor)), result


def measure(path: Path, repeat: int) -> None:
    """Print the table."""
    from mastkit.record.files import read_record
    from mastkit.reports import render
    from mastkit.reports.document import Chart
    from mastkit.reports.pack import appointment_pack
    from mastkit.reports.pack_document import pack_document
    from mastkit.triggers.analysis import my_triggers

    content = path.read_bytes()
    json_alone, _ = median(repeat, lambda: json.loads(content))
    read, file = median(repeat, lambda: read_record(path))
    record = file.record
    rules, _ = median(1, lambda: appointment_pack(record, ON))
    gather, pack = median(repeat, lambda: appointment_pack(_fresh(record), ON))
    document = pack_document(pack)
    bare = replace(document, blocks=tuple(block for block in document.blocks if not isinstance(block, Chart)))
    fonts, _ = median(1, lambda: render.as_pdf(document))

    def pdf() -> bytes:
        render.drawn.cache_clear()
        return render.as_pdf(document)

    without, _ = median(repeat, lambda: render.as_pdf(bare))
    drawn, made = median(repeat, pdf)
    html, _ = median(repeat, lambda: render.as_html(document))
    triggers, _ = median(1, lambda: my_triggers(record))
    rows = [
        ("read the record file", read, f"JSON alone {json_alone.clock:.3f} s"),
        ("gather the pack, first call (loads the rules)", rules, ""),
        ("gather the pack", gather, ""),
        ("PDF, first call (loads fonts and charts)", fonts, ""),
        ("PDF", drawn, f"without charts {without.clock:.3f} s"),
        ("**from the record in memory to the PDF**", gather + drawn, "aim: under 2 s"),
        ("HTML, charts drawn before", html, ""),
        ("triggers, if asked for", triggers, ""),
    ]
    print(f"{len(record)} facts, {len(content) / 1e6:.1f} MB; {len(made) / 1e3:.0f} kB of PDF; median of {repeat}")
    print(f"Python {platform.python_version()}, {platform.machine()}, load {os.getloadavg()[0]:.1f}")
    print("| step | seconds | of the processor | bound |\n| --- | ---: | ---: | --- |")
    for name, took, bound in rows:
        print(f"| {name} | {took.clock:.3f} | {took.processor:.3f} | {bound} |")


def _fresh(record: Any) -> Any:
    """Return the same record with nothing worked out yet."""
    return type(record)(record.id, record.zone, record.facts)


def command(path: Path) -> None:
    """Print the time and peak memory of the whole command in a process of its own."""
    for more in (["--no-triggers"], []):
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        report = [sys.executable, __file__, "--child", str(path), *more]
        peak = subprocess.run(report, check=True, capture_output=True, text=True).stdout.strip()
        name = "mastkit report --kind appointment, PDF" + (" (no triggers)" if more else "")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        clock = time.perf_counter() - start
        print(f"| {name}, from start to end | {clock:.3f} | {busy:.3f} | peak memory {peak} MB |")


def child(path: str, more: list[str]) -> None:
    """Make one pack as the command does, and print the peak memory of the process."""
    from mastkit.reports.report_command import Asked, run_report

    with tempfile.TemporaryDirectory() as folder:
        asked = Asked("appointment", None, Path(folder) / "pack.pdf", "en", None, str(ON), "a4", not more)
        if run_report(path, asked):
            raise SystemExit(1)
    print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--facts", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--child", nargs="*")
    parser.add_argument("--no-triggers", action="store_true")
    asked = parser.parse_args()
    if asked.child:
        child(asked.child[0], ["--no-triggers"] if asked.no_triggers else [])
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.json"
        path.write_bytes(long_diary(asked.facts))
        measure(path, asked.repeat)
        command(path)


if __name__ == "__main__":
    main()
