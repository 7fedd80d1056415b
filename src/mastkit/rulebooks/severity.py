"""How severe an event was: three published gradings. The grade is that of the most severe sign.

A grading is a score of one line: the first grade, from the highest down, of which a sign was there. Signs of
which nothing is known leave higher grades possible, so a grade is a range.
"""

from __future__ import annotations

from mastkit.logic.expressions import all_of, any_of, known
from mastkit.logic.score import Level, Score, part
from mastkit.rulebooks import event_variables as e
from mastkit.rulebooks.sources import BROWN04, MUELLER, RING77

BROWN = Score(
    id="brown",
    title="Brown 2004",
    parts=(
        part(
            "Most severe sign",
            (
                any_of(
                    e.cyanosis, e.hypoxaemia, known(e.spo2_min) & (e.spo2_min <= 92), e.hypotension, e.shock,
                    known(e.sbp) & (e.sbp < 90) & (e.age_at_event >= 18),
                    e.confusion, e.collapse, e.syncope, e.incontinence, e.respiratory_arrest, e.circulatory_arrest,
                ),
                3,
            ),
            (
                any_of(
                    e.dyspnoea, e.stridor, e.wheeze, e.nausea, e.vomiting, e.dizziness, e.presyncope, e.sweating,
                    e.chest_or_throat_tightness, e.throat_swelling, e.abdominal_pain,
                ),
                2,
            ),
            (any_of(e.erythema, e.flushing, e.urticaria, e.angioedema), 1),
        ),
    ),
    levels=(
        Level("0", "no sign of the grading", 0),
        Level("1", "mild: skin only", 1, "mild"),
        Level("2", "moderate: breathing, circulation or stomach", 2, "moderate"),
        Level("3", "severe: low oxygen, low blood pressure or loss of consciousness", 3, "severe"),
    ),
    plain="How severe the reaction was, from 1 to 3",
    source=BROWN04, clause="7.4", verified="unverified",
    note="Grades 2 and 3 are a workable definition of anaphylaxis. The signs were read in a reprint, the numbers"
    " (oxygen 92 % or less, 90 mmHg in adults) are recalled.",
)  # fmt: skip

RING_MESSMER = Score(
    id="ring-messmer",
    title="Ring and Messmer",
    parts=(
        part(
            "Most severe sign",
            (any_of(e.respiratory_arrest, e.circulatory_arrest), 4),
            (any_of(e.laryngeal_oedema, e.wheeze, e.cyanosis, e.shock, e.defaecation), 3),
            (
                any_of(
                    e.nausea, e.vomiting, e.abdominal_pain, e.rhinorrhoea, e.hoarseness, e.dyspnoea, e.arrhythmia,
                    e.tachycardia, e.hypotension,
                    all_of(known(e.pulse), known(e.pulse_baseline), e.pulse >= 1 * e.pulse_baseline + 20),
                    all_of(known(e.sbp), known(e.sbp_baseline), e.sbp <= 1 * e.sbp_baseline + -20),
                ),
                2,
            ),
            (any_of(e.pruritus, e.flushing, e.urticaria, e.angioedema), 1),
        ),
    ),
    levels=(
        Level("0", "no sign of the grading", 0),
        Level("I", "skin only", 1),
        Level("II", "noticeable signs of circulation, breathing or stomach", 2),
        Level("III", "shock, bronchospasm or swelling of the larynx", 3),
        Level("IV", "breathing or circulation stopped", 4),
    ),
    plain="How severe the reaction was, from I to IV",
    source=RING77, clause="7.4", verified="unverified",
    note="No single sign is obligatory. The printings of 1977 and later differ slightly; vomiting is printed under"
    " II and III and counts as II here. The cells of shock and arrest are recalled.",
)  # fmt: skip

MUELLER_GRADE = Score(
    id="mueller",
    title="Mueller (insect stings)",
    parts=(
        part(
            "Most severe sign",
            (
                any_of(
                    e.hypotension, e.shock, e.syncope, e.collapse, e.cyanosis, e.respiratory_arrest,
                    e.circulatory_arrest,
                ),
                4,
            ),
            (any_of(e.dyspnoea, e.stridor, e.wheeze, e.fear_of_dying, e.drowsiness), 3),
            (any_of(e.vomiting, e.angioedema, e.dizziness, e.chest_or_throat_tightness), 2),
            (any_of(e.urticaria, e.pruritus, e.nausea), 1),
        ),
    ),
    levels=(
        Level("0", "no general sign", 0),
        Level("I", "hives, itch or nausea", 1),
        Level("II", "vomiting, swelling, dizziness or tightness", 2),
        Level("III", "trouble breathing, fear of dying or drowsiness", 3),
        Level("IV", "fall in blood pressure, blue skin, or arrest", 4),
    ),
    plain="How severe the reaction to a sting was, from I to IV",
    source=MUELLER, clause="7.4", verified="unverified",
    note="For insect stings only. Read in one reprint, which asks for one sign a grade; fainting and collapse are"
    " taken as signs of a fall in blood pressure. Grade 0, a large local reaction, is not asked for.",
)  # fmt: skip

GRADINGS = (BROWN, RING_MESSMER, MUELLER_GRADE)
