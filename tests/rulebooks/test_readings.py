"""Every point where the sources leave a choice: the default, and named options where there are some."""

from __future__ import annotations

import pytest

from tests.rulebooks import expectations

QUESTIONS = expectations.questions(expectations.load("readings.jsonl"))
WITH_CRITERIA = [question for question in QUESTIONS if "criteria" in question[4]]


@pytest.mark.parametrize(("name", "line", "choice", "system", "expected"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_answer(name, line, choice, system, expected):
    got = expectations.answer(line, choice, system)
    found = expectations.differences(expected, got)
    assert not found, expectations.message(line, system, choice, found)


@pytest.mark.parametrize(
    ("name", "line", "choice", "system", "expected"), WITH_CRITERIA, ids=[q[0] for q in WITH_CRITERIA]
)
def test_criteria(name, line, choice, system, expected):
    got = expectations.answer(line, choice, system)
    found = expectations.criterion_differences(expected, got)
    assert not found, expectations.message(line, system, choice, found)
