"""The two pictures of a person's triggers: intervals of ratios, and icon arrays of a hundred.

What a shape means is never said by colour alone: filled and hollow, and a frame around what is uncertain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log2
from textwrap import shorten, wrap
from typing import Literal

from mastkit.reports.svg import WIDE, Place, drawing
from mastkit.triggers.result import Interval

Point = Literal["diamond", "dot", "triangle", "open"]

OUT_OF = 100
"""Every icon array has as many icons, so that two can be compared by eye."""
_COLUMNS, _CELL = 10, 20

_TICKS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_LABELS = 290
"""Room for the labels beside the intervals, where the drawing is wide."""
_LETTERS = 36
"""Letters of a label that have room in a line."""
_MARGIN, _TOP, _BOTTOM = 18, 10, 48


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One line of the chart."""

    label: str
    interval: Interval
    shape: Point
    words: str
    """The interval in words."""


def icon_array(number: float, low: float, high: float, *, title: str, description: str) -> str:
    """Return a hundred icons: filled as many as ``number``, with a frame around those between the limits."""
    filled, first, last = (max(0, min(OUT_OF, round(value))) for value in (number, low, high))
    parts = [
        f'<rect class="maybe" x="{x - _CELL / 2 + 1:g}" y="{y - _CELL / 2 + 1:g}" width="{_CELL - 2}" '
        f'height="{_CELL - 2}" rx="4"/>'
        for x, y in map(_place, range(first, last))
    ]
    parts += [
        f'<circle class="{"there" if place < filled else "none"}" cx="{x:g}" cy="{y:g}" r="5.5"/>'
        for place, (x, y) in enumerate(map(_place, range(OUT_OF)))
    ]
    side = _COLUMNS * _CELL
    return drawing(parts, side, side, title, description)


def intervals(
    rows: Sequence[IntervalRow],
    *,
    title: str,
    description: str,
    no_difference: str,
    fewer: str,
    more: str,
    width: int,
) -> str:
    """Return a line for each ratio on one scale of doublings, with a rule where there is no difference."""
    if not rows:
        raise ValueError("a chart needs at least one interval")
    wide = width >= WIDE
    left, step = (_LABELS, 34) if wide else (_MARGIN, 50)
    right = width - (120 if wide else _MARGIN)
    ticks = _ticks(rows)
    low, high = log2(ticks[0]), log2(ticks[-1])

    def x(ratio: float) -> float:
        inside = min(max(log2(max(ratio, 1e-6)), low), high)
        return left + (inside - low) / (high - low) * (right - left)

    base = _TOP + step * len(rows)
    parts = [
        f'<line class="{"axis" if tick == 1 else "rule"}" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{_TOP}" '
        f'y2="{base}"/><text x="{x(tick):.1f}" y="{base + 18}" text-anchor="middle">{tick:g}</text>'
        for tick in ticks
    ]
    parts += _ends(x(1.0), base + 38, left, right, no_difference, fewer, more, wide=wide)
    for place, row in enumerate(rows):
        top = _TOP + step * place
        y = top + (step / 2 if wide else 34)
        parts += _row(row, x, y, top, width if wide else None)
    return drawing(parts, width, base + _BOTTOM, title, description)


def _ticks(rows: Sequence[IntervalRow]) -> list[float]:
    """Return doublings from below the lowest limit, and below 1, to above the highest, and above 1."""
    low, high = min(row.interval.low for row in rows), max(row.interval.high for row in rows)
    first = max((tick for tick in _TICKS[:2] if tick <= low), default=_TICKS[0])
    last = min((tick for tick in _TICKS[3:] if tick >= high), default=_TICKS[-1])
    return [tick for tick in _TICKS if first <= tick <= last]


def _ends(
    one: float, y: float, left: float, right: float, no_difference: str, fewer: str, more: str, *, wide: bool
) -> list[str]:
    parts = [f'<text class="value" x="{one:.1f}" y="{y}" text-anchor="middle">{escape(no_difference)}</text>']
    if wide:
        parts.append(f'<text x="{left}" y="{y}" text-anchor="end">{escape(fewer)}</text>')
        parts.append(f'<text x="{right}" y="{y}" text-anchor="end">{escape(more)}</text>')
    else:
        parts.append(f'<text x="{right}" y="{y}" text-anchor="end">{escape(more)}</text>')
    return parts


def _row(row: IntervalRow, x: Place, y: float, top: float, width: int | None) -> list[str]:
    low, middle, high = (x(value) for value in (row.interval.low, row.interval.median, row.interval.high))
    weak = " weak" if row.shape == "open" else ""
    parts = [f'<line class="reach{weak}" x1="{low:.1f}" x2="{high:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>']
    parts += [
        f'<line class="reach{weak}" x1="{end:.1f}" x2="{end:.1f}" y1="{y - 5:.1f}" y2="{y + 5:.1f}"/>'
        for end in (low, high)
    ]
    parts.append(_point(row.shape, middle, y, f"{row.label}: {row.words}"))
    if width is None:
        label = escape(shorten(row.label, _LETTERS + 4, placeholder="…"))
        parts.append(f'<text class="lane" x="{_MARGIN}" y="{top + 16}">{label}</text>')
    else:
        lines = wrap(row.label, _LETTERS, max_lines=2, placeholder="…") or [""]
        parts += [
            f'<text class="lane" x="{_LABELS - 16}" y="{line_y:.1f}" text-anchor="end">{escape(line)}</text>'
            for line, line_y in zip(lines, (y + 4.5,) if len(lines) == 1 else (y - 3, y + 12), strict=True)
        ]
        parts.append(
            f'<text class="value" x="{width - 4}" y="{y + 4.5:.1f}" text-anchor="end">{escape(row.words)}</text>'
        )
    return parts


def _point(shape: Point, x: float, y: float, label: str) -> str:
    title = f"<title>{escape(label)}</title>"
    match shape:
        case "diamond":
            path = f"M{x:.1f} {y - 8:.1f}L{x + 8:.1f} {y:.1f}L{x:.1f} {y + 8:.1f}L{x - 8:.1f} {y:.1f}Z"
            return f'<path class="dot-event" d="{path}">{title}</path>'
        case "triangle":
            path = f"M{x - 7:.1f} {y + 6:.1f}L{x:.1f} {y - 7:.1f}L{x + 7:.1f} {y + 6:.1f}Z"
            return f'<path class="exposure" d="{path}">{title}</path>'
        case "dot":
            return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="6.5">{title}</circle>'
        case "open":
            return f'<circle class="dot-open" cx="{x:.1f}" cy="{y:.1f}" r="5">{title}</circle>'


def _place(number: int) -> tuple[float, float]:
    """Return where an icon stands: row by row from the top."""
    row, column = divmod(number, _COLUMNS)
    return (column + 0.5) * _CELL, (row + 0.5) * _CELL
