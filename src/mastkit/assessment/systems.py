"""The classifications made ready to decide, each built once for a choice of readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from mastkit.logic.decide import Classifier
from mastkit.logic.rulebook import Reading, Rulebook
from mastkit.rulebooks import RULEBOOKS, readings_of, rulebook
from mastkit.rulebooks.refinements import Refinement, refinements

SYSTEMS = tuple(RULEBOOKS)
"""The names of the classifications, in the order in which they are shown."""

Choice = tuple[tuple[str, str], ...]
"""The option of each reading that is not at its default."""


@dataclass(frozen=True)
class System:
    """One classification under one choice of readings."""

    name: str
    choice: Choice

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules."""
        return rulebook(self.name, dict(self.choice))

    @cached_property
    def classifier(self) -> Classifier:
        """The rules as decision diagrams."""
        return Classifier(self.rulebook, [other for _, _, other in self.others])

    @cached_property
    def refinements(self) -> tuple[Refinement, ...]:
        """The finer labels beside its subtypes."""
        return refinements(self.rulebook)

    @cached_property
    def others(self) -> tuple[tuple[Reading, str, Rulebook], ...]:
        """The rules with one starred reading changed: the reading, the other option, the rulebook."""
        return tuple(
            (reading, option, rulebook(self.name, {**dict(self.choice), reading.id: option}))
            for reading in self.rulebook.readings
            if reading.starred
            for option in reading.options
            if option != self.rulebook.option(reading.id)
        )


def system(name: str, readings: Mapping[str, str]) -> System:
    """The system under these options; equal choices give the same object."""
    defaults = {reading.id: reading.default for reading in readings_of(name)}
    return _system(name, tuple(sorted((k, v) for k, v in readings.items() if defaults.get(k) != v)))


@cache
def _system(name: str, choice: Choice) -> System:
    return System(name, choice)


def systems(readings: Mapping[str, str] | None = None) -> tuple[System, ...]:
    """Both systems under a choice of readings.

    Args:
        readings: ``b1`` for every system that has a reading of that name, or ``who-2022.b1`` for one.

    Raises:
        ValueError: in one sentence, for a reading or an option that does not exist.
    """
    wanted: dict[str, dict[str, str]] = {name: {} for name in SYSTEMS}
    offered = {name: {reading.id: reading for reading in readings_of(name)} for name in SYSTEMS}
    for key, option in (readings or {}).items():
        where, dot, reading = key.rpartition(".")
        places = [name for name in SYSTEMS if reading in offered[name] and (not dot or name == where)]
        if not places:
            there = ", ".join(f"{name}.{reading}" for name in SYSTEMS for reading in offered[name])
            raise ValueError(f"no reading is called {key!r}; there are: {there}")
        for name in places:
            options = offered[name][reading].options
            if option not in options:
                raise ValueError(f"reading {key} has no option {option!r}; it has: {', '.join(options)}")
            wanted[name][reading] = option
    return tuple(system(name, wanted[name]) for name in SYSTEMS)
