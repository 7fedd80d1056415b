"""The oracle against the worked examples (section 10), the published cases and the boundaries (0.4)."""

import json
import random
from itertools import product
from pathlib import Path

import pytest

from .encoding import ICC, SUBTYPES, WHO, criteria, oracle
from .random_sheets import NUMBERS, VARIABLES, nearly_complete, random_sheet, typical_person, values

PUBLISHED = [
    json.loads(line)
    for line in (Path(__file__).parent / "published.jsonl").read_text(encoding="utf-8").splitlines()
]

# An adult without complaints outside the marrow; every question about the rest of the body answered.
QUIET = {
    "age": 50,
    "skin_lesions": "none",
    "blood_counts_normal": True,
    "ahn": "none",
    "tk_fusion": "none",
    "tpsab1_extra_copies": 0,
    "hepatomegaly": "none",
    "splenomegaly": "none",
    "lymphadenopathy": False,
    "liver_impairment": False,
    "ascites": False,
    "portal_hypertension": False,
    "malabsorption_gi_mc": False,
    "osteolysis": False,
    "dysplasia": False,
    "myeloproliferation_signs": False,
    "eosinophilia": False,
    "destructive_mc_tumour": False,
    "extramedullary_dense_infiltrate": False,
    "bm_biopsy_done": True,
    "bm_biopsy_adequate": True,
    "bm_mc_pct_smear": 3,
    "bm_mc_pct_biopsy": 8,
    "pb_mc_pct": 0,
    "mc_immature": False,
}
STAINED = {"ihc_tryptase_positive": True, "ihc_cd117_positive": True}
KIT_MARROW = {"kit_d816v": True, "kit_d816v_tissue": "marrow", "kit_d816v_method": "ddpcr"}
KIT_NONE = {
    "kit_d816v": False,
    "kit_d816v_tissue": "marrow",
    "kit_d816v_method": "aso-qpcr",
    "kit_wide_sequencing_negative": True,
}
NO_MARKERS = {"cd25": False, "cd2": False, "cd30": False}
SKIN = {"skin_lesions": "mpcm_mono", "darier_sign": True, "skin_biopsy_mc_increased": True}
MARROW = {
    **STAINED,
    "bm_aggregates_multifocal": True,
    "mc_spindle_pct_tissue": 80,
    "cd25": True,
    **KIT_MARROW,
}
NO_AGGREGATES = {"bm_aggregates_multifocal": False}


def sheet(*parts, without=(), **more):
    merged = {k: v for part in (QUIET, *parts) for k, v in part.items()} | more
    return {k: v for k, v in merged.items() if k not in without}


