"""The variables of events: those of the case sheet, and those that only a recorded flare can give.

A flare knows more than a case sheet has columns for: blood pressure, single signs, what went before it. On a
case sheet these are unknown.
"""

from __future__ import annotations

from mastkit.logic.variables import boolean, choice, latent, number
from mastkit.rulebooks.sheet import sheet_boolean, sheet_choice, sheet_number

# The person
sex = sheet_choice("sex")

# Tryptase around an event
tryptase_acute = sheet_number("tryptase_acute")
tryptase_acute_hours = sheet_number("tryptase_acute_hours")
rise_truth = latent("rise_truth", "Whether a sample drawn in time would have shown a rise")

# Another mediator, in the unit of its laboratory
mediator_event = number("mediator_event", "Mediator in urine or blood during the event", low=0)
mediator_limit = number("mediator_limit", "The laboratory's own upper limit of that mediator", low=0)
mediator_baseline = number("mediator_baseline", "The same mediator when the person is well", low=0)

# Episodes as the case sheet has them
anaphylaxis = sheet_boolean("anaphylaxis")
recurrent_episodes = sheet_boolean("recurrent_episodes")
hypotension_or_syncope = sheet_boolean("hypotension_or_syncope")
syncope = sheet_boolean("syncope")
presyncope = sheet_boolean("presyncope")
urticaria = sheet_boolean("urticaria")
pruritus = sheet_boolean("pruritus")
angioedema = sheet_boolean("angioedema")
flushing = sheet_boolean("flushing")
respiratory = sheet_boolean("respiratory")
gi_symptoms = sheet_boolean("gi_symptoms")
response_to_mc_therapy = sheet_boolean("response_to_mc_therapy")
ige_allergy_confirmed = sheet_boolean("ige_allergy_confirmed")
hymenoptera_trigger = sheet_boolean("hymenoptera_trigger")

# Bone
vertebral_fracture = sheet_boolean("vertebral_fracture")
fracture = sheet_boolean("fracture")
osteoporosis = sheet_boolean("osteoporosis")
tscore_min = sheet_number("tscore_min")

# What only a flare, or a history taken for the purpose, can tell
age_at_event = number("age_at_event", "Age in completed years", unit="a", low=0, integer=True)
acute_onset = boolean("acute_onset", "Began within minutes to several hours")
erythema = boolean("erythema", "Reddening of the skin over a large area")
tongue_or_uvula_swelling = boolean("tongue_or_uvula_swelling", "Swelling of tongue or uvula")
throat_swelling = boolean("throat_swelling", "Swollen throat")
dyspnoea = boolean("dyspnoea", "Shortness of breath")
wheeze = boolean("wheeze", "Wheeze or bronchospasm")
stridor = boolean("stridor", "Stridor")
laryngeal_oedema = boolean("laryngeal_oedema", "Swelling of the larynx")
hoarseness = boolean("hoarseness", "Hoarse or changed voice")
odynophagia = boolean("odynophagia", "Pain on swallowing")
reduced_peak_flow = boolean("reduced_peak_flow", "Reduced peak expiratory flow")
hypoxaemia = boolean("hypoxaemia", "Low oxygen in the blood")
cyanosis = boolean("cyanosis", "Blue lips or skin")
rhinorrhoea = boolean("rhinorrhoea", "Runny nose")
chest_or_throat_tightness = boolean("chest_or_throat_tightness", "Tight chest or throat")
respiratory_arrest = boolean("respiratory_arrest", "Breathing stopped")
hypotension = boolean("hypotension", "Low blood pressure")
collapse = boolean("collapse", "Collapse, or limp and floppy")
incontinence = boolean("incontinence", "Incontinence")
confusion = boolean("confusion", "Confusion")
drowsiness = boolean("drowsiness", "Drowsiness")
dizziness = boolean("dizziness", "Dizziness")
tachycardia = boolean("tachycardia", "Fast heartbeat")
arrhythmia = boolean("arrhythmia", "Irregular heartbeat")
shock = boolean("shock", "Shock")
circulatory_arrest = boolean("circulatory_arrest", "Heart stopped")
nausea = boolean("nausea", "Nausea")
vomiting = boolean("vomiting", "Vomiting")
abdominal_pain = boolean("abdominal_pain", "Abdominal pain or cramps")
diarrhoea = boolean("diarrhoea", "Diarrhoea")
defaecation = boolean("defaecation", "Involuntary passing of stool")
gi_persistent = boolean("gi_persistent", "Persistent cramps or vomiting")
gi_severe = boolean("gi_severe", "Severe cramps or repeated vomiting")
sweating = boolean("sweating", "Sweating")
fear_of_dying = boolean("fear_of_dying", "Fear of dying")
larynx_truth = latent("larynx_truth", "Whether the swollen throat reached the larynx")
sbp = number("sbp", "Lowest systolic blood pressure", unit="mm[Hg]", low=0)
sbp_baseline = number("sbp_baseline", "Own usual systolic blood pressure", unit="mm[Hg]", low=0)
pulse = number("pulse", "Highest pulse", unit="/min", low=0)
pulse_baseline = number("pulse_baseline", "Own usual pulse", unit="/min", low=0)
spo2_min = number("spo2_min", "Lowest oxygen saturation", unit="%", low=0, high=100)
allergen = choice(
    "allergen",
    ("none", "likely", "highly_probable", "known", "suspected"),
    "How sure it is that an allergen or other trigger of this person went before, by minutes to several hours",
    open_values={"suspected": ("likely", "highly_probable", "known")},
)

# History that the referral rules ask for and a case sheet has no column for
bone_pain = boolean("bone_pain", "Bone pain")
headache_and_diarrhoea = boolean("headache_and_diarrhoea", "Headache with diarrhoea that antihistamines relieve")
chronic_diarrhoea = boolean("chronic_diarrhoea", "Chronic diarrhoea")
unexplained_anaphylaxis = boolean("unexplained_anaphylaxis", "Anaphylaxis without a known cause, or during surgery")
hypereosinophilia = boolean("hypereosinophilia", "Hypereosinophilia")
severe_sting_reaction = boolean("severe_sting_reaction", "Reaction to an insect sting of Mueller grade III or IV")
