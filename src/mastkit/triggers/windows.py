"""The windows after an exposure in which it may act: data with a source."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EFFECT_HOURS = 6.0
"""Effects are averaged over so many hours after an exposure, whatever their window."""
MAIN = "0-6 h"
"""The window in which exposures and flares are counted."""


@dataclass(frozen=True, slots=True)
class Window:
    """From so many hours after an exposure, to so many."""

    name: str
    begins: float
    ends: float
    only_food: bool = False

    @property
    def share(self) -> float:
        """Return the share of the first six hours that lies in the window."""
        return max(min(self.ends, EFFECT_HOURS) - max(self.begins, 0.0), 0.0) / EFFECT_HOURS


EARLY = Window("early sign", 0.0, 3.0)
"""How long before a flare its first sign may be taken for an exposure (method notes 3.1)."""


@cache
def windows() -> tuple[Window, ...]:
    """Return the windows that are tried, in the order of the file."""
    table = files("mastkit.triggers").joinpath("data/windows.csv").read_text("utf-8")
    return tuple(
        Window(row["name"], float(row["begins"]), float(row["ends"]), row["only_food"] == "yes")
        for row in csv.DictReader(table.splitlines())
    )


LEAD = (Window("0-6 h before", -6.0, 0.0), Window("0-3 h before", -3.0, 0.0))
"""Before an exposure: nothing can act there, so what is found there has another cause."""
