"""A second, independent encoding of the WHO 2022 and ICC 2022 rules of mastocytosis, to judge another one by.

Plain Python, no imports of the package under test, written from the documents and not from its code. Numbers
in the docstrings (1.2, 4.1, V16 ...) are sections and worked examples of ``diagnosis.md``; "reading" is a row
of ``readings.md``; "choice N" is an entry of the README beside this file.

How it works. A question has *the answers still open*, a tuple of truth values: ``YES``, ``NO`` or ``OPEN``. A
*world* picks one answer for every question; inside a world all is two-valued and the published tables are
written down as they stand. The result for a sheet is what its worlds say together. A variable that feeds
several criteria is picked once: that is what the small groups below (tryptase, KIT, blood, liver ...) are
for. Each group is reduced to the few facts the tables ask for, so that the product over all groups stays
small.
"""

from collections import namedtuple
from functools import lru_cache
from itertools import pairwise, product

WHO, ICC = "who-2022", "icc-2022"
SUBTYPES = ("CM", "MIS", "BMM", "ISM", "SSM", "SM-AHN", "ASM", "MCL", "MCS", "MML", "none")

YES, NO, OPEN = (True,), (False,), (False, True)


# ---------------------------------------------------------------------------------------------------------
# Reading a sheet


def flag(sheet, name):
    """Return the answers still open for a yes-or-no variable; a missing key is unknown, never "no" (0.3)."""
    value = sheet.get(name)
    return OPEN if value is None else (bool(value),)


def is_true(sheet, name):
    return sheet.get(name) is True


def is_false(sheet, name):
    return sheet.get(name) is False


def known(sheet, name):
    return sheet.get(name) is not None


def _censored(raw):
    """Split ``">=30"`` into its comparator and number; an exact number is returned with ``"="``."""
    if not isinstance(raw, str):
        return "=", float(raw)
    for sign in (">=", "<=", ">", "<"):
        if raw.startswith(sign):
            return sign, float(raw[len(sign) :])
    return "=", float(raw)


def _permits(sign, bound, x):
    return {"=": x == bound, ">": x > bound, ">=": x >= bound, "<": x < bound, "<=": x <= bound}[sign]


@lru_cache(maxsize=20000)
def points(raw, cuts, whole=False, top=None):
    """Return enough numbers, among those the raw value permits, to fall on every reachable side of each cut.

    A censored number decides a limit only when all it permits falls on one side (cases README, 2).
    """
    sign, bound = (">=", 0.0) if raw is None else _censored(raw)
    if sign == "=":
        return (bound,)
    marks = sorted({0.0, *map(float, cuts), bound})
    if whole:
        some = {x for m in marks for x in (m - 1, m, m + 1)}
    else:
        some = {*marks, *((a + b) / 2 for a, b in pairwise(marks)), marks[-1] + 1}
        if top is not None and marks[-1] < top:
            some |= {(marks[-1] + top) / 2, top}
    return tuple(sorted(x for x in some if x >= 0 and (top is None or x <= top) and _permits(sign, bound, x)))


def number(sheet, name, *cuts, whole=False, top=None):
    """Numbers still open for a variable: see ``points``. A percentage ends at ``top=100``."""
    return points(sheet.get(name), cuts, whole, top)


def ask(numbers, condition):
    """Return the answers still open for a condition over the numbers still open."""
    return tuple(sorted({condition(x) for x in numbers}))


def either(*answers):
    """Combine independent answers with "or" (three-valued)."""
    return tuple(sorted({any(pick) for pick in product(*answers)}))


def settle(answers, stated_absent):
    """Return "no" for what a number leaves open where the report says the thing is absent (choice 10)."""
    return NO if answers == OPEN and stated_absent else answers


def both(*answers):
    """Combine independent answers with "and" (three-valued)."""
    return tuple(sorted({all(pick) for pick in product(*answers)}))


# ---------------------------------------------------------------------------------------------------------
# Major criterion


def _big_aggregates(sheet):
    """Largest aggregate of 15 cells or more (0.4: 15 is met); YES when the sheet gives no number."""
    if not known(sheet, "mc_per_aggregate_max"):
        return None
    return ask(number(sheet, "mc_per_aggregate_max", 15, whole=True), lambda n: n >= 15)


