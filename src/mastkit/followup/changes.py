"""From two case sheets to what changed between them: exact falls in percent, and states now."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from mastkit.logic.values import Fact, Interval, Range, Truth, exactly

Values = Mapping[str, Fact | None]

_PALPABLE_OR_NOT: Mapping[object, Truth] = {
    "palpable": True, "none": False, "not_palpable": False, "imaging": False,
}  # fmt: skip


def fall_pct(before: Fact | None, now: Fact | None) -> Interval | None:
    """By how much percent a number fell; a rise is below zero. A range where a number is censored.

    Worked out from the numbers as they were printed, so that exactly half is exactly 50.
    """
    earlier, later = _range(before), _range(now)
    if earlier is None or later is None or earlier.high <= 0:
        return None
    lowest = _fall(earlier.low, later.high)
    highest = _fall(earlier.high, later.low)
    return Interval(lowest, highest)


def fall(before: Fact | None, now: Fact | None, *, divided_by: int = 1) -> Interval | None:
    """By how much a number fell, in its own unit or a smaller part of it; a range where a number is censored."""
    earlier, later = _range(before), _range(now)
    if earlier is None or later is None:
        return None
    return Interval(
        _difference(earlier.low, later.high, divided_by, -math.inf),
        _difference(earlier.high, later.low, divided_by, math.inf),
    )


def _range(value: Fact | None) -> Interval | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, Range):
        return Interval(value.low, value.high)
    if isinstance(value, int | float) and not math.isnan(value):
        return exactly(float(value))
    return None


def _fall(before: float, now: float) -> float:
    if math.isinf(now) or before <= 0:
        return -math.inf
    if math.isinf(before):
        return 100.0
    earlier, later = _printed(before), _printed(now)
    return float((earlier - later) / earlier * 100)


def _difference(before: float, now: float, divided_by: int, endless: float) -> float:
    if math.isinf(before) or math.isinf(now):
        return endless
    return float((_printed(before) - _printed(now)) / divided_by)


def _printed(number: float) -> Fraction:
    return Fraction(repr(number))


def changes(before: Values, now: Values) -> dict[str, Fact | None]:
    """What the response criteria ask about, as far as two case sheets say it.

    Args:
        before: the case sheet before treatment.
        now: the case sheet now.

    Returns:
        variables of :mod:`mastkit.rulebooks.response_variables`; what neither sheet says is left out.
    """
    found: dict[str, Fact | None] = {
        "tryptase_now": now.get("bst"),
        "tryptase_fall_pct": fall_pct(before.get("bst"), now.get("bst")),
        "mast_cell_fall_pct": fall_pct(before.get("bm_mc_pct_biopsy"), now.get("bm_mc_pct_biopsy")),
        "vaf_fall_pct": _vaf_fall(before, now),
        "vaf_undetectable": _vaf_undetectable(before, now),
        "aggregates_now": _aggregates(now),
        "organomegaly_palpable": _palpable(now),
        "anc_now": now.get("anc"),
        "hb_now": now.get("hb"),
        "plt_now": now.get("plt"),
        # The case sheet holds albumin in g/L, the published criterion is in g/dL.
        "albumin_fall": fall(before.get("albumin"), now.get("albumin"), divided_by=10),
    }
    return {name: value for name, value in found.items() if value is not None}


def _same_test(before: Values, now: Values) -> bool:
    """Whether both tests are of one stated tissue, and not of two methods: others are not compared."""
    tissue, method = before.get("kit_d816v_tissue"), before.get("kit_d816v_method")
    other = now.get("kit_d816v_method")
    return (
        tissue is not None
        and tissue == now.get("kit_d816v_tissue")
        and (None in (method, other) or method == other)
    )


def _vaf_fall(before: Values, now: Values) -> Interval | None:
    if not _same_test(before, now):
        return None
    return fall_pct(before.get("kit_d816v_vaf_pct"), now.get("kit_d816v_vaf_pct"))


def _vaf_undetectable(before: Values, now: Values) -> Truth:
    if now.get("kit_d816v") == "true":
        return False
    sensitive = now.get("kit_d816v_method") in ("aso-qpcr", "ddpcr")
    return True if now.get("kit_d816v") == "false" and sensitive and _same_test(before, now) else None


def _aggregates(now: Values) -> Truth:
    """Whether there are aggregates; "not multifocal" leaves it open."""
    if True in (now.get("bm_aggregates_multifocal"), now.get("extracutaneous_aggregates_multifocal")):
        return True
    present = now.get("bm_aggregates_present")
    return present if isinstance(present, bool) else None


def _palpable(now: Values) -> Truth:
    organs = [_PALPABLE_OR_NOT.get(now.get(name)) for name in ("hepatomegaly", "splenomegaly")]
    return True if True in organs else None if None in organs else False
