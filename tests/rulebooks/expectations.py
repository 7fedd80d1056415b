"""Reading the files of expected answers and holding an answer against them.

A line has `id`, `clause`, `sheet`, `expect` (an object for each system) and mostly a `note`. An expectation
that the documents do not decide is absent: a missing key says nothing. Keys of a system:

- `systemic_mastocytosis`: true, false, or null for undecided;
- `subtype`: the code, or null where more than one stays possible; `subtype_in`: any of these is right;
- `possible`: exactly the codes that stay possible; `possible_contains`, `possible_excludes`: some of them;
- `b_findings`, `c_findings`: `met` is the number proved, `possible` the highest that may still come out;
- `missing_contains`: variables, each of them in some smallest set of missing ones;
- `criteria`: `MAJ` and `m1` to `m4` by the numbers of the system itself. `m1` is morphology and `m4` tryptase
  in both; `m2` is KIT and `m3` the CD markers in WHO 2022, and the other way round in ICC 2022.

`readings`, where present, lists answers under other readings: `choose` names them, `expect` is as above.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SYSTEMS = ("who-2022", "icc-2022")

Json = dict[str, Any]


def load(name: str) -> list[Json]:
    """Lines of a file beside this module."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def questions(lines: list[Json]) -> list[tuple[str, Json, dict[str, str] | None, str, Json]]:
    """One question for each line, reading and system: name, line, readings, system, expectation."""
    asked = []
    for line in lines:
        runs: list[tuple[dict[str, str] | None, Json]] = [(None, line["expect"])]
        runs += [(other["choose"], other["expect"]) for other in line.get("readings", [])]
        for choice, expected in runs:
            suffix = "".join(f" {key}={value}" for key, value in (choice or {}).items())
            asked += [
                (f"{line['id']} {system}{suffix}", line, choice, system, expected[system]) for system in expected
            ]
    return asked


def answer(line: Json, choice: dict[str, str] | None, system: str) -> Json:
    """The program's answer for one system; the program is imported here so that the files load without it."""
    from mastkit.assessment import assess_sheet

    case = {"id": line["id"], "sheet": line["sheet"]}
    whole = assess_sheet(case, readings=choice) if choice else assess_sheet(case)
    return whole[system]


def criterion_values(got: Json) -> dict[str, bool | None]:
    """Truth of each criterion in an answer: the one place that knows how an answer carries them."""
    return got["criteria"]


def candidates(got: Json) -> set[str]:
    """Codes an answer gives or leaves open."""
    codes = set(got["possible"])
    if got["subtype"] is not None:
        codes.add(got["subtype"])
    return codes


def differences(expected: Json, got: Json) -> list[tuple[str, Any, Any]]:
    """Every key on which the answer differs, criteria aside: key, expected, got."""
    found: list[tuple[str, Any, Any]] = []
    # `is` and not `==`: 0 is no false, 1 is no true.
    key = "systemic_mastocytosis"
    if key in expected and got[key] is not expected[key]:
        found.append((key, expected[key], got[key]))
    if "subtype" in expected and got["subtype"] != expected["subtype"]:
        found.append(("subtype", expected["subtype"], got["subtype"]))
    if "subtype_in" in expected and got["subtype"] not in expected["subtype_in"]:
        found.append(("subtype, one of", expected["subtype_in"], got["subtype"]))
    open_codes = candidates(got)
    settled = expected.get("subtype")
    if settled is not None and open_codes != {settled}:
        found.append(("nothing else possible beside", settled, sorted(open_codes)))
    if "possible" in expected and open_codes != set(expected["possible"]):
        found.append(("possible", expected["possible"], sorted(open_codes)))
    if not set(expected.get("possible_contains", [])) <= open_codes:
        found.append(("possible, among others", expected["possible_contains"], sorted(open_codes)))
    if set(expected.get("possible_excludes", [])) & open_codes:
        found.append(("not possible", expected["possible_excludes"], sorted(open_codes)))
    for key in ("b_findings", "c_findings"):
        if key in expected:
            counts = {name: got[key][name] for name in ("met", "possible")}
            if counts != expected[key]:
                found.append((key, expected[key], counts))
    named = {variable for smallest in got["missing"] for variable in smallest}
    if not set(expected.get("missing_contains", [])) <= named:
        found.append(("missing, among others", expected["missing_contains"], got["missing"]))
    return found


def criterion_differences(expected: Json, got: Json) -> list[tuple[str, Any, Any]]:
    """Every criterion whose truth differs: name, expected, got."""
    values = criterion_values(got)
    return [
        (name, truth, values.get(name, "no answer"))
        for name, truth in expected.get("criteria", {}).items()
        if values.get(name, "no answer") is not truth
    ]


def message(line: Json, system: str, choice: dict[str, str] | None, found: list[tuple[str, Any, Any]]) -> str:
    """What a failing test says: where it stands in the documents, what was expected, what came."""
    under = f", with {choice}" if choice else ""
    said = "; ".join(f"{key}: expected {expected!r}, got {got!r}" for key, expected, got in found)
    return f"{line['id']} ({system}{under}), clause {line['clause']}: {said}. {line.get('note') or ''}"