def marrow_aggregates(sheet):
    """1.1 in the marrow. "Absent" only with an adequate, stained trephine (0.3; reading: Aggregates
    "absent").

    ``bm_aggregates_multifocal`` true includes the 15 cells unless the largest aggregate says otherwise (cases
    README, 2). A largest aggregate below 15 is a negative like any other and needs the gate (choice 1).
    """
    stained_trephine = is_true(sheet, "bm_biopsy_adequate")
    big = _big_aggregates(sheet)
    if is_true(sheet, "bm_aggregates_multifocal"):
        if big is None or big == YES:
            return YES
        return NO if big == NO and stained_trephine else OPEN
    if stained_trephine and (is_false(sheet, "bm_aggregates_multifocal") or big == NO):
        return NO
    return OPEN


ORGAN_INFILTRATES = (
    "extramedullary_dense_infiltrate",
    "liver_mc_infiltrate",
    "gi_mc_infiltrate",
    "node_mc_infiltrate",
)


def organ_aggregates(sheet):
    """1.1 in another extracutaneous organ; None = no such organ examined."""
    stated = sheet.get("extracutaneous_aggregates_multifocal")
    if stated is True:
        big = _big_aggregates(sheet)
        return YES if big is None else big
    if stated is False:
        return NO
    if any(is_true(sheet, name) for name in ORGAN_INFILTRATES):
        return OPEN  # an organ was examined and holds mast cells: how dense, how many foci is open (choice 2)
    return None


def aggregates(sheet):
    """1.1: multifocal dense infiltrates of 15 or more cells in marrow and/or another extracutaneous organ.

    Organs not examined do not keep the criterion open once the marrow is adequately negative (reading; V2,
    V3). A negative organ without an adequately negative marrow leaves it open (choice 3).
    """
    marrow, organ = marrow_aggregates(sheet), organ_aggregates(sheet)
    if YES in (marrow, organ):
        return YES
    if marrow == NO:
        return NO if organ is None else organ
    return OPEN


def stain(sheet):
    """Answers for tryptase and/or CD117 on the infiltrating cells (2.1); an adequate trephine is not a
    positive stain (reading).
    """
    return either(flag(sheet, "ihc_tryptase_positive"), flag(sheet, "ihc_cd117_positive"))


def major(sheet, system):
    """``WHO-MAJ`` (1.1) or ``ICC-MAJ`` (2.1: the cells are tryptase- and/or CD117-positive)."""
    found = aggregates(sheet)
    return found if system == WHO else both(found, stain(sheet))


# ---------------------------------------------------------------------------------------------------------
# Minor criteria


def _share(sheet, percent, seen):
    """One place of m1: YES, NO, OPEN for more than 25 % (0.4: 25 is not met), None = not examined."""
    if known(sheet, percent):
        share = ask(number(sheet, percent, 25, top=100), lambda x: x > 25)
        return settle(share, is_false(sheet, seen))
    if known(sheet, seen):  # present: share open (cases README, reading 7); absent: a share of 0 (choice 4)
        return OPEN if is_true(sheet, seen) else NO
    return None


def morphology(sheet):
    """``WHO-m1`` (1.2) and ``ICC-m1`` (2.1): more than 25 % atypical on smears or spindle-shaped in sections.

    Met by either place; not met when a place was examined and none leaves it open (reading: Morphology "not
    met"). The ICC takes the smear too, with a note (reading: ICC morphology on a smear only; D9).
    """
    places = (
        _share(sheet, "mc_atypical_pct_smear", "mc_atypical_smear_present"),
        _share(sheet, "mc_spindle_pct_tissue", "mc_spindle_present"),
    )
    if YES in places:
        return YES
    if OPEN in places or places == (None, None):
        return OPEN
    return NO


def phenotype(sheet):
    """``WHO-m3`` (1.2), ``ICC-m2`` (2.1): one or more of CD2, CD25, CD30; absent only if all three are (0.3).

    Partial expression is expression (reading).
    """
    markers = [sheet.get(name) for name in ("cd25", "cd2", "cd30")]
    if is_true(sheet, "cd2_or_cd25") or any(m is True or m == "partial" for m in markers):
        return YES
    first_two = is_false(sheet, "cd2_or_cd25") or (markers[0] is False and markers[1] is False)
    return NO if first_two and markers[2] is False else OPEN


