"""Mast cell activation: the tryptase rule, the three conditions of the syndrome, and its variants.

The conditions of the consensus (ECNM/AIM) stand in the order of the published table; clause numbers are those of
the knowledge page. The rule is 1.2 times the baseline **plus** 2. "A rise of 20 % and of 2 ng/mL", which is in
circulation, is another and a wrong rule: it lets a rise from 5.0 to 7.2 pass, whose limit is 8.0.
"""

from __future__ import annotations

from collections.abc import Mapping

from mastkit.logic.expressions import (
    Criterion,
    Expression,
    all_of,
    any_of,
    at_least,
    criterion,
    divided,
    gated,
    known,
)
from mastkit.logic.rulebook import Reading, RuleSet, choose, presume
from mastkit.rulebooks import event_variables as e
from mastkit.rulebooks import findings as f
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.sources import CHOVANEC23, LEUKLYM20, LYONS22, MATEJA22, VAL12, VAL22MCAD, VAL23
from mastkit.rulebooks.who_2022 import who_2022
from mastkit.rulebooks.windows import Protocol, tryptase_windows

_WINDOWS = tryptase_windows()
_DEFAULT = _WINDOWS.protocol()

READINGS = (
    Reading(
        "comparator",
        "20 % + 2: a value exactly at the limit",
        {">=": "meets the rule (at least 20 % above baseline plus 2)", ">": "does not meet it"},
        clause="6.2, 12.2 D13",
        reason="the paper of 2012 prints 'at least', later tables print 'above'",
        starred=True,
    ),
    Reading(
        "window",
        "When a sample of the event is drawn in time",
        {p.id: p.title for p in (_DEFAULT, *(p for p in _WINDOWS.protocols.values() if p is not _DEFAULT))},
        clause="6.3, 12.2 D14",
        reason="authorities print different windows",
        starred=True,
    ),
    Reading(
        "severe",
        "Severe, systemic symptoms",
        {
            "two systems": "two or more organ systems in recurrent episodes",
            "anaphylaxis": "the same, and an episode was judged to be anaphylaxis",
        },
        clause="6.1",
        reason="the table asks for severe symptoms and gives no measure of severity",
        starred=True,
    ),
    Reading(
        "mmas_minor",
        "Minor criteria of systemic mastocytosis in monoclonal mast cell activation syndrome",
        {"one or two": "one or two", "two": "exactly two"},
        clause="6.7, 12.2 D12",
        reason="the table of 2013 prints one or two, that of 2020 two",
        starred=True,
    ),
)

RISE_LIMIT = 1.2 * v.bst + 2
RATIO = 1.685
"""Acute tryptase by baseline: above it, more than the baseline of a person varies (MATEJA22)."""

_UPPER_LIMITS = {0: 11.4, 1: 36.2, 2: 62.2, 3: 88.8, 4: 115.9, 6: 171.2, 10: 285.1}
"""Upper 99.5 % prediction limit of baseline tryptase, by extra TPSAB1 copies; the table has no others."""


def elevated_for_genotype() -> Expression:
    """Baseline tryptase above the limit for the number of extra TPSAB1 copies (6.5)."""
    copies = v.tpsab1_extra_copies
    tabulated = [all_of(copies >= n, copies <= n, v.bst > limit) for n, limit in _UPPER_LIMITS.items()]
    # The table stops between; 20 * (1 + n) is the limit there.
    between = any_of((copies >= 5) & (copies <= 5), (copies >= 7) & (copies <= 9))
    return any_of(*tabulated, between & (divided(v.bst, one_plus=copies) > 20))


def organ_systems() -> tuple[Expression, ...]:
    """The organ systems of a mast cell activation, each involved or not (6.1)."""
    return (
        any_of(e.hypotension_or_syncope, e.syncope, e.presyncope),
        any_of(e.urticaria, e.pruritus, e.angioedema, e.flushing),
        any_of(e.respiratory),
        any_of(e.gi_symptoms),
    )


