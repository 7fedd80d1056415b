"""An assessment as one HTML page that needs nothing else: no script, no request."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mastkit.reports.assessment.outline import Node, Section
from mastkit.reports.assessment.terminal import MARKS

_CLASS = {True: "met", False: "unmet", None: "open"}

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
ul { list-style: none; padding-left: 1.2rem; }
summary { cursor: pointer; }
.met b { color: light-dark(#0b6b2e, #7ddc9b); }
.unmet b { color: light-dark(#9a1c1c, #ff9d9d); }
.open b { color: light-dark(#7a5200, #ffcf70); }
.quiet { opacity: .8; font-size: .92em; }
"""


def as_html(sections: Sequence[Section]) -> str:
    """An outline as a page; words that come from a record are escaped."""
    parts = []
    for i, section in enumerate(sections):
        level = 1 if i == 0 else 2
        parts.append(f"<h{level}>{escape(section.title)}</h{level}>\n<ul>")
        parts.extend(_item(node, unfolded=i == 0) for node in section.nodes)
        parts.append("</ul>")
    title = escape(sections[0].title)
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _item(node: Node, *, unfolded: bool) -> str:
    text = escape(node.text)
    kind = "quiet" if node.quiet else ""
    if node.judged:
        mark, word, _ = MARKS[node.truth]
        text = f'<span aria-hidden="true">{mark}</span> {text} <b>{word}</b>'
        kind = _CLASS[node.truth]
    attribute = f' class="{kind}"' if kind else ""
    if not node.children:
        return f"<li{attribute}>{text}</li>"
    children = "\n".join(_item(child, unfolded=unfolded) for child in node.children)
    opened = " open" if unfolded else ""
    return f"<li{attribute}><details{opened}><summary>{text}</summary>\n<ul>\n{children}\n</ul></details></li>"
