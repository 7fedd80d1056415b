"""Limits beside the table of limits, each way of stating a finding, and each way in which silence is read."""

from __future__ import annotations

from typing import Any

import pytest

from mastkit.assessment import assess_sheet
from mastkit.rulebooks.variables import FUSIONS

WHO, ICC = "who-2022", "icc-2022"
NO_NEOPLASM = {"ahn": "none", "tk_fusion": "none"}
SKIN = {"skin_lesions": "mpcm_mono", "darier_sign": True, "skin_biopsy_mc_increased": True}
ABSENT = {
    "kit_d816v": "false",
    "kit_d816v_tissue": "marrow",
    "kit_d816v_method": "ddpcr",
    "kit_wide_sequencing_negative": True,
}
UNTROUBLED = {
    "hepatomegaly": "palpable", "liver_impairment": False, "liver_enzymes_elevated": False, "cholestasis": False,
    "ascites": False, "portal_hypertension": False, "splenomegaly": "none", "lymphadenopathy": False,
}  # fmt: skip
NEGATIVE_MARROW = {"bm_biopsy_adequate": True, "bm_aggregates_multifocal": False}


def truth(system: str, key: str, **sheet: Any) -> bool | None:
    return assess_sheet(sheet)[system]["criteria"][key]


def possible(system: str, **sheet: Any) -> set[str]:
    return set(assess_sheet(sheet)[system]["possible"])


@pytest.mark.parametrize("system", [WHO, ICC])
@pytest.mark.parametrize(
    ("smear", "blood", "met"),
    [(10, 0, True), (9.9, 0, False), (0, 10, True), (0, 9.9, False), (">10", 0, True), (10.1, 10.1, True)],
)
def test_myelomastocytic_leukaemia_from_a_tenth_of_either_smear(system, smear, blood, met):
    assert truth(system, "MML", ahn="myeloid", bm_mc_pct_smear=smear, pb_mc_pct=blood) is met


@pytest.mark.parametrize("system", [WHO, ICC])
def test_eighteen_is_adult(system):
    unstudied = {**SKIN, "bm_biopsy_done": False}
    assert "MIS" in possible(system, age=18, **unstudied)
    assert "CM" not in possible(system, age=18, **unstudied)
    for young in (17, "<18"):
        assert "CM" in possible(system, age=young, **unstudied)
        assert "MIS" not in possible(system, age=young, **unstudied)


@pytest.mark.parametrize(
    "finding",
    [
        {"bm_biopsy_done": True}, {"bm_biopsy_adequate": False}, {"bm_aspirate_dry_tap": False},
        {"bm_aggregates_multifocal": False}, {"bm_aggregates_present": False}, {"mc_atypical_pct_smear": 5},
        {"mc_atypical_smear_present": True}, {"bm_mc_pct_smear": 1}, {"bm_mc_pct_biopsy": 1},
        {"bm_core_dense_diffuse_immature": False}, {"bm_hypercellular": False},
        {"kit_d816v": "false", "kit_d816v_tissue": "marrow"},
    ],
    ids=lambda f: next(iter(f)),
)  # fmt: skip
def test_any_marrow_finding_says_that_the_marrow_was_studied(finding):
    left = possible(WHO, age=40, **SKIN, **finding)
    assert "CM" in left
    assert "MIS" not in left


@pytest.mark.parametrize(("system", "key"), [(WHO, "m2"), (ICC, "m3")])
class TestKit:
    @pytest.mark.parametrize("tissue", ["marrow", "blood", "extracutaneous"])
    def test_d816v_counts_in_any_tissue_but_skin(self, system, key, tissue):
        assert truth(system, key, kit_d816v="true", kit_d816v_tissue=tissue) is True
        assert truth(system, key, kit_d816v="true", kit_d816v_tissue="skin") is None

    @pytest.mark.parametrize(
        "sheet",
        [{"kit_d816v_blood": True}, {"kit_d816v_vaf_pct": 0.01}, {"kit_other_activating": True}],
        ids=lambda s: next(iter(s)),
    )
    def test_each_other_proof(self, system, key, sheet):
        assert truth(system, key, **sheet) is True

    def test_a_fraction_of_nothing_proves_nothing(self, system, key):
        assert truth(system, key, kit_d816v_vaf_pct=0) is None

    @pytest.mark.parametrize("tissue", ["marrow", "extracutaneous"])
    @pytest.mark.parametrize("method", ["ddpcr", "aso-qpcr"])
    def test_absent_when_all_was_looked_for(self, system, key, tissue, method):
        assert truth(system, key, **{**ABSENT, "kit_d816v_tissue": tissue, "kit_d816v_method": method}) is False

    @pytest.mark.parametrize("lacking", list(ABSENT))
    def test_open_when_one_part_is_lacking(self, system, key, lacking):
        assert truth(system, key, **{k: v for k, v in ABSENT.items() if k != lacking}) is None

    @pytest.mark.parametrize("change", [{"kit_d816v_tissue": "blood"}, {"kit_d816v_method": "ngs"}])
    def test_open_when_it_was_looked_for_badly(self, system, key, change):
        assert truth(system, key, **{**ABSENT, **change}) is None


