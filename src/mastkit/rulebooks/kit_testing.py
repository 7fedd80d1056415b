"""KIT testing: what a result may be relied on for, and what is to be done next."""

from __future__ import annotations

from collections.abc import Mapping

from mastkit.logic.expressions import all_of, any_of, criterion, known
from mastkit.logic.rulebook import RuleSet, choose
from mastkit.logic.variables import number
from mastkit.rulebooks import findings as f
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.sources import AROCK15, HOERMANN22, KHOURY22, KRIS17, LEGUIT23

detection_limit = number(
    "kit_detection_limit",
    "Lowest share of mutated alleles that the test can see",
    unit="%",
    low=0,
    high=100,
    absent=0.1,
    absent_reason="allele-specific PCR and digital PCR see 0.1 % or less unless the report says otherwise",
)

sensitive = v.kit_d816v_method.is_in("aso-qpcr", "ddpcr") & (detection_limit <= 0.1)
negative = v.kit_d816v.is_in("false")
positive = v.kit_d816v.is_in("true")
in_marrow = v.kit_d816v_tissue.is_in("marrow", "extracutaneous")


def kit_testing(readings: Mapping[str, str] | None = None) -> RuleSet:
    """The facts of KIT testing as criteria; they have no readings to choose from."""
    chosen = choose((), readings or {})
    criteria = (
        criterion(
            "KIT-FOUND", "KIT D816V found outside the skin", f.d816v_found,
            plain="The KIT change was found", source=KHOURY22, clause="9, 9 K12", verified="reprint",
            note="A positive result counts by whatever method it was found.",
        ),
        criterion(
            "KIT-SENSITIVE", "Tested by allele-specific PCR or digital PCR that sees 0.1 % or less", sensitive,
            plain="The test was sensitive enough", source=HOERMANN22, clause="9", verified="reprint",
        ),
        criterion(
            "KIT-INSENSITIVE", "Negative by sequencing (NGS or Sanger): not tested well enough",
            any_of(
                v.kit_d816v.is_in("false") & v.kit_d816v_method.is_in("ngs", "sanger"),
                negative & (detection_limit > 0.1),
            ),
            plain="The negative test says nothing: it cannot see small amounts",
            source=LEGUIT23, clause="9", verified="reprint",
            note="In the blood of 39 people with indolent disease sequencing found the change in 28 %, digital PCR"
            " in 95 %.",
        ),
        criterion(
            "KIT-NEGATIVE-BLOOD", "Negative in blood by a sensitive test: does not exclude mastocytosis",
            all_of(negative, sensitive, v.kit_d816v_tissue.is_in("blood")),
            plain="The change was not found in blood; it may still be in the marrow",
            source=KRIS17, clause="9", verified="reprint",
            note="Of 14 people negative in blood 5 had mastocytosis. If suspicion stays, test a marrow aspirate.",
        ),
        criterion(
            "KIT-SKIN-ONLY", "Found in skin: no criterion of systemic mastocytosis, but supports skin mastocytosis",
            positive & v.kit_d816v_tissue.is_in("skin"),
            plain="The change was found in skin only", source=KHOURY22, clause="9, 9 K12", verified="unverified",
        ),
        criterion(
            "KIT-D816V-EXCLUDED", "D816V adequately negative: in marrow, by a sensitive test",
            all_of(negative, sensitive, in_marrow),
            plain="The common KIT change is not there", source=AROCK15, clause="9", verified="reprint",
            note="Other KIT variants remain possible until the gene was sequenced.",
        ),
        criterion(
            "KIT-EXCLUDED", "KIT adequately negative: D816V, and other variants by wide sequencing",
            all_of(negative, sensitive, in_marrow, v.kit_wide_sequencing_negative),
            plain="No KIT change is there", source=AROCK15, clause="9", verified="unverified",
        ),
        criterion(
            "KIT-WIDEN", "Next: sequence KIT widely (D816V is adequately negative in marrow)",
            all_of(
                negative, sensitive, in_marrow,
                ~(known(v.kit_wide_sequencing_negative) & v.kit_wide_sequencing_negative),
                ~(known(v.kit_other_activating) & v.kit_other_activating),
            ),
            plain="Ask whether the whole gene should be read",
            source=AROCK15, clause="9", verified="unverified",
        ),
        criterion(
            "KIT-FUSION", "Next: look for tyrosine kinase fusions (KIT negative, eosinophilia)",
            all_of(negative, v.eosinophilia, ~known(v.tk_fusion)),
            plain="Ask about another gene test, since eosinophils are raised",
            source=LEGUIT23, clause="9", verified="reprint",
        ),
    )  # fmt: skip
    return RuleSet(
        id="kit-testing",
        title="KIT testing: what a result counts for",
        criteria=criteria,
        chosen=chosen,
        sources=(HOERMANN22, AROCK15, KRIS17, KHOURY22, LEGUIT23),
        verified="unverified",
        note="Use the laboratory's own detection limit. Digital PCR sees 0.01 to 0.02 %, allele-specific PCR 0.003"
        " % of cells. Shares of alleles and of cells are not the same: a cell with one changed allele counts half.",
    )
