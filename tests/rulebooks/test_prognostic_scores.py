"""Every cut-off of the prognostic scores: just below, at, just above, as a limit, and unknown."""

import math

import pytest

from mastkit.followup.prognosis import for_sheet
from mastkit.rulebooks import PROGNOSTIC_SCORES

ADVANCED = {"ASM"}
NOBODY = {
    "age": 40, "hb": 13, "plt": 250, "bst": 30, "leukocytes": 6, "alp": 60, "alp_above_limit": False,
    "beta2_microglobulin": 1.5, "skin_lesions": "none", "srsf2": False, "asxl1": False, "runx1": False,
    "nras": False, "dnmt3a": False, "kit_d816v": "true",
}  # fmt: skip


def points(score, subtypes=ADVANCED, **changed):
    found = {p.rule.score.id: p for p in for_sheet({**NOBODY, **changed}, subtypes=subtypes)}[score]
    assert found.points is not None
    return found.points.low, found.points.high


def level(score, subtypes=ADVANCED, **changed):
    found = {p.rule.score.id: p for p in for_sheet({**NOBODY, **changed}, subtypes=subtypes)}[score]
    return [one.code for one in found.levels]


# Score, variable, a value that gives no point, the next one that gives it, the types it is for.
# The comparators differ from score to score and are kept as printed: > beside >=, < beside <=.
LIMITS = [
    ("mars", "age", 60, math.nextafter(60, math.inf), {"ASM"}),
    ("mars", "hb", 10.0, math.nextafter(10, 0), {"ASM"}),
    ("mars", "plt", 100, math.nextafter(100, 0), {"ASM"}),
    ("ipsm-advanced", "age", math.nextafter(60, 0), 60, {"SM-AHN"}),
    ("ipsm-advanced", "bst", math.nextafter(125, 0), 125, {"SM-AHN"}),
    ("ipsm-advanced", "leukocytes", math.nextafter(16, 0), 16, {"SM-AHN"}),
    ("ipsm-advanced", "hb", math.nextafter(11, math.inf), 11.0, {"SM-AHN"}),
    ("ipsm-advanced", "plt", math.nextafter(100, math.inf), 100, {"SM-AHN"}),
    ("ipsm-non-advanced", "age", math.nextafter(60, 0), 60, {"ISM"}),
    ("ipsm-non-advanced", "alp", math.nextafter(100, 0), 100, {"ISM"}),
    ("maps-hybrid", "age", 60, math.nextafter(60, math.inf), {"ISM"}),
    ("maps-hybrid", "plt", 150, math.nextafter(150, 0), {"ISM"}),
    ("maps-hybrid", "alp_above_limit", False, True, {"ISM"}),
    ("maps-hybrid", "asxl1", False, True, {"ISM"}),
    ("maps-hybrid", "runx1", False, True, {"ISM"}),
    ("maps-hybrid", "nras", False, True, {"ISM"}),
    ("gpsm-pfs", "plt", math.nextafter(100, math.inf), 100, {"ISM"}),
    ("gpsm-pfs", "beta2_microglobulin", math.nextafter(2.5, 0), 2.5, {"ISM"}),
    ("gpsm-pfs", "dnmt3a", False, True, {"ISM"}),
    ("gpsm-os", "hb", math.nextafter(11, math.inf), 11.0, {"ISM"}),
    ("gpsm-os", "alp", math.nextafter(140, 0), 140, {"ISM"}),
    ("gpsm-os", "srsf2", False, True, {"ISM"}),
]


@pytest.mark.parametrize(("score", "variable", "without", "with_point", "types"), LIMITS)
def test_a_limit_parts_no_point_from_one(score, variable, without, with_point, types):
    assert points(score, types, **{variable: without}) == (0, 0)
    assert points(score, types, **{variable: with_point}) == (1, 1)
    assert points(score, types, **{variable: None}) == (0, 1)


def test_the_two_ages_of_60_and_the_two_platelets_of_100():
    assert points("mars", age=60) == (0, 0)
    assert points("ipsm-advanced", age=60) == (1, 1)
    assert points("mars", plt=100) == (0, 0)
    assert points("ipsm-advanced", plt=100) == (1, 1)
    assert points("mars", hb=10.0) == (0, 0)
    assert points("ipsm-advanced", hb=11.0) == (1, 1)