@pytest.mark.parametrize(("system", "key"), [(WHO, "m3"), (ICC, "m2")])
class TestMarkers:
    @pytest.mark.parametrize("marker", ["cd25", "cd2", "cd30"])
    @pytest.mark.parametrize("word", ["true", "partial"])
    def test_one_is_enough(self, system, key, marker, word):
        assert truth(system, key, **{marker: word}) is True

    def test_two_that_a_report_does_not_tell_apart(self, system, key):
        assert truth(system, key, cd2_or_cd25=True) is True
        assert truth(system, key, cd2_or_cd25=False, cd30="false") is False
        assert truth(system, key, cd2_or_cd25=False) is None
        assert truth(system, key, cd2_or_cd25=False, cd2="true", cd30="false") is True

    def test_absent_only_when_all_three_are(self, system, key):
        all_three = {"cd25": "false", "cd2": "false", "cd30": "false"}
        assert truth(system, key, **all_three) is False
        for marker in all_three:
            assert truth(system, key, **{k: v for k, v in all_three.items() if k != marker}) is None


@pytest.mark.parametrize("system", [WHO, ICC])
def test_shape_said_in_words(system):
    assert truth(system, "m1", mc_spindle_present=False) is False
    assert truth(system, "m1", mc_atypical_smear_present=False) is False
    assert truth(system, "m1", mc_spindle_present=True) is None
    assert truth(system, "m1", mc_atypical_smear_present=True) is None
    assert truth(system, "m1", mc_spindle_pct_tissue="<30", mc_spindle_present=False) is False
    assert truth(system, "m1", mc_atypical_pct_smear=10, mc_spindle_present=True) is None


@pytest.mark.parametrize("fusion", FUSIONS)
def test_every_fusion(fusion):
    assert truth(ICC, "f1", tk_fusion=fusion) is False
    assert truth(WHO, "AHN", tk_fusion=fusion, ahn="none") is True
    assert truth(WHO, "m4", tk_fusion=fusion, ahn="none", bst=300, tpsab1_extra_copies=0) is False


class TestOtherLineages:
    @pytest.mark.parametrize(("percent", "met"), [(0, False), (0.1, True), (9.9, True), (10, False), (10.1, False)])
    def test_share_of_dysplastic_cells(self, percent, met):
        sheet = {**NO_NEOPLASM, "dysplasia_pct": percent, "myeloproliferation_signs": False}
        assert truth(WHO, "B2", **sheet) is met

    def test_said_in_words(self):
        nothing = {**NO_NEOPLASM, "myeloproliferation_signs": False}
        assert truth(WHO, "B2", **nothing, dysplasia=True) is True
        assert truth(WHO, "B2", **nothing, dysplasia=False) is False
        assert truth(WHO, "B2", **nothing, dysplasia=False, dysplasia_pct="<10") is False
        assert truth(WHO, "B2", **nothing, dysplasia=False, dysplasia_pct=5) is True
        assert truth(WHO, "B2", **nothing) is None

    def test_normal_counts(self):
        assert truth(ICC, "B2", **NO_NEOPLASM, blood_counts_normal=True) is False
        assert truth(ICC, "C1", **NO_NEOPLASM, blood_counts_normal=True) is False
        assert truth(ICC, "B2", **NO_NEOPLASM, cytosis=True, reactive_cytopenia_excluded=True) is True

    @pytest.mark.parametrize("neoplasm", [{"ahn": "myeloid"}, {"ahn": "none", "tk_fusion": "pdgfra"}])
    def test_not_beside_a_neoplasm(self, neoplasm):
        assert truth(WHO, "B2", **neoplasm, dysplasia=True) is False