Kit = namedtuple("Kit", "criterion vaf_10")


def _d816v_outside_skin(sheet):
    """Any tissue but skin counts, blood too (1.2, K7, K12); a tissue not stated could be skin (reading)."""
    place = sheet.get("kit_d816v_tissue")
    if is_true(sheet, "kit_d816v") and place in ("marrow", "blood", "extracutaneous"):
        return True
    if is_true(sheet, "kit_d816v_blood"):
        return True
    # A fraction above 0 proves it (reading).
    return min(number(sheet, "kit_d816v_vaf_pct", 0, 10, top=100)) > 0


def _d816v_adequately_negative(sheet):
    """0.3 and section 9: a sensitive assay, negative in marrow or another extracutaneous tissue; blood is not
    enough (K7).
    """
    return (
        is_false(sheet, "kit_d816v")
        and sheet.get("kit_d816v_tissue") in ("marrow", "extracutaneous")
        and sheet.get("kit_d816v_method") in ("aso-qpcr", "ddpcr")
    )


def kit(sheet):
    """Return the worlds of ``WHO-m2`` (1.2), ``ICC-m3`` (2.1) and of the allele fraction of B1 (4.1), which
    go together.

    Not met: D816V adequately negative *and* wider sequencing negative (0.3, section 9). A negative D816V
    alone, or KIT "said to be unmutated" (``kit_other_activating`` false) without either, stays open (choice
    5).
    """
    negative = _d816v_adequately_negative(sheet)
    if _d816v_outside_skin(sheet) or is_true(sheet, "kit_other_activating"):
        met = YES
    elif negative and is_true(sheet, "kit_wide_sequencing_negative"):
        met = NO
    else:
        met = OPEN
    fractions = number(sheet, "kit_d816v_vaf_pct", 0, 10, top=100)
    if negative and not is_true(sheet, "kit_d816v_blood"):
        # Adequately negative means below 10 (reading); a fraction on the sheet that says otherwise stands.
        fractions = tuple(x for x in fractions if x < 10) or fractions
    worlds = {Kit(m, x >= 10) for m in met for x in fractions if m or x == 0}
    return worlds or {Kit(m, x >= 10) for m in met for x in fractions}


Tryptase = namedtuple("Tryptase", "above_20 from_125 from_200")


@lru_cache(maxsize=20000)
def _tryptase_worlds(raw, copies, system):
    worlds = set()
    numbers_of_copies = points(copies, tuple(range(11)), True, 10) if system == WHO else (0,)
    for n in numbers_of_copies:
        d = 1 + n
        for bst in points(raw, (20 * d, 125 * d, 200 * d)):
            from_200 = bst >= 200 * d if system == WHO else bst > 200
            worlds.add(Tryptase(bst > 20 * d, bst >= 125 * d, from_200))
    return frozenset(worlds)


def tryptase(sheet, system):
    """Return the worlds of the limits 20, 125 and 200 (0.4) on the baseline sample; event and untimed samples
    serve as none (0.3).

    WHO: divided by 1 + extra TPSAB1 copies, 0 to 10 when not tested (1.5). ICC: as measured (reading; 2.4);
    there ``from_200`` is "above 200" (0.4).
    """
    return _tryptase_worlds(sheet.get("bst"), sheet.get("tpsab1_extra_copies"), system)


Neoplasm = namedtuple("Neoplasm", "lineage myeloid suspected")


def neoplasms(sheet):
    """Return the worlds of the associated neoplasm: its ``lineage`` (None = none), a ``myeloid`` disease,
    only ``suspected``.

    Not mentioned is unknown (reading). Suspected: may turn out to be any or none (reading). A neoplasm named:
    no further one is assumed (cases README, 2). A tyrosine-kinase fusion is a myeloid disease whatever else
    is said (reading; 1.4, V22); a fusion not tested adds no world of its own (choice 6).
    """
    fusion = fused(sheet) == YES
    lineages = (None, "myeloid", "lymphoid", "plasma")
    stated = sheet.get("ahn")
    if stated == "suspected":
        pairs = {(lineage, True) for lineage in lineages}
    elif stated is None:
        pairs = set(product(lineages, (False, True)))
    else:
        pairs = {(None if stated == "none" else stated, False)}
    return {Neoplasm(lineage, fusion or lineage == "myeloid", suspected) for lineage, suspected in pairs}


