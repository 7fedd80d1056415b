"""The WHO 2022 criteria as the usual clinical calculator has them: two-valued, by hand, missing is "not met".

It gives a verdict for every sheet and never says that it cannot know; it gives no grounds either. That is the
point of measuring against it: it is what a program costs that does nothing but answer.
"""

from collections.abc import Mapping
from typing import Any

FUSIONS = ("pdgfra", "pdgfrb", "fgfr1", "jak2", "flt3", "abl1")


def _number(value: Any) -> float | None:
    """Return a number; of a censored one such as ">200" the number printed, as one would type it in."""
    if isinstance(value, str):
        return float(value.lstrip("<>="))
    return value


def _above(value: float | None, limit: float) -> bool:
    return value is not None and value > limit


def _at_least(value: float | None, limit: float) -> bool:
    return value is not None and value >= limit


def _below(value: float | None, limit: float) -> bool:
    return value is not None and value < limit


def classify(sheet: Mapping[str, Any]) -> tuple[bool, str]:
    """Return whether the criteria of systemic mastocytosis are met, and the code of the subtype."""
    get = sheet.get
    bst = _number(get("bst"))
    if bst is not None:
        bst /= 1 + (_number(get("tpsab1_extra_copies")) or 0)

    # Major criterion
    size = _number(get("mc_per_aggregate_max"))
    marrow, organ = get("bm_aggregates_multifocal"), get("extracutaneous_aggregates_multifocal")
    major = (marrow is True or organ is True) and (size is None or size >= 15)

    # Minor criteria
    minor = 0
    if _above(_number(get("mc_atypical_pct_smear")), 25) or _above(_number(get("mc_spindle_pct_tissue")), 25):
        minor += 1
    vaf = _number(get("kit_d816v_vaf_pct"))
    if (
        (get("kit_d816v") is True and get("kit_d816v_tissue") in ("marrow", "blood", "extracutaneous"))
        or get("kit_d816v_blood") is True
        or get("kit_other_activating") is True
        or _above(vaf, 0)
    ):
        minor += 1
    markers = ("cd2", "cd25", "cd30")
    if any(get(marker) in (True, "partial") for marker in markers) or get("cd2_or_cd25") is True:
        minor += 1
    myeloid = get("ahn") in ("myeloid", "suspected") or get("tk_fusion") in FUSIONS
    if _above(bst, 20) and not myeloid and get("ckd_or_dialysis") is not True:
        minor += 1

    if not ((major and minor >= 1) or minor >= 3):
        return False, _not_systemic(sheet)

    # Subtype
    if get("ahn") in ("myeloid", "lymphoid", "plasma") or get("tk_fusion") in FUSIONS:
        return True, "SM-AHN"
    if _at_least(_number(get("bm_mc_pct_smear")), 20):
        return True, "MCL"
    if _c_findings(sheet) >= 1:
        return True, "ASM"
    b_findings = _b_findings(sheet, bst, vaf)
    if b_findings >= 2:
        return True, "SSM"
    dense = get("extramedullary_dense_infiltrate") is True
    if get("skin_lesions") in (None, "none") and b_findings == 0 and not dense and not _at_least(bst, 125):
        return True, "BMM"
    return True, "ISM"


def _b_findings(sheet: Mapping[str, Any], bst: float | None, vaf: float | None) -> int:
    get = sheet.get
    count = 0
    if _at_least(_number(get("bm_mc_pct_biopsy")), 30) or _at_least(bst, 200) or _at_least(vaf, 10):
        count += 1
    if get("dysplasia") is True or get("myeloproliferation_signs") is True:
        count += 1
    enlarged = ("present", "imaging", "palpable")
    if get("hepatomegaly") in enlarged or get("splenomegaly") in enlarged or _above(_number(get("node_max_cm")), 2):
        count += 1
    return count


def _c_findings(sheet: Mapping[str, Any]) -> int:
    get = sheet.get
    count = 0
    anaemia = _below(_number(get("hb")), 10) and get("hb_confounded") is not True
    if _below(_number(get("anc")), 1.0) or anaemia or _below(_number(get("plt")), 100):
        count += 1
    liver = ("ascites", "liver_enzymes_elevated", "liver_impairment", "portal_hypertension")
    if any(get(name) is True for name in liver):
        count += 1
    if get("splenomegaly") == "palpable" and get("hypersplenism") is True:
        count += 1
    if get("malabsorption_gi_mc") is True and get("hypoalbuminaemia") is True:
        count += 1
    if _at_least(_number(get("osteolysis_max_cm")), 2) and get("pathologic_fracture_lytic") is True:
        count += 1
    return count


def _not_systemic(sheet: Mapping[str, Any]) -> str:
    get = sheet.get
    if get("destructive_mc_tumour") is True:
        return "MCS"
    typical = get("skin_lesions") not in (None, "none", "present", "nontypical")
    if typical and (get("skin_biopsy_mc_increased") is True or get("skin_kit_mutation") is True):
        return "CM" if get("bm_biopsy_done") is True else "MIS"
    return "none"
