"""Who should be tested: two screening scores, and the published referral rules side by side.

The authorities do not agree, and none is taken for the right one: each rule says what it asks for, and the answer
is the list of those that ask.
"""

from __future__ import annotations

from collections.abc import Mapping

from mastkit.logic.expressions import (
    Criterion,
    Expression,
    Source,
    Verification,
    all_of,
    any_of,
    at_least,
    criterion,
    known,
)
from mastkit.logic.rulebook import Reading, RuleSet, choose, presume
from mastkit.logic.score import Level, Score, part
from mastkit.rulebooks import event_variables as e
from mastkit.rulebooks import findings as f
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.mast_cell_activation import elevated_for_genotype
from mastkit.rulebooks.sources import (
    ALVAREZ10,
    AUCNM13,
    BOGGS23,
    BOGGS24,
    FRENCH_HAT,
    INDUSTRY,
    LYONS22,
    NVVAKI,
    OSTEO24,
    VAL14ALG,
    VAL22UG,
)

NO_SYNCOPE = presume(
    e.syncope,
    ~e.syncope,
    when=~e.hypotension_or_syncope,
    title="there was neither hypotension nor syncope",
    clause="8.1",
)

REMA = Score(
    id="rema",
    title="REMA score",
    parts=(
        part("Sex", (e.sex.is_in("male"), 1), otherwise=-1),
        part("Urticaria, pruritus or angioedema", (any_of(e.urticaria, e.pruritus, e.angioedema), -2), otherwise=1),
        part("Presyncope or syncope", (any_of(e.presyncope, e.syncope), 3)),
        part("Baseline tryptase", (v.bst < 15, -1), (v.bst > 25, 2)),
    ),
    levels=(
        Level("low", "low probability of clonal mast cells", -4),
        Level("high", "high probability of clonal mast cells: marrow study", 2),
    ),
    plain="How likely it is that the attacks come from clonal mast cells",
    source=ALVAREZ10, clause="8.1", verified="unverified",
    note="The predictors and 'above 25' were read in the abstract; the points and the line at 2 are recalled. Take"
    " the most severe episode. Some printings leave pruritus out. With extra TPSAB1 copies, above 25 says less.",
    presumptions=(NO_SYNCOPE,),
)  # fmt: skip

REMA_POPULATION = criterion(
    "REMA-POPULATION",
    "An adult with systemic symptoms of mast cell activation and without skin mastocytosis",
    all_of(
        f.adult, ~f.typical_skin_lesions, any_of(e.anaphylaxis, e.hypotension_or_syncope, e.syncope, e.presyncope)
    ),
    plain="The score is meant for adults with such attacks and without skin mastocytosis",
    source=ALVAREZ10, clause="8.1", verified="reprint",
)  # fmt: skip

OSTEO_SCORE = Score(
    id="osteo-score",
    title="OSTEO-score",
    parts=(
        part("Age", (v.age < 54, 1), (v.age > 64, -1)),
        part("Baseline tryptase above 19", (v.bst > 19, 2)),
        part("Vertebral fracture", (e.vertebral_fracture, 2)),
    ),
    levels=(
        Level("low", "systemic mastocytosis less likely (28.5 % of those studied)", -1),
        Level("high", "suggests systemic mastocytosis (71.4 % of those studied)", 3),
    ),
    plain="How likely it is that weak bones come from mastocytosis",
    source=OSTEO24, clause="F1.7", verified="reprint",
    note="For unexplained osteoporosis. Of 139 people studied 63 had systemic mastocytosis; at 3 points sensitivity"
    " was 73.5 % and specificity 67.1 %: a low score rules nothing out.",
)  # fmt: skip

OSTEO_POPULATION = criterion(
    "OSTEO-POPULATION",
    "Unexplained osteoporosis, or a low-trauma fracture",
    any_of(e.osteoporosis, e.vertebral_fracture, e.fracture),
    plain="The score is meant for people with weak bones and no known reason for them",
    source=OSTEO24, clause="F1.7", verified="reprint",
    note="Whether it is unexplained is for the clinician to say.",
)  # fmt: skip

READINGS = (
    Reading(
        "ecnm_clearly_raised",
        "ECNM 2014: tryptase that is clearly raised",
        {"25": "above 25 ng/mL", "30": "above 30 ng/mL"},
        clause="8.4",
        reason="the algorithm prints '25 to 30'",
        starred=True,
    ),
    Reading(
        "aucnm_tscore",
        "AUCNM 2013: the T-score that makes bone pain a feature",
        {"-2.5": "below -2.5", "-2": "below -2"},
        clause="8.4",
        reason="the table prints both",
    ),
)

# --- What the rules ask about ----------------------------------------------------------------------------------

