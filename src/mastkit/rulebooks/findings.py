"""What both systems share: how findings on a sheet are read, and when their absence counts.

The tables of the two systems stand in :mod:`who_2022` and :mod:`icc_2022`; here stands what they both take for
granted. Clause numbers are those of ``docs/sources.md``.
"""

from __future__ import annotations

from mastkit.logic.expressions import (
    Expression,
    all_of,
    any_of,
    gated,
    known,
)
from mastkit.logic.rulebook import Equivalent, Presumption, Retest, presume
from mastkit.logic.variables import Variable
from mastkit.rulebooks import variables as v

# --- Aggregates (0.3, 0.4, 1.1): 15 or more cells each, multifocal, dense -----------------------------------------

enough_cells = v.mc_per_aggregate_max >= 15
aggregates_in_marrow = v.bm_aggregates_multifocal & enough_cells
# The largest aggregate is that of the organ only where the organ was looked at for aggregates.
aggregates_elsewhere = v.extracutaneous_aggregates_multifocal & (
    enough_cells | ~known(v.extracutaneous_aggregates_multifocal)
)
# Not finding them counts only in an adequate trephine stained for tryptase and/or CD117.
aggregates = gated(
    aggregates_in_marrow | aggregates_elsewhere, adequate=v.bm_biopsy_adequate, latent=v.aggregates_truth
)

# --- Shape (0.3, 0.4, 1.2): more than a quarter of the mast cells atypical or spindle-shaped ----------------------

abnormal_shape = (v.mc_atypical_pct_smear > 25) | (v.mc_spindle_pct_tissue > 25)

# --- KIT (0.3, 1.2, 9) --------------------------------------------------------------------------------------------

d816v_found = any_of(
    v.kit_d816v.is_in("true") & v.kit_d816v_tissue.is_in("marrow", "blood", "extracutaneous"),
    v.kit_d816v_blood,
    v.kit_d816v_vaf_pct > 0,
)
d816v_adequately_negative = all_of(
    v.kit_d816v.is_in("false"),
    v.kit_d816v_tissue.is_in("marrow", "extracutaneous"),
    v.kit_d816v_method.is_in("aso-qpcr", "ddpcr"),
)


def kit_mutation(*, said_unmutated_counts: bool) -> Expression:
    """An activating KIT mutation outside the skin; its absence needs sensitive and wide tests (0.3, K5-K9, K12)."""
    nothing_else = any_of(v.kit_wide_sequencing_negative)
    if said_unmutated_counts:
        nothing_else = v.kit_wide_sequencing_negative | ~v.kit_other_activating
    return gated(
        d816v_found | v.kit_other_activating,
        adequate=d816v_adequately_negative & nothing_else,
        latent=v.kit_truth,
    )


# --- Markers (0.3, 1.2) -------------------------------------------------------------------------------------------


def marker(variable: Variable) -> Expression:
    """The marker is expressed, on all mast cells or on a part of them."""
    return variable.is_in("true", "partial")


aberrant_markers = any_of(marker(v.cd25), marker(v.cd2), marker(v.cd30), v.cd2_or_cd25)

# --- Associated neoplasms (1.4, 2.3, 5.3) -------------------------------------------------------------------------

fusion = v.tk_fusion.is_in(*v.FUSIONS)
myeloid_neoplasm = v.ahn.is_in("myeloid") | (v.ahn.is_in("suspected") & v.ahn_truth)
blood_neoplasm = myeloid_neoplasm | v.ahn.is_in("lymphoid", "plasma")
# A suspected myeloid neoplasm already takes the tryptase criterion away, and so does a fusion.
tryptase_does_not_count = v.ahn.is_in("myeloid", "suspected") | fusion


def raised_tryptase(above: Expression) -> Expression:
    """Tryptase above its limit, unless something else may have raised it (1.4)."""
    return gated(
        above & ~v.ckd_or_dialysis & ~tryptase_does_not_count,
        adequate=~v.ckd_or_dialysis | tryptase_does_not_count | ~above,
        latent=v.tryptase_truth,
    )


