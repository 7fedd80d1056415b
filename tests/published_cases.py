"""Hold mastkit against a file of published cases: `python -m tests.published_cases FILE`.

A line has `id`, `sheet` and `expect`; the keys of `expect` are those of the description of the case sheets.
Exit status: 0 when no answer contradicts an expectation, 1 when one does, 2 when the file cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Assess = Callable[[Json], Json]
Screen = Callable[[Json], Json]

SYSTEMS = ("who-2022", "icc-2022")
# Answers that stand beside those of the systems: true, false or null; points or null.
TRUTH_KEYS = ("mcas_tryptase_rule",)
POINTS_KEYS = ("rema", "osteo_score")
SYSTEM_KEYS = ("systemic_mastocytosis", "must_allow", "must_exclude", "b_findings", "c_findings")
RANGE_KEYS = ("min", "max")
WORDS = {True: "met", False: "ruled out", None: "undecided"}


class UnreadableFileError(Exception):
    """The file is no file of cases; the message is one sentence for a person."""


@dataclass
class Standing:
    """How the cases stand under one system."""

    settled: int = 0
    open: int = 0
    missing: Counter[str] = field(default_factory=Counter)


@dataclass
class Outcome:
    """What came of a file of cases."""

    cases: int = 0
    contradictions: list[str] = field(default_factory=list)
    screened: Counter[str] = field(default_factory=Counter)
    standings: dict[str, Standing] = field(default_factory=lambda: {system: Standing() for system in SYSTEMS})


def unreadable(path: Path, line: int | None, why: str) -> UnreadableFileError:
    """The error with where it is and why."""
    where = f"{path}, line {line}" if line else f"{path}"
    return UnreadableFileError(f"{where}: {why}.")


def check_expectation(path: Path, number: int, expect: Json) -> None:
    """Refuse a key that this check does not know: passing over it would look like agreement."""
    for key, value in expect.items():
        if key in TRUTH_KEYS or key in POINTS_KEYS:
            if not (value is None or type(value) is (bool if key in TRUTH_KEYS else int)):
                raise unreadable(path, number, f"the value of {key!r} is not of its form")
            continue
        if key not in SYSTEMS:
            raise unreadable(path, number, f"the expectation {key!r} is not known")
        if not isinstance(value, dict):
            raise unreadable(path, number, f"the expectation {key!r} is no object")
        for name, wanted in value.items():
            if name not in SYSTEM_KEYS:
                raise unreadable(path, number, f"the expectation {name!r} under {key} is not known")
            if name == "systemic_mastocytosis":
                good = wanted is None or isinstance(wanted, bool)
            elif name in ("must_allow", "must_exclude"):
                good = isinstance(wanted, list) and all(isinstance(code, str) for code in wanted)
            else:
                good = isinstance(wanted, dict) and all(
                    bound in RANGE_KEYS and type(limit) is int for bound, limit in wanted.items()
                )
            if not good:
                raise unreadable(path, number, f"the value of {name!r} under {key} is not of its form")


def read_cases(path: Path) -> list[Json]:
    """Cases of a file, every line checked for its form."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is no UTF-8 text"
        raise unreadable(path, None, f"cannot be read, {why}") from error
    cases: list[Json] = []
    # Not splitlines(): a JSON string may hold U+2028 and the like as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError as error:
            raise unreadable(path, number, "this is no JSON") from error
        if not isinstance(case, dict):
            raise unreadable(path, number, "a case must be a JSON object")
        if not isinstance(case.get("id"), str):
            raise unreadable(path, number, "the case has no id")
        for key in ("sheet", "expect"):
            if not isinstance(case.get(key), dict):
                raise unreadable(path, number, f"the case has no object {key!r}")
        check_expectation(path, number, case["expect"])
        cases.append(case)
    if not cases:
        raise unreadable(path, None, "there is no case in it")
    return cases


