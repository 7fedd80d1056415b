"""WHO classification, 5th edition (2022): systemic mastocytosis, B- and C-findings, subtypes.

The order is that of the published tables. How a finding is read from a sheet, and when its absence counts,
stands in :mod:`mastkit.rulebooks.findings`; clause numbers are those of ``docs/sources.md``.
"""

from __future__ import annotations

from collections.abc import Mapping

from mastkit.logic.expressions import (
    ALWAYS,
    Expression,
    all_of,
    any_of,
    at_least,
    criterion,
    divided,
)
from mastkit.logic.rulebook import Label, Reading, Rulebook, choose, presume
from mastkit.rulebooks import findings as f
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.order import DIAGRAM_ORDER
from mastkit.rulebooks.sources import HART16, HEMA21, KHOURY22, LEE23, LYONS22, MONNIER16, VAL14MCL

READINGS = (
    Reading(
        "b1",
        "High mast cell burden (B1): how its three parts are joined",
        {
            "any": "any one of: 30 % of the marrow or more, tryptase 200 or more, allele fraction 10 % or more",
            "and_or_vaf": "30 % of the marrow together with tryptase 200, or allele fraction 10 %",
        },
        clause="4.1, 12.2 D2",
        reason="two reprints of the 5th edition print all three as alternatives; earlier editions joined two",
        starred=True,
    ),
    Reading(
        "ahn_scope",
        "Which blood neoplasms make SM-AHN",
        {"haematological": "any other haematological neoplasm", "myeloid": "a myeloid neoplasm only"},
        clause="12.2 D7",
        reason="the summary paper says haematologic, one extract of the 5th edition says myeloid",
        starred=True,
    ),
    Reading(
        "kit_unmutated",
        "KIT said to be unmutated, without wide sequencing",
        {
            "open": "does not rule out another activating KIT mutation",
            "counts": "rules out another activating KIT mutation",
        },
        clause="0.3",
        reason="the sources ask for wide sequencing; what was sequenced is not said",
    ),
    Reading(
        "b2_counts",
        "B2 and cytopenias at the level of a C-finding",
        {
            "as stated": "signs of myeloproliferation or dysplasia are enough",
            "mild only": "blood counts must be known not to be at the level of a C-finding",
        },
        clause="4.1",
        reason="'normal or only mildly abnormal' has no number in the table",
    ),
)


