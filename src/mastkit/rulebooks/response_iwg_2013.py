"""Response in advanced systemic mastocytosis: IWG-MRT-ECNM 2013, Table 4 (Gotlib and others).

Table 4 was read in the paper; Table 3, which defines the organ damage that counts and its improvement, was not.
So what belongs to Table 3 is stated by a clinician, and without it the answer stays open. A person without organ
damage that counts is not evaluable, and is never "stable disease".
"""

from __future__ import annotations

from mastkit.logic.expressions import ALWAYS, Expression, all_of, any_of, criterion
from mastkit.logic.rulebook import Label, Rulebook
from mastkit.rulebooks import response_variables as r
from mastkit.rulebooks.sources import GOTLIB13

RESPONSE_WEEKS = 12
PROGRESSION_WEEKS = 8

evaluable = criterion(
    "IWG-EVAL",
    "Organ damage that counts was there before treatment",
    r.organ_damage_eligible,
    plain="An organ was damaged enough before treatment to judge by",
    source=GOTLIB13, clause="F2.1", verified="unverified",
    note="Which findings count is defined in Table 3, which was not read: a clinician states it.",
)  # fmt: skip
no_aggregates = criterion(
    "IWG-CR1",
    "No compact aggregates of neoplastic mast cells in marrow or another biopsied organ",
    ~r.aggregates_now,
    plain="No clusters of mast cells are left in the samples",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
tryptase_low = criterion(
    "IWG-CR2",
    "Serum tryptase below 20 ng/mL",
    r.tryptase_now < 20,
    plain="Tryptase is below 20",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
counts_recovered = criterion(
    "IWG-CR3",
    "Neutrophils 1.0 or more with normal differential, haemoglobin 11 g/dL or more, platelets 100 or more",
    all_of(r.anc_now >= 1.0, r.normal_differential, r.hb_now >= 11, r.plt_now >= 100),
    plain="The blood counts have recovered",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
damage_gone = criterion(
    "IWG-CR4",
    "Liver and spleen no longer palpable, all organ damage resolved",
    ~r.organomegaly_palpable & r.organ_damage_resolved.is_in("all"),
    plain="Liver and spleen can no longer be felt, and all organ damage is gone",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
mast_cells_halved = criterion(
    "IWG-PR1",
    "Neoplastic mast cells in tissue reduced by 50 % or more",
    r.mast_cell_fall_pct >= 50,
    plain="Half of the mast cells in the samples or more are gone",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
tryptase_halved = criterion(
    "IWG-PR2",
    "Serum tryptase reduced by 50 % or more",
    r.tryptase_fall_pct >= 50,
    plain="Tryptase has fallen by half or more",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
damage_resolving = criterion(
    "IWG-PR3",
    "One or more findings of organ damage resolved",
    r.organ_damage_resolved.is_in("some", "all"),
    plain="Some organ damage is gone",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
improvement = criterion(
    "IWG-CI",
    "One or more improvements of organ damage, as defined in Table 3",
    any_of(r.organ_damage_improved, r.organ_damage_resolved.is_in("some", "all")),
    plain="Some organ damage is better",
    source=GOTLIB13, clause="F2.1", verified="primary",
    note="Table 3 was not read: a clinician states whether one of its improvements is there.",
)  # fmt: skip
worse_grade_2 = criterion(
    "IWG-PD1",
    "Grade 2 organ damage worse by one grade, and the laboratory abnormality doubled",
    r.nonhaematologic_grade.is_in("2") & (r.grade_rise >= 1) & (r.abnormality_rise_pct >= 100),
    plain="Organ damage is one grade worse and its blood value has doubled",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
worse_albumin = criterion(
    "IWG-PD2",
    "Grade 2 low albumin worse by one grade, and a fall of 0.5 g/dL or more",
    r.albumin_grade.is_in("2") & (r.albumin_grade_rise >= 1) & (r.albumin_fall >= 0.5),
    plain="Low albumin is one grade worse and has fallen by 0.5 or more",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
worse_grade_3 = criterion(
    "IWG-PD3",
    "Grade 3 organ damage, and the laboratory abnormality doubled",
    r.nonhaematologic_grade.is_in("3") & (r.abnormality_rise_pct >= 100),
    plain="The blood value of severe organ damage has doubled",
    source=GOTLIB13, clause="F2.1", verified="primary",
)  # fmt: skip
worse_otherwise = criterion(
    "IWG-PD4",
    "Another element of progression: blood counts, transfusions or spleen",
    r.other_progression,
    plain="Blood counts, transfusions or the spleen are worse as defined",
    source=GOTLIB13, clause="F2.1", verified="unverified",
    note="These elements were not read in the paper: a clinician states them.",
)  # fmt: skip

COMPLETE = (no_aggregates, tryptase_low, counts_recovered, damage_gone)
PARTIAL = (mast_cells_halved, tryptase_halved, damage_resolving)
PROGRESSION = (worse_grade_2, worse_albumin, worse_grade_3, worse_otherwise)

held = r.weeks_held >= RESPONSE_WEEKS
complete = all_of(*COMPLETE, held)
progression = any_of(*PROGRESSION) & (r.weeks_held >= PROGRESSION_WEEKS)


def labels(evaluable_here: Expression, *between: Label) -> tuple[Label, ...]:
    """The categories in the order in which one excludes the next; ``between`` stand after complete remission."""
    return (
        Label("not-evaluable", "Not evaluable: no organ damage that counts", ~evaluable_here),
        Label("CR", "Complete remission", complete, "All signs of the disease are gone"),
        *between,
        Label("PD", "Progressive disease", progression, "The disease is worse"),
        Label("PR", "Partial remission", all_of(*PARTIAL, held), "Many signs of the disease are better"),
        Label("CI", "Clinical improvement", improvement & held, "Some organ damage is better"),
        Label("SD", "Stable disease", ALWAYS, "Neither clearly better nor clearly worse"),
    )


IWG_2013 = Rulebook(
    id="iwg-2013",
    title="IWG-MRT-ECNM response criteria (2013)",
    question=evaluable,
    criteria=(evaluable, *COMPLETE, *PARTIAL, improvement, *PROGRESSION),
    groups={"complete": COMPLETE, "partial": PARTIAL, "progression": PROGRESSION},
    labels=labels(evaluable),
    sources=(GOTLIB13,),
    verified="primary",
)