typical_skin = f.typical_skin_lesions
monomorphic = v.skin_lesions.is_in("mpcm_mono")
no_skin = ~typical_skin
kit_found = f.d816v_found
rema_high = REMA.reaches(2)
shock = any_of(e.hypotension_or_syncope, e.syncope)
osteoporotic = any_of(e.osteoporosis, e.vertebral_fracture, e.fracture)
symptoms = any_of(
    e.anaphylaxis, shock, e.presyncope, e.urticaria, e.pruritus, e.angioedema, e.flushing, e.respiratory,
    e.gi_symptoms,
)  # fmt: skip
organ_signs = any_of(f.spleen_enlarged, e.osteoporosis, v.cytopenia, v.cytosis)


def _row(
    id: str,  # noqa: A002 - as in the rule language
    asks: str,
    when: str,
    condition: Expression,
    source: Source,
    verified: Verification = "reprint",
    note: str = "",
) -> Criterion:
    return criterion(
        id, f"{when}: {asks}", condition, plain=asks, source=source, clause="8.4", verified=verified, note=note
    )


MARROW = "study the marrow"
CONSIDER = "consider a marrow study"
KIT_BLOOD = "test KIT D816V in blood by a sensitive method"
GENOTYPE = "count the copies of TPSAB1"
LOOK = "look for mastocytosis"


