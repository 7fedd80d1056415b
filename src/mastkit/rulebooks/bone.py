"""Bone: the WHO classes by T-score, the rule by Z-score, and which fractures speak for which cause.

The classes by T-score hold for women past the menopause and for men of 50 or more; for everybody else the
Z-score is used (ISCD 2005). One secondary text prints "below -2.5" for osteoporosis; the limit itself
belongs to it here.
"""

from mastkit.logic.expressions import ALWAYS, any_of, criterion
from mastkit.logic.rulebook import Label, Rulebook, RuleSet
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.sources import HEMA21, ISCD05, LEE23, RIFFEL20, WHO94

t_scores_apply = criterion(
    "BONE-T",
    "T-scores apply: a woman past the menopause, or a man of 50 or more",
    (v.sex.is_in("female") & v.postmenopausal) | (v.sex.is_in("male") & (v.age >= 50)),
    plain="Your bone scan is read by T-score if you are past the menopause, or a man of 50 or older",
    source=ISCD05,
    clause="F5.1",
    verified="reprint",
)
low_energy_fracture = criterion(
    "BONE-FX",
    "Low-energy fracture, of the spine or elsewhere",
    any_of(v.vertebral_fracture, v.fracture),
    plain="A bone that broke without a hard knock",
    source=LEE23,
    clause="F5.1",
    verified="unverified",
    note="No C-finding by LEE23; that it speaks for osteoporosis whatever the T-score is recalled.",
)
osteoporotic = criterion(
    "BONE-OP",
    "T-score -2.5 or less",
    t_scores_apply & (v.tscore_min <= -2.5),
    plain="A T-score of -2.5 or less",
    source=WHO94,
    clause="F5.1",
    verified="reprint",
    note="The lowest of lumbar spine, total hip and femoral neck.",
)
severe = criterion(
    "BONE-SEV",
    "T-score -2.5 or less, and a low-energy fracture",
    osteoporotic & low_energy_fracture,
    plain="A T-score of -2.5 or less, and a bone that broke without a hard knock",
    source=WHO94,
    clause="F5.1",
    verified="unverified",
)
low = criterion(
    "BONE-PENIA",
    "T-score below -1.0 and above -2.5",
    t_scores_apply & (v.tscore_min < -1.0) & (v.tscore_min > -2.5),
    plain="A T-score between -1 and -2.5",
    source=WHO94,
    clause="F5.1",
    verified="reprint",
)
normal = criterion(
    "BONE-NORM",
    "T-score -1.0 or more",
    t_scores_apply & (v.tscore_min >= -1.0),
    plain="A T-score of -1 or more",
    source=WHO94,
    clause="F5.1",
    verified="reprint",
)
below_for_age = criterion(
    "BONE-Z",
    "Z-score -2.0 or less where T-scores do not apply",
    ~t_scores_apply & (v.zscore_min <= -2.0),
    plain="A Z-score of -2 or less: lower than expected at your age",
    source=ISCD05,
    clause="F5.1",
    verified="reprint",
)
through_lysis = criterion(
    "BONE-LYT",
    "Fracture through a lytic lesion of 2 cm or more",
    v.pathologic_fracture_lytic & (v.osteolysis_max_cm >= 2),
    plain="A bone that broke where it had a large hole",
    source=HEMA21,
    clause="F5.1",
    verified="reprint",
    note="This, and not an osteoporotic fracture, is a C-finding; the classifications judge it.",
)
dense = criterion(
    "BONE-DENSE",
    "Osteosclerosis",
    v.osteosclerosis,
    plain="Bones that are too dense",
    source=RIFFEL20,
    clause="F5.1, F5.2",
    verified="reprint",
    note="In one series it was seen in half of those with advanced disease and in none with indolent disease.",
)

BONE_CLASS = Rulebook(
    id="bone",
    title="Bone density by T-score (WHO 1994) or Z-score (ISCD 2005)",
    question=osteoporotic,
    criteria=(t_scores_apply, osteoporotic, severe, low, normal, below_for_age),
    groups={},
    labels=(
        Label("severe-osteoporosis", "Severe osteoporosis", severe, "Very weak bones, and one has broken"),
        Label("osteoporosis", "Osteoporosis", osteoporotic, "Weak bones"),
        Label("osteopenia", "Low bone density (osteopenia)", low, "Bones somewhat less dense than usual"),
        Label("normal", "Normal bone density", normal, "Bones as dense as usual"),
        Label("below-for-age", "Below the expected range for age", below_for_age, "Less dense than usual for you"),
        Label("within-for-age", "Within the expected range for age", ALWAYS, "As dense as usual for you"),
    ),
    sources=(WHO94, ISCD05),
    verified="reprint",
)  # fmt: skip

FRACTURES = RuleSet(
    id="bone-findings",
    title="Fractures and bone density that point to a cause",
    criteria=(low_energy_fracture, through_lysis, dense),
    sources=(HEMA21, LEE23, RIFFEL20),
    verified="unverified",
    note="An osteoporotic fracture is no C-finding.",
)
