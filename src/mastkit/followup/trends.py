"""Is a change more than variation? A person's own band first, what is known of others second.

Only values that can be compared are: baseline tryptase, allele fractions of one tissue and one kind of test. A
limit such as "> 200" is kept as one: it never counts as an exact value, and leaves open what it cannot decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from mastkit.followup.history import facts_until, order_of, treatments
from mastkit.followup.sources import source_as_data
from mastkit.followup.variation import (
    FEWEST_OWN_VALUES,
    OwnBand,
    PublishedVariation,
    own_band,
    published_variation,
)
from mastkit.logic.values import Interval, Truth
from mastkit.record.facts import TRYPTASE, AnyFact, Measurement, Variant
from mastkit.record.record import Record
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

VAF = "kit_d816v_vaf_pct"
Place: TypeAlias = Literal["above", "below", "within", "open"]


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


@dataclass(frozen=True, slots=True)
class Trend:
    """The latest value of a test beside the earlier ones.

    Attributes:
        points: the comparable values, oldest first.
        band: the person's own band from the values before the latest; ``None`` with the reason in ``no_band``.
        own: where the latest value lies in that band.
        published: what was published of variation, each with whether the change is more; ``None`` where open.
        laboratory: where the latest value lies in the laboratory's own limits.
        remarks: what a careful reader should know.
    """

    code: str
    title: str
    unit: str
    points: tuple[Point, ...]
    band: OwnBand | None
    no_band: str
    own: Place | None
    published: tuple[tuple[PublishedVariation, Truth], ...]
    laboratory: Place | None
    remarks: tuple[str, ...]

    @property
    def latest(self) -> Point | None:
        """The latest value."""
        return self.points[-1] if self.points else None

    @property
    def more_than_variation(self) -> Truth:
        """Whether the latest change is more than variation: by the own band if there is one, else as published."""
        if self.own is not None:
            return None if self.own == "open" else self.own != "within"
        judged = [truth for variation, truth in self.published if variation.kind != "context"]
        return True if True in judged else None if not judged or None in judged else False

    def to_dict(self) -> dict[str, Any]:
        """The trend as plain data, ready to be written as JSON."""
        return {
            "code": self.code,
            "title": self.title,
            "unit": self.unit,
            "points": [{"day": p.day.isoformat(), "value": p.text, "exact": p.exact} for p in self.points],
            "own_band": None
            if self.band is None
            else {"low": self.band.low, "high": self.band.high, "values": self.band.count},
            "no_own_band": self.no_band or None,
            "against_own_band": self.own,
            "published": [
                {
                    "text": variation.text,
                    "plain": variation.plain,
                    "population": variation.population,
                    "more_than_this": truth,
                    "source": source_as_data(variation.source),
                    "verified": variation.verified,
                }
                for variation, truth in self.published
            ],
            "against_laboratory_limits": self.laboratory,
            "more_than_variation": self.more_than_variation,
            "remarks": list(self.remarks),
        }


def trend(record: Record, code: str, on: date) -> Trend:
    """The trend of one test up to a day.

    Args:
        code: ``tryptase`` (baseline values), ``kit_d816v_vaf_pct``, or another number of the case sheet.

    Raises:
        ValueError: in one sentence, for a code that is no number of the case sheet.
    """
    variable = sheet_variables().get("bst" if code == TRYPTASE else code)
    if variable is None or variable.kind != "number":
        raise ValueError(f"found {code!r}, expected {TRYPTASE} or a number of the case sheet such as hb or {VAF}")
    facts = sorted(facts_until(record, on), key=order_of)
    points = _fractions(facts, record) if code == VAF else _measured(facts, record, code, variable)
    points, remarks = _comparable(points)
    earlier, last = points[:-1], points[-1] if points else None
    exact = [point.value.low for point in earlier if point.exact]
    band = own_band(exact)
    own = None if band is None or last is None else _place(last.value, band.low, band.high)
    if last is not None and earlier:
        started = [t for t in treatments(record, on) if earlier[-1].day < t.since <= last.day]
        remarks += tuple(f"{t.medicine} was started on {t.since}, between the last two values" for t in started)
    return Trend(
        code=code,
        title=variable.label,
        unit=variable.unit,
        points=tuple(points),
        band=band,
        no_band="" if band is not None else _why_no_band(exact),
        own=own,
        published=_against_published(code, points),
        laboratory=None if last is None else _against_laboratory(last),
        remarks=remarks,
    )


def _measured(facts: Sequence[AnyFact], record: Record, code: str, variable: SheetVariable) -> list[Point]:
    found = []
    for fact in facts:
        if not isinstance(fact, Measurement) or fact.code != code:
            continue
        if code == TRYPTASE and fact.context != "baseline":
            continue
        read = fact.quantity.interval(variable)
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
    return found


def _limits(fact: Measurement, variable: SheetVariable) -> tuple[float | None, float | None]:
    """The laboratory's own limits in the unit of the variable."""
    ends: list[float | None] = []
    for number in (fact.reference_low, fact.reference_high):
        if number is None:
            ends.append(None)
            continue
        limit = fact.quantity.model_copy(update={"value": number, "comparator": None})
        ends.append(limit.interval(variable).low)
    return ends[0], ends[1]


def _fractions(facts: Sequence[AnyFact], record: Record) -> list[Point]:
    """Allele fractions of KIT D816V; not found is from nothing to what the test can see, where that is known."""
    found = []
    for fact in facts:
        if not isinstance(fact, Variant) or fact.gene.upper() != "KIT" or fact.change not in (None, "D816V"):
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


def _comparable(points: list[Point]) -> tuple[list[Point], tuple[str, ...]]:
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
    return alike, (f"{left} values of another tissue or test are left out.",) if left else ()


def _why_no_band(exact: list[float]) -> str:
    if len(exact) < FEWEST_OWN_VALUES:
        return f"{len(exact)} earlier own values, {FEWEST_OWN_VALUES} are needed"
    return "the earlier values are all equal, or not above zero"


def _place(value: Interval, low: float | None, high: float | None) -> Place:
    if high is not None and value.low > high:
        return "above"
    if low is not None and value.high < low:
        return "below"
    inside = (low is None or value.low >= low) and (high is None or value.high <= high)
    return "within" if inside else "open"


def _against_laboratory(point: Point) -> Place | None:
    low, high = point.reference
    return None if low is None and high is None else _place(point.value, low, high)


def _against_published(code: str, points: Sequence[Point]) -> tuple[tuple[PublishedVariation, Truth], ...]:
    known = [variation for variation in published_variation() if variation.test == code]
    if len(points) < 2:
        return ()
    before, now = points[-2].value, points[-1].value
    return tuple((variation, _rose_by(variation.ratio, before, now)) for variation in known)


def _rose_by(ratio: float | None, before: Interval, now: Interval) -> Truth:
    """Whether a value rose above so many times the earlier one; of a fall nothing was published."""
    if ratio is None or now.high < before.low:
        return None
    if now.low > ratio * before.high:
        return True
    return False if now.high <= ratio * before.low else None
