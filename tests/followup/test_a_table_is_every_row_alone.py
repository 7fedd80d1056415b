"""Evaluation over columns is the judge's, row by row: every criterion and every score."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mastkit.assessment.assess import sheet_values
from mastkit.followup.screening import for_sheet, for_table, rule_sets
from mastkit.logic.columns import read_columns
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.evaluate_many import ManyEvaluator
from mastkit.logic.facts import read_facts
from mastkit.record.sheets.table import SheetTable
from mastkit.rulebooks import CRITERIA_SETS, SCORES
from tests.followup.sheets import sheets

TABLES = st.lists(sheets(), min_size=1, max_size=4)
TRUTHS = {1: True, 0: False, -1: None}


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_criteria(rows: list[dict[str, Any]]) -> None:
    table = SheetTable.from_sheets(rows)
    for make in CRITERIA_SETS.values():
        rules = make(None)
        many = ManyEvaluator(read_columns(rules, table))
        for i, row in enumerate(rows):
            facts = read_facts(rules, sheet_values(row))
            one = Evaluator(facts.known, facts.stated)
            for criterion in rules.criteria:
                assert TRUTHS[int(many(criterion)[i])] is one(criterion), (criterion.id, row)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_scores(rows: list[dict[str, Any]]) -> None:
    table = SheetTable.from_sheets(rows)
    for score in SCORES.values():
        many = ManyEvaluator(read_columns(score, table)).total(score)
        for i, row in enumerate(rows):
            facts = read_facts(score, sheet_values(row))
            one = score.total(Evaluator(facts.known, facts.stated))
            assert (int(many.low[i]), int(many.high[i])) == (one.low, one.high), (score.id, row)


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_the_rows_of_a_table_are_the_sheets(rows: list[dict[str, Any]]) -> None:
    columns = for_table(SheetTable.from_sheets(rows))
    for i, row in enumerate(rows):
        alone = for_sheet(sheet_values(row))
        for key, value in columns.row(i).items():
            expected = alone[key]
            if isinstance(value, dict):
                expected = {name: criterion["truth"] for name, criterion in expected.items()}
            assert value == expected, key


def test_an_empty_table_has_no_rows() -> None:
    columns = for_table(SheetTable.from_sheets([]))
    assert all(len(truths) == 0 for named in columns.criteria.values() for truths in named.values())


def test_columns_that_are_not_in_the_table_are_unknown() -> None:
    class Nothing:
        numbers: dict[str, Any] = {}  # noqa: RUF012 - a table that has no column at all
        booleans: dict[str, Any] = {}  # noqa: RUF012
        choices: dict[str, Any] = {}  # noqa: RUF012

        def __len__(self) -> int:
            return 2

    rules = rule_sets()[0]
    many = ManyEvaluator(read_columns(rules, Nothing()))
    assert np.all(many(rules.criterion("MCAS-B")) == -1)
