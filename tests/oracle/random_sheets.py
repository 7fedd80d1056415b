"""Case sheets made to find differences: values lie on and around every limit of 0.4 and 4.2."""

BOOL = (True, False)

# Limit, and how far beside it the neighbours lie.
NEAR = {
    "age": ((18,), 0.5),
    "mc_per_aggregate_max": ((15,), 1),
    "mc_atypical_pct_smear": ((25,), 0.1),
    "mc_spindle_pct_tissue": ((25,), 0.1),
    "bm_mc_pct_smear": ((5, 10, 20), 0.1),
    "bm_mc_pct_biopsy": ((30,), 0.1),
    "pb_mc_pct": ((10,), 0.1),
    "kit_d816v_vaf_pct": ((10,), 0.1),
    "anc": ((1.0,), 0.1),
    "hb": ((10.0,), 0.1),
    "plt": ((100,), 1),
    "dysplasia_pct": ((10,), 0.1),
    "node_max_cm": ((1.0, 2.0), 0.1),
    "osteolysis_max_cm": ((2.0,), 0.1),
    "weight_loss_pct": ((10,), 1),
    "albumin": ((35,), 1),
}
# Values that ought to occur beside the limits.
ALSO = {
    "age": (0.25, 3, 45, 70),
    "kit_d816v_vaf_pct": (0, 0.04, 3, 40),
    "bm_mc_pct_smear": (0, 2, 60),
    "bm_mc_pct_biopsy": (8, 70),
    "hb": (14, 7),
    "anc": (4,),
    "plt": (250, 20),
    "dysplasia_pct": (0, 5),
    "node_max_cm": (0.5, 1.6, 4),
    "osteolysis_max_cm": (0, 0.5, 5),
    "mc_spindle_pct_tissue": (0, 80),
    "mc_atypical_pct_smear": (0, 60),
    "mc_per_aggregate_max": (6, 40),
    "weight_loss_pct": (0,),
    "leukocytes": (7, 15),
    "eosinophils": (0.2, 6.0),
    "monocytes": (0.4, 2.0),
    "tryptase_acute": (5, 60, 400),
    "tryptase_acute_hours": (2,),
    "tryptase_untimed": (15, 60, 400),
    "mastocytoma_count": (1, 4),
    "tscore_min": (-3.2, 0.1),
}
PERCENT = tuple(name for name in NEAR if "_pct" in name)

CHOICES = {
    "sex": ("male", "female"),
    "skin_lesions": (
        "none",
        "mpcm",
        "mpcm_mono",
        "mpcm_poly",
        "dcm",
        "mastocytoma",
        "tmep",
        "cm_unspecified",
        "present",
        "nontypical",
    ),
    "extracutaneous_site": ("liver", "spleen", "node", "gi", "bone", "other"),
    "cd25": (True, False, "partial"),
    "cd2": (True, False, "partial"),
    "cd30": (True, False, "partial"),
    "kit_d816v": (True, False, "negative-insensitive", "equivocal"),
    "kit_d816v_tissue": ("marrow", "blood", "extracutaneous", "skin"),
    "kit_d816v_method": ("aso-qpcr", "ddpcr", "ngs", "sanger", "other"),
    "tk_fusion": (
        "none",
        "none",
        "none",
        "pdgfra",
        "pdgfrb",
        "fgfr1",
        "jak2",
        "flt3",
        "abl1",
        "pdgfra-negative",
    ),
    "tpsab1_extra_copies": (*range(11), 0, 0, 0, 1, ">=1", "<2"),
    "ahn": ("none", "none", "suspected", "myeloid", "lymphoid", "plasma"),
    "hepatomegaly": ("none", "not_palpable", "present", "imaging", "palpable"),
    "splenomegaly": ("none", "not_palpable", "present", "imaging", "palpable"),
}

YES_OR_NO = (
    "darier_sign",
    "skin_biopsy_mc_increased",
    "skin_kit_mutation",
    "bm_biopsy_done",
    "bm_biopsy_adequate",
    "bm_aspirate_dry_tap",
    "bm_aggregates_multifocal",
    "bm_aggregates_present",
    "extracutaneous_aggregates_multifocal",
    "extramedullary_dense_infiltrate",
    "ihc_tryptase_positive",
    "ihc_cd117_positive",
    "mc_atypical_smear_present",
    "mc_spindle_present",
    "mc_immature",
    "cd2_or_cd25",
    "bm_core_dense_diffuse_immature",
    "bm_hypercellular",
    "destructive_mc_tumour",
    "kit_d816v_blood",
    "kit_other_activating",
    "kit_wide_sequencing_negative",
    "ckd_or_dialysis",
    "blood_counts_normal",
    "cytopenia",
    "cytosis",
    "eosinophilia",
    "hb_confounded",
    "reactive_cytopenia_excluded",
    "dysplasia",
    "myeloproliferation_signs",
    "liver_impairment",
    "liver_enzymes_elevated",
    "cholestasis",
    "ascites",
    "portal_hypertension",
    "liver_mc_infiltrate",
    "hypersplenism",
    "lymphadenopathy",
    "node_mc_infiltrate",
    "hypoalbuminaemia",
    "malabsorption_gi_mc",
    "gi_mc_infiltrate",
    "weight_loss",
    "osteolysis",
    "pathologic_fracture_lytic",
    "fracture",
    "vertebral_fracture",
    "osteoporosis",
    "osteosclerosis",
    "c_marrow_attributed",
    "c_liver_attributed",
    "c_spleen_attributed",
    "c_gi_attributed",
    "c_bone_attributed",
)