V1 = sheet(SKIN, MARROW, age=38, sex="female", bst=34, kit_d816v_vaf_pct=0.8)
V2 = sheet(
    NO_AGGREGATES,
    age=57,
    sex="male",
    bst=9.8,
    bm_aggregates_present=True,
    mc_per_aggregate_max=10,
    mc_spindle_pct_tissue=60,
    cd25=True,
    kit_d816v=True,
    kit_d816v_tissue="blood",
    kit_d816v_method="ddpcr",
    kit_d816v_vaf_pct=0.04,
)
V4A = sheet(
    STAINED,
    NO_MARKERS,
    KIT_NONE,
    bm_aggregates_multifocal=True,
    mc_spindle_pct_tissue=0,
    bst=12,
)
V5A = sheet(
    NO_AGGREGATES,
    KIT_MARROW,
    bst=31,
    tpsab1_extra_copies=1,
    mc_spindle_pct_tissue=15,
    cd25=True,
    kit_d816v_vaf_pct=2,
)
V6A = sheet(NO_AGGREGATES, ahn="myeloid", bst=60, mc_spindle_pct_tissue=40, cd25=True, age=68)
V8 = sheet(SKIN, MARROW, bm_mc_pct_biopsy=15, bst=90, kit_d816v_vaf_pct=18, splenomegaly="palpable", plt=210)
V9 = sheet(
    SKIN,
    MARROW,
    without=("lymphadenopathy",),
    bm_mc_pct_biopsy=35,
    bst=240,
    kit_d816v_vaf_pct=8,
    node_max_cm=1.6,
)
V10 = sheet(
    SKIN,
    MARROW,
    without=("blood_counts_normal",),
    age=70,
    bm_mc_pct_biopsy=40,
    bst=260,
    kit_d816v_vaf_pct=5,
    hb=11.2,
    anc=3.0,
    plt=200,
    cytopenia=True,
    cytosis=False,
    reactive_cytopenia_excluded=True,
)
V11 = sheet(
    SKIN,
    MARROW,
    bm_mc_pct_biopsy=45,
    bst=150,
    kit_d816v_vaf_pct=6,
    splenomegaly="palpable",
    hypersplenism=False,
)
V12 = sheet(
    MARROW,
    without=("blood_counts_normal", "liver_impairment"),
    bst=150,
    bm_mc_pct_biopsy=60,
    bm_mc_pct_smear=6,
    hb=8.9,
    anc=0.8,
    ascites=True,
    liver_enzymes_elevated=True,
    hepatomegaly="palpable",
)
V13 = sheet(
    SKIN,
    MARROW,
    bm_mc_pct_biopsy=35,
    bst=50,
    kit_d816v_vaf_pct=3,
    osteolysis=True,
    osteolysis_max_cm=3,
    pathologic_fracture_lytic=False,
)
V14 = sheet(MARROW, bst=22, kit_d816v_vaf_pct=3, vertebral_fracture=True, tscore_min=-3.6, osteoporosis=True)
V15 = sheet(MARROW, bm_mc_pct_smear=24, bm_mc_pct_biopsy=70, bst=310, mc_immature=False, kit_d816v_vaf_pct=3)
V16 = sheet(
    MARROW,
    without=("blood_counts_normal", "bm_mc_pct_smear", "mc_immature"),
    age=73,
    hb=7.8,
    pb_mc_pct=2,
    bm_mc_pct_biopsy=">80",
    bm_aspirate_dry_tap=True,
    bm_core_dense_diffuse_immature=True,
)
V17 = {
    "age": 3,
    "sex": "male",
    "skin_lesions": "mpcm_poly",
    "darier_sign": True,
    "bst": 8,
    "blood_counts_normal": True,
    "bm_biopsy_done": False,
}
V18 = {"age": 29, "sex": "female", "skin_lesions": "mpcm_mono", "bst": 7, "bm_biopsy_done": False}
V19 = {
    "age": 46,
    "sex": "male",
    "bst": 14,
    "kit_d816v": "negative-insensitive",
    "kit_d816v_tissue": "blood",
    "kit_d816v_method": "ngs",
}
V22 = sheet(
    NO_AGGREGATES,
    KIT_NONE,
    STAINED,
    without=("blood_counts_normal",),
    age=37,
    bst=30,
    eosinophilia=True,
    eosinophils=6.0,
    mc_spindle_pct_tissue=60,
    cd25=True,
    tk_fusion="pdgfra",
)
V24 = sheet(
    NO_AGGREGATES,
    KIT_MARROW,
    bst=130,
    kit_d816v_vaf_pct=3,
    bm_mc_pct_biopsy=20,
    mc_spindle_pct_tissue=60,
    cd25=True,
)
V25 = sheet(
    NO_AGGREGATES,
    STAINED,
    age=45,
    sex="female",
    bst=6,
    bm_mc_pct_biopsy=1,
    bm_mc_pct_smear=0,
    mc_spindle_pct_tissue=0,
    destructive_mc_tumour=True,
)

# Name, sheet, then for each system: systemic mastocytosis, all subtypes possible.
EXAMPLES = [
    ("V1", V1, (True, "ISM"), (True, "ISM")),
    ("V2", V2, (True, "BMM"), (True, "ISM")),
    ("V3", {**V2, "mc_spindle_pct_tissue": 10}, (False, "none"), (False, "none")),
    ("V4a", V4A, (False, "none"), (True, "ISM")),
    ("V4b", {k: v for k, v in V4A.items() if k != "cd30"}, (None, "BMM none"), (True, "ISM")),
    ("V5a", V5A, (False, "none"), (True, "ISM")),
    (
        "V5b",
        {k: v for k, v in V5A.items() if k != "tpsab1_extra_copies"},
        (None, "BMM none"),
        (True, "ISM"),
    ),
    ("V6a", V6A, (None, "SM-AHN none"), (None, "SM-AHN none")),
    ("V6b", {**V6A, **KIT_MARROW}, (True, "SM-AHN"), (True, "SM-AHN")),
    ("V7", {**V1, "ahn": "lymphoid"}, (True, "SM-AHN"), (True, "ISM")),
    ("V8", V8, (True, "SSM"), (True, "ISM")),
    ("V9", V9, (True, "ISM"), (True, "SSM")),
    ("V10", V10, (True, "ISM"), (True, "SSM")),
    ("V10 dysplasia", {**V10, "dysplasia": True, "dysplasia_pct": 5}, (True, "SSM"), (True, "SSM")),
    ("V11", V11, (True, "SSM"), (True, "ISM")),
    ("V12", V12, (True, "ASM"), (True, "ASM")),
    ("V13", V13, (True, "ISM"), (True, "ASM")),
    ("V14", V14, (True, "BMM"), (True, "ISM")),
    ("V15", V15, (True, "MCL"), (True, "ISM")),
    ("V16", V16, (True, "ASM MCL"), (True, "MCL")),
    ("V22", V22, (False, "none"), (False, "none")),
    ("V22 aggregates", {**V22, "bm_aggregates_multifocal": True}, (True, "SM-AHN"), (False, "none")),
    ("V24", V24, (True, "ISM"), (True, "ISM")),
    ("V24 n=1", {**V24, "tpsab1_extra_copies": 1}, (True, "BMM"), (True, "ISM")),
    ("V25", V25, (False, "MCS"), (False, "MCS")),
]


