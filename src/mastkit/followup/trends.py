"""Is a change more than variation? A person's own band first, what is known of others second.

Only values that can be compared are: baseline tryptase, allele fractions of one tissue and one kind of test. A
limit such as "> 200" is kept as one: it never counts as an exact value, and leaves open what it cannot decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from mastkit.followup.history import MEDICINE_KINDS, Treatment, facts_until, order_of, treatments
from mastkit.followup.sources import source_as_data
from mastkit.followup.trend_points import (
    VAF,
    Point,
    comparable,
    fraction_points,
    measured_points,
    variable_of,
)
from mastkit.followup.variation import (
    FEWEST_OWN_VALUES,
    OwnBand,
    PublishedVariation,
    own_band,
    published_variation,
)
from mastkit.logic.values import Interval, Truth
from mastkit.record.facts import Measurement, Variant
from mastkit.record.record import Record
from mastkit.vocabulary.terms import terms

Place: TypeAlias = Literal["above", "below", "within", "open"]


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
        code: ``tryptase`` (baseline values), ``kit_d816v_vaf_pct``, another number of the case sheet, or the code
            of any measurement of the record, which then is judged in the unit of its latest value.

    Raises:
        ValueError: in one sentence, for a code that is none of these.
    """
    return trends(record, (code,), on)[0]


def trends(record: Record, codes: Iterable[str], on: date) -> tuple[Trend, ...]:
    """The trends of several tests up to a day, in the order of the codes. See `trend`."""
    facts = sorted(facts_until(record, on), key=order_of)
    given = treatments(record, on)
    measured: dict[str, list[Measurement]] = {}
    for fact in facts:
        if isinstance(fact, Measurement):
            measured.setdefault(fact.code, []).append(fact)
    variants = [fact for fact in facts if isinstance(fact, Variant)]
    return tuple(_trend(record, code, measured.get(code, []), variants, given) for code in codes)


def _trend(
    record: Record,
    code: str,
    measured: Sequence[Measurement],
    variants: Sequence[Variant],
    given: Sequence[Treatment],
) -> Trend:
    variable = variable_of(code, measured)
    if code == VAF:
        points, remarks = comparable(fraction_points(variants, record))
    else:
        points, apart = measured_points(measured, record, code, variable)
        points, remarks = comparable(points)
        remarks = (*apart, *remarks)
    earlier, last = points[:-1], points[-1] if points else None
    exact = [point.value.low for point in earlier if point.exact]
    band = own_band(exact)
    own = None if band is None or last is None else _place(last.value, band.low, band.high)
    if last is not None and earlier:
        started = [t for t in given if earlier[-1].day < t.since <= last.day]
        remarks += tuple(
            f"{_medicine(one.medicine)} was started on {one.since}, between the last two values." for one in started
        )
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


def _medicine(name: str) -> str:
    """The clinician's word for a medicine; where the vocabulary has none, as it was written."""
    term = next((terms()[kind, name] for kind in MEDICINE_KINDS if (kind, name) in terms()), None)
    return term.label if term is not None else f"{name[:1].upper()}{name[1:]}"


def _why_no_band(exact: list[float]) -> str:
    if len(exact) < FEWEST_OWN_VALUES:
        values = "value" if len(exact) == 1 else "values"
        return f"{len(exact)} earlier own {values}, {FEWEST_OWN_VALUES} are needed"
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
