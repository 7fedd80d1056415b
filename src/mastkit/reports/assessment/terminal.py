"""An assessment in the terminal: trees with marks and words, never colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from mastkit.assessment.table import TableAnswer
from mastkit.logic.values import Truth
from mastkit.reports.assessment.outline import Node, Section

MARKS: dict[Truth, tuple[str, str, str]] = {
    True: ("✔", "met", "green"),
    False: ("✘", "not met", "red"),
    None: ("?", "not known", "yellow"),
}
MOST_ROWS = 50


def show(sections: Sequence[Section], console: Console) -> None:
    """Print an outline as trees."""
    for section in sections:
        tree = Tree(Text(section.title, style="bold"))
        for node in section.nodes:
            _add(tree, node)
        console.print(tree)
        console.print()


def _add(tree: Tree, node: Node) -> None:
    branch = tree.add(_line(node))
    for child in node.children:
        _add(branch, child)


def _line(node: Node) -> Text:
    if not node.judged:
        return Text(node.text, style="dim" if node.quiet else "")
    mark, word, colour = MARKS[node.truth]
    return Text.assemble((f"{mark} ", f"bold {colour}"), node.text, (f"  {word}", colour))


def show_table(answer: TableAnswer, console: Console) -> None:
    """Print one line a person for the first rows of a table, then how often each answer was given."""
    table = Table(title=f"{len(answer):,} case sheets")
    table.add_column("id", overflow="fold")
    for system in answer.systems:
        table.add_column(system.system, overflow="fold")
    for i in range(min(len(answer), MOST_ROWS)):
        table.add_row(Text(answer.ids[i]), *(Text(_cell(s.possible_codes(i))) for s in answer.systems))
    console.print(table)
    if len(answer) > MOST_ROWS:
        console.print(f"{len(answer) - MOST_ROWS:,} more rows; --format csv writes all of them.")
    for system in answer.systems:
        counts = Counter(_subtype(system.possible_codes(i)) for i in range(len(answer)))
        words = ", ".join(f"{code} {number:,}" for code, number in counts.most_common())
        console.print(Text(f"{system.system}: {words}"))


def _cell(codes: list[str]) -> str:
    if not codes:
        return "contradiction"
    return codes[0] if len(codes) == 1 else f"open: {' '.join(codes)}"


def _subtype(codes: list[str]) -> str:
    return "contradiction" if not codes else codes[0] if len(codes) == 1 else "open"