NUMBERS = tuple(dict.fromkeys((*NEAR, *ALSO)))
VARIABLES = (*NUMBERS, "bst", *CHOICES, *YES_OR_NO)


def limits(name, copies=0):
    """Return the limits of a number; the tryptase limits are multiplied for extra TPSAB1 copies (1.5)."""
    if name == "bst":
        factors = {1, 1 + copies, 11}
        return tuple(limit * f for f in sorted(factors) for limit in (20, 125, 200))
    return NEAR.get(name, ((), 0))[0]


def values(name, copies=0):
    """Return every value worth trying for a variable, censored numbers included."""
    if name in CHOICES:
        return tuple(dict.fromkeys(CHOICES[name]))
    if name in YES_OR_NO:
        return BOOL
    step = 0.1 if name == "bst" else NEAR.get(name, ((), 0))[1]
    found = list(ALSO.get(name, (4.5, 12) if name == "bst" else ()))
    for limit in limits(name, copies):
        found += [round(limit - step, 4), limit, round(limit + step, 4)]
        found += [f"{sign}{limit:g}" for sign in (">", ">=", "<", "<=")]
    top = 100 if name in PERCENT else float("inf")
    return tuple(dict.fromkeys(v for v in found if isinstance(v, str) or 0 <= v <= top or name == "tscore_min"))


def pick(rng, name, copies=0):
    """Draw one value; censored numbers are the rarer ones."""
    if name in CHOICES:
        return rng.choice(CHOICES[name])
    options = values(name, copies)
    exact = [v for v in options if not isinstance(v, str)]
    return rng.choice(options if rng.random() < 0.3 else exact)


def random_sheet(rng, missing=0.5):
    """Return any values side by side, contradictions too; each variable missing with that probability."""
    sheet = {}
    for name in (*CHOICES, *NUMBERS, *YES_OR_NO):
        if rng.random() >= missing:
            sheet[name] = pick(rng, name)
    if rng.random() >= missing:
        copies = sheet.get("tpsab1_extra_copies")
        sheet["bst"] = pick(rng, "bst", copies if isinstance(copies, int) else rng.choice((0, 0, 1, 10)))
    return sheet


def typical_person(rng):
    """Return a coherent sheet: a marrow well studied, organs and blood looked at, no question left open."""
    aggregates = rng.random() < 0.6
    d816v = rng.random() < 0.75
    skin = rng.choice(("none", "mpcm_mono", "mpcm_poly", "nontypical"))
    vaf = rng.choice((0.4, 3, 9, 18)) if d816v else 0
    burden = rng.choice((5, 20, 35, 60))
    bst = rng.choice((8, 15, 22, 60, 130, 240))
    spindle = rng.choice((5, 40, 80))
    cd25 = rng.random() < 0.75
    smear = rng.choice((1, 4, 12, 24)) if burden >= 20 else 1
    sheet = {
        "age": rng.choice((8, 35, 52, 70)),
        "sex": rng.choice(("male", "female")),
        "skin_lesions": skin,
        "darier_sign": skin.startswith("mpcm"),
        "skin_biopsy_mc_increased": skin.startswith("mpcm"),
        "skin_kit_mutation": skin.startswith("mpcm") and d816v,
        "bm_biopsy_done": True,
        "bm_biopsy_adequate": True,
        "bm_aspirate_dry_tap": False,
        "bm_aggregates_multifocal": aggregates,
        "bm_aggregates_present": True,
        "mc_per_aggregate_max": rng.choice((15, 16, 40)) if aggregates else rng.choice((4, 8, 14)),
        "ihc_tryptase_positive": True,
        "ihc_cd117_positive": True,
        "extracutaneous_aggregates_multifocal": False,
        "extramedullary_dense_infiltrate": False,
        "mc_spindle_pct_tissue": spindle,
        "mc_spindle_present": True,
        "mc_atypical_pct_smear": spindle,
        "mc_atypical_smear_present": True,
        "mc_immature": smear >= 20 and rng.random() < 0.5,
        "bm_core_dense_diffuse_immature": False,
        "cd25": cd25,
        "cd2": cd25 and rng.random() < 0.5,
        "cd30": rng.random() < 0.3,
        "bm_mc_pct_smear": smear,
        "bm_mc_pct_biopsy": burden,
        "pb_mc_pct": 0,
        "bm_hypercellular": False,
        "destructive_mc_tumour": False,
        "kit_d816v": d816v,
        "kit_d816v_tissue": "marrow",
        "kit_d816v_method": rng.choice(("aso-qpcr", "ddpcr")),
        "kit_d816v_vaf_pct": vaf,
        "kit_d816v_blood": d816v,
        "kit_other_activating": False,
        "kit_wide_sequencing_negative": not d816v,
        "tk_fusion": "none",
        "tpsab1_extra_copies": rng.choice((0, 0, 0, 1, 2)),
        "bst": bst,
        "ckd_or_dialysis": False,
        "anc": 4.0,
        "hb": 14.0,
        "plt": 250,
        "leukocytes": 7,
        "eosinophils": 0.2,
        "monocytes": 0.4,
        "blood_counts_normal": True,
        "cytopenia": False,
        "cytosis": False,
        "eosinophilia": False,
        "hb_confounded": False,
        "reactive_cytopenia_excluded": True,
        "dysplasia": False,
        "dysplasia_pct": 0,
        "myeloproliferation_signs": False,
        "ahn": "none",
        "hepatomegaly": "none",
        "liver_impairment": False,
        "liver_enzymes_elevated": False,
        "cholestasis": False,
        "ascites": False,
        "portal_hypertension": False,
        "liver_mc_infiltrate": False,
        "splenomegaly": "none",
        "hypersplenism": False,
        "lymphadenopathy": False,
        "node_max_cm": 0.5,
        "node_mc_infiltrate": False,
        "albumin": 42,
        "hypoalbuminaemia": False,
        "malabsorption_gi_mc": False,
        "gi_mc_infiltrate": False,
        "weight_loss": False,
        "weight_loss_pct": 0,
        "osteolysis": False,
        "osteolysis_max_cm": 0,
        "pathologic_fracture_lytic": False,
        "fracture": False,
        "vertebral_fracture": False,
        "osteoporosis": False,
        "osteosclerosis": False,
    }
    for change in rng.sample(COMPLICATIONS, rng.choice((0, 0, 1, 2, 3))):
        sheet.update(change)
    if not sheet["blood_counts_normal"] and rng.random() < 0.5:
        sheet["c_marrow_attributed"] = rng.random() < 0.7
    return sheet