def fused(sheet):
    """Return whether a tyrosine-kinase fusion is present; ``pdgfra-negative`` leaves the other partners open
    (ICC-f1).
    """
    stated = sheet.get("tk_fusion")
    if stated in (None, "pdgfra-negative"):
        return OPEN
    return NO if stated == "none" else YES


def tryptase_criterion(above_20, neoplasm, sheet):
    """``m4`` in one world (1.2, 1.4, 2.1, 2.3): not valid beside a myeloid neoplasm or a suspected one.

    Kidney disease with a value above the limit leaves it undecided (reading; 1.4); only when the sheet states
    it (choice 7).
    """
    if not above_20 or neoplasm.myeloid or neoplasm.suspected:
        return NO
    return OPEN if is_true(sheet, "ckd_or_dialysis") else YES


# ---------------------------------------------------------------------------------------------------------
# Systemic mastocytosis

Core = namedtuple("Core", "sm tryptase vaf_10")


def who_sm(maj, minors):
    """1.3: major and one minor, or three minor."""
    return (maj and minors >= 1) or minors >= 3


def icc_sm(maj, minors):
    """2.2: major alone, or three minor."""
    return maj or minors >= 3


def eosinophilia(sheet):
    """Return whether eosinophilia is *stated*; no number for it is published in the tables (choice 8)."""
    return is_true(sheet, "eosinophilia")


def core_worlds(sheet, system, neoplasm):
    """Return the worlds of the criteria (1.3, 2.2) with the tryptase and KIT facts that the subtypes reuse.

    ICC: a fusion excludes (ICC-f1). Not tested, it keeps the answer open only when the major criterion is
    met, KIT is not, and eosinophilia is present (reading; pseudo-code of 2.2).
    """
    fusion = fused(sheet)
    worlds = set()
    for maj, m1, m3, k, t in product(
        major(sheet, system), morphology(sheet), phenotype(sheet), kit(sheet), tryptase(sheet, system)
    ):
        for m4 in tryptase_criterion(t.above_20, neoplasm, sheet):
            minors = m1 + k.criterion + m3 + m4
            if system == WHO:
                answers = (who_sm(maj, minors),)
            elif fusion == YES:
                answers = NO
            elif fusion == OPEN and maj and not k.criterion and eosinophilia(sheet):
                answers = OPEN
            else:
                answers = (icc_sm(maj, minors),)
            worlds |= {Core(sm, t, k.vaf_10) for sm in answers}
    return worlds


# ---------------------------------------------------------------------------------------------------------
# B- and C-findings


def caused_by_mast_cells(sheet, name, neoplasm):
    """4.2: a C-finding needs mast cells as its cause.

    Open only when an associated neoplasm is named or suspected (reading); the sheet's own word goes first.
    With the neoplasm unknown, the worlds that have one leave the cause open (choice 9).
    """
    if known(sheet, name):
        return flag(sheet, name)
    return OPEN if neoplasm.lineage or neoplasm.myeloid or neoplasm.suspected else YES


def b1(sheet, system, t, vaf_10):
    """4.1 B1. WHO: marrow >=30 % or tryptase >=200 or allele fraction >=10 % (reading: any one). ICC: >30 %
    and >200 (0.4).
    """
    percent = number(sheet, "bm_mc_pct_biopsy", 30, top=100)
    if system == WHO:
        return YES if t.from_200 or vaf_10 else ask(percent, lambda x: x >= 30)
    return ask(percent, lambda x: x > 30) if t.from_200 else NO


Blood = namedtuple("Blood", "cytopenia c_level")  # c_level implies cytopenia


def blood(sheet):
    """Return the worlds of the blood count: none, mild, or C-level cytopenia (4.2 C1: ANC <1.0, Hb <10, PLT
    <100; 0.4).

    A haemoglobin with another cause decides nothing (reading). Counts said to be normal, or no cytopenia,
    settle what the numbers leave open (reading); a number that decides beats the words (choice 10). Mild
    cytopenia is what the report calls one: no number for it is published (choice 11).
    """
    hb = None if is_true(sheet, "hb_confounded") else sheet.get("hb")
    low = [
        ask(points(raw, (limit,)), lambda x, limit=limit: x < limit)
        for raw, limit in ((sheet.get("anc"), 1.0), (hb, 10.0), (sheet.get("plt"), 100.0))
    ]
    if YES in low:
        return {Blood(True, True)}
    if is_true(sheet, "cytopenia"):
        worlds = {Blood(True, False)}
    elif is_false(sheet, "cytopenia") or is_true(sheet, "blood_counts_normal"):
        return {Blood(False, False)}
    else:
        worlds = {Blood(False, False), Blood(True, False)}
    return worlds | {Blood(True, True)} if OPEN in low else worlds


