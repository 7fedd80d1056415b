"""No answer contradicts what the published cases prove, and the check notices contradictions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import published_cases

EXAMPLES = Path(__file__).parents[2] / "examples" / "published.jsonl"


def test_published_cases(capsys):
    status = published_cases.main([str(EXAMPLES)])
    printed = capsys.readouterr().out
    assert status == 0, printed


def system_answer(**changes):
    base = {
        "systemic_mastocytosis": None,
        "subtype": None,
        "possible": ["ISM", "SSM"],
        "b_findings": {"met": 1, "possible": 2},
        "c_findings": {"met": 0, "possible": 1},
        "missing": [["bst"], ["ahn"]],
    }
    return base | changes


def program(**changes):
    return lambda case: {"id": case["id"], "who-2022": system_answer(**changes), "icc-2022": system_answer()}


def write(path, expect, **changes):
    case = {"id": "case-1", "sheet": {"bst": 12}, "expect": expect} | changes
    path.write_text(json.dumps(case) + "\n", encoding="utf-8")
    return str(path)


AGREES = {
    "systemic_mastocytosis": None,
    "must_allow": ["ISM"],
    "must_exclude": ["MCL"],
    "b_findings": {"min": 1, "max": 2},
    "c_findings": {"max": 4},
}


def test_agreement_and_what_stays_open(tmp_path, capsys):
    name = write(tmp_path / "cases.jsonl", {"who-2022": AGREES, "rema": None})
    assert published_cases.main([name], program()) == 0
    printed = capsys.readouterr().out
    assert "1 cases, 0 contradictions." in printed
    assert "who-2022: 0 settled, 1 open.\n  missing: ahn (1), bst (1)" in printed
    assert "rema: asked for 1 case." in printed


@pytest.mark.parametrize(
    ("expect", "sheet", "said"),
    [
        ({"rema": 4}, {"bst": 12}, "rema must be 4 and is said to be null"),
        ({"mcas_tryptase_rule": True}, {"bst": 5, "tryptase_acute": 7.2, "tryptase_acute_hours": 1}, "to be false"),
        ({"osteo_score": None}, {"age": 35, "bst": 26.8, "vertebral_fracture": True}, "is said to be 5"),
    ],
)
def test_a_contradiction_beside_the_systems_is_noticed(tmp_path, capsys, expect, sheet, said):
    name = write(tmp_path / "cases.jsonl", expect, sheet=sheet)
    assert published_cases.main([name], program()) == 1
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("expect", [{"rema": "4"}, {"rema": True}, {"mcas_tryptase_rule": 1}])
def test_a_value_of_another_form_is_refused(tmp_path, capsys, expect):
    assert published_cases.main([write(tmp_path / "cases.jsonl", expect)], program()) == 2
    assert "is not of its form" in capsys.readouterr().err


def test_an_undecided_answer_that_lists_nothing_rules_nothing_out(tmp_path):
    name = write(tmp_path / "cases.jsonl", {"who-2022": AGREES})
    assert published_cases.main([name], program(possible=[])) == 0


def test_the_program_sees_the_sheet_only(tmp_path):
    seen = []

    def assess(case):
        seen.append(case)
        return program()(case)

    published_cases.main([write(tmp_path / "cases.jsonl", {}, stated={"subtype": "ISM"})], assess)
    assert seen == [{"id": "case-1", "sheet": {"bst": 12}}]


@pytest.mark.parametrize(
    ("expect", "changes", "sentence"),
    [
        (
            {"systemic_mastocytosis": None},
            {"systemic_mastocytosis": False},
            "must be undecided and is said to be ruled out",
        ),
        ({"systemic_mastocytosis": True}, {}, "must be met and is said to be undecided"),
        ({"systemic_mastocytosis": False}, {"systemic_mastocytosis": 0}, "must be ruled out"),
        ({"must_allow": ["BMM"]}, {}, "BMM must not be ruled out, and only ISM, SSM stay possible"),
        (
            {"must_allow": ["ISM"]},
            {"subtype": "SSM", "possible": ["SSM"]},
            "ISM must not be ruled out, and the answer is SSM",
        ),
        ({"must_exclude": ["SSM"]}, {}, "SSM is said to be possible"),
        ({"must_exclude": ["SSM"]}, {"subtype": "SSM", "possible": []}, "SSM is the answer"),
        ({"b_findings": {"min": 2}}, {}, "at least 2 B-findings and 1 are said to be met"),
        ({"b_findings": {"max": 1}}, {}, "at most 1 B-findings are possible and 2 are said to be"),
        ({"c_findings": {"min": 1}}, {}, "at least 1 C-findings"),
        ({"c_findings": {"max": 0}}, {}, "at most 0 C-findings"),
    ],
    ids=str,
)
def test_a_contradiction_is_one_sentence(tmp_path, capsys, expect, changes, sentence):
    name = write(tmp_path / "cases.jsonl", {"who-2022": expect})
    assert published_cases.main([name], program(**changes)) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("case-1, who-2022: ")
    assert sentence in printed[0]
    assert printed[1] == "1 cases, 1 contradiction."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "there is no case in it"),
        ("{", "line 1: this is no JSON"),
        ("[]", "line 1: a case must be a JSON object"),
        ('{"id": "a", "sheet": {}}', "line 1: the case has no object 'expect'"),
        ('{"id": "a", "sheet": {}, "expect": {"who-2023": {}}}', "the expectation 'who-2023' is not known"),
        (
            '{"id": "a", "sheet": {}, "expect": {"who-2022": {"must_alow": []}}}',
            "'must_alow' under who-2022 is not known",
        ),
        ('{"id": "a", "sheet": {}, "expect": {"who-2022": {"must_allow": "ISM"}}}', "is not of its form"),
        (
            '{"id": "a", "sheet": {}, "expect": {"icc-2022": {"b_findings": {"least": 1}}}}',
            "is not of its form",
        ),
    ],
    ids=str,
)
def test_a_file_that_cannot_be_read(tmp_path, capsys, text, sentence):
    path = tmp_path / "cases.jsonl"
    path.write_text(text, encoding="utf-8")
    assert published_cases.main([str(path)], program()) == 2
    said = capsys.readouterr()
    assert not said.out
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


def test_no_such_file_and_no_text(tmp_path, capsys):
    assert published_cases.main([str(tmp_path / "none.jsonl")], program()) == 2
    assert "No such file" in capsys.readouterr().err
    path = tmp_path / "binary.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    assert published_cases.main([str(path)], program()) == 2
    assert "no UTF-8 text" in capsys.readouterr().err
    assert published_cases.main([], program()) == 2
