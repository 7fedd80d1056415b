"""What the prognostic scores need of a record beside the findings and numbers of a case sheet.

Gene results stand in a record as facts of kind variant, and whether alkaline phosphatase is above the limit follows
from the laboratory's own limit beside the value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mastkit.followup.history import facts_until, order_of
from mastkit.logic.values import Fact, Truth
from mastkit.record.facts import AnyFact, Measurement, Variant
from mastkit.record.record import Record

GENES = ("srsf2", "asxl1", "runx1", "nras", "dnmt3a")


@dataclass(frozen=True, slots=True)
class ScoreValues:
    """Values by sheet variable, each with the day on which it was obtained."""

    values: dict[str, Fact | None]
    dates: dict[str, date]


def score_values(record: Record, on: date) -> ScoreValues:
    """The gene results of a record up to a day, and alkaline phosphatase against the laboratory's own limit.

    A mutation that was once found stays found: a later panel that does not see it may have seen less. A gene that
    no fact names is left out: not sequenced is not unchanged. An inherited change is no acquired mutation.
    """
    found = ScoreValues({}, {})
    facts = sorted(facts_until(record, on), key=order_of)
    for gene in GENES:
        _read_gene(gene, facts, record, found)
    for fact in facts:
        if isinstance(fact, Measurement) and fact.code == "alp" and (above := _above_limit(fact)) is not None:
            found.values["alp_above_limit"] = above
            found.dates["alp_above_limit"] = fact.time.day(record.zone)
    return found


def _read_gene(gene: str, facts: Iterable[AnyFact], record: Record, found: ScoreValues) -> None:
    for fact in facts:
        if not isinstance(fact, Variant) or fact.gene.casefold() != gene or fact.origin == "germline":
            continue
        if fact.result == "equivocal" or (fact.result == "not_detected" and found.values.get(gene) is True):
            continue
        # "Not detected" of one named change leaves the rest of the gene open.
        if fact.result == "not_detected" and fact.change is not None:
            continue
        found.values[gene] = fact.result == "detected"
        found.dates[gene] = fact.time.day(record.zone)


def _above_limit(fact: Measurement) -> Truth:
    limit, value = fact.reference_high, fact.quantity.value
    if limit is None:
        return None
    match fact.quantity.comparator:
        case None:
            return value > limit
        case ">":
            return True if value >= limit else None
        case ">=":
            return True if value > limit else None
        case "<" | "<=":
            return False if value <= limit else None
