"""What the response criteria ask about: two time points, before treatment and now, and how long the state has held.

These are no variables of the case sheet: :mod:`mastkit.followup.response` works them out of two case sheets, or
takes them as a clinician states them.
"""

from __future__ import annotations

from mastkit.logic.variables import boolean, choice, number

weeks_held = number("weeks_held", "Weeks for which the state has held", unit="wk", low=0)

# Organ damage: which findings count is defined in a table that was not read, so a clinician states it.
organ_damage_eligible = boolean("organ_damage_eligible", "Organ damage before treatment that counts for response")
organ_damage_resolved = choice(
    "organ_damage_resolved", ("none", "some", "all"), "Of that organ damage, what has resolved"
)
organ_damage_improved = boolean("organ_damage_improved", "Some of that organ damage has improved as defined")
organomegaly_palpable = boolean("organomegaly_palpable", "Liver or spleen palpable now")

# Mast cells
aggregates_now = boolean("aggregates_now", "Compact aggregates of mast cells in marrow or another organ now")
mast_cell_fall_pct = number("mast_cell_fall_pct", "Fall of neoplastic mast cells in tissue", unit="%", high=100)
tryptase_now = number("tryptase_now", "Serum tryptase now", unit="ng/mL", low=0)
tryptase_fall_pct = number("tryptase_fall_pct", "Fall of serum tryptase", unit="%", high=100)
vaf_fall_pct = number("vaf_fall_pct", "Fall of the KIT D816V allele fraction", unit="%", high=100)
vaf_undetectable = boolean("vaf_undetectable", "KIT D816V no longer found by the same sensitive test")

# Blood
anc_now = number("anc_now", "Neutrophils now", unit="10*9/L", low=0)
normal_differential = boolean("normal_differential", "Normal differential count now")
hb_now = number("hb_now", "Haemoglobin now", unit="g/dL", low=0)
plt_now = number("plt_now", "Platelets now", unit="10*9/L", low=0)

# Progression
nonhaematologic_grade = choice(
    "nonhaematologic_grade", ("below 2", "2", "3"), "Highest grade of other organ damage before treatment"
)
grade_rise = number("grade_rise", "Rise of that grade", low=-5, high=5, integer=True)
abnormality_rise_pct = number("abnormality_rise_pct", "Rise of the laboratory abnormality", unit="%", low=-100)
albumin_grade = choice("albumin_grade", ("below 2", "2", "3"), "Grade of low albumin before treatment")
albumin_grade_rise = number("albumin_grade_rise", "Rise of the grade of low albumin", low=-5, high=5, integer=True)
albumin_fall = number("albumin_fall", "Fall of albumin", unit="g/dL")
other_progression = boolean(
    "other_progression", "Another element of progression: blood counts, transfusions or spleen, as defined"
)

# Symptoms
symptom_fall = number("symptom_fall", "Fall of the ISM-SAF total symptom score, 14-day means", unit="1")
symptom_fall_pct = number("symptom_fall_pct", "Fall of the ISM-SAF total symptom score", unit="%", high=100)
