"""A compiled table says of every row what evaluation says of that person alone."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.evaluate import Evaluator
from mastkit.logic.expressions import ALWAYS, any_of, criterion, divided, walk
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label, Rulebook, presume
from mastkit.logic.score import Score
from mastkit.logic.values import Fact, Interval
from mastkit.logic.variables import Variable, boolean, number
from mastkit.rulebooks import RULEBOOKS
from tests.logic import draws
from tests.logic.draws import COPIES, COUGH, CRP, NODES, RASH, SWAB, TEMPERATURE

ibis = pytest.importorskip("ibis")
pa = pytest.importorskip("pyarrow")

from mastkit.logic.compile import cells_refused, criteria_columns, score_columns, truth_columns  # noqa: E402


def sheet_table(variables: Sequence[Variable], people: Sequence[Mapping[str, Fact | None]]):
    """People as a table: a column a variable, two for a number of which somebody's value is a range."""
    columns = {"id": pa.array(range(len(people)), pa.int64())}
    for v in variables:
        cells = [person.get(v.name) for person in people]
        if not v.observable or all(cell is None for cell in cells):
            continue
        if v.kind == "boolean":
            columns[v.name] = pa.array(cells, pa.bool_())
        elif v.kind == "choice":
            columns[v.name] = pa.array([str(c).lower() if isinstance(c, bool) else c for c in cells], pa.string())
        elif any(isinstance(cell, Interval) for cell in cells):
            for end in ("low", "high"):
                ends = [getattr(c, end) if isinstance(c, Interval) else c for c in cells]
                columns[f"{v.name}_{end}"] = pa.array(ends, pa.float64())
        else:
            columns[v.name] = pa.array(cells, pa.float64())
    return ibis.memtable(pa.table(columns))


def rows(table) -> list[dict]:
    return table.order_by("id").to_pyarrow().to_pylist()


@given(draws.rulebooks(), st.data())
@draws.slow_budget
def test_random_rules_on_random_people(book: Rulebook, data: st.DataObject) -> None:
    people = data.draw(st.lists(draws.statements(book.variables), min_size=1, max_size=6))
    named = {f"part {i}": node for i, node in enumerate(walk(*book.expressions))}
    got = rows(truth_columns(book, sheet_table(book.variables, people), named, keep=["id"]))
    for i, person in enumerate(people):
        facts = read_facts(book, person)
        evaluate = Evaluator(facts.known, facts.stated)
        assert got[i] == {"id": i, **{name: evaluate(node) for name, node in named.items()}}


@given(draws.scores(), st.data())
@draws.slow_budget
def test_random_scores_on_random_people(score: Score, data: st.DataObject) -> None:
    people = data.draw(st.lists(draws.statements(score.variables), min_size=1, max_size=6))
    got = rows(score_columns(score, sheet_table(score.variables, people), keep=["id"]))
    for i, person in enumerate(people):
        facts = read_facts(score, person)
        total = score.total(Evaluator(facts.known, facts.stated))
        assert got[i] == {"id": i, "low": total.low, "high": total.high}


LIMITS = (0, 1, 2, 10, 15, 18, 20, 25, 30, 40, 100, 125, 200, 250)


def any_value(chance: random.Random, v: Variable) -> Fact:
    if v.kind == "boolean":
        return chance.random() < 0.5
    if v.kind == "choice":
        return chance.choice(v.values)
    step = 1 if v.integer else chance.choice((0.0, 0.1, -0.1))
    number = min(max(chance.choice(LIMITS) + step, v.low), v.high)
    if v.integer or chance.random() < 0.7:
        return float(number)
    return Interval(number, v.high) if chance.random() < 0.5 else Interval(v.low, number)


@pytest.mark.parametrize("system", RULEBOOKS)
@pytest.mark.parametrize("missing", [0.2, 0.5, 0.9])
def test_the_published_rules_on_random_sheets(system: str, missing: float) -> None:
    book = RULEBOOKS[system]()
    chance = random.Random(f"{system} {missing}")
    people = [
        {v.name: any_value(chance, v) for v in book.variables if v.observable and chance.random() >= missing}
        for _ in range(150)
    ]
    got = rows(criteria_columns(book, sheet_table(book.variables, people), keep=["id"]))
    assert len(got) == len(people)
    seen = set()
    for i, person in enumerate(people):
        facts = read_facts(book, person)
        evaluate = Evaluator(facts.known, facts.stated)
        expected = {c.id: evaluate(c) for c in book.criteria}
        assert got[i] == {"id": i, **expected}
        seen |= set(expected.items())
    # The sheets are worth comparing on: most criteria are met, not met and unknown somewhere.
    assert len(seen) > 2 * len(book.criteria)


def book_of(*items, presumptions=()) -> Rulebook:
    question = criterion("Q", "Q", any_of(*items))
    return Rulebook(
        "b", "b", question, (question,), {}, (Label("x", "", ALWAYS),), presumptions=tuple(presumptions)
    )


def column(book: Rulebook, table) -> list[bool | None]:
    return [row["Q"] for row in rows(criteria_columns(book, table, keep=["id"]))]


def test_nan_is_unknown_and_no_column_is_unknown() -> None:
    table = ibis.memtable(pa.table({"id": [0, 1, 2], "crp": [math.nan, 30.0, None]}))
    assert column(book_of(CRP > 20), table) == [None, True, None]
    assert column(book_of(TEMPERATURE > 38), table) == [None, None, None]


