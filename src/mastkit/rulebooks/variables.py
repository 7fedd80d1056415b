"""The variables that the rulebooks ask about: those of the case sheet, and what their absence means.

Name, unit, values and meaning come from the vocabulary; here stands only what the rules need to know besides:
which statements leave the truth open, and for which variables silence means something. For every other one,
a missing value is unknown.
"""

from __future__ import annotations

from mastkit.logic.variables import choice, latent
from mastkit.rulebooks.sheet import sheet_boolean as _boolean
from mastkit.rulebooks.sheet import sheet_choice as _choice
from mastkit.rulebooks.sheet import sheet_number as _number

_STATED = "a report names it when it is there"

# The person and the skin
age = _number("age")
sex = _choice("sex")
TYPICAL_SKIN = ("mpcm", "mpcm_mono", "mpcm_poly", "dcm", "mastocytoma", "tmep", "cm_unspecified")
skin_lesions = _choice("skin_lesions", opened={"present": (*TYPICAL_SKIN, "nontypical")})
darier_sign = _boolean("darier_sign")
skin_biopsy_mc_increased = _boolean("skin_biopsy_mc_increased")
skin_kit_mutation = _boolean("skin_kit_mutation")

# Marrow and other tissue
bm_biopsy_done = _boolean("bm_biopsy_done")
bm_biopsy_adequate = _boolean("bm_biopsy_adequate")
bm_aspirate_dry_tap = _boolean("bm_aspirate_dry_tap")
bm_aggregates_multifocal = _boolean("bm_aggregates_multifocal")
bm_aggregates_present = _boolean("bm_aggregates_present")
extracutaneous_aggregates_multifocal = _boolean("extracutaneous_aggregates_multifocal")
extracutaneous_site = _choice("extracutaneous_site")
extramedullary_dense_infiltrate = _boolean("extramedullary_dense_infiltrate")
liver_mc_infiltrate = _boolean("liver_mc_infiltrate", absent=False, reason=_STATED)
gi_mc_infiltrate = _boolean("gi_mc_infiltrate", absent=False, reason=_STATED)
node_mc_infiltrate = _boolean("node_mc_infiltrate", absent=False, reason=_STATED)
mc_per_aggregate_max = _number(
    "mc_per_aggregate_max",
    absent=15,
    reason="multifocal dense infiltrates are reported as 15 or more cells each unless a smaller number is given",
)
ihc_tryptase_positive = _boolean("ihc_tryptase_positive")
ihc_cd117_positive = _boolean("ihc_cd117_positive")
mc_atypical_pct_smear = _number("mc_atypical_pct_smear")
mc_atypical_smear_present = _boolean("mc_atypical_smear_present")
mc_spindle_pct_tissue = _number("mc_spindle_pct_tissue")
mc_spindle_present = _boolean("mc_spindle_present")
mc_immature = _boolean("mc_immature")
cd25 = _choice("cd25")
cd2 = _choice("cd2")
cd30 = _choice("cd30")
cd2_or_cd25 = _boolean(
    "cd2_or_cd25", absent=False, reason="it only sums up CD2 and CD25 where a report does not tell them apart"
)
bm_mc_pct_smear = _number("bm_mc_pct_smear")
bm_mc_pct_biopsy = _number("bm_mc_pct_biopsy")
bm_core_dense_diffuse_immature = _boolean("bm_core_dense_diffuse_immature")
pb_mc_pct = _number("pb_mc_pct")
bm_hypercellular = _boolean("bm_hypercellular")
destructive_mc_tumour = _boolean("destructive_mc_tumour")

# Genetics and tryptase
kit_d816v = _choice("kit_d816v", opened={"negative-insensitive": ("true", "false"), "equivocal": ("true", "false")})
kit_d816v_tissue = _choice("kit_d816v_tissue")
kit_d816v_method = _choice("kit_d816v_method")
kit_d816v_vaf_pct = _number("kit_d816v_vaf_pct")
kit_d816v_blood = _boolean("kit_d816v_blood")
kit_other_activating = _boolean("kit_other_activating")
kit_wide_sequencing_negative = _boolean("kit_wide_sequencing_negative")
FUSIONS = ("pdgfra", "pdgfrb", "fgfr1", "jak2", "flt3", "abl1")
tk_fusion = _choice("tk_fusion", provisional=("pdgfra-negative",))
tpsab1_extra_copies = _number("tpsab1_extra_copies")
srsf2 = _boolean("srsf2")
asxl1 = _boolean("asxl1")
runx1 = _boolean("runx1")
nras = _boolean("nras")
dnmt3a = _boolean("dnmt3a")
bst = _number("bst")
ckd_or_dialysis = _boolean("ckd_or_dialysis", absent=False, reason=_STATED)

