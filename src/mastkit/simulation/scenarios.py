"""Worlds in which diaries are simulated: what is true in each, and how well it is written down.

The numbers are judgement, not data: no real diary was available. They are those of the method notes in
``docs/triggers.md``, so that figures can be compared.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

Range = tuple[float, float]
World = Literal["multiplicative", "bucket", "self-exciting", "dose"]


@dataclass(frozen=True, slots=True)
class ExposureKind:
    """One kind of exposure as it comes up in life."""

    code: str
    per_week: float
    hour: float
    """The hour of the day around which it happens."""
    spread: float
    """Standard deviation of that hour."""
    weight: float
    """How often it is a trigger, relative to the others."""
    suspected: float
    """Share of people who suspect it, whether or not it is a trigger."""
    prodrome: float
    """Probability that it is written down when a flare announces itself."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One world, and how the diary is kept in it."""

    name: str
    title: str
    triggers: tuple[int, int] = (2, 3)
    """Fewest and most true triggers a person."""
    peak: Range = (2.0, 8.0)
    """Peak rate ratio of a true trigger, log-uniform."""
    world: World = "multiplicative"
    stretched: float = 0.0
    """Share of the triggers whose lags are three times as long."""
    synergy: float = 0.35
    """Share of people in whom a trigger is stronger together with a cofactor."""
    only_together: bool = False
    """Whether triggers act in pairs alone, as food and exercise may."""
    cycle: bool = False
    """Whether every fourth week is bad, for a cause that nobody writes down."""
    travel: bool = False
    """Whether there are journeys to other time zones, on which more happens."""
    people: int = 1
    """Whose lives one diary is about: two, where files of two people were merged by mistake."""
    prodrome: float = 0.12
    """Mean share of flares that announce themselves."""
    gap_starts: float = 0.03
    """Share of days on which the person stops writing for a while."""
    logged: float = 0.77
    """Mean share of exposures that are written down unprompted."""
    captured: float = 0.0
    """Share of the missed exposures that an evening check-in still catches."""
    recalled_suspected: Range = (0.4, 0.8)
    """Share of missed exposures written down after a flare, of what the person suspects."""
    recalled_other: Range = (0.1, 0.4)
    phantoms: float = 0.03
    """Share of entries of things that did not happen; of suspected ones, after flares."""
    answered: float = 0.0
    """Share of exposures for which the person says whether symptoms were already there."""
    decoys: int = 0
    """Further kinds of exposure that are never triggers."""


_MAIN = Scenario("main", "2-3 triggers, imperfect logging")
_CHECK_IN = replace(
    _MAIN,
    name="check-in",
    title="the same, with a daily check-in and the question about symptoms",
    gap_starts=0.012,
    captured=0.85,
    answered=0.75,
)
_WORST = replace(
    _MAIN,
    name="worst-logging",
    title="everything missed is remembered after flares",
    recalled_suspected=(1.0, 1.0),
    recalled_other=(1.0, 1.0),
    phantoms=0.12,
)
_NONE = (0, 0)

SCENARIOS: dict[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        _MAIN,
        _CHECK_IN,
        _WORST,
        replace(_MAIN, name="together", title="triggers act in pairs alone", only_together=True),
        replace(_CHECK_IN, name="thirty", title="check-in, thirty kinds of exposure", decoys=18),
        replace(_MAIN, name="bucket", title="loads add up to a threshold", world="bucket"),
        replace(_MAIN, name="self-exciting", title="flares bring on flares", world="self-exciting"),
        replace(_MAIN, name="long-lag", title="half the triggers take three times as long", stretched=0.5),
        replace(_MAIN, name="dose", title="how much counts, and nobody writes it down", world="dose"),
        replace(_MAIN, name="cycle", title="every fourth week is bad", cycle=True),
        replace(_MAIN, name="travel", title="journeys to other time zones", travel=True),
        replace(_MAIN, name="merged", title="the diaries of two people in one", people=2),
        replace(_MAIN, name="nothing", title="no triggers at all", triggers=_NONE),
        replace(_CHECK_IN, name="nothing-check-in", title="no triggers at all, with check-in", triggers=_NONE),
        replace(_MAIN, name="nothing-cycle", title="no triggers, bad weeks", triggers=_NONE, cycle=True),
        replace(_MAIN, name="nothing-travel", title="no triggers, journeys", triggers=_NONE, travel=True),
        replace(_WORST, name="nothing-worst", title="no triggers at all, worst logging", triggers=_NONE),
    )
}
"""The scenarios by name."""


@cache
def exposure_kinds(decoys: int = 0) -> tuple[ExposureKind, ...]:
    """Return the kinds of exposure, and so many more that never set anything off."""
    table = files("mastkit.simulation").joinpath("data/exposures.csv").read_text("utf-8")
    kinds = [
        ExposureKind(row["code"], *(float(value) for name, value in row.items() if name != "code"))
        for row in csv.DictReader(table.splitlines())
    ]
    for number in range(decoys):
        per_week, hour = 1.0 + number * 0.17 % 3.0, 8.0 + number * 0.83 % 14.0
        kinds.append(ExposureKind(f"item-{number + 1:02}", per_week, hour, 3.0, 0.0, 0.2, 0.0))
    return tuple(kinds)