# What else a person may have, in the words and numbers of a report that fit together.
COMPLICATIONS = (
    {"splenomegaly": "palpable"},
    {"splenomegaly": "imaging"},
    {"hepatomegaly": "palpable"},
    {"hepatomegaly": "palpable", "ascites": True, "liver_impairment": True, "liver_enzymes_elevated": True},
    {"ascites": True, "portal_hypertension": True},
    {"lymphadenopathy": True, "node_max_cm": 1.6},
    {"lymphadenopathy": True, "node_max_cm": 2.4},
    {"dysplasia": True, "dysplasia_pct": 6},
    {"myeloproliferation_signs": True, "bm_hypercellular": True},
    {"cytosis": True, "blood_counts_normal": False, "leukocytes": 15},
    {"cytopenia": True, "blood_counts_normal": False, "hb": 11.2},
    {"cytopenia": True, "blood_counts_normal": False, "hb": 8.9},
    {
        "cytopenia": True,
        "blood_counts_normal": False,
        "plt": 80,
        "splenomegaly": "palpable",
        "hypersplenism": True,
    },
    {"osteolysis": True, "osteolysis_max_cm": 3},
    {"osteolysis": True, "osteolysis_max_cm": 3, "pathologic_fracture_lytic": True},
    {"osteoporosis": True, "vertebral_fracture": True, "tscore_min": -3.2},
    {"malabsorption_gi_mc": True, "gi_mc_infiltrate": True, "weight_loss": True, "weight_loss_pct": 12},
    {"malabsorption_gi_mc": True, "gi_mc_infiltrate": True, "hypoalbuminaemia": True, "albumin": 28},
    {
        "extracutaneous_aggregates_multifocal": True,
        "extracutaneous_site": "gi",
        "extramedullary_dense_infiltrate": True,
        "gi_mc_infiltrate": True,
        "mc_per_aggregate_max": 30,
    },
    {"ahn": "myeloid", "ahn_diagnosis": "chronic myelomonocytic leukaemia"},
    {"ahn": "lymphoid", "ahn_diagnosis": "chronic lymphocytic leukaemia"},
    {"ahn": "suspected"},
    {"tk_fusion": "pdgfra", "eosinophilia": True, "eosinophils": 6.0, "blood_counts_normal": False},
    {
        "bm_aspirate_dry_tap": True,
        "bm_mc_pct_smear": None,
        "mc_atypical_pct_smear": None,
        "mc_atypical_smear_present": None,
        "bm_core_dense_diffuse_immature": True,
        "mc_immature": True,
        "bm_mc_pct_biopsy": 85,
    },
    {"destructive_mc_tumour": True},
    {"ckd_or_dialysis": True},
)


def nearly_complete(rng):
    """Return sheets of one coherent person, one variable then taken away and moved through every value."""
    person = {name: value for name, value in typical_person(rng).items() if value is not None}
    name = rng.choice(VARIABLES)
    copies = person.get("tpsab1_extra_copies", 0)
    rest = {k: v for k, v in person.items() if k != name}
    return [person, rest, *({**rest, name: value} for value in values(name, copies))]