# --- Blood counts (0.4, 4.1, 4.2) ---------------------------------------------------------------------------------

haemoglobin_low = gated((v.hb < 10) & ~v.hb_confounded, adequate=~v.hb_confounded, latent=v.hb_truth)
cytopenia_at_c_level = any_of(v.anc < 1.0, haemoglobin_low, v.plt < 100)
# A number beats a word: a share of dysplastic cells, or an amount of weight, is a finding whatever else is said.
dysplastic = v.dysplasia | (known(v.dysplasia_pct) & (v.dysplasia_pct > 0))
weight_lost = v.weight_loss | (known(v.weight_loss_pct) & (v.weight_loss_pct > 0))
mild_cytopenia_or_cytosis = (v.cytopenia & ~cytopenia_at_c_level) | v.cytosis

# --- Organs (4.1, 4.2) --------------------------------------------------------------------------------------------

liver_enlarged = v.hepatomegaly.is_in("imaging", "palpable")
spleen_enlarged = v.splenomegaly.is_in("imaging", "palpable")
liver_function_impaired = any_of(v.liver_impairment, v.liver_enzymes_elevated, v.cholestasis)
hypersplenism_with_palpable_spleen = v.splenomegaly.is_in("palpable") & v.hypersplenism

# --- Skin (5.1) and marrow studied --------------------------------------------------------------------------------

typical_skin_lesions = v.skin_lesions.is_in(*v.TYPICAL_SKIN)
kit_in_skin = v.skin_kit_mutation | all_of(
    known(v.kit_d816v), known(v.kit_d816v_tissue), v.kit_d816v.is_in("true"), v.kit_d816v_tissue.is_in("skin")
)
mastocytosis_in_skin = all_of(typical_skin_lesions, v.darier_sign, v.skin_biopsy_mc_increased | kit_in_skin)
adult = v.age >= 18
MARROW_FINDINGS = (
    v.bm_biopsy_adequate, v.bm_aspirate_dry_tap, v.bm_aggregates_multifocal, v.bm_aggregates_present,
    v.mc_atypical_pct_smear, v.mc_atypical_smear_present, v.bm_mc_pct_smear, v.bm_mc_pct_biopsy,
    v.bm_core_dense_diffuse_immature, v.bm_hypercellular,
)  # fmt: skip
marrow_studied = any_of(
    v.bm_biopsy_done,
    *(known(f) for f in MARROW_FINDINGS),
    all_of(known(v.kit_d816v), known(v.kit_d816v_tissue), v.kit_d816v_tissue.is_in("marrow")),
)

# --- When systemic mastocytosis is not there (5.4) ----------------------------------------------------------------

mast_cell_sarcoma = v.destructive_mc_tumour & ~typical_skin_lesions
myelomastocytic_leukaemia = ((v.bm_mc_pct_smear >= 10) | (v.pb_mc_pct >= 10)) & myeloid_neoplasm
cutaneous_mastocytosis = mastocytosis_in_skin & (~adult | marrow_studied)

# --- Dense infiltrates outside marrow and skin (5.2) --------------------------------------------------------------

_in_organ = v.extracutaneous_site.is_in("liver", "spleen", "node", "gi", "other")
dense_infiltrate_elsewhere = v.extramedullary_dense_infiltrate | all_of(
    known(v.extracutaneous_aggregates_multifocal), known(v.extracutaneous_site), aggregates_elsewhere, _in_organ
)

# --- How silence is read ------------------------------------------------------------------------------------------

_ORGAN_INFILTRATE_SEEN = any_of(
    known(v.extramedullary_dense_infiltrate) & v.extramedullary_dense_infiltrate,
    v.liver_mc_infiltrate,
    v.gi_mc_infiltrate,
    v.node_mc_infiltrate,
)


