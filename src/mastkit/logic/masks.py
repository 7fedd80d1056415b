"""Sets of cases as bit masks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

Masks: TypeAlias = Sequence[int]
"""For each variable, in the order of the diagram, the bit mask of the cases that are possible."""


@cache
def cases_of(mask: int) -> list[int]:
    """The cases that a mask holds, as their numbers."""
    return [i for i in range(mask.bit_length()) if mask >> i & 1]


def nearest(mask: int, wanted: int) -> int:
    """The cases of a number that lie within what is wanted; where none does, the one of its cases next to it."""
    if mask & wanted or not mask:
        return mask & wanted
    lowest = mask & -mask
    return lowest if wanted < lowest else 1 << (mask.bit_length() - 1)