def dysplasia(sheet):
    """4.1 details: dysplasia in less than 10 % of a lineage; without a percentage it counts (reading). Choice
    12.
    """
    if not known(sheet, "dysplasia_pct"):
        return flag(sheet, "dysplasia")
    percent = number(sheet, "dysplasia_pct", 0, 10, top=100)
    if is_true(sheet, "dysplasia"):
        return ask(percent, lambda x: x < 10)
    return settle(ask(percent, lambda x: 0 < x < 10), is_false(sheet, "dysplasia"))


def b2(sheet, system, b, neoplasm):
    """4.1 B2 in one world of the blood count; not beside a myeloid neoplasm (reading; EU-6).

    WHO: signs of myeloproliferation or dysplasia, blood counts normal or mildly abnormal: not with C-level
    cytopenia (choice 13). ICC: cytopenia below C level (reading) or cytosis, reactive causes excluded.
    """
    if neoplasm.myeloid:
        return NO
    if system == WHO:
        return NO if b.c_level else either(flag(sheet, "myeloproliferation_signs"), dysplasia(sheet))
    return both(
        either((b.cytopenia and not b.c_level,), cytosis(sheet)), flag(sheet, "reactive_cytopenia_excluded")
    )


def cytosis(sheet):
    """Return the answers for leukocytosis, monocytosis or thrombocytosis, in words; normal counts rule it out
    (choices 11, 14).
    """
    if not known(sheet, "cytosis") and is_true(sheet, "blood_counts_normal"):
        return NO
    return flag(sheet, "cytosis")


SIZES = {
    None: ("none", "imaging", "palpable"),
    "none": ("none",),
    "not_palpable": ("none", "imaging"),
    "present": ("imaging", "palpable"),
    "imaging": ("imaging",),
    "palpable": ("palpable",),
}


def impaired_liver(sheet, system):
    """4.2 C2. Raised enzymes, cholestasis or impaired function; for the ICC too (reading). Choices 15, 16.

    ``liver_impairment`` false means normal liver tests (cases README, 2). Enzymes said not to be raised
    settle the WHO wording, which asks for enzymes, but not the ICC's "liver function".
    """
    if any(is_true(sheet, n) for n in ("liver_enzymes_elevated", "liver_impairment", "cholestasis")):
        return YES
    if is_false(sheet, "liver_impairment"):
        return NO
    return NO if system == WHO and is_false(sheet, "liver_enzymes_elevated") else OPEN


def liver(sheet, system, neoplasm):
    """Return the worlds (B3 by the liver, C2). 4.1, 4.2; readings on B3.

    WHO C2: ascites and/or raised enzymes. ICC C2: palpable liver with impaired function, ascites and/or
    portal hypertension. WHO B3: enlarged by any method without any of these. ICC B3: enlarged, liver function
    not impaired.
    """
    worlds = set()
    for size, impaired, ascites, portal, cause in product(
        SIZES[sheet.get("hepatomegaly")],
        impaired_liver(sheet, system),
        flag(sheet, "ascites"),
        flag(sheet, "portal_hypertension"),
        caused_by_mast_cells(sheet, "c_liver_attributed", neoplasm),
    ):
        if system == WHO:
            damage = ascites or impaired
            worlds.add((size != "none" and not (damage or portal), damage and cause))
        else:
            damage = size == "palpable" and (impaired or ascites or portal)
            worlds.add((size != "none" and not impaired, damage and cause))
    return worlds


