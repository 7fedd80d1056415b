"""Write ``examples/diary.json``: half a year in the diary of an invented person, for ``mastkit triggers``.

uv run python tools/make_example_diary.py
"""

from pathlib import Path

from mastkit.record.files import write_record
from mastkit.record.record import Record
from mastkit.simulation.diary_record import simulated_record

EXAMPLE = Path(__file__).parents[1] / "examples" / "diary.json"


def example() -> Record:
    """Return the record of the example."""
    return simulated_record("check-in", days=180, seed=SEED)


SEED = 8

if __name__ == "__main__":
    write_record(example(), EXAMPLE)