def tryptase_criteria(comparator: str, window: Protocol) -> tuple[Criterion, ...]:
    """What the pair of an event sample and a baseline says, and how far it may be relied on."""
    first, last = window.valid_hours
    latest = _WINDOWS.weak_hours[1]
    reach = "at least" if comparator == ">=" else "above"
    rise = criterion(
        "MCA-20+2",
        f"Tryptase of the event {reach} 1.2 times the baseline plus 2 ng/mL",
        e.tryptase_acute >= RISE_LIMIT if comparator == ">=" else e.tryptase_acute > RISE_LIMIT,
        plain="The tryptase during the event is clearly higher than when you are well",
        source=VAL12, clause="6.2", verified="reprint",
        note="Plus 2, not 'and at least 2': the wrong rule lets 5.0 to 7.2 pass, whose limit is 8.0.",
    )  # fmt: skip
    in_time = criterion(
        "MCA-WINDOW",
        f"Drawn between {first:g} and {last:g} hours after onset",
        (e.tryptase_acute_hours >= first) & (e.tryptase_acute_hours <= last),
        plain="The blood was drawn at the right time",
        source=VAL12, clause="6.3", verified=window.verified,
        note=f"{window.title} ({window.source}). {window.note}".strip(),
    )  # fmt: skip
    shown = criterion(
        "MCAS-B",
        "A rise of tryptase by 20 % + 2, in a sample drawn in time",
        gated(rise & (e.tryptase_acute_hours <= latest), adequate=in_time, latent=e.rise_truth),
        plain="A blood test proves that mast cells were active",
        source=VAL12, clause="6.1, 6.3", verified="reprint",
        note=f"A sample outside the window, but no later than {latest:g} hours after onset, may be falsely low: it"
        " can prove a rise and rule none out. Later it says nothing.",
    )  # fmt: skip
    borderline = criterion(
        "MCA-BORDERLINE",
        "Within 10 % of the limit of the 20 % + 2 rule",
        (e.tryptase_acute > 1.08 * v.bst + 1.8) & (e.tryptase_acute < 1.32 * v.bst + 2.2),
        plain="The result is so close to the limit that the measurement alone could have tipped it",
        source=None, clause="6.2", verified="unverified",
        note="A flag of this project for the imprecision of the assay; not published.",
    )  # fmt: skip
    ratio = criterion(
        "MCA-RATIO",
        "Tryptase of the event above 1.685 times the baseline",
        e.tryptase_acute > RATIO * v.bst,
        plain="The rise is larger than tryptase varies by itself",
        source=MATEJA22, clause="6.4", verified="reprint",
        note="More specific where the baseline is raised. Below a baseline of 4.12 the 20 % + 2 limit is the higher"
        " of the two, above it the lower.",
    )  # fmt: skip
    variability = criterion(
        "MCA-VARIABILITY",
        "Meets 20 % + 2, but lies within the reported variability of the baseline",
        rise & ~ratio,
        plain="Tryptase can vary this much without any event",
        source=MATEJA22, clause="6.4", verified="reprint",
        note="Without symptoms 20 % + 2 was met by 30 % of people with indolent disease, 18 % with extra TPSAB1"
        " copies, and 25 % with both.",
    )  # fmt: skip
    return rise, in_time, shown, borderline, ratio, variability