def spleen(sheet, b, neoplasm):
    """Return the worlds (B3 by the spleen, C3), both systems. 4.1: enlarged by any method, no hypersplenism.
    4.2: palpable with it.

    No cytopenia at all rules hypersplenism out when it is not stated (reading). Choice 17.
    """
    hypersplenism = flag(sheet, "hypersplenism")
    if hypersplenism == OPEN and not b.cytopenia:
        hypersplenism = NO
    return {
        (size != "none" and not h, size == "palpable" and h and cause)
        for size, h, cause in product(
            SIZES[sheet.get("splenomegaly")],
            hypersplenism,
            caused_by_mast_cells(sheet, "c_spleen_attributed", neoplasm),
        )
    }


def nodes(sheet, system):
    """4.1 B3, 0.4: more than 2 cm (WHO), more than 1 cm (ICC). No enlarged nodes: not met (choice 18)."""
    limit = 2 if system == WHO else 1
    large = ask(number(sheet, "node_max_cm", 1, 2), lambda x: x > limit)
    return settle(large, is_false(sheet, "lymphadenopathy"))


def gut(sheet, system):
    """4.2 C4: malabsorption from mast cell infiltrates with hypoalbuminaemia (WHO) or with weight loss (ICC).

    The finding names its cause, so only ``c_gi_attributed`` false takes it away (choice 19). An albumin value
    alone decides nothing: the laboratory's limit is not on the sheet (4.2; choice 20).
    """
    second = flag(sheet, "hypoalbuminaemia") if system == WHO else weight_loss(sheet)
    return both(flag(sheet, "malabsorption_gi_mc"), second, NO if is_false(sheet, "c_gi_attributed") else YES)


def weight_loss(sheet):
    """Return the answers for weight loss of any degree; a percentage above 0 is weight loss (choice 20)."""
    percent = ask(number(sheet, "weight_loss_pct", 0, top=100), lambda x: x > 0)
    if known(sheet, "weight_loss_pct") and percent != OPEN and not is_true(sheet, "weight_loss"):
        return percent
    return flag(sheet, "weight_loss")


def bone(sheet, system, neoplasm):
    """4.2 C5, 0.4: osteolysis of 2 cm or more, with a pathologic fracture (WHO) or with or without one (ICC).

    "Large" is 2 cm or more (reading). Osteoporotic fractures never count. Choice 21.
    """
    large = ask(number(sheet, "osteolysis_max_cm", 0, 2), lambda x: x >= 2)
    no_lysis = is_false(sheet, "osteolysis") and not is_true(sheet, "pathologic_fracture_lytic")
    large = settle(large, no_lysis)
    fracture = flag(sheet, "pathologic_fracture_lytic") if system == WHO else YES
    return both(large, fracture, caused_by_mast_cells(sheet, "c_bone_attributed", neoplasm))


Organs = namedtuple("Organs", "b2 b3 c1 c2 c3 c4 c5")


def organ_worlds(sheet, system, neoplasm):
    """Return the worlds of all B- and C-findings but B1, with the blood count shared by B2, C1, B3 and C3."""
    worlds = set()
    livers, big_nodes = liver(sheet, system, neoplasm), nodes(sheet, system)
    c4, c5 = gut(sheet, system), bone(sheet, system, neoplasm)
    cause = caused_by_mast_cells(sheet, "c_marrow_attributed", neoplasm)
    for b in blood(sheet):
        c1 = both((b.c_level,), cause)
        for b2_, c1_, (b3_liver, c2), (b3_spleen, c3), node, c4_, c5_ in product(
            b2(sheet, system, b, neoplasm), c1, livers, spleen(sheet, b, neoplasm), big_nodes, c4, c5
        ):
            worlds.add(Organs(b2_, b3_liver or b3_spleen or node, c1_, c2, c3, c4_, c5_))
    return worlds


# ---------------------------------------------------------------------------------------------------------
# Mast cell leukaemia, myelomastocytic leukaemia, skin

Leukaemia = namedtuple("Leukaemia", "mcl ten_percent")


