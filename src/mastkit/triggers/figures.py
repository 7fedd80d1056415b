"""How often results were right in testing: measured on simulated diaries, where the truth is known."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of so many, as the benchmark counted them."""

    part: int
    whole: int
    of: str
    """What was counted."""
    days: int
    """The length of the diaries."""
    people: int
    """Simulated people whose diaries they were."""
    scenario: str
    source: str

    @property
    def out_of_100(self) -> int:
        """Return the share out of 100, rounded."""
        return round(100 * self.part / self.whole)


@cache
def figures() -> dict[str, Figure]:
    """Return the figures by name; those of a status have its name."""
    table = files("mastkit.triggers").joinpath("data/figures.csv").read_text("utf-8")
    return {
        row["id"]: Figure(
            int(row["part"]), int(row["whole"]), row["of"], int(row["days"]), int(row["people"]),
            row["scenario"], row["source"],
        )
        for row in csv.DictReader(table.splitlines())
    }  # fmt: skip
