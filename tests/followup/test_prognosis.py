"""Prognosis: whom a score is for, what is missing, cautions, survival, and one person beside a table."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.followup.prognosis import for_sheet, for_table, subtype_column
from mastkit.record.sheets.table import SheetTable
from mastkit.rulebooks import PROGNOSTIC_SCORES
from mastkit.rulebooks.variables import ADVANCED, NON_ADVANCED

TYPES = (*ADVANCED, *NON_ADVANCED, "MCS", "MML", "none")
NUMBERS = {
    "age": [18, 59.5, 60, 60.5, 61, 90], "hb": [7, 9.99, 10, 10.5, 11, 11.1, 14],
    "plt": [30, 99, 100, 149, 150, 300],
    "bst": [5, 124.9, 125, 400], "leukocytes": [3, 15.9, 16, 40], "alp": [50, 99, 100, 139, 140, 300],
    "beta2_microglobulin": [1, 2.4, 2.5, 6],
}  # fmt: skip
BOOLEANS = ("alp_above_limit", "srsf2", "asxl1", "runx1", "nras", "dnmt3a")

sheets = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from(values) for name, values in NUMBERS.items()},
        **dict.fromkeys(BOOLEANS, st.booleans()),
        "skin_lesions": st.sampled_from(["none", "mpcm", "present", "nontypical"]),
        "kit_d816v": st.sampled_from(["true", "false", "negative-insensitive"]),
    },
)
types = st.sets(st.sampled_from(TYPES), max_size=4)


def of(score, values, subtypes=None):
    return {p.rule.score.id: p for p in for_sheet(values, subtypes=subtypes)}[score]


def test_a_score_is_not_shown_to_those_it_was_not_made_for():
    mars = of("mars", {"age": 70, "hb": 9, "plt": 90}, {"ISM"})
    assert mars.applies is False
    assert mars.points is None
    assert mars.survival == ()
    assert of("ipsm-non-advanced", {"age": 70, "alp": 90}, {"ASM"}).points is None
    assert of("maps-hybrid", {}, {"CM"}).applies is False


def test_without_a_type_of_disease_it_is_open_whether_a_score_applies():
    assert of("mars", {"age": 70}).applies is None
    assert of("mars", {"age": 70}, {"ISM", "ASM"}).applies is None
    assert of("mars", {"age": 70}, {"SM-AHN", "ASM"}).applies is True


def test_a_missing_value_is_named_and_widens_the_range():
    mars = of("mars", {"age": 70, "hb": 12, "srsf2": False, "asxl1": False, "runx1": False}, {"ASM"})
    assert mars.missing == ("plt",)
    assert (mars.points.low, mars.points.high) == (1, 2)
    assert [level.code for level in mars.levels] == ["low", "intermediate"]
    assert not mars.settled


def test_published_survival_is_that_of_the_groups_that_are_possible():
    full = {"age": 70, "hb": 9, "plt": 90, "srsf2": False, "asxl1": False, "runx1": False}
    high = of("mars", full, {"ASM"})
    assert high.settled
    assert [(s.cohort.split()[0], s.median_years) for s in high.survival] == [
        ("training", 1.9),
        ("validation", 1.9),
    ]
    low = of("mars", {**full, "age": 40, "hb": 12}, {"ASM"})
    assert [s.median_years for s in low.survival] == [None, 12.2]
    assert low.to_dict()["survival"][0] == {
        "level": "low", "cohort": "training (231 patients)", "median_years": None, "reached": False,
    }  # fmt: skip


def test_no_survival_is_invented():
    for name, rule in PROGNOSTIC_SCORES.items():
        assert bool(rule.survival) != bool(rule.no_survival), name


def test_a_negative_kit_test_in_advanced_disease_is_a_caution():
    assert [c.id for c in of("mars", {"kit_d816v": "false"}, {"ASM"}).cautions] == ["PROG-KIT"]
    assert of("mars", {"kit_d816v": "true"}, {"ASM"}).cautions == ()
    assert of("mars", {"kit_d816v": "negative-insensitive"}, {"ASM"}).cautions == ()
    assert of("maps-hybrid", {"kit_d816v": "false"}, {"ISM"}).cautions == ()


def test_values_far_apart_are_remarked_on():
    values = {"age": 70, "hb": 9, "plt": 90}
    days = {"hb": date(2026, 1, 1), "plt": date(2026, 4, 1)}
    assert for_sheet(values, subtypes={"ASM"}, dates=days)[0].remarks == ()
    days["plt"] = date(2026, 4, 2)
    (remark,) = for_sheet(values, subtypes={"ASM"}, dates=days)[0].remarks
    assert remark == "The values are 91 days apart, from 2026-01-01 (hb) to 2026-04-02 (plt)."


def test_a_mistake_is_one_sentence():
    with pytest.raises(ValueError, match="type of disease: found 'ism', expected one of CM, MIS"):
        for_sheet({}, subtypes={"ism"})
    with pytest.raises(ValueError, match="hb: expected a number"):
        for_sheet({"hb": "low"}, subtypes={"ASM"})
    with pytest.raises(ValueError, match="type of disease"):
        subtype_column([{"ISM"}, {"X"}])


@given(sheets, types)
def test_points_stay_within_the_limits_of_the_score(values, subtypes):
    for p in for_sheet(values, subtypes=subtypes):
        if p.points is not None:
            limits = p.rule.score.limits
            assert limits.low <= p.points.low <= p.points.high <= limits.high
            assert p.points.low == sum(part.low for part in p.parts)
            assert bool(p.levels) == bool(p.rule.score.levels)


@given(sheets, types, st.data())
def test_a_missing_value_never_narrows_a_range(values, subtypes, data):
    left_out = data.draw(st.sets(st.sampled_from(sorted(values)))) if values else set()
    fewer = {name: value for name, value in values.items() if name not in left_out}
    for more, less in zip(for_sheet(values, subtypes=subtypes), for_sheet(fewer, subtypes=subtypes), strict=True):
        if more.points is not None:
            assert less.points.low <= more.points.low
            assert more.points.high <= less.points.high
            assert set(more.levels) <= set(less.levels)


@given(sheets, st.sampled_from(TYPES))
def test_worse_values_never_give_fewer_points(values, subtype):
    worse = {**values}
    worse |= {name: max(NUMBERS[name]) for name in ("age", "bst", "leukocytes", "alp", "beta2_microglobulin")}
    worse |= {name: min(NUMBERS[name]) for name in ("hb", "plt")}
    worse |= dict.fromkeys(BOOLEANS, True)
    for better, bad in zip(
        for_sheet(values, subtypes={subtype}), for_sheet(worse, subtypes={subtype}), strict=True
    ):
        if better.points is not None:
            assert better.points.low <= bad.points.low
            assert better.points.high <= bad.points.high


@given(st.lists(st.tuples(sheets, types), min_size=1, max_size=6))
def test_a_table_gives_each_row_what_one_person_gets(rows):
    table = SheetTable.from_sheets({"id": str(i), **values} for i, (values, _) in enumerate(rows))
    column = subtype_column([subtypes for _, subtypes in rows])
    many = for_table(table, subtypes=column)
    for i, (values, subtypes) in enumerate(rows):
        for one, all_rows in zip(for_sheet(values, subtypes=subtypes), many, strict=True):
            assert {1: True, 0: False, -1: None}[int(all_rows.applies[i])] is one.applies
            if one.points is None:
                continue
            assert (all_rows.low[i], all_rows.high[i]) == (one.points.low, one.points.high)
            levels = all_rows.rule.score.levels
            if levels:
                span = levels[all_rows.lowest_level[i] : all_rows.highest_level[i] + 1]
                assert span == one.levels
            assert bool(all_rows.caution[i]) == bool(one.cautions)


def test_a_table_without_types_leaves_it_open():
    table = SheetTable.from_sheets([{"id": "ada", "age": 61}])
    assert [int(p.applies[0]) for p in for_table(table)] == [-1] * len(PROGNOSTIC_SCORES)
