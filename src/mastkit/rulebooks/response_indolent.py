"""Changes with a published meaning in indolent disease, and the molecular response that foretells survival."""

from mastkit.logic.expressions import criterion
from mastkit.logic.rulebook import RuleSet
from mastkit.rulebooks import response_variables as r
from mastkit.rulebooks.sources import GOTLIB23, JAWHAR17, PADILLA21

CHANGES = RuleSet(
    id="response-indolent",
    title="Changes under treatment that have a published meaning",
    criteria=(
        criterion(
            "TSS-CID",
            "Symptom score (ISM-SAF) lower by 7 points or more",
            r.symptom_fall >= 7,
            plain="Your symptom score has fallen enough for most people to notice (7 points or more)",
            source=PADILLA21, clause="F2.7", verified="reprint",
            note="Printed as 7 to 10 points: the lower end is used.",
        ),
        criterion(
            "TSS-19",
            "Symptom score (ISM-SAF) lower by 19 points or more: the threshold of response",
            r.symptom_fall >= 19,
            plain="Your symptom score has fallen by 19 points or more",
            source=PADILLA21, clause="F2.7", verified="reprint",
        ),
        criterion(
            "TSS30",
            "Symptom score (ISM-SAF) lower by 30 % or more",
            r.symptom_fall_pct >= 30,
            plain="Your symptom score has fallen by 30 % or more",
            source=GOTLIB23, clause="F2.7", verified="unverified",
        ),
        criterion(
            "TSS50",
            "Symptom score (ISM-SAF) lower by 50 % or more",
            r.symptom_fall_pct >= 50,
            plain="Your symptom score has halved",
            source=GOTLIB23, clause="F2.7", verified="unverified",
        ),
        criterion(
            "TRYPTASE50",
            "Serum tryptase lower by 50 % or more",
            r.tryptase_fall_pct >= 50,
            plain="Your tryptase has halved",
            source=GOTLIB23, clause="F2.7", verified="unverified",
        ),
        criterion(
            "VAF50",
            "KIT D816V allele fraction in blood lower by 50 % or more, or no longer found",
            (r.vaf_fall_pct >= 50) | r.vaf_undetectable,
            plain="The share of changed KIT copies has halved, or none is found any more",
            source=GOTLIB23, clause="F2.6, F2.7", verified="unverified",
        ),
        criterion(
            "BM50",
            "Mast cells in marrow lower by 50 % or more, or no aggregates",
            (r.mast_cell_fall_pct >= 50) | ~r.aggregates_now,
            plain="The mast cells in your marrow have halved, or there are no clusters any more",
            source=GOTLIB23, clause="F2.7", verified="unverified",
        ),
        criterion(
            "VAF25",
            "KIT D816V allele fraction lower by 25 % or more (midostaurin, month 6): longer survival",
            r.vaf_fall_pct >= 25,
            plain="The share of changed KIT copies has fallen by a quarter or more",
            source=JAWHAR17, clause="F2.6", verified="reprint",
            note="Observed at month 6 in advanced disease on midostaurin.",
        ),
    ),
    sources=(PADILLA21, GOTLIB23, JAWHAR17),
    verified="unverified",
)  # fmt: skip