def test_nan_in_a_parquet_file_is_unknown_whatever_its_statistics_say(tmp_path: Path) -> None:
    """Statistics leave NaN out, and DuckDB would otherwise take NaN for a number above every limit."""
    parquet = pytest.importorskip("pyarrow.parquet")
    numbers = pa.table(
        {
            "id": [0, 1, 2],
            "crp": [30.0, math.nan, 10.0],
            "nodes_low": [math.nan, 1.0, 3.0],
            "nodes_high": [math.nan, 2.0, 3.0],
        }
    )
    parquet.write_table(numbers, tmp_path / "sheets.parquet")
    table = ibis.duckdb.connect().read_parquet(tmp_path / "sheets.parquet")
    assert column(book_of(CRP > 20), table) == [True, None, False]
    assert column(book_of(~(CRP > 20)), table) == [False, None, True]
    assert column(book_of(NODES > 2), table) == [None, False, True]
    (counts,) = cells_refused(book_of(CRP > 20, NODES > 2), table).to_pyarrow().to_pylist()
    assert counts == {"rows": 3, "crp": 0, "nodes": 0}


def test_counts_without_an_end_stay_without_one() -> None:
    many = number("many", integer=True)
    table = ibis.memtable(
        pa.table({"id": [0, 1, 2], "many_low": [None, 1e300, 2.5], "many_high": [2.5, None, 2.6]})
    )
    assert column(book_of(many > 2), table) == [False, True, None]


def test_a_range_may_be_open_on_one_side() -> None:
    table = ibis.memtable(
        pa.table({"id": [0, 1, 2, 3], "crp_low": [25.0, None, None, 5.0], "crp_high": [None, 15.0, None, 30.0]})
    )
    assert column(book_of(CRP > 20), table) == [True, False, None, None]


def test_whole_numbers_do_as_numbers() -> None:
    table = ibis.memtable(pa.table({"id": [0, 1], "crp": pa.array([30, 10], pa.int32())}))
    assert column(book_of(CRP > 20), table) == [True, False]


def test_a_choice_of_true_and_false_may_be_a_boolean_column() -> None:
    from mastkit.logic.variables import choice

    marker = choice("marker", ("true", "partial", "false"))
    table = ibis.memtable(pa.table({"id": [0, 1, 2], "marker": [True, False, None]}))
    assert column(book_of(marker.is_in("true", "partial")), table) == [True, False, None]


def test_silence_is_read_in_as_many_rounds_as_it_takes() -> None:
    chain = [boolean(f"link{i}") for i in range(5)]
    links = [presume(later, ~later, when=~earlier, title="t") for earlier, later in itertools.pairwise(chain)]
    # Backwards, and with a way back to the start, which must not keep it going for ever.
    back = presume(chain[0], ~chain[0], when=~chain[-1], title="t")
    book = book_of(chain[-1], presumptions=[*reversed(links), back])
    table = ibis.memtable(pa.table({"id": [0, 1, 2], "link0": [False, True, None]}))
    assert column(book, table) == [False, None, None]


def test_cells_that_a_variable_cannot_have_are_counted_and_unknown() -> None:
    table = ibis.memtable(
        pa.table(
            {
                "id": [0, 1, 2, 3],
                "swab": ["strep", "strap", None, "none"],
                "temperature": [20.0, 39.0, math.nan, None],
                "nodes_low": [1.5, 1.0, None, None],
                "nodes_high": [1.7, 2.0, None, 3.0],
            }
        )
    )
    book = book_of(SWAB.is_in("strep"), TEMPERATURE > 38, NODES > 8, COUGH)
    (counts,) = cells_refused(book, table).to_pyarrow().to_pylist()
    assert counts == {"rows": 4, "swab": 1, "temperature": 1, "nodes": 1}
    assert column(book_of(SWAB.is_in("strep")), table) == [True, None, None, False]
    assert cells_refused(book_of(COUGH), table).to_pyarrow().to_pylist() == [{"rows": 4}]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"cough": ["yes"]}, "column cough: expected true or false, found string"),
        ({"swab": [1]}, "column swab: expected one of none, strep, .*, found int64"),
        ({"crp": ["> 20"]}, r"column crp: expected numbers \(or crp_low and crp_high\), found string"),
    ],
)
def test_a_column_of_the_wrong_type_is_refused_in_one_sentence(columns: dict, message: str) -> None:
    book = book_of(COUGH, SWAB.is_in("strep"), CRP > 1)
    with pytest.raises(ValueError, match=message):
        criteria_columns(book, ibis.memtable(pa.table(columns)))


def test_the_divisor_of_a_quotient_that_is_unknown_spans_its_range() -> None:
    book = book_of(divided(CRP, one_plus=COPIES) > 20)
    table = ibis.memtable(
        pa.table({"id": [0, 1, 2, 3], "crp": [61.0, 50.0, 20.0, 50.0], "copies": [None, None, None, 1]})
    )
    assert column(book, table) == [True, None, False, True]


def test_the_sql_is_text_for_other_engines() -> None:
    table = ibis.table({"id": "int64", "cough": "boolean", "rash": "boolean"}, name="sheets")
    sql = str(ibis.to_sql(criteria_columns(book_of(COUGH, RASH), table, keep=["id"]), dialect="pyspark"))
    assert "sheets" in sql
    assert "OR" in sql