def test_mars_counts_two_genes_as_two_points_not_three():
    assert points("mars", srsf2=True) == (1, 1)
    assert points("mars", srsf2=True, asxl1=True) == (2, 2)
    assert points("mars", srsf2=True, asxl1=True, runx1=True) == (2, 2)


def test_mars_without_sequencing_is_a_range_of_three():
    without = {"srsf2": None, "asxl1": None, "runx1": None}
    assert points("mars", **without) == (0, 2)
    assert level("mars", **without) == ["low", "intermediate"]
    assert points("mars", srsf2=True, asxl1=None, runx1=None) == (1, 2)


def test_genes_outside_the_score_give_no_point():
    assert points("mars", nras=True, dnmt3a=True) == (0, 0)
    assert points("maps-hybrid", {"ISM"}, srsf2=True, dnmt3a=True) == (0, 0)
    assert points("gpsm-os", {"ISM"}, nras=True) == (0, 0)


@pytest.mark.parametrize(
    ("changed", "total", "group"),
    [
        ({}, 0, "low"),
        ({"age": 61}, 1, "low"),
        ({"age": 61, "hb": 9.9}, 2, "intermediate"),
        ({"age": 61, "hb": 9.9, "plt": 99}, 3, "high"),
        ({"age": 61, "hb": 9.9, "plt": 99, "srsf2": True, "asxl1": True}, 5, "high"),
    ],
)
def test_the_groups_of_mars(changed, total, group):
    assert points("mars", **changed) == (total, total)
    assert level("mars", **changed) == [group]


@pytest.mark.parametrize(
    ("changed", "total", "group"),
    [
        ({"skin_lesions": "mpcm"}, -1, "AdvSM-1"),
        ({}, 0, "AdvSM-1"),
        ({"age": 60}, 1, "AdvSM-2"),
        ({"age": 60, "hb": 11}, 2, "AdvSM-3"),
        ({"age": 60, "hb": 11, "plt": 100}, 3, "AdvSM-3"),
        ({"age": 60, "hb": 11, "plt": 100, "bst": 125}, 4, "AdvSM-4"),
        ({"age": 60, "hb": 11, "plt": 100, "bst": 125, "leukocytes": 16}, 5, "AdvSM-4"),
    ],
)
def test_the_groups_of_ipsm_advanced(changed, total, group):
    assert points("ipsm-advanced", **changed) == (total, total)
    assert level("ipsm-advanced", **changed) == [group]


@pytest.mark.parametrize(
    ("changed", "group"),
    [({}, "low"), ({"age": 60}, "intermediate-1"), ({"age": 60, "alp": 100}, "intermediate-2")],
)
def test_the_groups_of_ipsm_non_advanced(changed, group):
    assert level("ipsm-non-advanced", {"SSM"}, **changed) == [group]


def test_maps_gives_two_points_for_advanced_disease_and_no_group():
    assert points("maps-hybrid", {"MCL"}) == (2, 2)
    assert points("maps-hybrid", {"ISM"}) == (0, 0)
    assert points("maps-hybrid", {"ISM", "ASM"}) == (0, 2)
    assert level("maps-hybrid", {"MCL"}) == []


def test_a_censored_number_gives_a_point_only_where_it_must():
    from mastkit.assessment import sheet_values

    values = sheet_values({**NOBODY, "bst": ">200", "hb": "<10"})
    found = {p.rule.score.id: p for p in for_sheet(values, subtypes={"ASM"})}
    assert (found["ipsm-advanced"].points.low, found["ipsm-advanced"].points.high) == (2, 2)
    values = sheet_values({**NOBODY, "bst": ">100"})
    found = {p.rule.score.id: p for p in for_sheet(values, subtypes={"ASM"})}
    assert (found["ipsm-advanced"].points.low, found["ipsm-advanced"].points.high) == (0, 1)


def test_the_limits_of_each_score_are_those_of_the_publication():
    limits = {name: (p.score.limits.low, p.score.limits.high) for name, p in PROGNOSTIC_SCORES.items()}
    assert limits == {
        "mars": (0, 5),
        "ipsm-non-advanced": (0, 2),
        "ipsm-advanced": (-1, 5),
        "maps-hybrid": (0, 6),
        "gpsm-pfs": (0, 3),
        "gpsm-os": (0, 3),
    }


def test_what_was_recalled_is_called_unverified():
    verified = {name: p.score.verified for name, p in PROGNOSTIC_SCORES.items()}
    assert verified.pop("mars") == "reprint"
    assert set(verified.values()) == {"unverified"}
