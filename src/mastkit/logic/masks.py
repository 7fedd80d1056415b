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
