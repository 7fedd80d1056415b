"""Exact comparison of printed decimals: ``1.2 * 18 + 2`` is 23.6, not 23.599999999999998.

Laboratories print decimals, and a rule turns on equality at its limit. Doubles decide where they are far enough
apart; the few that are not are compared as the decimals that they were printed as.
"""

from __future__ import annotations

import math
from fractions import Fraction

SURE = 1e-12
"""Part of the terms above which a difference of doubles has a sure sign: thousands of rounding errors wide."""


def side(number: float, factor: float, other: float, shift: float) -> int:
    """1, 0 or -1: whether ``number`` is above, at or below ``factor * other + shift``, taken as decimals.

    Infinite numbers stand for ends without a limit; of two, that of ``number`` decides.
    """
    if math.isinf(number):
        return 1 if number > 0 else -1
    if math.isinf(other):
        return -1 if other > 0 else 1
    difference = number - (factor * other + shift)
    if abs(difference) > SURE * (abs(number) + abs(factor * other) + abs(shift)):
        return 1 if difference > 0 else -1
    exact = _decimal(number) - (_decimal(factor) * _decimal(other) + _decimal(shift))
    return (exact > 0) - (exact < 0)


def _decimal(number: float) -> Fraction:
    return Fraction(repr(float(number)))