def leukaemia_worlds(sheet, system):
    """5.2 MCL and EU-12, which read the same smear.

    WHO: 20 % or more on the marrow smear; a core biopsy does not replace it (V16). ICC: 20 % or more and
    immature, or dense diffuse immature cells on the core with a dry tap (reading). MML needs 10 % or more in
    marrow or blood smears. A smear that was counted is no dry tap; an immature core makes the cells immature,
    mature cells leave no immature core (choice 22).
    """
    smears = number(sheet, "bm_mc_pct_smear", 10, 20, top=100)
    blood_ten = ask(number(sheet, "pb_mc_pct", 10, top=100), lambda x: x >= 10)
    counted = known(sheet, "bm_mc_pct_smear") or known(sheet, "mc_atypical_pct_smear")
    dry_tap = flag(sheet, "bm_aspirate_dry_tap")
    if dry_tap == OPEN and counted:
        dry_tap = NO
    immature, core = flag(sheet, "mc_immature"), flag(sheet, "bm_core_dense_diffuse_immature")
    stated = known(sheet, "mc_immature") and known(sheet, "bm_core_dense_diffuse_immature")
    worlds = set()
    for smear, pb, dry, imm, dense in product(smears, blood_ten, dry_tap, immature, core):
        if dense and not imm and not stated:
            continue
        mcl = smear >= 20 if system == WHO else (smear >= 20 and imm) or (dense and dry)
        worlds.add(Leukaemia(mcl, smear >= 10 or pb))
    return worlds


Skin = namedtuple("Skin", "typical mastocytosis")

TYPICAL = ("mpcm", "mpcm_mono", "mpcm_poly", "dcm", "mastocytoma", "tmep", "cm_unspecified")


def skin_worlds(sheet):
    """5.1: typical lesions with Darier's sign, and mast cells increased or KIT mutated in lesional skin.

    ``present`` may be non-typical (cases README, 2); non-typical lesions are no mastocytosis (choice 23).
    D816V found in skin is a KIT mutation of lesional skin.
    """
    stated = sheet.get("skin_lesions")
    typical = OPEN if stated in (None, "present") else (stated in TYPICAL,)
    mutated = flag(sheet, "skin_kit_mutation")
    if is_true(sheet, "kit_d816v") and sheet.get("kit_d816v_tissue") == "skin":
        mutated = YES
    minor = either(flag(sheet, "skin_biopsy_mc_increased"), mutated)
    return {Skin(t, t and d and m) for t, d, m in product(typical, flag(sheet, "darier_sign"), minor)}


MARROW_FINDINGS = (
    "bm_biopsy_adequate",
    "bm_aspirate_dry_tap",
    "bm_aggregates_multifocal",
    "bm_aggregates_present",
    "mc_atypical_pct_smear",
    "mc_atypical_smear_present",
    "bm_mc_pct_smear",
    "bm_mc_pct_biopsy",
    "bm_core_dense_diffuse_immature",
    "bm_hypercellular",
)


def marrow_examined(sheet):
    """Return whether the marrow was examined; a marrow finding on the sheet shows that it was (choice 24)."""
    of_marrow = known(sheet, "kit_d816v") and sheet.get("kit_d816v_tissue") == "marrow"
    if of_marrow or any(known(sheet, name) for name in MARROW_FINDINGS):
        return YES
    return flag(sheet, "bm_biopsy_done")


def dense_outside_marrow(sheet):
    """5.2 BMM: a dense infiltrate in an extramedullary organ; bone is none (cases README, 2).

    Multifocal dense infiltrates in an organ other than bone are such an infiltrate (choice 25).
    """
    if is_true(sheet, "extracutaneous_aggregates_multifocal"):
        site = sheet.get("extracutaneous_site")
        if site not in (None, "bone"):
            return YES
    return flag(sheet, "extramedullary_dense_infiltrate")


# ---------------------------------------------------------------------------------------------------------
# Subtype


def is_ahn(system, neoplasm):
    """5.2, 5.3. WHO: any haematological neoplasm (reading; D7), a fusion included (reading; V22). ICC:
    myeloid only (2.3).
    """
    if system == WHO:
        return neoplasm.myeloid or neoplasm.lineage is not None
    return neoplasm.lineage == "myeloid"


def sm_subtype(system, neoplasm, mcl, n_c, n_b, bmm):
    """5.3, the order of tests: associated neoplasm, MCL, ASM, SSM, BMM (WHO only), ISM."""
    if is_ahn(system, neoplasm):
        return "SM-AHN"
    if mcl:
        return "MCL"
    if n_c >= 1:
        return "ASM"
    if n_b >= 2:
        return "SSM"
    return "BMM" if system == WHO and bmm else "ISM"


