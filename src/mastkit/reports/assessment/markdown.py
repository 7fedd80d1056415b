"""An assessment as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mastkit.reports.assessment.outline import Node, Section
from mastkit.reports.assessment.terminal import MARKS

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(sections: Sequence[Section]) -> str:
    """An outline as nested Markdown lists; words that come from a record are escaped."""
    lines: list[str] = []
    for i, section in enumerate(sections):
        lines.append(f"{'#' if i == 0 else '##'} {_escaped(section.title)}")
        lines.append("")
        for node in section.nodes:
            lines.extend(_lines(node, 0))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _lines(node: Node, depth: int) -> Iterator[str]:
    text = _escaped(node.text)
    if node.judged:
        mark, word, _ = MARKS[node.truth]
        text = f"{mark} {text} **{word}**"
    elif node.quiet:
        text = f"*{text}*"
    yield f"{'  ' * depth}- {text}"
    for child in node.children:
        yield from _lines(child, depth + 1)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
