"""The order in which a decision diagram asks the variables: what belongs together stands together.

It bears on the size of the diagrams and so on speed, never on an answer.
"""

from mastkit.rulebooks import variables as v

DIAGRAM_ORDER = (
    v.tk_fusion, v.ahn, v.ahn_truth,
    v.ckd_or_dialysis, v.tryptase_truth, v.tpsab1_extra_copies, v.bst,
    v.kit_other_activating, v.kit_wide_sequencing_negative, v.kit_d816v_blood,
    v.kit_d816v, v.kit_d816v_tissue, v.kit_d816v_method, v.kit_truth, v.kit_d816v_vaf_pct,
    v.cd2_or_cd25, v.cd2, v.cd25, v.cd30,
    v.mc_spindle_present, v.mc_spindle_pct_tissue, v.mc_atypical_smear_present, v.mc_atypical_pct_smear,
    v.liver_mc_infiltrate, v.gi_mc_infiltrate, v.node_mc_infiltrate,
    v.ihc_tryptase_positive, v.ihc_cd117_positive, v.mc_per_aggregate_max,
    v.bm_biopsy_adequate, v.bm_aggregates_multifocal, v.aggregates_truth,
    v.extramedullary_dense_infiltrate, v.extracutaneous_aggregates_multifocal, v.extracutaneous_site,
    v.eosinophilia, v.fusion_truth,
    v.mc_immature, v.bm_core_dense_diffuse_immature, v.bm_mc_pct_smear, v.bm_aspirate_dry_tap,
    v.bm_mc_pct_biopsy,
    v.blood_counts_normal, v.cytopenia, v.anc, v.hb_confounded, v.hb, v.hb_truth, v.plt, v.c_marrow_attributed,
    v.cytosis, v.reactive_cytopenia_excluded,
    v.hypersplenism, v.splenomegaly, v.c_spleen_attributed,
    v.dysplasia_pct, v.dysplasia, v.myeloproliferation_signs,
    v.liver_impairment, v.liver_enzymes_elevated, v.cholestasis, v.ascites, v.portal_hypertension,
    v.hepatomegaly, v.c_liver_attributed,
    v.lymphadenopathy, v.node_max_cm,
    v.weight_loss_pct, v.weight_loss, v.malabsorption_gi_mc, v.hypoalbuminaemia, v.c_gi_attributed,
    v.osteolysis, v.osteolysis_max_cm, v.pathologic_fracture_lytic, v.c_bone_attributed,
    v.destructive_mc_tumour, v.pb_mc_pct,
    v.skin_lesions, v.darier_sign, v.skin_biopsy_mc_increased, v.skin_kit_mutation, v.age,
    v.bm_biopsy_done, v.bm_aggregates_present, v.bm_hypercellular,
)  # fmt: skip
