"""Tests: each value over time, with the range of the person's own values when well."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.pages.axes import dates
from mastkit.companion.pages.clocks import when
from mastkit.companion.pages.describe import SEVERITY_READING, describe, quantity, unit_name
from mastkit.companion.pages.labels import clinical_label, label
from mastkit.record import facts as f
from mastkit.record.quantity import Quantity, UnitDoesNotFit
from mastkit.record.record import Record
from mastkit.reports.svg import NARROW, WIDE, Point, Shape, trend

ENOUGH_FOR_A_BAND, LAST = 3, 5
"""A range of fewer values would only repeat them; one of many years would hide what treatment has changed."""


ROOM = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Row:
    """A value in the table behind a chart."""

    id: UUID
    when: str
    value: str
    context: str
    where: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One test."""

    code: str
    name: str
    clinical: str
    unit: str
    sentence: str
    wide: str
    narrow: str
    rows: tuple[Row, ...]
    shapes: frozenset[str]
    """What the chart shows, for its key: dot, open, event, band, limit."""
    apart: tuple[str, ...]
    """Values that could not be drawn, and why."""


@dataclass(frozen=True, slots=True)
class TrendsPage:
    """The page."""

    trends: tuple[Trend, ...]
    empty: bool


def trends_page(record: Record, zone: str, units: dict[str, str] | None = None) -> TrendsPage:
    """Return the page; ``units`` are those that the person wants to see, by code."""
    series: dict[tuple[str, str], list[f.Measurement]] = {}
    for fact in record.current():
        if isinstance(fact, f.Measurement) and fact.code != SEVERITY_READING:
            series.setdefault((fact.code, fact.site or ""), []).append(fact)
    trends = [
        _trend(code, site, found, zone, (units or {}).get(code, "")) for (code, site), found in series.items()
    ]
    trends.sort(key=lambda one: (one.code != "tryptase", -len(one.rows), one.name))
    return TrendsPage(tuple(trends), not trends)


def own_band(measurements: list[tuple[f.Measurement, Quantity]]) -> tuple[float, float] | None:
    """Return lowest and highest of the last values when well; those of unknown context where none is so marked.

    A limit such as ">200" says nothing about a range and is left out.
    """
    exact = [(fact, shown) for fact, shown in measurements if shown.comparator is None]
    well = [shown.value for fact, shown in exact if fact.context == "baseline"]
    values = well or [shown.value for fact, shown in exact if fact.context == "unknown"]
    last = values[-LAST:]
    return (min(last), max(last)) if len(last) >= ENOUGH_FOR_A_BAND else None


def _trend(code: str, site: str, facts: list[f.Measurement], zone: str, wanted: str) -> Trend:
    facts = sorted(facts, key=lambda fact: fact.time.at)
    unit = wanted or facts[-1].quantity.unit
    drawn: list[tuple[f.Measurement, Quantity]] = []
    apart = []
    for fact in facts:
        try:
            drawn.append((fact, fact.quantity.to(unit)))
        except UnitDoesNotFit:
            apart.append(_("%(value)s of %(when)s has a unit that does not fit %(unit)s.") % {
                "value": quantity(fact.quantity), "when": when(fact.time, zone), "unit": unit_name(unit),
            })  # fmt: skip
    band = own_band(drawn)
    name = label(code, "lab") + (f", {site}" if site else "")
    sentence = _sentence(name, drawn, band, zone)
    limits = sorted(
        {
            fact.reference_high
            for fact, shown in drawn
            if fact.reference_high is not None and shown.unit == fact.quantity.unit
        }
    )
    return Trend(
        code=code,
        name=name,
        clinical=clinical_label(code, "lab"),
        unit=unit_name(unit),
        sentence=sentence,
        wide=_chart(name, sentence, drawn, band, limits[-1:], zone, WIDE) if drawn else "",
        narrow=_chart(name, sentence, drawn, band, limits[-1:], zone, NARROW) if drawn else "",
        rows=tuple(_row(fact, zone) for fact in reversed(facts)),
        shapes=_shapes(drawn, band, bool(limits)),
        apart=tuple(apart),
    )


def _chart(
    name: str, sentence: str, drawn: list[tuple[f.Measurement, Quantity]], band: tuple[float, float] | None,
    limits: list[float], zone: str, width: int,
) -> str:  # fmt: skip
    points = [
        Point(
            fact.time.at,
            shown.value,
            _shape(fact, shown),
            f"{quantity(shown)}, {when(fact.time, zone)}",
        )
        for fact, shown in drawn
    ]
    return trend(
        points, title=name, description=sentence, band=band, limits=limits, width=width,
        dates=dates(points[0].at - ROOM, points[-1].at + ROOM, zone),
    )  # fmt: skip


def _sentence(
    name: str, drawn: list[tuple[f.Measurement, Quantity]], band: tuple[float, float] | None, zone: str
) -> str:
    if not drawn:
        return ""
    last, shown = drawn[-1]
    count = ngettext("%(n)d value", "%(n)d values", len(drawn)) % {"n": len(drawn)}
    text = _("%(name)s: %(count)s, the last %(value)s (%(when)s).") % {
        "name": name, "count": count, "value": quantity(shown), "when": when(last.time, zone),
    }  # fmt: skip
    if band is not None and band[0] == band[1]:
        text += " " + _("Your last values when well were all the same.")
    elif band is not None:
        unit = unit_name(shown.unit)
        text += " " + _("Your last values when well lie between %(low)s and %(high)s.") % {
            "low": f"{band[0]:g}", "high": f"{band[1]:g} {unit}".strip(),
        }  # fmt: skip
    return text


def _shape(fact: f.Measurement, shown: Quantity) -> Shape:
    return "event" if fact.context == "event" else "open" if shown.comparator else "dot"


def _shapes(drawn: list[tuple[f.Measurement, Quantity]], band: object, limited: bool) -> frozenset[str]:
    found: set[str] = {_shape(fact, shown) for fact, shown in drawn}
    return frozenset(found | ({"band"} if band else set()) | ({"limit"} if limited else set()))


def _row(fact: f.Measurement, zone: str) -> Row:
    line = describe(fact, zone)
    context = {"baseline": _("when well"), "event": _("for an event"), "unknown": _("not said")}[fact.context]
    where = " · ".join(filter(None, [fact.laboratory, fact.method, fact.site]))
    return Row(fact.id, line.when, quantity(fact.quantity), context, where)