# Blood and other lineages
anc = _number("anc")
hb = _number("hb")
plt = _number("plt")
leukocytes = _number("leukocytes")
blood_counts_normal = _boolean("blood_counts_normal")
cytopenia = _boolean("cytopenia")
cytosis = _boolean("cytosis")
eosinophilia = _boolean("eosinophilia", absent=False, reason=_STATED)
hb_confounded = _boolean("hb_confounded", absent=False, reason=_STATED)
reactive_cytopenia_excluded = _boolean("reactive_cytopenia_excluded")
dysplasia = _boolean("dysplasia")
dysplasia_pct = _number(
    "dysplasia_pct", absent=0, reason="dysplasia reported without a percentage is taken as below 10 %"
)
myeloproliferation_signs = _boolean("myeloproliferation_signs")
ahn = _choice("ahn", provisional=("suspected",))

# Organs
_SIZES: dict[str, tuple[str, ...]] = {"not_palpable": ("none", "imaging"), "present": ("imaging", "palpable")}
hepatomegaly = _choice("hepatomegaly", opened=_SIZES)
splenomegaly = _choice("splenomegaly", opened=_SIZES)
liver_impairment = _boolean("liver_impairment")
liver_enzymes_elevated = _boolean("liver_enzymes_elevated")
alp = _number("alp")
alp_above_limit = _boolean("alp_above_limit")
cholestasis = _boolean("cholestasis", absent=False, reason=_STATED)
ascites = _boolean("ascites")
portal_hypertension = _boolean("portal_hypertension")
hypersplenism = _boolean("hypersplenism")
lymphadenopathy = _boolean("lymphadenopathy")
node_max_cm = _number("node_max_cm")
hypoalbuminaemia = _boolean("hypoalbuminaemia")
beta2_microglobulin = _number("beta2_microglobulin")
malabsorption_gi_mc = _boolean("malabsorption_gi_mc")
weight_loss = _boolean("weight_loss")
weight_loss_pct = _number("weight_loss_pct", absent=0, reason="it only adds the amount to a weight loss")
osteolysis = _boolean("osteolysis")
osteolysis_max_cm = _number("osteolysis_max_cm")
pathologic_fracture_lytic = _boolean("pathologic_fracture_lytic")
tscore_min = _number("tscore_min")
zscore_min = _number("zscore_min")
postmenopausal = _boolean("postmenopausal")
fracture = _boolean("fracture")
vertebral_fracture = _boolean("vertebral_fracture")
osteosclerosis = _boolean("osteosclerosis")
c_marrow_attributed = _boolean("c_marrow_attributed")
c_liver_attributed = _boolean("c_liver_attributed")
c_spleen_attributed = _boolean("c_spleen_attributed")
c_gi_attributed = _boolean("c_gi_attributed")
c_bone_attributed = _boolean("c_bone_attributed")

# What no test shows directly: the truth behind a test that was not adequate
aggregates_truth = latent("aggregates_truth", "What an adequate marrow trephine would show")
kit_truth = latent("kit_truth", "What adequate KIT testing would show")
tryptase_truth = latent("tryptase_truth", "Whether tryptase would be raised without kidney disease")
ahn_truth = latent("ahn_truth", "Whether the suspected neoplasm is there")
fusion_truth = latent("fusion_truth", "What a complete search for tyrosine kinase fusions would show")
hb_truth = latent("hb_truth", "Whether haemoglobin would be below 10 g/dL without the other cause")

# The type of disease, for rules that hold for some types only: stated by a clinician, or what the classification
# leaves possible. The values are the codes of the classifications.
NON_ADVANCED = ("CM", "MIS", "BMM", "ISM", "SSM")
ADVANCED = ("ASM", "SM-AHN", "MCL")
subtype = choice("subtype", (*NON_ADVANCED, *ADVANCED, "MCS", "MML", "none"), "Type of disease")
