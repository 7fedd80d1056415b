"""What is due, for the screen and as Markdown."""

from collections.abc import Iterable
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mastkit.followup.due import Due

NOTHING = (
    "Nothing of the published schedules is known to be due. If no type of disease is stated in the record,"
    " schedules that depend on it are not shown: name it with --type."
)
CAPTION = (
    "Intervals are those that the sources print; your own team may have decided otherwise, and its plan goes first."
    " 'Recalled' means that the interval was not checked against the source."
)
VERIFIED = {"primary": "read in the source", "reprint": "read in a secondary source", "unverified": "recalled"}
_STYLES = {
    "overdue": "bold red",
    "not in the record": "yellow",
    "due": "green",
    "later": "dim",
    "as indicated": "dim",
}


def render_due(tests_due: list[Due], on: date, console: Console) -> None:
    """Print what is due on a day."""
    if not tests_due:
        console.print(Text(NOTHING))
        return
    table = Table(show_lines=True, title=f"What is due on {on}", caption=CAPTION)
    for heading, ratio in (("Test", 4), ("Last", 3), ("Next", 3), ("Why", 4), ("Source", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for one in tests_due:
        table.add_row(
            Text(one.plain, "bold"),
            Text(last_of(one)),
            Text.assemble((state_of(one), _STYLES[one.state]), f"\n{next_of(one)}"),
            Text(why(one)),
            Text(where(one), "" if one.verified != "unverified" else "italic"),
        )
    console.print(table)


def due_as_markdown(tests_due: list[Due], on: date) -> str:
    """What is due on a day, as a table in Markdown."""
    head = [f"# What is due on {on}", ""]
    if not tests_due:
        return "\n".join([*head, NOTHING, ""])
    rows = ["| Test | Last | State | Next | Why | Source |", "|---|---|---|---|---|---|"]
    rows += [
        _row((one.title, last_of(one), state_of(one), next_of(one), why(one), where(one))) for one in tests_due
    ]
    return "\n".join([*head, *rows, "", CAPTION, ""])


def last_of(one: Due) -> str:
    """The last result with its day, or that there is none in the record."""
    return "none in the record" if one.last is None else f"{one.last.result} on {one.last.day}"


def state_of(one: Due) -> str:
    """Overdue, due or later; with a question mark where it is open whether the schedule applies."""
    return one.state if one.applies else f"{one.state}, if it applies"


def next_of(one: Due) -> str:
    """The days between which it is due."""
    match one.earliest, one.by:
        case None, None:
            return "when your team says so"
        case date() as earliest, None:
            return "now" if one.last is None else f"not before {earliest}"
        case None, date() as by:
            return f"by {by}"
        case earliest, by:
            return f"on {by}" if earliest == by else f"from {earliest}, by {by}"


def why(one: Due) -> str:
    """The reason and what of the record it rests on."""
    return "; ".join([one.reason, *one.because])


def where(one: Due) -> str:
    """Who says so, in which country and year, and how well that is checked."""
    said = ", ".join(part for part in (one.authority, one.country, one.year) if part)
    return f"{said} [{one.source.key}], {VERIFIED[one.verified]}"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