def mast_cell_activation(readings: Mapping[str, str] | None = None) -> RuleSet:
    """The rules under a choice of readings (the defaults when none is given)."""
    chosen = choose(READINGS, readings or {})
    who = who_2022()
    minor = [c for c in who.criteria if c.id in ("WHO-m1", "WHO-m2", "WHO-m3", "WHO-m4")]
    kit = next(c for c in minor if c.id == "WHO-m2")
    tryptase = tryptase_criteria(chosen["comparator"], _WINDOWS.protocol(chosen["window"]))
    b = tryptase[2]

    symptoms: Expression = e.recurrent_episodes & at_least(2, organ_systems())
    if chosen["severe"] == "anaphylaxis":
        symptoms = symptoms & e.anaphylaxis
    a = criterion(
        "MCAS-A",
        "Severe, recurrent symptoms of mast cell activation in two or more organ systems",
        symptoms,
        plain="Attacks that come again and affect at least two of: circulation, skin, breathing, stomach and bowel",
        source=VAL12, clause="6.1", verified="reprint",
    )  # fmt: skip
    b_alt = criterion(
        "MCAS-B-ALT",
        "Another mediator above the laboratory's limit and above the own baseline during the event",
        (e.mediator_event > 1 * e.mediator_limit) & (e.mediator_event > 1 * e.mediator_baseline),
        plain="Another test of mast cell activity was raised during the event",
        source=VAL22MCAD, clause="6.6", verified="unverified",
        note="Less specific than tryptase and shown apart from it. The consensus allows other mediators and gives"
        " no number; the rule is a choice of this project.",
    )  # fmt: skip
    c = criterion(
        "MCAS-C",
        "Symptoms respond to drugs that stabilise mast cells or block their mediators",
        e.response_to_mc_therapy,
        plain="Medicines against mast cells or their substances help",
        source=VAL12, clause="6.1", verified="reprint",
    )  # fmt: skip
    mcas = criterion(
        "MCAS",
        "Mast cell activation syndrome: A, B by tryptase, and C",
        all_of(a, b, c),
        plain="Mast cell activation syndrome",
        source=VAL12, clause="6.1", verified="reprint",
        note="All three. Lasting symptoms, or those of one organ, do not qualify. The rival criteria of Afrin and"
        " Molderings are another set of rules and are not mixed in.",
    )  # fmt: skip
    mcas_alt = criterion(
        "MCAS-ALT",
        "Mast cell activation syndrome: A and C, with B by another mediator",
        all_of(a, b_alt, c),
        plain="Mast cell activation syndrome, shown by another test than tryptase",
        source=VAL22MCAD, clause="6.6", verified="unverified",
    )  # fmt: skip

    either = mcas | mcas_alt
    clonal = criterion(
        "MCA-CLONAL",
        "Clonal mast cells: an activating KIT mutation outside the skin, or CD25",
        kit | f.marker(v.cd25),
        plain="The mast cells come from one changed cell",
        source=LEUKLYM20, clause="6.7", verified="reprint",
    )  # fmt: skip
    mastocytosis = f.mastocytosis_in_skin | who.question
    hat = criterion(
        "MCA-HAT",
        "Extra TPSAB1 copies (hereditary alpha-tryptasaemia)",
        v.tpsab1_extra_copies >= 1,
        plain="Extra copies of the tryptase gene",
        source=VAL22MCAD, clause="6.7", verified="reprint",
        note="Goes beside the label ('HaT+'); it proves no mast cell activation.",
    )  # fmt: skip
    least = 2 if chosen["mmas_minor"] == "two" else 1
    variants = (
        criterion(
            "MCAS-PRIMARY", "Primary (clonal)", either & clonal,
            plain="Caused by clonal mast cells", source=LEUKLYM20, clause="6.7", verified="reprint",
        ),
        criterion(
            "MCAS-MMAS",
            "Monoclonal mast cell activation syndrome: primary, with too few criteria for mastocytosis",
            all_of(either, clonal, ~mastocytosis, at_least(least, minor), ~at_least(3, minor)),
            plain="Caused by clonal mast cells, without mastocytosis",
            source=LEUKLYM20, clause="6.7", verified="reprint",
        ),
        criterion(
            "MCAS-SECONDARY", "Secondary: an IgE-mediated allergy, and no clonal mast cells",
            all_of(either, e.ige_allergy_confirmed, ~clonal),
            plain="Caused by an allergy", source=LEUKLYM20, clause="6.7", verified="reprint",
            note="Other reactive diseases count too; the case sheet has no column for them.",
        ),
        criterion(
            "MCAS-IDIOPATHIC", "Idiopathic: neither clonal mast cells nor an allergy",
            all_of(either, ~e.ige_allergy_confirmed, ~clonal),
            plain="Without a known cause", source=LEUKLYM20, clause="6.7", verified="reprint",
            note="Clonal mast cells are ruled out only by a sensitive KIT test.",
        ),
        criterion(
            "MCAS-MIXED", "Mixed: two or more of mastocytosis, allergy, and extra TPSAB1 copies",
            either & at_least(2, (mastocytosis, e.ige_allergy_confirmed, hat)),
            plain="More than one cause", source=VAL22MCAD, clause="6.7", verified="reprint",
        ),
    )  # fmt: skip
    genotype = criterion(
        "TRYPTASE-GENOTYPE",
        "Baseline tryptase above the limit for the number of extra TPSAB1 copies",
        elevated_for_genotype(),
        plain="Tryptase is higher than the extra gene copies explain",
        source=CHOVANEC23, clause="6.5", verified="reprint",
        note="Upper 99.5 % prediction limits: 11.4, 36.2, 62.2, 88.8, 115.9 for 0 to 4 extra copies, 171.2 for 6,"
        " 285.1 for 10. For 5 and 7 to 9, which are not tabulated, 20 x (1 + copies) is used.",
    )  # fmt: skip
    laboratory = criterion(
        "TRYPTASE-LABORATORY",
        "Baseline tryptase above 11.4 ng/mL, the common limit of laboratories",
        v.bst > 11.4,
        plain="Tryptase is above the usual laboratory limit",
        source=LYONS22, clause="6.5", verified="reprint",
        note="The laboratory's own limit counts; kidney failure raises tryptase too.",
    )  # fmt: skip
    population = criterion(
        "TRYPTASE-POPULATION",
        "Baseline tryptase above 15 ng/mL, the normal range of ECNM and AIM with carriers of extra copies",
        v.bst > 15,
        plain="Tryptase is above what is normal for people at large",
        source=VAL23, clause="6.5", verified="reprint",
    )  # fmt: skip
    return RuleSet(
        id="mast-cell-activation",
        title="Mast cell activation",
        criteria=(*tryptase, a, b_alt, c, mcas, mcas_alt, clonal, hat, *variants, laboratory, population, genotype),
        readings=READINGS,
        chosen=chosen,
        sources=(VAL12, LEUKLYM20, VAL22MCAD, MATEJA22, CHOVANEC23, LYONS22, VAL23),
        verified="unverified",
        presumptions=(
            presume(
                e.tryptase_acute_hours,
                e.tryptase_acute_hours <= _WINDOWS.weak_hours[1],
                when=known(e.tryptase_acute),
                title="a sample said to be taken for an event, at a time that is not stated, can prove a rise and"
                " rule none out",
                kind="reading",
                clause="6.3",
            ),
            *who.presumptions,
        ),
        note="A rise of tryptase proves that mast cells were active, not why. A rise without an event is no"
        " activation: the disease may be progressing.",
    )
