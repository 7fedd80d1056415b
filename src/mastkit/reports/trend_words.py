"""What a trend says in words: how many values, from when to when, and whether the change is more than variation."""

from __future__ import annotations

from dataclasses import dataclass

from mastkit.followup.trend_points import VAF
from mastkit.followup.trends import Place, Trend
from mastkit.followup.variation import FEWEST_OWN_VALUES, PublishedVariation
from mastkit.logic.values import Truth
from mastkit.record.validation import counted
from mastkit.reports.assessment.outline import VERIFIED
from mastkit.reports.words import capital, printed

_PLACES: dict[Place, str] = {
    "above": "above it",
    "below": "below it",
    "within": "within it",
    "open": "open: the value is printed as a limit",
}
_MORE: dict[Truth, str] = {
    True: "The latest change is more than variation.",
    False: "The latest change is no more than variation.",
    None: "Whether the latest change is more than variation is open.",
}
_OWN_METHOD = "95 % prediction interval from the values before the latest; the method is this program's own"

NOTHING_PUBLISHED = "No published variation of this test at rest is known here."


@dataclass(frozen=True)
class TrendWords:
    """A trend in the lines of a document: what it says, and what that rests on, with sources."""

    code: str
    change: str
    grounds: tuple[str, ...]


def trend_words(trend: Trend) -> TrendWords:
    """Return a trend that has values in the lines of a document."""
    grounds = [span_words(trend)]
    if not _too_few(trend):
        grounds.append(f"{capital(own_words(trend))}.")
    if trend.band is not None:
        grounds.append(f"How the own band is made: {_OWN_METHOD}.")
    if (laboratory := laboratory_words(trend)) is not None:
        grounds.append(f"Against {laboratory}.")
    if len(trend.points) > 1:
        grounds += [_published(one) for one, _ in trend.published] or [NOTHING_PUBLISHED]
    return TrendWords(trend.code, change_words(trend), (*grounds, *trend.remarks))


def span_words(trend: Trend) -> str:
    """Say how many values there are, of which days, and what the latest is."""
    first, last = trend.points[0], trend.points[-1]
    many = counted(len(trend.points), "comparable value")
    when = f"on {last.day}" if len(trend.points) == 1 else f"from {first.day} to {last.day}"
    return f"{many} {when}; the latest: {printed(last.text)}."


def change_words(trend: Trend) -> str:
    """Say whether the latest change is more than variation, or that the values are too few to tell."""
    if len(trend.points) == 1:
        return "One value only: there is no change to judge."
    if trend.more_than_variation is None and _too_few(trend):
        return f"Too few values to tell whether a change is more than variation: {trend.no_band}."
    return _MORE[trend.more_than_variation]


def own_words(trend: Trend) -> str:
    """Say where the latest value lies in the person's own band, or why there is none."""
    if trend.band is None or trend.own is None:
        return f"no own band: {trend.no_band}"
    band = f"{trend.band.low:.3g} to {trend.band.high:.3g} {printed(trend.unit)}"
    return f"own band from {trend.band.count} values: {band}; {_PLACES[trend.own]}"


def laboratory_words(trend: Trend) -> str | None:
    """Say where the latest value lies in the laboratory's own limits, where it printed any."""
    return f"the laboratory's own limits: {_PLACES[trend.laboratory]}" if trend.laboratory else None


def series_code(code: str) -> str:
    """Return the code of a series as that of its trend."""
    return VAF if code == "kit_vaf" else code


def _too_few(trend: Trend) -> bool:
    return trend.band is None and sum(point.exact for point in trend.points[:-1]) < FEWEST_OWN_VALUES


def _published(one: PublishedVariation) -> str:
    return f"{capital(one.text)}. Source: {one.source.reference} ({VERIFIED[one.verified]})."
