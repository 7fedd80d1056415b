"""The values that a trend is made of: those of one test that can be compared with the latest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mastkit.logic.values import Interval
from mastkit.record.facts import TRYPTASE, Measurement, Variant
from mastkit.record.record import Record
from mastkit.vocabulary.terms import called
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

VAF = "kit_d816v_vaf_pct"


@dataclass(frozen=True, slots=True)
class Point:
    """One value with its day, as it was printed, and how it was measured."""

    day: date
    value: Interval
    text: str
    fact: UUID
    how: tuple[str, ...]
    reference: tuple[float | None, float | None] = (None, None)

    @property
    def exact(self) -> bool:
        """Whether it is one number and no limit."""
        return self.value.low == self.value.high


def variable_of(code: str, measured: Sequence[Measurement]) -> SheetVariable:
    """The variable of a code; of a test that is none of the case sheet, a number in its latest value's unit."""
    variable = sheet_variables().get("bst" if code == TRYPTASE else code)
    if variable is not None and variable.kind == "number":
        return variable
    if not measured:
        raise ValueError(
            f"found {code!r}, expected {TRYPTASE} or a number of the case sheet such as hb or {VAF}, or a test of"
            " which the record has values"
        )
    term = called(code, "lab")
    title = term.label if term is not None else code.replace("_", " ").replace("-", " ")
    unit = measured[-1].quantity.unit
    return SheetVariable(code, "number", title, title, "", unit, (), None, None, integer=False, test="")


def measured_points(
    measured: Sequence[Measurement], record: Record, code: str, variable: SheetVariable
) -> tuple[list[Point], tuple[str, ...]]:
    """The values of a test from the site and specimen of the latest, and remarks on those left out."""
    if code == TRYPTASE:
        measured = [fact for fact in measured if fact.context == "baseline"]
    alike = [fact for fact in measured if _same_place(fact, measured[-1])]
    found, unfit = [], 0
    for fact in alike:
        try:
            read = fact.quantity.interval(variable)
        except ValueError:
            unfit += 1
            continue
        how = (f"laboratory {fact.laboratory or 'not stated'}", f"method {fact.method or 'not stated'}")
        point = Point(
            fact.time.day(record.zone),
            Interval(read.low, read.high),
            str(fact.quantity),
            fact.id,
            how,
            _limits(fact, variable),
        )
        found.append(point)
    others = len(measured) - len(alike)
    remarks = [f"Left out: {_values(others)} of another site or specimen."] if others else []
    remarks += [f"Left out: {_values(unfit)} whose unit or number does not fit the test."] if unfit else []
    return found, tuple(remarks)


def _same_place(one: Measurement, latest: Measurement) -> bool:
    """Whether two values may be set side by side: what is not stated of one is no difference."""
    pairs = ((one.site, latest.site), (one.specimen, latest.specimen))
    return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"


def _limits(fact: Measurement, variable: SheetVariable) -> tuple[float | None, float | None]:
    """The laboratory's own limits in the unit of the variable."""
    ends: list[float | None] = []
    for number in (fact.reference_low, fact.reference_high):
        if number is None:
            ends.append(None)
            continue
        limit = fact.quantity.model_copy(update={"value": number, "comparator": None})
        try:
            ends.append(limit.interval(variable).low)
        except ValueError:
            ends.append(None)
    return ends[0], ends[1]


def fraction_points(variants: Sequence[Variant], record: Record) -> list[Point]:
    """Allele fractions of KIT D816V; not found is from nothing to what the test can see, where that is known."""
    found = []
    for fact in variants:
        if fact.gene.upper() != "KIT" or fact.change not in (None, "D816V"):
            continue
        value, text = _fraction(fact)
        if value is not None:
            how = (f"tissue {fact.tissue or 'not stated'}", f"test {fact.assay or 'not stated'}")
            found.append(Point(fact.time.day(record.zone), value, text, fact.id, how))
    return found


def _fraction(fact: Variant) -> tuple[Interval | None, str]:
    if fact.allele_fraction is not None:
        read = fact.allele_fraction.interval(sheet_variables()[VAF])
        return Interval(read.low, read.high), str(fact.allele_fraction)
    if fact.result == "not_detected" and fact.detection_limit is not None:
        return Interval(0.0, fact.detection_limit.value), f"not found (limit {fact.detection_limit})"
    return None, ""


def comparable(points: list[Point]) -> tuple[list[Point], tuple[str, ...]]:
    """The values measured as the latest was. Of a fraction the tissue and the test must agree."""
    if not points:
        return [], ()
    how = points[-1].how
    if how[0].startswith("laboratory"):
        others = sorted({", ".join(p.how) for p in points if p.how != how})
        remarks = tuple(f"Earlier values come from another {other}." for other in others)
        return points, remarks
    alike = [point for point in points if point.how == how]
    left = len(points) - len(alike)
    return alike, (f"Left out: {_values(left)} of another tissue or test.",) if left else ()
