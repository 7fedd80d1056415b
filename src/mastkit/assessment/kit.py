"""What gene tests say: KIT D816V by tissue and assay, other KIT variants, TPSAB1 copies, gene fusions (9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mastkit.assessment.reading import RecordSheet
from mastkit.record.facts import Variant
from mastkit.vocabulary.variables import sheet_variables

SENSITIVE = frozenset({"aso-qpcr", "ddpcr"})
INSENSITIVE = frozenset({"ngs", "sanger"})
NEEDED_SENSITIVITY_PCT = 0.1
"""A test that is to rule out D816V must detect this fraction or less (clause 9, K2; reprint)."""

RELEVANT_EXONS = frozenset({8, 9, 10, 11, 13, 17})
"""Exons of KIT to be sequenced before another mutation is ruled out (clause 9, K9; recalled)."""

_FUSIONS = {
    "PDGFRA": "pdgfra", "PDGFRB": "pdgfrb", "FGFR1": "fgfr1", "JAK2": "jak2", "FLT3": "flt3", "ABL1": "abl1",
}  # fmt: skip
_TISSUES = ("marrow", "extracutaneous", "blood", "skin")


def read_variants(variants: Sequence[Variant], sheet: RecordSheet) -> None:
    """Set what the gene tests of a record say."""
    in_order = sorted(variants, key=lambda v: (v.time.at, v.recorded_at, v.id))
    kit = [v for v in in_order if v.gene.upper() == "KIT" and v.origin != "germline"]
    d816v = [v for v in kit if v.change is not None and _is_d816v(v.change)]
    _read_d816v(d816v, sheet)
    _read_other_kit([v for v in kit if v not in d816v], sheet)
    for variant in in_order:
        if variant.gene.upper() == "TPSAB1" and variant.extra_copies is not None:
            sheet.put("tpsab1_extra_copies", variant.extra_copies, variant)
        elif "::" in variant.gene and variant.result == "detected":
            partner = variant.gene.upper().rpartition("::")[2]
            first = variant.gene.upper().partition("::")[0]
            name = _FUSIONS.get(partner) or _FUSIONS.get(first)
            if name is not None:
                sheet.put("tk_fusion", name, variant)


def _is_d816v(change: str) -> bool:
    return "D816V" in change.upper().replace("ASP816VAL", "D816V").replace(" ", "")


def _read_d816v(tests: Sequence[Variant], sheet: RecordSheet) -> None:
    if not tests:
        return
    found = [t for t in tests if t.result == "detected"]
    speaks = _most_telling(found) or _most_telling([t for t in tests if _rules_out(t)]) or tests[-1]
    sheet.put("kit_d816v", _result(speaks), speaks)
    if speaks.tissue in _TISSUES:
        sheet.put("kit_d816v_tissue", speaks.tissue, speaks)
    if speaks.assay is not None:
        sheet.put("kit_d816v_method", speaks.assay, speaks)
    in_blood = [t for t in tests if t.tissue == "blood" and t.result != "equivocal" and t is not speaks]
    if (
        in_blood
        and speaks.tissue != "blood"
        and (in_blood[-1].result == "detected" or not _insensitive(in_blood[-1]))
    ):
        sheet.put("kit_d816v_blood", in_blood[-1].result == "detected", in_blood[-1])
    _read_fraction(tests, sheet)


def _read_fraction(tests: Iterable[Variant], sheet: RecordSheet) -> None:
    """The higher of the latest fractions in marrow and in blood: either may show a high burden (4.1)."""
    variable = sheet_variables()["kit_d816v_vaf_pct"]
    latest = {t.tissue: t for t in tests if t.allele_fraction is not None and t.tissue in ("marrow", "blood")}
    measured = [(t.allele_fraction.interval(variable), t) for t in latest.values() if t.allele_fraction is not None]
    if measured:
        value, test = max(measured, key=lambda pair: (pair[0].high, pair[0].low))
        sheet.put("kit_d816v_vaf_pct", value, test)


def _read_other_kit(tests: Sequence[Variant], sheet: RecordSheet) -> None:
    for test in tests:
        if test.change is not None and test.result == "detected":
            sheet.put("kit_other_variant", test.change, test)
            if test.activating is not None and test.tissue != "skin":
                sheet.put("kit_other_activating", test.activating, test)
            elif test.activating and test.tissue == "skin":
                sheet.put("skin_kit_mutation", True, test)
        elif test.change is None and test.result == "not_detected" and _covers_kit(test.regions):
            sheet.put("kit_wide_sequencing_negative", True, test)


def _covers_kit(regions: str | None) -> bool:
    """Whether all exons that matter were sequenced, as far as the report says."""
    if regions is None:
        return False
    words = regions.casefold()
    if re.search(r"\b(all|whole|complete|entire|full)\b", words):
        return True
    named: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\s*(?:-|–|to)\s*(\d+))?", words):
        named.update(range(int(first), min(int(last or first), 99) + 1))
    return named >= RELEVANT_EXONS


def _most_telling(tests: Sequence[Variant]) -> Variant | None:
    """The latest test in the tissue that decides most: marrow, another organ, blood; skin comes last."""
    for tissue in (*_TISSUES[:3], None, "other", "saliva", "skin"):
        there = [t for t in tests if t.tissue == tissue]
        if there:
            return there[-1]
    return None


def _rules_out(test: Variant) -> bool:
    return (
        test.result == "not_detected"
        and test.assay in SENSITIVE
        and not _insensitive(test)
        and test.tissue in ("marrow", "extracutaneous")
    )


def _insensitive(test: Variant) -> bool:
    if test.detection_limit is not None and test.detection_limit.value > NEEDED_SENSITIVITY_PCT:
        return True
    return test.assay in INSENSITIVE


def _result(test: Variant) -> str:
    match test.result:
        case "detected":
            return "true"
        case "equivocal":
            return "equivocal"
        case _:
            return "negative-insensitive" if _insensitive(test) else "false"
