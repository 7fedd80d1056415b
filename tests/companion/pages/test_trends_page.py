from typing import Any

from mastkit.companion.pages.trends import trends_page
from tests.companion.pages.making import ZONE, at, fact, record_of

DAY = 24


def tryptase(days_ago: float, value: float, *, unit: str = "ng/mL", comparator: str | None = None, **fields: Any):
    quantity = {"value": value, "unit": unit, "comparator": comparator}
    return fact("measurement", time=at(DAY * days_ago), code="tryptase", quantity=quantity, **fields)


def test_the_band_is_the_persons_own_values_when_well():
    values = [tryptase(n * 30, value, context="baseline") for n, value in ((1, 30.0), (2, 26.0), (3, 28.0))]
    (trend,) = trends_page(record_of(*values, tryptase(10, 80.0, context="event")), ZONE, None).trends
    assert "Your last values when well lie between 26 and 30 ng/mL." in trend.sentence
    assert trend.shapes == {"dot", "event", "band"}
    assert trend.wide.count("<circle") == 3


def test_the_band_is_of_the_last_five_so_that_treatment_does_not_widen_it():
    values = [tryptase(days, 300.0 - 25 * n, context="baseline") for n, days in enumerate(range(330, 0, -30))]
    (trend,) = trends_page(record_of(*values), ZONE, None).trends
    assert "between 50 and 150 ng/mL" in trend.sentence


def test_two_values_make_no_band_and_a_limit_none_either():
    values = [tryptase(30, 200, comparator=">", context="baseline")]
    values += [tryptase(n, 30.0, context="baseline") for n in (1, 2)]
    (trend,) = trends_page(record_of(*values), ZONE, None).trends
    assert "when well" not in trend.sentence
    assert "open" in trend.shapes


def test_units_are_converted_and_what_does_not_fit_is_said():
    values = [tryptase(3, 30.0), tryptase(2, 31.0, unit="ug/L")]
    (trend,) = trends_page(record_of(*values), ZONE, {"tryptase": "ug/L"}).trends
    assert trend.unit == "µg/L"
    assert trend.apart == ()
    assert [row.value for row in trend.rows] == ["31 µg/L", "30 ng/mL"]

    odd = fact("measurement", time=at(1), code="crp", quantity={"value": 3, "unit": "mmol/L"})
    fits = fact("measurement", time=at(0), code="crp", quantity={"value": 3, "unit": "mg/L"})
    (trend,) = trends_page(record_of(odd, fits), ZONE, None).trends
    assert len(trend.apart) == 1
    assert "does not fit mg/L" in trend.apart[0]


def test_sites_are_told_apart():
    scores = [
        fact("measurement", time=at(1), code="tscore_min", site=site, quantity={"value": -1.5, "unit": "1"})
        for site in ("hip", "lumbar spine")
    ]
    assert len(trends_page(record_of(*scores), ZONE, None).trends) == 2


def test_a_corrected_value_is_shown_once():
    first = tryptase(3, 312.0)
    second = tryptase(3, 31.2, recorded=-1, replaces=first.id)
    (trend,) = trends_page(record_of(first, second), ZONE, None).trends
    assert [row.value for row in trend.rows] == ["31.2 ng/mL"]