def attribution(cause: Variable) -> Presumption:
    """A C-finding is put down to mast cells unless another neoplasm may be its cause (4.2)."""
    return presume(
        cause,
        cause,
        when=v.ahn.is_in("none") & ~(known(v.tk_fusion) & fusion),
        title="no other blood neoplasm is there that could have caused it",
        kind="reading",
        clause="4.2",
    )


SHARED_PRESUMPTIONS: tuple[Presumption, ...] = (
    *(
        attribution(cause)
        for cause in (
            v.c_marrow_attributed,
            v.c_liver_attributed,
            v.c_spleen_attributed,
            v.c_bone_attributed,
        )
    ),
    presume(
        v.c_gi_attributed,
        v.c_gi_attributed,
        when=v.malabsorption_gi_mc,
        title="the malabsorption is reported as coming from mast cells",
        clause="4.2",
    ),
    presume(
        v.extracutaneous_aggregates_multifocal,
        ~v.extracutaneous_aggregates_multifocal,
        when=v.bm_biopsy_adequate & ~aggregates_in_marrow & ~_ORGAN_INFILTRATE_SEEN,
        title="other organs that were not examined do not keep the criterion open "
        "once the marrow is adequately negative",
        kind="reading",
        clause="0.3, V2, V3",
    ),
    presume(
        v.extramedullary_dense_infiltrate,
        v.extramedullary_dense_infiltrate,
        when=aggregates_elsewhere & _in_organ,
        title="multifocal dense infiltrates in an organ other than bone are a dense infiltrate outside the marrow",
        clause="5.2",
    ),
    presume(
        v.mc_spindle_pct_tissue,
        v.mc_spindle_pct_tissue <= 25,
        when=~v.mc_spindle_present,
        title="sections without any spindle-shaped mast cell",
        kind="reading",
        clause="0.3",
        narrows=True,
    ),
    presume(
        v.mc_atypical_pct_smear,
        v.mc_atypical_pct_smear <= 25,
        when=~v.mc_atypical_smear_present,
        title="a smear without any atypical mast cell",
        kind="reading",
        clause="0.3",
        narrows=True,
    ),
    presume(
        v.mc_spindle_pct_tissue,
        v.mc_spindle_pct_tissue <= 25,
        when=(v.mc_atypical_pct_smear <= 25) & ~known(v.mc_spindle_present),
        title="the shape was judged on a smear; sections are not asked for as well",
        kind="reading",
        clause="0.3, V3, V5a",
    ),
    presume(
        v.mc_atypical_pct_smear,
        v.mc_atypical_pct_smear <= 25,
        when=(v.mc_spindle_pct_tissue <= 25) & ~known(v.mc_atypical_smear_present),
        title="the shape was judged in sections; a smear is not asked for as well",
        kind="reading",
        clause="0.3, V3, V5a",
    ),
    presume(
        v.kit_d816v_blood,
        ~v.kit_d816v_blood,
        when=d816v_adequately_negative,
        title="blood is not asked for as well where D816V is adequately negative in marrow",
        kind="reading",
        clause="9",
    ),
    presume(
        v.kit_other_activating,
        ~v.kit_other_activating,
        when=v.kit_wide_sequencing_negative,
        title="all relevant exons of KIT were sequenced and nothing was found",
        clause="0.3",
    ),
    presume(
        v.kit_d816v_vaf_pct,
        v.kit_d816v_vaf_pct <= 0,
        when=d816v_adequately_negative & ~v.kit_d816v_blood,
        title="no allele fraction where D816V is adequately negative",
        clause="9",
        narrows=True,
    ),
    presume(
        v.cd2, v.cd2.is_in("false"), when=known(v.cd2_or_cd25) & ~v.cd2_or_cd25,
        title="neither CD2 nor CD25", clause="1.2",
    ),
    presume(
        v.cd25, v.cd25.is_in("false"), when=known(v.cd2_or_cd25) & ~v.cd2_or_cd25,
        title="neither CD2 nor CD25", clause="1.2",
    ),
    presume(
        v.cytopenia, ~v.cytopenia, when=v.blood_counts_normal,
        title="the blood count is said to be normal", kind="reading", clause="4.2",
    ),
    presume(
        v.cytosis, ~v.cytosis, when=v.blood_counts_normal,
        title="the blood count is said to be normal", kind="reading", clause="4.2",
    ),
    presume(
        v.anc, v.anc >= 1.0, when=~v.cytopenia, title="no cytopenia is there", kind="reading", clause="4.2",
        narrows=True,
    ),
    presume(
        v.hb, v.hb >= 10, when=~v.cytopenia, title="no cytopenia is there", kind="reading", clause="4.2",
        narrows=True,
    ),
    presume(
        v.hb_truth, ~v.hb_truth, when=~v.cytopenia, title="no cytopenia is there", kind="reading", clause="4.2"
    ),
    presume(
        v.plt, v.plt >= 100, when=~v.cytopenia, title="no cytopenia is there", kind="reading", clause="4.2",
        narrows=True,
    ),
    presume(
        v.hypersplenism, ~v.hypersplenism, when=~v.cytopenia & ~cytopenia_at_c_level,
        title="hypersplenism needs a cytopenia", kind="reading", clause="4.2",
    ),
    presume(
        v.liver_enzymes_elevated, ~v.liver_enzymes_elevated, when=~v.liver_impairment,
        title="liver tests are normal", clause="4.2",
    ),
    presume(
        v.dysplasia, ~v.dysplasia, when=known(v.dysplasia_pct) & (v.dysplasia_pct <= 0),
        title="the share of dysplastic cells is 0", clause="4.1",
    ),
    presume(
        v.node_max_cm, v.node_max_cm <= 1, when=~v.lymphadenopathy,
        title="lymph nodes are not enlarged", clause="4.1", narrows=True,
    ),
    presume(
        v.dysplasia_pct, v.dysplasia_pct <= 0, when=~v.dysplasia,
        title="no dysplastic cells", clause="4.1", narrows=True,
    ),
    presume(
        v.weight_loss_pct, v.weight_loss_pct <= 0, when=~v.weight_loss,
        title="there is no weight loss", clause="4.2", narrows=True,
    ),
    presume(
        v.weight_loss, ~v.weight_loss, when=known(v.weight_loss_pct) & (v.weight_loss_pct <= 0),
        title="the weight loss is 0 %", clause="4.2",
    ),
    presume(
        v.osteolysis_max_cm, v.osteolysis_max_cm < 2,
        when=~v.osteolysis & ~(known(v.pathologic_fracture_lytic) & v.pathologic_fracture_lytic),
        title="there is no osteolysis", clause="4.2", narrows=True,
    ),
    presume(
        v.pathologic_fracture_lytic, ~v.pathologic_fracture_lytic,
        when=~v.osteolysis & ~(known(v.osteolysis_max_cm) & (v.osteolysis_max_cm >= 2)),
        title="there is no osteolysis to break through", clause="4.2",
    ),
)  # fmt: skip

EQUIVALENTS = (Equivalent((v.kit_d816v, v.kit_d816v_tissue), (v.kit_d816v_blood, v.kit_d816v_vaf_pct)),)

RETESTS = (
    Retest(
        (v.kit_d816v, v.kit_d816v_tissue, v.kit_d816v_method),
        v.kit_d816v.is_in("false")
        & (v.kit_d816v_tissue.is_in("blood", "skin") | v.kit_d816v_method.is_in("ngs", "sanger", "other")),
        "a negative KIT D816V test that was not sensitive enough, or not in marrow, rules nothing out",
    ),
    Retest(
        (v.bm_biopsy_adequate, v.bm_aggregates_multifocal),
        ~v.bm_biopsy_adequate & ~v.bm_aggregates_multifocal,
        "a trephine that was not adequate rules nothing out",
    ),
)
