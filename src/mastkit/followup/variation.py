"""How much a value varies by itself: a person's own band first, published variation second."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mastkit.followup.sources import PACKAGE, sources
from mastkit.logic.expressions import Source, Verification
from mastkit.vocabulary.tables import rows

FEWEST_OWN_VALUES = 5
"""Own values that a band needs: a choice of this project. With fewer the band is so wide that it shows nothing."""

CHANCE_OUTSIDE = 0.05
"""How often a new value lies outside the own band although nothing has changed, if the values vary as assumed."""


@dataclass(frozen=True, slots=True)
class OwnBand:
    """Where a person's next value is expected if nothing has changed.

    A 95 % prediction interval for one further value, on a logarithmic scale and with Student's t: it widens when
    the own values are few or scattered.

    Attributes:
        low, high: its ends, in the unit of the values.
        count: how many own values it rests on.
    """

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class PublishedVariation:
    """Variation at rest as it was published.

    Attributes:
        kind: ``rise`` where ``ratio`` is the rise above which a change is more than variation; ``context`` for what
            helps to read a change and decides nothing.
    """

    test: str
    kind: str
    ratio: float | None
    population: str
    text: str
    plain: str
    source: Source
    verified: Verification


@cache
def published_variation() -> tuple[PublishedVariation, ...]:
    """Return what was published of variation at rest, in the order of the file."""
    return tuple(
        PublishedVariation(
            row["test"],
            row["kind"],
            float(row["ratio"]) if row["ratio"] else None,
            row["population"],
            row["text"],
            row["plain"],
            sources()[row["source"]],
            "primary" if row["verified"] == "primary" else "reprint",
        )
        for row in rows("variation.csv", PACKAGE)
    )


def own_band(values: Sequence[float]) -> OwnBand | None:
    """The band of a person's own values; ``None`` where they are too few, all equal, or not above zero."""
    if len(values) < FEWEST_OWN_VALUES or min(values) <= 0:
        return None
    logs = [math.log(value) for value in values]
    mean = math.fsum(logs) / len(logs)
    spread = math.sqrt(math.fsum((x - mean) ** 2 for x in logs) / (len(logs) - 1))
    if min(values) == max(values):
        return None
    half = _quantile(len(values)) * spread * math.sqrt(1 + 1 / len(values))
    return OwnBand(math.exp(mean - half), math.exp(mean + half), len(values))


def _quantile(count: int) -> float:
    """Student's t for one less degrees of freedom, 2.5 % in each tail; beyond the table its last line."""
    table = _quantiles()
    return table[min(count, max(table))]


@cache
def _quantiles() -> dict[int, float]:
    return {int(row["values"]): float(row["quantile"]) for row in rows("student_t.csv", PACKAGE)}
