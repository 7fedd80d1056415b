"""How far each need is met: docs/needs.csv as a page, and as one sentence for the README."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "needs.csv"
STATES = ("works", "partly", "not yet")
AUDIENCES = ("person", "clinician", "both", "everybody")
BEGIN, END = "<!-- needs: made by tools.pages -->", "<!-- end of needs -->"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that somebody needs software to do, and how far this one does it.

    Attributes:
        where: a path of this repository, or a command such as "mastkit assess".
    """

    number: int
    audience: str
    need: str
    state: str
    where: tuple[str, ...]
    note: str


def read_needs(path: Path = FILE) -> list[Need]:
    """Read the rows of the data file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Need(
                int(row["number"]),
                row["for"],
                row["need"],
                row["state"],
                tuple(part.strip() for part in row["where"].split(";") if part.strip()),
                row["note"],
            )
            for row in csv.DictReader(lines)
        ]


def summary(needs: list[Need]) -> str:
    """Count the states in one sentence."""
    count = Counter(need.state for need in needs)
    return (
        f"Of {len(needs)} needs of persons and clinicians: **works {count['works']}**, "
        f"**partly {count['partly']}**, **not yet {count['not yet']}**."
    )


def page(_: str) -> str:
    """Write docs/needs.md."""
    needs = read_needs()
    lines = [
        "# How far each need is met",
        "",
        "What a person who lives with systemic mastocytosis, and a clinician who treats it, need software to do. "
        "*Works*: it can be done from beginning to end. *Partly*: the note says what can be done and what cannot. "
        "The rows stand in `needs.csv`; this page is made from it by `python -m tools.pages`.",
        "",
        summary(needs),
        "",
        "| | for | need | state | where | note |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {n.number} | {n.audience} | {n.need} | {n.state} | {', '.join(map(_link, n.where))} | {n.note} |"
        for n in needs
    ]
    return "\n".join(lines) + "\n"


def with_summary(readme: str) -> str:
    """The README with the sentence between its two marks brought up to date."""
    sentence = f"{BEGIN}\n{summary(read_needs())}\n[Each need, row by row](docs/needs.md).\n{END}"
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: sentence, readme, flags=re.DOTALL)


def _link(where: str) -> str:
    if where.startswith("mastkit "):
        return f"[`{where}`](commands.md#{where.replace(' ', '-')})"
    target = where.removeprefix("docs/") if where.startswith("docs/") else f"../{where}"
    return f"[{Path(where).name}]({target})"