def other_entity(tumour, skin, ten_percent, neoplasm, adult, examined):
    """5.4, in its order: MCS (no typical skin lesions, 5.2), MML (EU-12), CM, MIS (5.1), none.

    An adult without a marrow study has MIS, not CM; MIS is for adults (5.1; reading; V17, V18).
    """
    if tumour and not skin.typical:
        return "MCS"
    if ten_percent and neoplasm.lineage == "myeloid":
        return "MML"
    if skin.mastocytosis:
        return "CM" if examined or not adult else "MIS"
    return "none"


def _subtypes(sheet, system, neoplasm, cores, organs):
    """Return every subtype that a world with this neoplasm gives."""
    out = set()
    leukaemia, skins = leukaemia_worlds(sheet, system), skin_worlds(sheet)
    if any(not core.sm for core in cores):
        adult = ask(number(sheet, "age", 18), lambda x: x >= 18)
        tumour, examined = flag(sheet, "destructive_mc_tumour"), marrow_examined(sheet)
        out |= {
            other_entity(t, skin, leuk.ten_percent, neoplasm, grown, done)
            for t, skin, leuk, grown, done in product(tumour, skins, leukaemia, adult, examined)
        }
    burden = {
        (finding, core.tryptase.from_125)
        for core in cores
        if core.sm
        for finding in b1(sheet, system, core.tryptase, core.vaf_10)
    }
    others = {(o.b2 + o.b3, any(o[2:])) for o in organs}
    typical = {skin.typical for skin in skins}
    dense = dense_outside_marrow(sheet)
    for (first, from_125), (rest, damage), mcl, lesions, infiltrate in product(
        burden, others, {leuk.mcl for leuk in leukaemia}, typical, dense
    ):
        n_b = first + rest
        bmm = n_b == 0 and not (from_125 or lesions or infiltrate)  # 5.2
        out.add(sm_subtype(system, neoplasm, mcl, int(damage), n_b, bmm))
    return out


def _three_valued(answers):
    return next(iter(answers)) if len(set(answers)) == 1 else None


def classify(sheet, system):
    """Return what the rules of one system leave possible for a sheet, with the findings one by one.

    Counts run from the findings met in every world to those met in some, each on its own.
    """
    sheet = {name: value for name, value in sheet.items() if value is not None}
    sm, possible, findings = set(), set(), {}
    for neoplasm in neoplasms(sheet):
        cores, organs = core_worlds(sheet, system, neoplasm), organ_worlds(sheet, system, neoplasm)
        sm |= {core.sm for core in cores}
        possible |= _subtypes(sheet, system, neoplasm, cores, organs)
        burden = {f for core in cores for f in b1(sheet, system, core.tryptase, core.vaf_10)}
        findings.setdefault("b1", set()).update(burden)
        for name in Organs._fields:
            findings.setdefault(name, set()).update(getattr(o, name) for o in organs)

    def count(names):
        return {
            "met": sum(findings[n] == {True} for n in names),
            "possible": sum(True in findings[n] for n in names),
        }

    return {
        "systemic_mastocytosis": _three_valued(sm),
        "possible": sorted(possible),
        "subtype": next(iter(possible)) if len(possible) == 1 else None,
        "b_findings": count(("b1", "b2", "b3")),
        "c_findings": count(("c1", "c2", "c3", "c4", "c5")),
        "findings": {name: _three_valued(answers) for name, answers in sorted(findings.items())},
    }


def criteria(sheet, system):
    """Return the five criteria of systemic mastocytosis, each on its own, as true, false or None: to look
    into a difference.
    """
    sheet = {name: value for name, value in sheet.items() if value is not None}
    m4 = {
        answer
        for t, neoplasm in product(tryptase(sheet, system), neoplasms(sheet))
        for answer in tryptase_criterion(t.above_20, neoplasm, sheet)
    }
    answers = {
        "major": major(sheet, system),
        "morphology": morphology(sheet),
        "kit": {k.criterion for k in kit(sheet)},
        "phenotype": phenotype(sheet),
        "tryptase": m4,
    }
    return {name: _three_valued(answer) for name, answer in answers.items()}


def oracle(sheet):
    """Return the answer for one sheet under both systems."""
    out = {}
    for system in (WHO, ICC):
        answer = classify(sheet, system)
        del answer["findings"]
        out[system] = answer
    return out
