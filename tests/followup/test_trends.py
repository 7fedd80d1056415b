"""Trends: the own band first, published variation second, and what is not compared."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.followup.trends import trend
from mastkit.followup.variation import FEWEST_OWN_VALUES, own_band
from tests.followup.cast import course, fact, measured, record, tryptase

ON = date(2026, 6, 1)
OWN = [28.0, 30.0, 31.0, 29.0, 32.0]


def series(values, code=tryptase, **more):
    return [code(n, f"2025-{n:02d}-01", value, **more) for n, value in enumerate(values, 1)]


def test_the_band_is_a_prediction_interval_on_the_logarithm():
    logs = [math.log(x) for x in OWN]
    mean = sum(logs) / 5
    spread = math.sqrt(sum((x - mean) ** 2 for x in logs) / 4)
    half = 2.776 * spread * math.sqrt(6 / 5)
    band = own_band(OWN)
    assert band.count == 5
    assert math.isclose(band.low, math.exp(mean - half))
    assert math.isclose(band.high, math.exp(mean + half))
    assert (round(band.low, 1), round(band.high, 1)) == (25.5, 35.2)


@pytest.mark.parametrize(
    ("last", "place", "more"), [(35, "within", False), (36, "above", True), (25, "below", True)]
)
def test_the_own_band_decides_where_there_is_one(last, place, more):
    found = trend(record(*series([*OWN, last])), "tryptase", ON)
    assert found.own == place
    assert found.more_than_variation is more
    assert found.band.count == 5


def test_too_few_own_values_give_no_band_and_say_so():
    found = trend(record(*series([*OWN[:4], 60])), "tryptase", ON)
    assert found.band is None
    assert found.no_band == "4 earlier own values, 5 are needed"
    assert own_band(OWN[: FEWEST_OWN_VALUES - 1]) is None
    assert own_band([30.0] * 6) is None
    assert own_band([0.0, 1, 2, 3, 4]) is None


def test_published_variation_comes_second():
    rose = trend(record(*series([20, 33.8])), "tryptase", ON)
    assert rose.own is None
    assert rose.more_than_variation is True
    assert trend(record(*series([20, 33.7])), "tryptase", ON).more_than_variation is False, (
        "1.685 itself is not above"
    )
    assert trend(record(*series([20, 10])), "tryptase", ON).more_than_variation is None, (
        "of a fall none is published"
    )
    assert trend(record(*series([20])), "tryptase", ON).more_than_variation is None
    context = [truth for variation, truth in rose.published if variation.kind == "context"]
    assert context == [None, None]


def test_a_rise_of_a_fifth_and_two_is_not_called_a_change():
    found = trend(record(*series([20, 26.1])), "tryptase", ON)
    assert found.more_than_variation is False
    assert any("41.5 %" in variation.text for variation, _ in found.published)


def test_samples_of_a_flare_are_no_part_of_a_trend():
    facts = [
        *series(OWN),
        tryptase(20, "2025-12-01", 90, context="event"),
        tryptase(21, "2025-12-02", 90, context="unknown"),
    ]
    assert trend(record(*facts), "tryptase", ON).latest.value.low == 32


def test_a_limit_stays_open_where_it_decides_nothing():
    limited = tryptase(20, "2025-12-01", 30, comparator=">")
    found = trend(record(*series(OWN), limited), "tryptase", ON)
    assert found.own == "open"
    assert found.more_than_variation is None
    high = tryptase(20, "2025-12-01", 200, comparator=">")
    assert trend(record(*series(OWN), high), "tryptase", ON).own == "above"
    earlier = [tryptase(30, "2024-01-01", 200, comparator=">"), *series(OWN[:4]), tryptase(20, "2025-12-01", 40)]
    assert trend(record(*earlier), "tryptase", ON).no_band.startswith("4 earlier own values")


def test_other_laboratories_and_new_treatment_are_remarked_on():
    facts = [
        tryptase(1, "2025-01-01", 30, laboratory="North"),
        tryptase(2, "2025-06-01", 40, laboratory="South"),
        course(3, "2025-03-01", "avapritinib"),
    ]
    assert trend(record(*facts), "tryptase", ON).remarks == (
        "Earlier values come from another laboratory North, method not stated.",
        "Avapritinib was started on 2025-03-01, between the last two values.",
    )


def test_the_laboratory_s_own_limits_are_shown_in_the_unit_of_the_value():
    count = measured(1, "2026-01-01", "hb", 110, "g/L", reference_low=120.0, reference_high=160.0)
    found = trend(record(count), "hb", ON)
    assert found.laboratory == "below"
    assert found.points[0].reference == (12.0, 16.0)
    assert found.published == ()


def variant(n, when, fraction, tissue="blood", assay="ddpcr", **more):
    content = {"gene": "KIT", "change": "D816V", "result": "detected", "tissue": tissue, "assay": assay}
    if fraction is not None:
        content["allele_fraction"] = {"value": fraction, "unit": "%"}
    return fact(n, "variant", when, **(content | more))


def test_fractions_of_one_tissue_and_test_only_are_set_side_by_side():
    facts = [variant(n, f"2025-{n:02d}-01", x) for n, x in enumerate([1.0, 1.2, 0.9, 1.1, 1.05, 2.0], 1)]
    facts.append(variant(20, "2025-03-15", 5.0, tissue="marrow"))
    facts.append(variant(21, "2025-03-16", 4.0, assay="ngs"))
    found = trend(record(*facts), "kit_d816v_vaf_pct", ON)
    assert found.own == "above"
    assert len(found.points) == 6
    assert found.remarks == ("Left out: 2 values of another tissue or test.",)


def test_not_found_is_below_what_the_test_can_see():
    facts = [variant(n, f"2025-{n:02d}-01", x) for n, x in enumerate([1.0, 1.2, 0.9, 1.1, 1.05], 1)]
    gone = variant(9, "2025-09-01", None, result="not_detected", detection_limit={"value": 0.03, "unit": "%"})
    found = trend(record(*facts, gone), "kit_d816v_vaf_pct", ON)
    assert found.own == "below"
    assert found.latest.text == "not found (limit 0.03 %)"
    blind = variant(9, "2025-09-01", None, result="not_detected")
    assert len(trend(record(*facts, blind), "kit_d816v_vaf_pct", ON).points) == 5


def test_what_is_no_number_is_refused_in_one_sentence():
    for code in ("cd25", "nonsense", "bst_"):
        with pytest.raises(ValueError, match=f"found '{code}', expected tryptase or a number"):
            trend(record(), code, ON)
    assert trend(record(), "tryptase", ON).points == ()


positive = st.floats(0.5, 500)


@given(st.lists(positive, min_size=5, max_size=12))
def test_a_band_holds_the_middle_of_its_values(values):
    band = own_band(values)
    if band is not None:
        middle = math.exp(sum(map(math.log, values)) / len(values))
        assert band.low < middle < band.high


@given(st.lists(positive, min_size=5, max_size=12), st.floats(0.01, 100))
def test_the_unit_makes_no_difference(values, factor):
    band, scaled = own_band(values), own_band([x * factor for x in values])
    if band is not None and scaled is not None:
        assert math.isclose(scaled.low, band.low * factor, rel_tol=1e-6)
        assert math.isclose(scaled.high, band.high * factor, rel_tol=1e-6)
