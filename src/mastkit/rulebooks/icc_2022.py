"""International Consensus Classification 2022: systemic mastocytosis, B- and C-findings, subtypes.

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
    known,
)
from mastkit.logic.rulebook import Label, Reading, Rulebook, choose, presume
from mastkit.rulebooks import findings as f
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.order import DIAGRAM_ORDER
from mastkit.rulebooks.sources import ARBER22, HART16, LEE23, LEGUIT23, MONNIER16, VAL14MCL

READINGS = (
    Reading(
        "hat",
        "Tryptase of people with extra TPSAB1 copies (hereditary alpha-tryptasaemia)",
        {"literal": "as measured", "adjusted": "divided by one plus the extra copies"},
        clause="2.4",
        reason="the table of the ICC has no clause on extra copies",
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
)


def icc_2022(readings: Mapping[str, str] | None = None) -> Rulebook:
    """The ICC rulebook under a choice of readings (the defaults when none is given)."""
    chosen = choose(READINGS, readings or {})

    # --- Criteria of systemic mastocytosis -------------------------------------------------------------------

    if chosen["hat"] == "adjusted":
        adjusted = divided(v.bst, one_plus=v.tpsab1_extra_copies)
        above_20: Expression = adjusted > 20
        above_200: Expression = adjusted > 200
    else:
        above_20 = v.bst > 20
        above_200 = v.bst > 200

    major = criterion(
        "ICC-MAJ",
        "Multifocal dense infiltrates of tryptase- or CD117-positive mast cells, 15 or more in each",
        f.aggregates & (v.ihc_tryptase_positive | v.ihc_cd117_positive),
        plain="Clusters of at least 15 mast cells, shown by a stain, in the bone marrow "
        "or another organ (not the skin)",
        source=LEGUIT23, clause="2.1", verified="reprint",
    )  # fmt: skip
    shape = criterion(
        "ICC-m1",
        "More than 25 % of mast cells spindle-shaped or of atypical immature shape",
        f.abnormal_shape,
        plain="More than a quarter of the mast cells have an abnormal shape",
        source=LEGUIT23, clause="2.1, 12.2 D9", verified="reprint",
        note="The wording centres on tissue sections; a smear is accepted.",
    )  # fmt: skip
    markers = criterion(
        "ICC-m2",
        "Mast cells express CD25, CD2 or CD30",
        f.aberrant_markers,
        plain="The mast cells carry markers (CD2, CD25 or CD30) that healthy ones lack",
        source=LEGUIT23, clause="2.1", verified="reprint",
        note="Not met only when all three were looked for and none was found.",
    )  # fmt: skip
    kit = criterion(
        "ICC-m3",
        "KIT D816V or another activating KIT mutation in marrow, blood or another organ but skin",
        f.kit_mutation(said_unmutated_counts=chosen["kit_unmutated"] == "counts"),
        plain="A change in the KIT gene that switches mast cells on, found outside the skin",
        source=LEGUIT23, clause="2.1, 9", verified="reprint",
        note="A negative test counts only if it was sensitive, in marrow, and other KIT variants were excluded.",
    )  # fmt: skip
    raised = criterion(
        "ICC-m4",
        "Serum tryptase persistently above 20 ng/mL",
        f.raised_tryptase(above_20),
        plain="The tryptase in your blood stays above 20",
        source=LEGUIT23, clause="2.1, 2.3, 2.4", verified="reprint",
        note="Does not count beside a myeloid neoplasm. One baseline value is taken as persistent.",
    )  # fmt: skip
    minor = (shape, markers, kit, raised)

    fusion_possible = all_of(major, ~kit, v.eosinophilia)
    not_excluded = criterion(
        "ICC-f1",
        "No tyrosine kinase gene fusion",
        ~(f.fusion | (v.tk_fusion.is_in("pdgfra-negative") & fusion_possible & v.fusion_truth)),
        plain="No gene fusion that makes this another disease",
        source=ARBER22, clause="2.1 f1, 2.2", verified="reprint",
        note="A fusion that was not looked for stays open where the major criterion is met without KIT "
        "and with eosinophilia.",
    )  # fmt: skip
    systemic_mastocytosis = criterion(
        "ICC-SM",
        "Systemic mastocytosis: the major criterion, or three minor criteria; no tyrosine kinase fusion",
        (major | at_least(3, minor)) & not_excluded,
        plain="Systemic mastocytosis",
        source=LEGUIT23, clause="2.2", verified="reprint",
        note="The major criterion is enough by itself.",
    )  # fmt: skip

    # --- B-findings: burden ----------------------------------------------------------------------------------

    b1 = criterion(
        "ICC-B1",
        "High burden: more than 30 % of the marrow and tryptase above 200 ng/mL",
        (v.bm_mc_pct_biopsy > 30) & above_200,
        plain="Many mast cells in the marrow together with a very high tryptase",
        source=LEE23, clause="4.1", verified="reprint",
    )  # fmt: skip
    b2 = criterion(
        "ICC-B2",
        "Mild cytopenia or -cytosis without a reactive cause, not amounting to another neoplasm",
        all_of(
            f.mild_cytopenia_or_cytosis, v.reactive_cytopenia_excluded, ~f.myeloid_neoplasm, ~f.fusion
        ),
        plain="Blood counts slightly too low or too high, without being a second blood disease",
        source=LEE23, clause="4.1", verified="reprint",
        note="A cytopenia at the level of a C-finding is a C-finding only.",
    )  # fmt: skip
    b3 = criterion(
        "ICC-B3",
        "Enlarged liver, spleen or lymph nodes (above 1 cm) without impaired function",
        any_of(
            f.liver_enlarged & ~f.liver_function_impaired,
            f.spleen_enlarged & ~v.hypersplenism,
            v.node_max_cm > 1,
        ),
        plain="Liver, spleen or lymph nodes are enlarged but work well",
        source=LEE23, clause="4.1", verified="reprint",
    )  # fmt: skip
    b_findings = (b1, b2, b3)

    # --- C-findings: organ damage by mast cells (wording of 2016) --------------------------------------------

    c1 = criterion(
        "ICC-C1",
        "Neutrophils below 1.0, haemoglobin below 10 g/dL, or platelets below 100",
        f.cytopenia_at_c_level & v.c_marrow_attributed,
        plain="Too few blood cells because mast cells crowd the marrow",
        source=LEE23, clause="4.2", verified="reprint",
    )  # fmt: skip
    c2 = criterion(
        "ICC-C2",
        "Palpable liver with impaired function, ascites or portal hypertension",
        all_of(
            v.hepatomegaly.is_in("palpable"),
            any_of(f.liver_function_impaired, v.ascites, v.portal_hypertension),
            v.c_liver_attributed,
        ),
        plain="A large liver that is damaged by mast cells",
        source=LEE23, clause="4.2", verified="reprint",
    )  # fmt: skip
    c3 = criterion(
        "ICC-C3",
        "Palpable spleen with hypersplenism",
        f.hypersplenism_with_palpable_spleen & v.c_spleen_attributed,
        plain="A large spleen that removes too many blood cells",
        source=LEE23, clause="4.2", verified="reprint",
    )  # fmt: skip
    c4 = criterion(
        "ICC-C4",
        "Malabsorption with weight loss from mast cells in the gut",
        v.malabsorption_gi_mc & f.weight_lost & v.c_gi_attributed,
        plain="The gut takes up too little food because of mast cells, with loss of weight",
        source=LEE23, clause="4.2, 12.2 D6", verified="reprint",
    )  # fmt: skip
    c5 = criterion(
        "ICC-C5",
        "Large osteolysis (2 cm or more), with or without fracture",
        (v.osteolysis_max_cm >= 2) & v.c_bone_attributed,
        plain="A large hole in a bone",
        source=LEE23, clause="4.2, 12.2 D5", verified="unverified",
        note="The table says large; 2 cm is the number of the WHO. Fractures of osteoporosis do not count.",
    )  # fmt: skip
    c_findings = (c1, c2, c3, c4, c5)

    # --- Subtypes, in order; the first that fits is the answer -----------------------------------------------

    sm = systemic_mastocytosis
    associated = criterion(
        "ICC-AMN",
        "Associated myeloid neoplasm",
        f.myeloid_neoplasm,
        plain="A second disease of the blood-forming marrow",
        source=ARBER22, clause="2.3, 2.5", verified="reprint",
        note="A lymphoid or plasma cell neoplasm is reported as a disease of its own.",
    )  # fmt: skip
    leukaemia = criterion(
        "ICC-MCL",
        "Immature mast cells 20 % or more of a marrow smear; with a dry tap, dense diffuse immature cells "
        "in the core",
        any_of(
            (v.bm_mc_pct_smear >= 20) & v.mc_immature,
            v.bm_core_dense_diffuse_immature & v.bm_aspirate_dry_tap,
        ),
        plain="At least a fifth of the cells in the marrow fluid are immature mast cells",
        source=ARBER22, clause="5.2", verified="reprint",
        note="The detail of the core-biopsy rule is recalled, not read.",
    )  # fmt: skip
    sarcoma = criterion(
        "ICC-MCS",
        "Localised destructive mast cell tumour, no typical skin lesions",
        f.mast_cell_sarcoma,
        plain="A tumour of mast cells in one place",
        source=MONNIER16, clause="5.2", verified="reprint",
    )  # fmt: skip
    myelomastocytic = criterion(
        "ICC-MML",
        "Mast cells 10 % or more of a marrow or blood smear beside a myeloid neoplasm",
        f.myelomastocytic_leukaemia,
        plain="Many mast cells beside another blood disease, without systemic mastocytosis",
        source=VAL14MCL, clause="EU-12", verified="reprint",
        note="Which neoplasm (MDS or AML) and clonality are not asked.",
    )  # fmt: skip
    skin = criterion(
        "ICC-MIS",
        "Typical skin lesions with Darier's sign, and more mast cells or a KIT mutation in a skin biopsy",
        f.mastocytosis_in_skin,
        plain="Mastocytosis of the skin",
        source=HART16, clause="5.1", verified="unverified",
    )  # fmt: skip

    labels = (
        Label("SM-AHN", "Systemic mastocytosis with an associated myeloid neoplasm (SM-AMN)", sm & associated),
        Label("MCL", "Mast cell leukaemia", sm & leukaemia),
        Label("ASM", "Aggressive systemic mastocytosis", sm & at_least(1, c_findings)),
        Label("SSM", "Smouldering systemic mastocytosis", sm & at_least(2, b_findings)),
        Label("ISM", "Indolent systemic mastocytosis", sm),
        Label("MCS", "Mast cell sarcoma", sarcoma),
        Label("MML", "Myelomastocytic leukaemia", myelomastocytic),
        Label("CM", "Cutaneous mastocytosis", f.cutaneous_mastocytosis),
        Label("MIS", "Mastocytosis in the skin (marrow not studied)", skin),
        Label("none", "No mastocytosis", ALWAYS),
    )

    return Rulebook(
        id="icc-2022",
        title="International Consensus Classification (2022)",
        question=systemic_mastocytosis,
        criteria=(
            major,
            *minor,
            not_excluded,
            systemic_mastocytosis,
            *b_findings,
            *c_findings,
            associated,
            leukaemia,
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
                when=~fusion_possible,
                title="a fusion that was not looked for is presumed only where the ICC asks to look",
                kind="reading",
                clause="2.2",
            ),
            presume(
                v.bm_aspirate_dry_tap,
                ~v.bm_aspirate_dry_tap,
                when=known(v.bm_mc_pct_smear) | known(v.mc_atypical_pct_smear),
                title="a smear that was counted is no dry tap",
                clause="5.2",
            ),
            presume(
                v.mc_immature,
                v.mc_immature,
                when=v.bm_core_dense_diffuse_immature,
                title="the core shows immature mast cells",
                clause="5.2",
            ),
            presume(
                v.bm_core_dense_diffuse_immature,
                ~v.bm_core_dense_diffuse_immature,
                when=~v.mc_immature,
                title="the mast cells are mature",
                clause="5.2",
            ),
        ),
        retests=f.RETESTS,
        equivalents=f.EQUIVALENTS,
        readings=READINGS,
        chosen=chosen,
        sources=(ARBER22, LEGUIT23, LEE23, HART16, VAL14MCL, MONNIER16),
        verified="reprint",
        order=DIAGRAM_ORDER,
    )
