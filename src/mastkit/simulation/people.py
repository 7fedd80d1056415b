"""Two invented people for a demonstration; their days are counted back from any today."""

from datetime import date

from mastkit.record.record import Record
from mastkit.simulation.ada import ada
from mastkit.simulation.erik import erik

__all__ = ["ada", "erik", "people"]


def people(today: date) -> tuple[Record, Record]:
    """Return Ada (indolent, a year of flares) and Erik (advanced, under a KIT inhibitor).

    The same day gives the same records. Nothing in them is about a real person.
    """
    return ada(today), erik(today)