def who_2022(readings: Mapping[str, str] | None = None) -> Rulebook:
    """The WHO rulebook under a choice of readings (the defaults when none is given)."""
    chosen = choose(READINGS, readings or {})

    # --- Criteria of systemic mastocytosis -------------------------------------------------------------------

    tryptase = divided(v.bst, one_plus=v.tpsab1_extra_copies)

    major = criterion(
        "WHO-MAJ",
        "Multifocal dense infiltrates of mast cells, 15 or more in each, in marrow or another organ but skin",
        f.aggregates,
        plain="Clusters of at least 15 mast cells in the bone marrow or another organ (not the skin)",
        source=KHOURY22, clause="1.1", verified="reprint",
    )  # fmt: skip
    shape = criterion(
        "WHO-m1",
        "More than 25 % of mast cells atypical on marrow smears, or spindle-shaped in sections",
        f.abnormal_shape,
        plain="More than a quarter of the mast cells have an abnormal shape",
        source=KHOURY22, clause="1.2", verified="reprint",
    )  # fmt: skip
    kit = criterion(
        "WHO-m2",
        "Activating KIT mutation (codon 816 or another proven one) in marrow, blood or another organ but skin",
        f.kit_mutation(said_unmutated_counts=chosen["kit_unmutated"] == "counts"),
        plain="A change in the KIT gene that switches mast cells on, found outside the skin",
        source=KHOURY22, clause="1.2, 9", verified="reprint",
        note="A negative test counts only if it was sensitive, in marrow, and other KIT variants were excluded.",
    )  # fmt: skip
    markers = criterion(
        "WHO-m3",
        "Mast cells express CD2, CD25 or CD30",
        f.aberrant_markers,
        plain="The mast cells carry markers (CD2, CD25 or CD30) that healthy ones lack",
        source=KHOURY22, clause="1.2", verified="reprint",
        note="Not met only when all three were looked for and none was found.",
    )  # fmt: skip
    raised = criterion(
        "WHO-m4",
        "Baseline serum tryptase above 20 ng/mL, divided by one plus the extra TPSAB1 copies",
        f.raised_tryptase(tryptase > 20),
        plain="The tryptase in your blood, when you are well, is above 20",
        source=KHOURY22, clause="1.2, 1.4, 1.5", verified="reprint",
        note="Does not count beside a myeloid neoplasm. "
        "The division is the method suggested by HEMA21 and LYONS22.",
    )  # fmt: skip
    minor = (shape, kit, markers, raised)

    systemic_mastocytosis = criterion(
        "WHO-SM",
        "Systemic mastocytosis: the major and one minor criterion, or three minor criteria",
        (major & at_least(1, minor)) | at_least(3, minor),
        plain="Systemic mastocytosis",
        source=KHOURY22, clause="1.3", verified="reprint",
    )  # fmt: skip

    # --- B-findings: burden ----------------------------------------------------------------------------------

    if chosen["b1"] == "any":
        burden: Expression = any_of(v.bm_mc_pct_biopsy >= 30, tryptase >= 200, v.kit_d816v_vaf_pct >= 10)
    else:
        burden = ((v.bm_mc_pct_biopsy >= 30) & (tryptase >= 200)) | (v.kit_d816v_vaf_pct >= 10)
    b1 = criterion(
        "WHO-B1",
        "High burden: 30 % of the marrow or more, tryptase 200 ng/mL or more, or KIT D816V 10 % or more",
        burden,
        plain="Many mast cells, measured in the marrow or by blood tests",
        source=LEE23, clause="4.1", verified="reprint",
    )  # fmt: skip

    other_lineage = v.myeloproliferation_signs | (f.dysplastic & ~(v.dysplasia_pct >= 10))
    b2 = criterion(
        "WHO-B2",
        "Signs of myeloproliferation or dysplasia, not amounting to another neoplasm",
        all_of(
            other_lineage,
            ~f.myeloid_neoplasm,
            ~f.fusion,
            ~f.cytopenia_at_c_level if chosen["b2_counts"] == "mild only" else ALWAYS,
        ),
        plain="Other blood cells look unusual, without being a second blood disease",
        source=LEE23, clause="4.1, EU-6", verified="reprint",
        note="Details of the wording (dysplasia in less than 10 % of a lineage) are recalled, not read.",
    )  # fmt: skip
    liver_untroubled = ~(f.liver_function_impaired | v.ascites | v.portal_hypertension)
    b3 = criterion(
        "WHO-B3",
        "Enlarged liver, spleen or lymph nodes (above 2 cm) without impaired function",
        any_of(
            f.liver_enlarged & liver_untroubled, f.spleen_enlarged & ~v.hypersplenism, v.node_max_cm > 2
        ),
        plain="Liver, spleen or lymph nodes are enlarged but work well",
        source=LEE23, clause="4.1", verified="reprint",
    )  # fmt: skip
    b_findings = (b1, b2, b3)

    # --- C-findings: organ damage by mast cells --------------------------------------------------------------

    c1 = criterion(
        "WHO-C1",
        "Neutrophils below 1.0, haemoglobin below 10 g/dL, or platelets below 100",
        f.cytopenia_at_c_level & v.c_marrow_attributed,
        plain="Too few blood cells because mast cells crowd the marrow",
        source=LEE23, clause="4.2", verified="reprint",
    )  # fmt: skip
    c2 = criterion(
        "WHO-C2",
        "Liver damage: ascites or raised liver enzymes",
        (v.ascites | f.liver_function_impaired) & v.c_liver_attributed,
        plain="The liver is damaged by mast cells",
        source=LEE23, clause="4.2", verified="reprint",
    )  # fmt: skip
    c3 = criterion(
        "WHO-C3",
        "Palpable spleen with hypersplenism",
        f.hypersplenism_with_palpable_spleen & v.c_spleen_attributed,
        plain="A large spleen that removes too many blood cells",
        source=LEE23, clause="4.2", verified="reprint",
    )  # fmt: skip
    c4 = criterion(
        "WHO-C4",
        "Malabsorption with low albumin from mast cells in the gut",
        v.malabsorption_gi_mc & v.hypoalbuminaemia & v.c_gi_attributed,
        plain="The gut takes up too little food because of mast cells, and blood protein is low",
        source=HEMA21, clause="4.2, 12.2 D6", verified="unverified",
        note="Another reprint asks for weight loss instead of low albumin.",
    )  # fmt: skip
    c5 = criterion(
        "WHO-C5",
        "Osteolysis of 2 cm or more with a pathological fracture",
        (v.osteolysis_max_cm >= 2) & v.pathologic_fracture_lytic & v.c_bone_attributed,
        plain="A hole in a bone, at least 2 cm, through which the bone broke",
        source=LEE23, clause="4.2, 12.2 D5", verified="reprint",
        note="Fractures of osteoporosis do not count.",
    )  # fmt: skip
    c_findings = (c1, c2, c3, c4, c5)

    # --- Subtypes, in order; the first that fits is the answer -----------------------------------------------

    sm = systemic_mastocytosis
    neoplasm = f.blood_neoplasm if chosen["ahn_scope"] == "haematological" else f.myeloid_neoplasm
    associated = criterion(
        "WHO-AHN",
        "Associated haematological neoplasm",
        neoplasm | f.fusion,
        plain="A second blood disease",
        source=KHOURY22, clause="5.2, 12.2 D7", verified="reprint",
        note="A tyrosine kinase fusion with the criteria met is coded here; it is a disease of its own (M/LN-TK).",
    )  # fmt: skip
    leukaemia = criterion(
        "WHO-MCL",
        "Mast cells 20 % or more of the nucleated cells of a marrow smear",
        v.bm_mc_pct_smear >= 20,
        plain="At least a fifth of the cells in the marrow fluid are mast cells",
        source=KHOURY22, clause="5.2", verified="reprint",
    )  # fmt: skip
    marrow_only = criterion(
        "WHO-BMM",
        "Marrow only: no skin lesions, no B-finding, tryptase below 125, no dense infiltrate in another organ",
        all_of(
            ~f.typical_skin_lesions,
            ~at_least(1, b_findings),
            tryptase < 125,
            ~f.dense_infiltrate_elsewhere,
        ),
        plain="Only the bone marrow is affected",
        source=HEMA21, clause="5.2, EU-5", verified="reprint",
        note="That the limit of 125 is for the value divided by one plus the copies is recalled, not read.",
    )  # fmt: skip
    sarcoma = criterion(
        "WHO-MCS",
        "Localised destructive mast cell tumour, no typical skin lesions",
        f.mast_cell_sarcoma,
        plain="A tumour of mast cells in one place",
        source=MONNIER16, clause="5.2", verified="reprint",
    )  # fmt: skip
    myelomastocytic = criterion(
        "WHO-MML",
        "Mast cells 10 % or more of a marrow or blood smear beside a myeloid neoplasm",
        f.myelomastocytic_leukaemia,
        plain="Many mast cells beside another blood disease, without systemic mastocytosis",
        source=VAL14MCL, clause="EU-12", verified="reprint",
        note="Which neoplasm (MDS or AML) and clonality are not asked.",
    )  # fmt: skip
    skin = criterion(
        "WHO-MIS",
        "Typical skin lesions with Darier's sign, and more mast cells or a KIT mutation in a skin biopsy",
        f.mastocytosis_in_skin,
        plain="Mastocytosis of the skin",
        source=HART16, clause="5.1", verified="unverified",
    )  # fmt: skip

    labels = (
        Label("SM-AHN", "Systemic mastocytosis with an associated haematological neoplasm", sm & associated),
        Label("MCL", "Mast cell leukaemia", sm & leukaemia),
        Label("ASM", "Aggressive systemic mastocytosis", sm & at_least(1, c_findings)),
        Label("SSM", "Smouldering systemic mastocytosis", sm & at_least(2, b_findings)),
        Label("BMM", "Bone marrow mastocytosis", sm & marrow_only),
        Label("ISM", "Indolent systemic mastocytosis", sm),
        Label("MCS", "Mast cell sarcoma", sarcoma),
        Label("MML", "Myelomastocytic leukaemia", myelomastocytic),
        Label("CM", "Cutaneous mastocytosis", f.cutaneous_mastocytosis),
        Label("MIS", "Mastocytosis in the skin (marrow not studied)", skin),
        Label("none", "No mastocytosis", ALWAYS),
    )

    return Rulebook(
        id="who-2022",
        title="WHO classification, 5th edition (2022)",
        question=systemic_mastocytosis,
        criteria=(
            major,
            *minor,
            systemic_mastocytosis,
            *b_findings,
            *c_findings,
            associated,
            leukaemia,
            marrow_only,
            sarcoma,
            myelomastocytic,
            skin,
        ),
        groups={"b_findings": b_findings, "c_findings": c_findings},
        labels=labels,
        presumptions=(
            *f.SHARED_PRESUMPTIONS,
            presume(
                v.tk_fusion,
                v.tk_fusion.is_in("none"),
                when=ALWAYS,
                title="fusions that were not looked for are not presumed",
                kind="reading",
                clause="1.4",
            ),
            presume(
                v.liver_impairment,
                ~v.liver_impairment,
                when=~v.liver_enzymes_elevated,
                title="the rule asks for liver enzymes, and they are not raised",
                clause="4.2",
            ),
        ),
        retests=f.RETESTS,
        equivalents=f.EQUIVALENTS,
        readings=READINGS,
        chosen=chosen,
        sources=(KHOURY22, HEMA21, LEE23, LYONS22, HART16, VAL14MCL, MONNIER16),
        verified="reprint",
        order=DIAGRAM_ORDER,
    )