def contradictions(name: str, system: str, expected: Json, got: Json) -> list[str]:
    """Where an answer contradicts what is expected under one system, a sentence each."""
    found = []
    subtype, possible = got["subtype"], set(got["possible"])
    key = "systemic_mastocytosis"
    if key in expected and got[key] is not expected[key]:
        said = WORDS.get(got[key], repr(got[key]))
        found.append(f"systemic mastocytosis must be {WORDS[expected[key]]} and is said to be {said}")
    # An undecided answer that lists nothing rules nothing out.
    left = possible | ({subtype} if subtype is not None else set())
    answered = (
        f"the answer is {subtype}" if subtype is not None else f"only {', '.join(sorted(possible))} stay possible"
    )
    for code in expected.get("must_allow", []):
        if left and code not in left:
            found.append(f"{code} must not be ruled out, and {answered}")
    for code in expected.get("must_exclude", []):
        if code == subtype:
            found.append(f"{code} is the answer and is ruled out by the sheet")
        elif code in possible:
            found.append(f"{code} is said to be possible and is ruled out by the sheet")
    for key, letter in (("b_findings", "B"), ("c_findings", "C")):
        limits, counts = expected.get(key, {}), got[key]
        if "min" in limits and counts["met"] < limits["min"]:
            found.append(
                f"the sheet proves at least {limits['min']} {letter}-findings"
                f" and {counts['met']} are said to be met"
            )
        if "max" in limits and counts["possible"] > limits["max"]:
            found.append(
                f"at most {limits['max']} {letter}-findings are possible and {counts['possible']} are said to be"
            )
    return [f"{name}, {system}: {sentence}." for sentence in found]


def screening_contradictions(name: str, expected: Json, got: Json) -> list[str]:
    """Where an answer that stands beside the systems is not the expected one, a sentence each."""
    return [
        f"{name}: {key} must be {json.dumps(expected[key])} and is said to be {json.dumps(got[key])}."
        for key in (*TRUTH_KEYS, *POINTS_KEYS)
        if key in expected and got[key] is not expected[key] and got[key] != expected[key]
    ]


def screen_sheet(sheet: Json) -> Json:
    """What mastkit says beside the systems; the program is imported here so that the check loads without it."""
    from mastkit.assessment.assess import sheet_values
    from mastkit.followup.screening import for_sheet

    return for_sheet(sheet_values(sheet))


def run(cases: list[Json], assess: Assess, screen: Screen = screen_sheet) -> Outcome:
    """Ask for every case and hold the answers against what is expected."""
    outcome = Outcome()
    for case in cases:
        outcome.cases += 1
        asked = [key for key in (*TRUTH_KEYS, *POINTS_KEYS) if key in case["expect"]]
        if asked:
            outcome.screened.update(asked)
            got = screen(case["sheet"])
            outcome.contradictions += screening_contradictions(case["id"], case["expect"], got)
        # Only the id and the sheet: what the authors say is never an input.
        answer = assess({"id": case["id"], "sheet": case["sheet"]})
        for system in SYSTEMS:
            got = answer[system]
            outcome.contradictions += contradictions(case["id"], system, case["expect"].get(system, {}), got)
            standing = outcome.standings[system]
            if got["subtype"] is not None:
                standing.settled += 1
            else:
                standing.open += 1
                standing.missing.update({variable for smallest in got["missing"] for variable in smallest})
    return outcome


def report(outcome: Outcome) -> str:
    """The outcome for a person."""
    lines = list(outcome.contradictions)
    total = len(outcome.contradictions)
    lines.append(f"{outcome.cases} cases, {total} contradiction{'' if total == 1 else 's'}.")
    for system, standing in outcome.standings.items():
        lines.append(f"{system}: {standing.settled} settled, {standing.open} open.")
        # By name where the numbers are equal, so that two runs print the same.
        wanted = sorted(standing.missing.items(), key=lambda item: (-item[1], item[0]))
        if wanted:
            lines.append("  missing: " + ", ".join(f"{variable} ({count})" for variable, count in wanted))
    for key, count in outcome.screened.items():
        lines.append(f"{key}: asked for {count} case{'' if count == 1 else 's'}.")
    return "\n".join(lines)


def main(arguments: list[str], assess: Assess | None = None) -> int:
    """Run the check on the file named by the arguments and return the exit status."""
    if len(arguments) != 1:
        print("Give one file: python -m tests.published_cases FILE", file=sys.stderr)
        return 2
    try:
        cases = read_cases(Path(arguments[0]))
    except UnreadableFileError as error:
        print(error, file=sys.stderr)
        return 2
    if assess is None:
        from mastkit.assessment import assess_sheet

        assess = assess_sheet
    outcome = run(cases, assess)
    print(report(outcome))
    return 1 if outcome.contradictions else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
