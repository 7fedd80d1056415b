"""Gene results and alkaline phosphatase of a record, as the prognostic scores ask for them."""

from datetime import date

import pytest

from mastkit.followup.prognosis import for_sheet
from mastkit.followup.score_values import score_values
from tests.followup.cast import fact, measured, record

ON = date(2026, 6, 1)


def gene(n, when, name, result, **more):
    return fact(n, "variant", when, gene=name, result=result, **more)


def values(*facts, on=ON):
    return score_values(record(*facts), on).values


def test_a_gene_that_no_fact_names_is_unknown():
    assert values(gene(1, "2026-01-01", "SRSF2", "not_detected")) == {"srsf2": False}


def test_a_mutation_that_was_found_stays_found():
    facts = [gene(1, "2025-01-01", "ASXL1", "detected"), gene(2, "2026-01-01", "ASXL1", "not_detected")]
    found = score_values(record(*facts), ON)
    assert found.values == {"asxl1": True}
    assert found.dates == {"asxl1": date(2025, 1, 1)}
    assert values(*facts, on=date(2024, 1, 1)) == {}


def test_an_inherited_or_uncertain_change_and_one_named_change_say_nothing_of_the_gene():
    assert values(gene(1, "2026-01-01", "RUNX1", "detected", origin="germline")) == {}
    assert values(gene(1, "2026-01-01", "RUNX1", "equivocal")) == {}
    assert values(gene(1, "2026-01-01", "SRSF2", "not_detected", change="P95H")) == {}
    assert values(gene(1, "2026-01-01", "srsf2", "detected", change="P95H")) == {"srsf2": True}


@pytest.mark.parametrize(
    ("value", "comparator", "limit", "above"),
    [
        (121, None, 120.0, True),
        (120, None, 120.0, False),
        (120, ">", 120.0, True),
        (100, ">", 120.0, None),
        (120, ">=", 120.0, None),
        (120, "<", 120.0, False),
        (130, "<", 120.0, None),
        (121, None, None, None),
    ],
)
def test_alkaline_phosphatase_against_the_laboratory_s_own_limit(value, comparator, limit, above):
    fact_ = measured(1, "2026-01-01", "alp", value, "U/L", comparator=comparator, reference_high=limit)
    assert values(fact_).get("alp_above_limit") is above


def test_the_scores_take_them():
    found = score_values(
        record(gene(1, "2026-01-01", "SRSF2", "detected"), gene(2, "2026-01-01", "ASXL1", "detected")), ON
    )
    mars = for_sheet({"age": 61, "hb": 12, "plt": 200, **found.values}, subtypes={"ASM"}, dates=found.dates)[0]
    assert (mars.points.low, mars.points.high) == (3, 3)