class TestOrgans:
    @pytest.mark.parametrize("sign", ["liver_impairment", "liver_enzymes_elevated", "cholestasis", "ascites"])
    def test_each_sign_of_a_damaged_liver(self, sign):
        assert truth(WHO, "C2", **NO_NEOPLASM, **{sign: True}) is True
        assert truth(ICC, "C2", **NO_NEOPLASM, **{sign: True, "hepatomegaly": "palpable"}) is True
        assert truth(ICC, "C2", **NO_NEOPLASM, **{sign: True, "hepatomegaly": "imaging"}) is False

    def test_portal_hypertension_is_for_the_icc(self):
        sheet = {**NO_NEOPLASM, "portal_hypertension": True, "hepatomegaly": "palpable"}
        assert truth(ICC, "C2", **sheet) is True
        assert truth(WHO, "C2", **sheet) is None

    @pytest.mark.parametrize("trouble", ["liver_impairment", "cholestasis", "ascites", "portal_hypertension"])
    def test_a_large_liver_counts_as_burden_only_when_it_works(self, trouble):
        assert truth(WHO, "B3", **UNTROUBLED) is True
        assert truth(WHO, "B3", **{**UNTROUBLED, trouble: True}) is False
        assert truth(ICC, "B3", **{**UNTROUBLED, trouble: True}) is (trouble in ("ascites", "portal_hypertension"))

    def test_nodes_said_not_to_be_enlarged(self):
        small = {"hepatomegaly": "none", "splenomegaly": "none", "lymphadenopathy": False}
        for system in (WHO, ICC):
            assert truth(system, "B3", **small) is False
            assert truth(system, "B3", **small, node_max_cm=3) is True
        assert truth(WHO, "B3", **small, node_max_cm=">1") is False

    @pytest.mark.parametrize(("percent", "met"), [(0, False), (0.1, True), (12, True)])
    def test_any_loss_of_weight(self, percent, met):
        assert truth(ICC, "C4", malabsorption_gi_mc=True, weight_loss_pct=percent) is met
        assert truth(WHO, "C4", malabsorption_gi_mc=True, hypoalbuminaemia=met) is met
        assert truth(WHO, "C4", malabsorption_gi_mc=True, hypoalbuminaemia=True, c_gi_attributed=False) is False

    def test_weight_in_words(self):
        assert truth(ICC, "C4", malabsorption_gi_mc=True, weight_loss=False) is False
        assert truth(ICC, "C4", malabsorption_gi_mc=True, weight_loss=False, weight_loss_pct="<10") is False
        assert truth(ICC, "C4", malabsorption_gi_mc=True, weight_loss=False, weight_loss_pct=9) is True
        assert truth(ICC, "C4", malabsorption_gi_mc=False, weight_loss=True) is False

    def test_osteolysis_in_words(self):
        for system in (WHO, ICC):
            assert truth(system, "C5", **NO_NEOPLASM, osteolysis=False) is False
            assert truth(system, "C5", **NO_NEOPLASM, osteolysis=True) is None
        large = {**NO_NEOPLASM, "osteolysis": False, "osteolysis_max_cm": 3}
        assert truth(ICC, "C5", **large) is True
        assert truth(WHO, "C5", **large, pathologic_fracture_lytic=True) is True
        assert truth(WHO, "C5", **large) is None
        broken = {**NO_NEOPLASM, "osteolysis": False, "pathologic_fracture_lytic": True}
        assert truth(WHO, "C5", **broken) is None


class TestOtherTissue:
    @pytest.mark.parametrize("organ", ["liver", "spleen", "node", "gi", "other"])
    def test_dense_infiltrates_in_an_organ_are_no_marrow_mastocytosis(self, organ):
        sheet = {"extracutaneous_aggregates_multifocal": True, "extracutaneous_site": organ}
        assert truth(WHO, "BMM", **sheet) is False
        assert truth(WHO, "BMM", **sheet, extramedullary_dense_infiltrate=False) is False
        assert truth(WHO, "BMM", **{**sheet, "extracutaneous_site": "bone"}) is None

    @pytest.mark.parametrize("system", [WHO, ICC])
    @pytest.mark.parametrize(
        "seen",
        ["extramedullary_dense_infiltrate", "liver_mc_infiltrate", "gi_mc_infiltrate", "node_mc_infiltrate"],
    )
    def test_an_infiltrate_of_unknown_density_keeps_the_major_criterion_open(self, system, seen):
        stained = {**NEGATIVE_MARROW, "ihc_tryptase_positive": True}
        assert truth(system, "MAJ", **stained) is False
        assert truth(system, "MAJ", **stained, **{seen: True}) is None

    def test_the_largest_aggregate_is_that_of_what_was_examined(self):
        few = {**NEGATIVE_MARROW, "mc_per_aggregate_max": 6}
        assert truth(WHO, "MAJ", **few) is False
        assert truth(WHO, "MAJ", **few, liver_mc_infiltrate=True) is None
        assert truth(WHO, "MAJ", **few, extracutaneous_aggregates_multifocal=True) is False


def test_d816v_in_skin_supports_mastocytosis_in_the_skin():
    lesions = {"skin_lesions": "mpcm", "darier_sign": True, "skin_biopsy_mc_increased": False}
    assert truth(WHO, "MIS", **lesions, kit_d816v="true", kit_d816v_tissue="skin") is True
    assert truth(WHO, "MIS", **lesions, skin_kit_mutation=True) is True
    assert (
        truth(WHO, "MIS", **lesions, kit_d816v="true", kit_d816v_tissue="blood", skin_kit_mutation=False) is False
    )
    assert truth(WHO, "MIS", **lesions, skin_kit_mutation=False) is False
