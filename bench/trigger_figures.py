"""Put the results of `triggers.py --json` where they are shown: the page of figures and the data of the program.

    uv run python bench/trigger_figures.py results/*.json

Replaces the part of docs/triggers.md between the two marks, and src/mastkit/triggers/data/figures.csv.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

from mastkit.simulation.scenarios import SCENARIOS

ROOT = Path(__file__).parents[1]
PAGE, DATA = ROOT / "docs/triggers.md", ROOT / "src/mastkit/triggers/data/figures.csv"
BEGIN, END = "<!-- figures: written by bench/trigger_figures.py -->", "<!-- end of figures -->"
OURS = "mastkit"
IN_FULL = ("main", "check-in")
NOTHING = tuple(name for name in SCENARIOS if name.startswith("nothing"))
SHOWN_OF_OTHERS = (60, 240, 365)
"""Days; the rest is left to the results themselves, so that the page can be read."""
COLUMNS = {
    "precision": "precision", "recall": "recall", "false": "false_discovery", "any": "any_false",
    "AP": "average_precision", "ECE": "ece", "cover": "coverage", "claims": "claims",
}  # fmt: skip

Results = list[dict[str, Any]]


def read(paths: list[str]) -> Results:
    return [result for path in paths for result in json.loads(Path(path).read_text("utf-8"))["results"]]


def page(results: Results) -> str:
    """Return all tables as Markdown."""
    parts = []
    for name in IN_FULL:
        for result in _of(results, name):
            parts += [f"### {_title(name)}", _who(result), _full(result), _shown_a_person(result)]
    others = [r for r in results if r["scenario"] not in (*IN_FULL, *NOTHING) and "rows" in r]
    parts += ["### Other worlds", _others(others)]
    parts += ["### Diaries without any trigger", "Share of people told anything false:", _nothing(results)]
    looks = [result for result in results if "looks" in result]
    if looks:
        parts += [
            "Looking every fortnight from day 28 to day 238 (16 looks), at the last look and ever:",
            _looks(looks),
        ]
    parts += ["### Time", _time(results)]
    return "\n\n".join(parts)


def data(results: Results) -> list[dict[str, Any]]:
    """Return the figures that the program itself shows."""
    check_in, main, nothing = (_of(results, name)[0] for name in ("check-in", "main", "nothing-check-in"))
    found = [
        _of_status(check_in, "likely", "results called likely that were real triggers"),
        _of_status(check_in, "possible", "results called possible that were real triggers"),
        _of_status(main, "linked_direction_unclear", "results called linked that were real triggers"),
        _of_status(check_in, "unclear", "unclear results that were real triggers"),
        _of_status(check_in, "no_sign_so_far", "results without a sign that were real triggers"),
        _named(check_in, 60),
        _named(check_in, 240),
    ]
    for id_, method, of in (
        ("told_false", OURS, "people without any trigger who were told of a likely one"),
        (
            "apps_told_false",
            "ratio rule of apps",
            "people without any trigger whom the apps' rule told of one",
        ),
    ):
        share = _row(nothing, 240, method)["any_false"]
        found.append(_figure(nothing, id_, round(share * nothing["people"]), nothing["people"], of, 240))
    return found


def _of(results: Results, scenario: str) -> Results:
    return [result for result in results if result["scenario"] == scenario and "rows" in result]


def _row(result: dict[str, Any], days: int, method: str = OURS) -> dict[str, Any]:
    row: dict[str, Any] = next(r for r in result["rows"] if r["days"] == days and r["method"] == method)
    return row


def _figure(result: dict[str, Any], id_: str, part: int, whole: int, of: str, days: int) -> dict[str, Any]:
    source = f"bench/triggers.py, seeds from {result['seed']}"
    return {"id": id_, "part": part, "whole": whole, "of": of, "days": days, "people": result["people"],
            "scenario": result["scenario"], "source": source}  # fmt: skip


def _of_status(result: dict[str, Any], status: str, of: str) -> dict[str, Any]:
    count, share = _row(result, 240)["statuses"][status]
    return _figure(result, status, round(count * share), count, of, 240)


def _named(result: dict[str, Any], days: int) -> dict[str, Any]:
    statuses = _row(result, days)["statuses"]
    true = {status: round(count * share) for status, (count, share) in statuses.items()}
    of = "real triggers called likely"
    return _figure(result, f"named_in_{days}_days", true.get("likely", 0), sum(true.values()), of, days)


def _title(scenario: str) -> str:
    title = SCENARIOS[scenario].title
    return {"main": f"Main: {title}, no check-in questions"}.get(scenario, title[0].upper() + title[1:])


def _who(result: dict[str, Any]) -> str:
    flares = ", ".join(f"{count:g} in {days} days" for days, count in result["flares"].items())
    return f"{result['people']} people, seeds from {result['seed']}; flares logged, median: {flares}."


def _full(result: dict[str, Any]) -> str:
    rows = [[row["days"], _bold(row["method"]), *_cells(row)] for row in result["rows"]]
    return _table(["days", "method", *COLUMNS], rows)


def _others(results: Results) -> str:
    rows = [
        [SCENARIOS[result["scenario"]].title, result["people"], row["days"], _bold(row["method"]), *_cells(row)]
        for result in results
        for row in result["rows"]
        if row["days"] in SHOWN_OF_OTHERS
    ]
    return _table(["world", "people", "days", "method", *COLUMNS], rows)


def _nothing(results: Results) -> str:
    chosen = [result for name in NOTHING for result in _of(results, name)]
    methods = list(dict.fromkeys(row["method"] for result in chosen for row in result["rows"]))
    rows = [
        [SCENARIOS[result["scenario"]].title, result["people"], days]
        + [f"{_row(result, days, method)['any_false']:.2f}" for method in methods]
        for result in chosen
        for days in dict.fromkeys(row["days"] for row in result["rows"])
    ]
    return _table(["diary", "people", "days", *map(_bold, methods)], rows)


def _looks(results: Results) -> str:
    methods = list(results[0]["looks"])
    rows = [
        [SCENARIOS[result["scenario"]].title, result["people"]]
        + [f"{share['last']:.2f}, ever {share['ever']:.2f}" for share in result["looks"].values()]
        for result in results
    ]
    return _table(["diary", "people", *map(_bold, methods)], rows)


def _time(results: Results) -> str:
    rows = [row for row in _of(results, "main")[0]["rows"] if row["method"] == OURS]
    main = ", ".join(f"{row['seconds']:.2f} at {row['days']} days" for row in rows)
    more = [
        f"{row['seconds']:.2f} at {row['days']} days with 30"
        for result in _of(results, "thirty")
        for row in result["rows"]
        if row["method"] == OURS
    ]
    return f"Processor seconds a person, checks included: {main} with 12 kinds of exposure; {', '.join(more)}."


def _shown_a_person(result: dict[str, Any]) -> str:
    found = []
    for days in (60, 240):
        statuses = _row(result, days)["statuses"]
        shown = (
            f"{status.replace('_', ' ')} {count / result['people']:.2f} ({share:.2f})"
            for status, (count, share) in sorted(statuses.items())
        )
        found.append(f"at {days} days {', '.join(shown)}")
    return f"What is shown, a person (and how much of it is truly a trigger): {'; '.join(found)}."


def _cells(row: dict[str, Any]) -> list[str]:
    return [_cell(row[name], 3 if name == "ece" else 2) for name in COLUMNS.values()]


def _cell(value: Any, digits: int) -> str:
    if value is None:
        return "–"
    return f"{value:.{digits}f}" if isinstance(value, float) else str(value)


def _bold(method: str) -> str:
    return f"**{method}**" if method == OURS else method


def _table(heads: list[str], rows: list[list[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def main() -> None:
    results = read(sys.argv[1:])
    if not results:
        sys.exit("Found no file of results, expected those that triggers.py --json writes.")
    text = PAGE.read_text("utf-8")
    if not (BEGIN in text and END in text):
        sys.exit(f"{PAGE.name}: found no marks {BEGIN!r} and {END!r}")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{page(results)}\n\n{END}{after}", "utf-8")
    with DATA.open("w", encoding="utf-8", newline="") as stream:
        rows = data(results)
        table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main()
