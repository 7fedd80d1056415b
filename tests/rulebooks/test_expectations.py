"""The files of expected answers are well formed, and their checker notices what it should."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest

from tests.rulebooks import expectations

FILES = ("worked_examples.jsonl", "boundaries.jsonl", "readings.jsonl")
CODES = {"CM", "MIS", "BMM", "ISM", "SSM", "SM-AHN", "ASM", "MCL", "MCS", "MML", "none"}
KEYS = {
    "systemic_mastocytosis",
    "subtype",
    "subtype_in",
    "possible",
    "possible_contains",
    "possible_excludes",
    "b_findings",
    "c_findings",
    "missing_contains",
    "criteria",
}
MOST = {"b_findings": 3, "c_findings": 5}
CENSORED = re.compile(r"(<=|>=|<|>)\d+(\.\d+)?")


def variables() -> dict[str, dict[str, str]]:
    text = files("mastkit.vocabulary").joinpath("data/variables.csv").read_text(encoding="utf-8")
    return {row["name"]: row for row in csv.DictReader(text.splitlines())}


def allowed(row: dict[str, str], value: object) -> bool:
    values = row["values"].split()
    if row["kind"] == "number":
        if isinstance(value, str):
            return CENSORED.fullmatch(value) is not None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return (not row["low"] or value >= float(row["low"])) and (not row["high"] or value <= float(row["high"]))
    if isinstance(value, bool):
        return str(value).lower() in values
    return isinstance(value, str) and (value in values or not values)


@pytest.mark.parametrize("name", FILES)
def test_lines_are_well_formed(name):
    lines = expectations.load(name)
    assert len({line["id"] for line in lines}) == len(lines)
    known = variables()
    for line in lines:
        assert line["clause"], line["id"]
        for variable, value in line["sheet"].items():
            assert variable in known, (line["id"], variable)
            assert allowed(known[variable], value), (line["id"], variable, value)
        for question, _, _, system, expected in expectations.questions([line]):
            assert system in expectations.SYSTEMS, question
            assert expected, question
            assert set(expected) <= KEYS, (question, set(expected) - KEYS)
            for key in ("possible", "possible_contains", "possible_excludes"):
                assert set(expected.get(key, [])) <= CODES, question
            assert expected.get("subtype") in CODES | {None}, question
            assert set(expected.get("missing_contains", [])) <= set(known), question
            assert set(expected.get("criteria", {})) <= {"MAJ", "m1", "m2", "m3", "m4"}, question
            for key, most in MOST.items():
                if key in expected:
                    assert 0 <= expected[key]["met"] <= expected[key]["possible"] <= most, question
            if system == "icc-2022":
                assert "BMM" not in {expected.get("subtype"), *expected.get("possible", [])}, question


def reply(**changes):
    base = {
        "systemic_mastocytosis": True,
        "subtype": "ISM",
        "possible": ["ISM"],
        "b_findings": {"met": 1, "possible": 1},
        "c_findings": {"met": 0, "possible": 0},
        "missing": [["ahn"]],
        "criteria": {"MAJ": True, "m1": None},
    }
    return base | changes


GOOD = {
    "systemic_mastocytosis": True,
    "subtype": "ISM",
    "b_findings": {"met": 1, "possible": 1},
    "c_findings": {"met": 0, "possible": 0},
    "missing_contains": ["ahn"],
}


def test_checker_accepts_the_expected_answer():
    assert expectations.differences(GOOD, reply()) == []
    assert expectations.differences(GOOD, reply(possible=[])) == []
    assert expectations.criterion_differences({"criteria": {"MAJ": True, "m1": None}}, reply()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"systemic_mastocytosis": None},
        {"systemic_mastocytosis": 1},
        {"subtype": "SSM"},
        {"possible": ["ISM", "SSM"]},
        {"b_findings": {"met": 1, "possible": 2}},
        {"c_findings": {"met": 1, "possible": 1}},
        {"missing": [["bst"]]},
    ],
    ids=str,
)
def test_checker_notices(changes):
    assert expectations.differences(GOOD, reply(**changes))


def test_checker_notices_codes_and_criteria():
    undecided = reply(subtype=None, possible=["ISM", "SSM"])
    assert expectations.differences({"possible": ["ISM"]}, undecided)
    assert expectations.differences({"possible_contains": ["ASM"]}, undecided)
    assert expectations.differences({"possible_excludes": ["SSM"]}, undecided)
    assert expectations.differences({"subtype_in": [None, "SSM"]}, undecided) == []
    assert expectations.differences({"subtype_in": ["SSM"]}, undecided)
    assert expectations.criterion_differences({"criteria": {"m1": False}}, undecided)
    assert expectations.criterion_differences({"criteria": {"m2": None}}, undecided)
