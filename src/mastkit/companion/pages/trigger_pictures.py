"""The pictures of My triggers, each with its words: pairs of icon arrays, and the chart of intervals."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.pages.trigger_words import limits, name_of, ratio_words, within
from mastkit.reports.svg import NARROW, WIDE
from mastkit.reports.trigger_charts import IntervalRow, Point, icon_array, intervals
from mastkit.triggers.result import MyTriggers, Status, Trigger

SHAPES: dict[Status, Point] = {
    "likely": "diamond",
    "possible": "dot",
    "linked_direction_unclear": "triangle",
    "unclear": "open",
    "no_sign_so_far": "open",
}


@dataclass(frozen=True, slots=True)
class Icons:
    """A hundred icons with what they say."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Out of a hundred periods of six hours, those with a flare: without the exposure and with it."""

    without: Icons
    with_it: Icons


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart of intervals with its sentence."""

    sentence: str
    wide: str
    narrow: str
    shapes: frozenset[Point]


def pair_of(trigger: Trigger) -> Pair | None:
    """Return the two icon arrays of an exposure, of the same hundred periods at the same times of day."""
    if trigger.absolute is None:
        return None
    label = within(name_of(trigger))
    without, with_it = trigger.absolute.without, trigger.absolute.with_exposure
    alone = _("Without %(label)s: about %(n)d in 100") % {"label": label, "n": round(without)}
    beside = _("With %(label)s: about %(n)d in 100 (could be %(low)d to %(high)d)") % {
        "label": label, "n": round(with_it.median), "low": round(with_it.low), "high": round(with_it.high),
    }  # fmt: skip
    periods = _("periods of six hours have a flare")
    return Pair(
        Icons(icon_array(without, without, without, title=alone, description=periods), alone),
        Icons(
            icon_array(with_it.median, with_it.low, with_it.high, title=beside, description=periods),
            beside,
        ),
    )


def chart_of(now: MyTriggers) -> Chart | None:
    """Return the chart of all exposures for which a ratio was worked out; none where there is no such."""
    shown = [trigger for trigger in now.triggers if trigger.ratio is not None and trigger.status in SHAPES]
    if not shown:
        return None
    rows = [
        IntervalRow(name_of(trigger), trigger.ratio, SHAPES[trigger.status], ratio_words(trigger.ratio))
        for trigger in shown
        if trigger.ratio is not None
    ]
    sentence = _sentence(now)

    def drawn(width: int) -> str:
        return intervals(
            rows,
            title=_("How many times as many flares, if it is a trigger"),
            description=sentence,
            no_difference=_("no difference"),
            fewer=_("fewer flares"),
            more=_("more flares"),
            width=width,
        )

    return Chart(sentence, drawn(WIDE), drawn(NARROW), frozenset(row.shape for row in rows))


def _sentence(now: MyTriggers) -> str:
    looked = ngettext("Of %(n)d exposure looked at,", "Of %(n)d exposures looked at,", len(now.triggers)) % {
        "n": len(now.triggers)
    }
    likely, possible = now.with_status("likely"), now.with_status("possible")
    if not likely and not possible:
        return looked + " " + _("none stands out so far; that clears none of them.")
    parts = []
    if likely:
        words = ngettext(
            "%(n)d is a likely trigger (%(names)s)", "%(n)d are likely triggers (%(names)s)", len(likely)
        )
        parts.append(words % {"n": len(likely), "names": _names(likely)})
    if possible:
        words = ngettext("%(n)d is possible (%(names)s)", "%(n)d are possible (%(names)s)", len(possible))
        parts.append(words % {"n": len(possible), "names": _names(possible)})
    return looked + " " + ", ".join(parts) + "; " + _("none of the others is cleared by this.")


def _names(triggers: tuple[Trigger, ...]) -> str:
    """Return the exposures with their ratios."""
    named = []
    for trigger in triggers:
        name = within(name_of(trigger))
        if trigger.ratio is not None:
            name += " " + _("%(median)s times as many flares, could be %(low)s to %(high)s") % limits(trigger.ratio)
        named.append(name)
    return "; ".join(named)