@pytest.mark.parametrize(("given", "who", "icc"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_worked_examples(given, who, icc):
    answer = oracle(given)
    for system, (sm, possible) in ((WHO, who), (ICC, icc)):
        assert answer[system]["systemic_mastocytosis"] is sm
        assert set(answer[system]["possible"]) == set(possible.split())
        assert answer[system]["subtype"] == (possible if " " not in possible else None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (V1, (True, True, True, True, True)),
        (V2, (False, True, True, True, False)),
        ({**V2, "mc_spindle_pct_tissue": 10}, (False, False, True, True, False)),
        (V4A, (True, False, False, False, False)),
        (V5A, (False, False, True, True, False)),
        (V6A, (False, True, None, True, False)),
        (V14, (True, True, True, True, True)),
        (V22, (False, True, False, True, False)),
    ],
    ids=["V1", "V2", "V3", "V4a", "V5a", "V6a", "V14", "V22"],
)
def test_worked_examples_criteria(given, expected):
    found = criteria(given, WHO)
    assert tuple(found[n] for n in ("major", "morphology", "kit", "phenotype", "tryptase")) == expected


@pytest.mark.parametrize(
    ("given", "who", "icc"),
    [
        (V1, (0, 0), (0, 0)),
        (V8, (2, 0), (1, 0)),
        (V9, (1, 0), (2, 0)),
        (V10, (1, 0), (2, 0)),
        (V11, (2, 0), (1, 0)),
        (V13, (1, 0), (0, 1)),
        (V14, (0, 0), (0, 0)),
        (V15, (1, 0), (1, 0)),
        (V24, (0, 0), (0, 0)),
    ],
    ids=["V1", "V8", "V9", "V10", "V11", "V13", "V14", "V15", "V24"],
)
def test_worked_examples_counts(given, who, icc):
    answer = oracle(given)
    for system, (n_b, n_c) in ((WHO, who), (ICC, icc)):
        assert answer[system]["b_findings"] == {"met": n_b, "possible": n_b}
        assert answer[system]["c_findings"] == {"met": n_c, "possible": n_c}


def test_v12_two_c_findings_in_both_systems():
    answer = oracle(V12)
    assert [answer[s]["c_findings"] for s in (WHO, ICC)] == [{"met": 2, "possible": 2}] * 2


def test_v17_child_without_marrow():
    for answer in oracle(V17).values():
        assert answer["systemic_mastocytosis"] is None
        assert "CM" in answer["possible"]
        assert "MIS" not in answer["possible"]


def test_v18_adult_without_marrow():
    for answer in oracle(V18).values():
        assert answer["systemic_mastocytosis"] is None
        assert {"MIS", "ISM"} <= set(answer["possible"])
        assert not {"CM", "BMM"} & set(answer["possible"])


def test_v19_insensitive_negative_is_unknown():
    assert criteria(V19, WHO)["kit"] is None
    assert all(answer["systemic_mastocytosis"] is None for answer in oracle(V19).values())


def test_v23_an_event_sample_is_no_baseline():
    assert criteria({"tryptase_acute": 45, "tryptase_acute_hours": 2}, WHO)["tryptase"] is None
    assert criteria({"tryptase_acute": 45, "tryptase_acute_hours": 2}, ICC)["tryptase"] is None


@pytest.mark.parametrize("case", PUBLISHED, ids=[case["id"] for case in PUBLISHED])
def test_published_cases(case):
    answer = oracle(case["sheet"])
    for system in (WHO, ICC):
        expected, found = case["expect"].get(system, {}), answer[system]
        if "systemic_mastocytosis" in expected:
            assert found["systemic_mastocytosis"] is expected["systemic_mastocytosis"]
        assert set(expected.get("must_allow", ())) <= set(found["possible"])
        assert not set(expected.get("must_exclude", ())) & set(found["possible"])
        for findings in ("b_findings", "c_findings"):
            limits = expected.get(findings, {})
            assert found[findings]["met"] >= limits.get("min", 0)
            assert found[findings]["possible"] <= limits.get("max", 9)


# A person in whom one variable decides; the variable; its values with the subtypes of both systems.
BOUNDARIES = [
    (
        V1 | NO_MARKERS | KIT_NONE | {"bst": 5, "kit_d816v_vaf_pct": 0},
        "mc_spindle_pct_tissue",
        {25: "CM ISM", 25.1: "ISM ISM"},
    ),
    (V4A | {"cd25": True}, "mc_per_aggregate_max", {14: "none none", 15: "BMM ISM"}),
    (V2 | {"mc_spindle_pct_tissue": 10}, "bst", {20: "none none", 20.1: "BMM ISM"}),
    (V14, "bm_mc_pct_biopsy", {29.9: "BMM ISM", 30: "ISM ISM"}),
    (V14, "bst", {124.9: "BMM ISM", 125: "ISM ISM"}),
    (V14, "kit_d816v_vaf_pct", {9.9: "BMM ISM", 10: "ISM ISM"}),
    (V9 | {"bst": 200.1}, "bm_mc_pct_biopsy", {30: "ISM ISM", 30.1: "ISM SSM"}),
    (V9, "bst", {200: "ISM ISM", 200.1: "ISM SSM"}),
    (V9, "node_max_cm", {1.0: "ISM ISM", 1.1: "ISM SSM", 2.0: "ISM SSM", 2.1: "SSM SSM"}),
    (V15, "bm_mc_pct_smear", {19.9: "ISM ISM", 20: "MCL ISM"}),
    (V15 | {"mc_immature": True}, "bm_mc_pct_smear", {19.9: "ISM ISM", 20: "MCL MCL"}),
    (V1, "hb", {9.9: "ASM ASM", 10: "ISM ISM"}),
    (V1, "anc", {0.9: "ASM ASM", 1.0: "ISM ISM"}),
    (V1, "plt", {99: "ASM ASM", 100: "ISM ISM"}),
    (V13 | {"pathologic_fracture_lytic": True}, "osteolysis_max_cm", {1.9: "ISM ISM", 2: "ASM ASM"}),
    (V17 | V25 | SKIN | {"destructive_mc_tumour": False}, "age", {17.9: "CM CM", 18: "CM CM"}),
]


@pytest.mark.parametrize(("person", "name", "expected"), BOUNDARIES, ids=[b[1] for b in BOUNDARIES])
def test_boundaries(person, name, expected):
    for value, subtypes in expected.items():
        answer = oracle({**person, name: value})
        assert [answer[s]["subtype"] for s in (WHO, ICC)] == subtypes.split(), value


@pytest.mark.parametrize(
    ("largest", "major"), [(14, False), (15, True), (">=15", True), (">14", True), (">10", None)]
)
def test_cells_per_aggregate(largest, major):
    assert criteria({**V1, "mc_per_aggregate_max": largest}, WHO)["major"] is major


@pytest.mark.parametrize(("bst", "met"), [(220, None), (220.1, True), (21, None), (20, False), (">220", True)])
def test_tryptase_without_copies(bst, met):
    assert criteria({"bst": bst, "ahn": "none"}, WHO)["tryptase"] is met


def test_an_empty_sheet_decides_nothing():
    answer = oracle({})
    assert set(answer[WHO]["possible"]) == set(SUBTYPES)
    assert set(answer[ICC]["possible"]) == set(SUBTYPES) - {"BMM"}
    for system in (WHO, ICC):
        assert answer[system]["b_findings"] == {"met": 0, "possible": 3}
        assert answer[system]["c_findings"] == {"met": 0, "possible": 5}


def test_nothing_is_possible_that_no_completion_gives():
    rng = random.Random(7)
    for _ in range(150):
        person = {k: v for k, v in typical_person(rng).items() if v is not None}
        gone = rng.sample([k for k in person if k in VARIABLES], rng.choice((1, 2, 2)))
        rest = {k: v for k, v in person.items() if k not in gone}
        tries = [[v for v in (*values(k), person[k]) if not (k in NUMBERS and isinstance(v, str))] for k in gone]
        completed = [oracle({**rest, **dict(zip(gone, pick, strict=True))}) for pick in product(*tries)]
        answer = oracle(rest)
        for system in (WHO, ICC):
            assert set(answer[system]["possible"]) <= {s for c in completed for s in c[system]["possible"]}


def test_answers_are_well_formed():
    rng = random.Random(11)
    sheets = [random_sheet(rng, rng.choice((0.1, 0.5, 0.9))) for _ in range(150)]
    sheets += [s for _ in range(20) for s in nearly_complete(rng)]
    for given in sheets:
        for answer in oracle(given).values():
            assert answer["possible"] == sorted(set(answer["possible"]))
            assert answer["possible"]
            assert (answer["subtype"] is None) == (len(answer["possible"]) > 1)
            for key, top in (("b_findings", 3), ("c_findings", 5)):
                assert 0 <= answer[key]["met"] <= answer[key]["possible"] <= top
            sm = {"BMM", "ISM", "SSM", "SM-AHN", "ASM", "MCL"}
            if answer["systemic_mastocytosis"] is True:
                assert set(answer["possible"]) <= sm
            if answer["systemic_mastocytosis"] is False:
                assert not set(answer["possible"]) & sm
