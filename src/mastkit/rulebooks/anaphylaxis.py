"""Anaphylaxis: the definitions of NIAID/FAAN 2006 and WAO 2020 for one event, side by side.

They are definitions for looking back at an event. During one, the person's own emergency plan and the emergency
number come first, whatever stands here.
"""

from __future__ import annotations

from collections.abc import Mapping

from mastkit.logic.expressions import all_of, any_of, at_least, criterion, known
from mastkit.logic.rulebook import RuleSet, choose, presume
from mastkit.rulebooks import event_variables as e
from mastkit.rulebooks.sources import CARDONA20, SAMPSON06

# --- What the definitions are made of (7.1, 7.2) ---------------------------------------------------------------

skin_or_mucosa = any_of(
    e.urticaria, e.pruritus, e.flushing, e.erythema, e.angioedema, e.tongue_or_uvula_swelling, e.throat_swelling
)
respiratory_compromise = any_of(
    e.respiratory, e.dyspnoea, e.wheeze, e.stridor, e.reduced_peak_flow, e.hypoxaemia, e.respiratory_arrest
)
low_for_age = any_of(
    e.sbp < 70,
    # 90 is the highest that 70 + 2 x age reaches: so a pressure of 90 is not low even where the age is unknown.
    all_of(e.age_at_event >= 1, e.age_at_event < 11, e.sbp < 90, e.sbp < 2 * e.age_at_event + 70),
    (e.age_at_event >= 11) & (e.sbp < 90),
)
"""Below 70 mmHg from one month of age, 70 + 2 x age from 1 to 10 years, 90 from 11 years and in adults."""

fallen = e.sbp < 0.7 * e.sbp_baseline
"""More than 30 % below the own usual pressure."""

# A pressure that was not measured does not keep this open; whether it was low is asked by itself.
reduced_pressure = any_of(
    e.hypotension,
    e.shock,
    known(e.sbp) & low_for_age,
    all_of(known(e.sbp), known(e.sbp_baseline), fallen),
)
end_organ = any_of(e.syncope, e.collapse, e.incontinence, e.circulatory_arrest)
laryngeal = any_of(e.stridor, e.laryngeal_oedema, e.hoarseness, e.odynophagia, e.throat_swelling & e.larynx_truth)
likely_trigger = e.allergen.is_in("likely", "highly_probable", "known")
probable_allergen = e.allergen.is_in("highly_probable", "known")
known_allergen = e.allergen.is_in("known")


def anaphylaxis(readings: Mapping[str, str] | None = None) -> RuleSet:
    """The two definitions; they have no readings to choose from."""
    chosen = choose((), readings or {})
    n1 = criterion(
        "NIAID-1",
        "Sudden skin or mucosal signs, with breathing compromised or blood pressure reduced (or its symptoms)",
        all_of(e.acute_onset, skin_or_mucosa, any_of(respiratory_compromise, reduced_pressure, end_organ)),
        plain="Skin signs together with trouble breathing or a fall in blood pressure",
        source=SAMPSON06, clause="7.1 N1", verified="reprint",
    )  # fmt: skip
    n2 = criterion(
        "NIAID-2",
        "After a likely trigger, two or more of skin or mucosa, breathing, blood pressure, lasting stomach signs",
        likely_trigger
        & at_least(2, (skin_or_mucosa, respiratory_compromise, reduced_pressure | end_organ, e.gi_persistent)),
        plain="Signs in at least two parts of the body soon after a likely trigger",
        source=SAMPSON06, clause="7.1 N2", verified="reprint",
    )  # fmt: skip
    n3 = criterion(
        "NIAID-3",
        "Reduced blood pressure after a known allergen of this person",
        known_allergen & reduced_pressure,
        plain="A fall in blood pressure soon after something known to cause it",
        source=SAMPSON06, clause="7.1 N3", verified="reprint",
    )  # fmt: skip
    niaid = criterion(
        "NIAID",
        "Anaphylaxis by NIAID/FAAN 2006: any one of the three",
        any_of(n1, n2, n3),
        plain="Anaphylaxis by the definition of 2006",
        source=SAMPSON06, clause="7.1", verified="reprint",
    )  # fmt: skip
    w1 = criterion(
        "WAO-1",
        "Sudden skin or mucosal signs, with breathing, blood pressure (or its symptoms) or severe stomach signs",
        all_of(
            e.acute_onset,
            skin_or_mucosa,
            any_of(respiratory_compromise, reduced_pressure, end_organ, e.gi_severe),
        ),
        plain="Skin signs together with trouble breathing, a fall in blood pressure, or severe stomach signs",
        source=CARDONA20, clause="7.2 W1", verified="reprint",
    )  # fmt: skip
    w2 = criterion(
        "WAO-2",
        "Sudden fall in blood pressure, bronchospasm or laryngeal signs after a known or very likely allergen",
        all_of(e.acute_onset, any_of(reduced_pressure, e.wheeze, laryngeal), probable_allergen),
        plain="A fall in blood pressure, wheezing or a closing throat soon after a very probable cause; no skin"
        " signs are needed",
        source=CARDONA20, clause="7.2 W2", verified="reprint",
        note="Which signs are laryngeal (stridor, changed voice, painful swallowing) is recalled, not checked.",
    )  # fmt: skip
    wao = criterion(
        "WAO",
        "Anaphylaxis by WAO 2020: any one of the two",
        w1 | w2,
        plain="Anaphylaxis by the definition of 2020",
        source=CARDONA20, clause="7.2", verified="reprint",
    )  # fmt: skip
    isolated = criterion(
        "ISOLATED",
        "Fall in blood pressure or fainting that meets neither definition",
        (reduced_pressure | end_organ) & ~niaid & ~wao,
        plain="Fainting or low blood pressure alone: with mast cell disease this counts as a warning all the same",
        source=None, clause="7.3", verified="unverified",
        note="Clonal mast cell disease often shows itself by fainting alone, without skin signs and without a known"
        " trigger. Neither definition then fits: 'not met' is no all-clear, and screening goes on (REMA).",
    )  # fmt: skip
    return RuleSet(
        id="anaphylaxis",
        title="Anaphylaxis",
        criteria=(n1, n2, n3, niaid, w1, w2, wao, isolated),
        chosen=chosen,
        sources=(SAMPSON06, CARDONA20),
        verified="unverified",
        presumptions=(
            presume(
                e.gi_persistent, ~e.gi_persistent, when=~e.gi_symptoms,
                title="there were no stomach signs", clause="7.1",
            ),
            presume(
                e.gi_severe, ~e.gi_severe, when=~e.gi_symptoms,
                title="there were no stomach signs", clause="7.2",
            ),
        ),
        note="The limits of blood pressure for children are those of NIAID/FAAN; for WAO they are recalled.",
    )  # fmt: skip