def who_should_be_tested(readings: Mapping[str, str] | None = None) -> RuleSet:
    """The published rules side by side, under a choice of readings."""
    chosen = choose(READINGS, readings or {})
    clearly = v.bst > float(chosen["ecnm_clearly_raised"])
    features = (
        all_of(e.anaphylaxis, shock, ~e.ige_allergy_confirmed),
        e.hymenoptera_trigger & shock,
        any_of(e.headache_and_diarrhoea),
        any_of(e.pruritus, e.flushing),
        e.bone_pain & (e.tscore_min < float(chosen["aucnm_tscore"])),
    )
    boggs_flags = any_of(v.pathologic_fracture_lytic, e.vertebral_fracture, e.fracture, e.flushing)
    rows = (
        _row("ECNM14-SKIN", CONSIDER, "adult with typical skin lesions, whatever the tryptase",
             f.adult & typical_skin, VAL14ALG),
        _row("ECNM14-MARROW", MARROW, "adult without skin lesions, KIT D816V found or tryptase clearly raised",
             all_of(f.adult, no_skin, kit_found | clearly), VAL14ALG,
             note="Other features of hidden disease lead to a marrow study too. A slightly raised tryptase leads to"
             " a KIT test in blood; how slight is not printed."),
        _row("AUCNM13-SKIN", MARROW, "adult with mastocytosis proved in the skin, whatever the tryptase",
             f.adult & f.mastocytosis_in_skin, AUCNM13),
        _row("AUCNM13-KIT", f"{KIT_BLOOD}, and ultrasound", "adult without skin lesions, tryptase 15 to 30",
             all_of(f.adult, no_skin, v.bst >= 15, v.bst <= 30), AUCNM13),
        _row("AUCNM13-MARROW", MARROW, "adult without skin lesions, KIT D816V found or tryptase above 30",
             all_of(f.adult, no_skin, kit_found | (v.bst > 30)), AUCNM13),
        _row("AUCNM13-FEATURES", LOOK, "two or more features that raise the likelihood",
             at_least(2, features), AUCNM13,
             note="Hypotension in anaphylaxis with negative allergy tests; severe shock after an insect sting;"
             " headache and diarrhoea that antihistamines relieve; unexplained itch or flush; bone pain with a low"
             " T-score. Whether itch and flush are unexplained is for the clinician to say."),
        _row("ECNM22-KIT", KIT_BLOOD, "mastocytosis is suspected (tryptase above 11.4, or attacks)",
             (v.bst > 11.4) | symptoms, VAL22UG, "unverified",
             "Read through an industry page only; 'suspected' is put into variables by this project."),
        _row("ECNM22-MARROW", MARROW, "KIT D816V found in blood, or clear signs of organ disease",
             any_of(v.kit_d816v_blood, v.kit_d816v.is_in("true") & v.kit_d816v_tissue.is_in("blood"), organ_signs),
             VAL22UG, "unverified",
             "Read through an industry page only. A high tryptase leads there too; how high is not printed. Signs:"
             " large spleen, unexplained osteoporosis, changed blood counts."),
        _row("INDUSTRY-KIT", KIT_BLOOD, "tryptase from 11.5 to below 20",
             (v.bst >= 11.5) & (v.bst < 20), INDUSTRY, note="Below 11.5 mastocytosis is unlikely, not excluded."),
        _row("INDUSTRY-MARROW", f"{MARROW}, with KIT", "tryptase 20 or more", v.bst >= 20, INDUSTRY),
        _row("BOGGS23-SKIN", f"{MARROW}, with KIT", "monomorphic maculopapular skin lesions", monomorphic, BOGGS23),
        _row("BOGGS23-GENOTYPE", GENOTYPE, "anaphylaxis, REMA 2 or more, tryptase 11.5 or more",
             all_of(e.anaphylaxis, rema_high, v.bst >= 11.5), BOGGS23),
        _row("BOGGS23-MARROW", f"{MARROW}, with KIT", "anaphylaxis, REMA 2 or more, tryptase high for the genotype",
             all_of(e.anaphylaxis, rema_high, elevated_for_genotype()), BOGGS23),
        _row("BOGGS23-CASE", "decide case by case", "anaphylaxis, REMA 2 or more, tryptase below 11.5",
             all_of(e.anaphylaxis, rema_high, v.bst < 11.5), BOGGS23,
             note="By age, insect sting as the cause, and number of episodes."),
        _row("BOGGS23-FLAGS", GENOTYPE, "pathologic fracture or flushing, tryptase 11.5 or more",
             boggs_flags & (v.bst >= 11.5), BOGGS23),
        _row("BOGGS24-GENOTYPE", GENOTYPE, "anaphylaxis after an insect sting, tryptase above 11",
             all_of(e.anaphylaxis, e.hymenoptera_trigger, v.bst > 11), BOGGS24),
        _row("BOGGS24-MARROW", MARROW,
             "anaphylaxis after an insect sting, with monomorphic skin lesions, REMA 2 or more, or tryptase raised"
             " for the genotype",
             all_of(e.anaphylaxis, e.hymenoptera_trigger, any_of(monomorphic, rema_high, elevated_for_genotype())),
             BOGGS24,
             note="With a normal tryptase KIT D816V was found in the blood of 8 % of people with such reactions,"
             " and of 18 % after those of Mueller grade IV (another study)."),
        _row("NVVAKI-ADULT", MARROW,
             "adult: tryptase above 11.4, KIT D816V in blood, or anaphylaxis with osteoporosis, chronic diarrhoea"
             " or a raised REMA",
             f.adult
             & any_of(
                 v.bst > 11.4,
                 v.kit_d816v_blood,
                 v.kit_d816v.is_in("true") & v.kit_d816v_tissue.is_in("blood"),
                 e.anaphylaxis & any_of(e.osteoporosis, e.chronic_diarrhoea, rema_high),
             ),
             NVVAKI),
        _row("NVVAKI-SKIN", "decide together with the person", "adult with mastocytosis in the skin alone",
             f.adult & f.mastocytosis_in_skin, NVVAKI),
        _row("NVVAKI-CHILD", MARROW, "child: tryptase above 100, cytopenia, or large liver, spleen or nodes",
             ~f.adult & any_of(v.bst > 100, v.cytopenia, f.liver_enlarged, f.spleen_enlarged, v.lymphadenopathy),
             NVVAKI,
             note="Also where tryptase rises sharply, or skin lesions persist into adulthood."),
        _row("NVVAKI-CHILD-CONSIDER", CONSIDER, "child: tryptase above 20, or unexplained anaphylaxis",
             ~f.adult & any_of(v.bst > 20, e.unexplained_anaphylaxis), NVVAKI,
             note="Also where tryptase rises, or symptoms become worse."),
        _row("NVVAKI-LIST", LOOK,
             "skin lesions, unexplained flushing or itch, severe reaction to a sting, unexplained anaphylaxis,"
             " hypereosinophilia, osteoporosis or fragility fracture",
             any_of(
                 typical_skin, e.flushing, e.pruritus, e.severe_sting_reaction, e.unexplained_anaphylaxis,
                 e.hypereosinophilia, osteoporotic,
             ),
             NVVAKI,
             note="Whether flushing, itch and osteoporosis are unexplained is for the clinician to say. A normal"
             " tryptase, normal urine metabolites or a negative KIT test never exclude mastocytosis."),
        _row("LYONS22-GENOTYPE", GENOTYPE, "symptoms, and tryptase above 6.5", symptoms & (v.bst > 6.5), LYONS22),
        _row("FRENCH-GENOTYPE", GENOTYPE, "symptoms, and tryptase 8 or more", symptoms & (v.bst >= 8), FRENCH_HAT,
             note="Not without symptoms, and not below 6."),
    )  # fmt: skip
    return RuleSet(
        id="who-should-be-tested",
        title="Who should be tested: the published rules side by side",
        criteria=rows,
        readings=READINGS,
        chosen=chosen,
        sources=(VAL14ALG, AUCNM13, VAL22UG, INDUSTRY, BOGGS23, BOGGS24, NVVAKI, LYONS22, FRENCH_HAT),
        verified="unverified",
        presumptions=(
            NO_SYNCOPE,
            presume(
                e.anaphylaxis,
                e.anaphylaxis,
                when=known(e.unexplained_anaphylaxis) & e.unexplained_anaphylaxis,
                title="an unexplained anaphylaxis is one",
                clause="8.4",
            ),
            presume(
                v.cytopenia, ~v.cytopenia, when=v.blood_counts_normal,
                title="the blood count is said to be normal", kind="reading", clause="4.2",
            ),
            presume(
                v.cytosis, ~v.cytosis, when=v.blood_counts_normal,
                title="the blood count is said to be normal", kind="reading", clause="4.2",
            ),
        ),
        note="Tests that another authority does not ask for are not thereby wrong. What is decided is for the"
        " clinician and the person.",
    )  # fmt: skip
