"""Results of one test over time, as a person's record has them: values as printed, with unit, date and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mastkit.record.facts import TRYPTASE, Measurement, Variant
from mastkit.record.quantity import Quantity, UnitDoesNotFit
from mastkit.reports.current import CurrentFacts
from mastkit.reports.words import clinical, number
from mastkit.vocabulary.variables import sheet_variables

_CONTEXT = {"baseline": "when well", "event": "during or after a reaction", "unknown": "time of sample not stated"}


@dataclass(frozen=True)
class Point:
    """One result. ``comparator`` is there where the laboratory printed only a bound."""

    fact: UUID
    day: date
    value: float
    comparator: str | None
    printed: str
    kind: str
    where: str
    limit: str


@dataclass(frozen=True)
class Series:
    """The results of one test in one unit, earliest first."""

    code: str
    title: str
    unit: str
    points: tuple[Point, ...]
    line_kind: str
    """The kind of sample that a line joins: samples taken for a reaction are no trend."""
    upper_limit: float | None
    """The laboratory's own upper limit, where all results have the same."""
    left_out: tuple[str, ...]
    """Results whose unit does not fit, as printed."""
    from_zero: bool = True

    def sentence(self) -> str:
        """Say in one sentence what the results show."""
        trend = [point for point in self.points if point.kind == self.line_kind] or list(self.points)
        first, last = trend[0], trend[-1]
        kind = f", {last.kind}" if last.kind else ""
        if len(trend) == 1:
            return f"{self.title}{kind}: {last.printed} on {last.day}; one result."
        values = [point.value for point in trend]
        lowest, highest = trend[values.index(min(values))], trend[values.index(max(values))]
        text = (
            f"{self.title}{kind}: {first.printed} on {first.day}, {last.printed} on {last.day}; "
            f"{len(trend)} results, lowest {lowest.printed}, highest {highest.printed}."
        )
        others = len(self.points) - len(trend)
        return f"{text} {others} more of another kind of sample." if others else text


FIRST = (TRYPTASE, "kit_vaf")
"""The trends that come first in every document; the others follow by name."""


def all_series(facts: CurrentFacts) -> tuple[Series, ...]:
    """Return the results of every test that was measured, tryptase and KIT allele fraction first."""
    by_code: dict[str, list[Measurement]] = {}
    for measurement in facts.of(Measurement):
        by_code.setdefault(measurement.code, []).append(measurement)
    found = [_of_measurements(facts, code, results) for code, results in by_code.items()]
    if kit := _kit_fractions(facts):
        found.append(kit)
    return tuple(sorted((one for one in found if one.points), key=_order))


def repeated(series: Iterable[Series]) -> tuple[Series, ...]:
    """Return the series that have more than one result, and so a trend."""
    return tuple(one for one in series if len(one.points) > 1)


def _order(series: Series) -> tuple[int, str]:
    place = FIRST.index(series.code) if series.code in FIRST else len(FIRST)
    return place, series.title.casefold()


def _of_measurements(facts: CurrentFacts, code: str, results: list[Measurement]) -> Series:
    unit = results[-1].quantity.unit
    points, left_out, limits = [], [], set()
    for result in results:
        quantity = _in_unit(result.quantity, unit)
        if quantity is None:
            left_out.append(f"{number(result.quantity)} on {facts.day(result)}")
            continue
        limits.add(result.reference_high if result.quantity.unit == unit else None)
        limit = "" if result.reference_high is None else f"{result.reference_high:g} {result.quantity.unit}"
        points.append(
            Point(
                fact=result.id,
                day=facts.day(result),
                value=quantity.value,
                comparator=quantity.comparator,
                printed=number(result.quantity),
                kind=_kind(code, result),
                where=", ".join(word for word in (result.laboratory, result.method) if word),
                limit=limit,
            )
        )
    title = "Tryptase" if code == TRYPTASE else clinical(code, "lab")
    return Series(
        code=code,
        title=title,
        unit="" if unit == "1" else number(Quantity(value=1, unit=unit)).removeprefix("1 "),
        points=tuple(points),
        line_kind=_line_kind(code, points),
        upper_limit=limits.pop() if len(limits) == 1 else None,
        left_out=tuple(left_out),
        from_zero=code == TRYPTASE,
    )


def _line_kind(code: str, points: list[Point]) -> str:
    if code == TRYPTASE and any(point.kind == _CONTEXT["baseline"] for point in points):
        return _CONTEXT["baseline"]
    return points[-1].kind if points else ""


def _kind(code: str, result: Measurement) -> str:
    if code == TRYPTASE:
        return _CONTEXT[result.context]
    return result.site or result.specimen or ""


def _in_unit(quantity: Quantity, unit: str) -> Quantity | None:
    if quantity.unit == unit:
        return quantity
    try:
        return quantity.to(unit)
    except UnitDoesNotFit:
        return None


def _kit_fractions(facts: CurrentFacts) -> Series | None:
    """Return the KIT D816V allele fractions; blood and marrow are different kinds and are never joined."""
    points = []
    for variant in facts.of(Variant):
        if variant.gene.upper() != "KIT" or "D816V" not in (variant.change or "").upper():
            continue
        quantity = variant.allele_fraction
        if quantity is None:
            continue
        assay = ", ".join(word for word in (variant.laboratory, variant.assay, variant.method) if word)
        points.append(
            Point(
                fact=variant.id,
                day=facts.day(variant),
                value=quantity.value,
                comparator=quantity.comparator,
                printed=number(quantity),
                kind=variant.tissue or "tissue not stated",
                where=assay,
                limit="",
            )
        )
    if not points:
        return None
    label = sheet_variables()["kit_d816v_vaf_pct"].label
    return Series("kit_vaf", label, "%", tuple(points), points[-1].kind, None, ())
