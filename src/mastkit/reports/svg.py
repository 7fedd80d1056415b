"""Charts as SVG: no program in the page, no style in the markup; colours come from the style sheet by class.

Each chart says what it shows in its title and description; the page sets a table beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from math import floor, log10
from typing import Literal

Place = Callable[[float], float]
"""Where a value lies on an axis."""

Shape = Literal["dot", "open", "event", "diamond", "square"]


@dataclass(frozen=True, slots=True)
class Point:
    """One value at one time."""

    at: datetime
    value: float
    shape: Shape = "dot"
    """Open is a limit such as ">200"; event is a sample taken for an event."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened: a point, or a span where it has an end."""

    start: datetime
    end: datetime | None = None
    height: float | None = None
    """From 0 to 1: how tall a stem is drawn."""
    label: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of a timeline."""

    name: str
    kind: Literal["flare", "exposure", "course", "dose", "value"]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: float
    text: str


WIDE, NARROW = 720, 340
"""Widths of a drawing: for a desk, and for a phone. Letters keep their size in both."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 14, 30


def trend(
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    dates: Iterable[tuple[datetime, str]],
    band: tuple[float, float] | None = None,
    limits: Sequence[float] = (),
    width: int = WIDE,
    height: int = 240,
) -> str:
    """Return a line of values over time, with the person's own range as a band and limits as broken lines."""
    if not points:
        raise ValueError("a chart needs at least one value")
    low, high, steps = nice_range([*(p.value for p in points), *(band or ()), *limits])
    first, last = _padded(points[0].at, points[-1].at)
    x = _scale(first.timestamp(), last.timestamp(), _LEFT, width - _RIGHT)
    y = _scale(low, high, height - _BOTTOM, _TOP)
    parts = [
        f'<line class="rule" x1="{_LEFT}" x2="{width - _RIGHT}" y1="{_n(y(step))}" y2="{_n(y(step))}"/>'
        f'<text x="{_LEFT - 8}" y="{_n(y(step) + 4)}" text-anchor="end">{step:g}</text>'
        for step in steps
    ]
    if band is not None:
        top, bottom = y(band[1]), y(band[0])
        parts.append(
            f'<rect class="band" x="{_LEFT}" y="{_n(top)}" width="{width - _LEFT - _RIGHT}" '
            f'height="{_n(max(bottom - top, 2))}"/>'
        )
    parts += [
        f'<line class="limit" x1="{_LEFT}" x2="{width - _RIGHT}" y1="{_n(y(limit))}" y2="{_n(y(limit))}"/>'
        for limit in limits
    ]
    parts += _dates(dates, first, last, x, height - _BOTTOM, width)
    line = [point for point in points if point.shape in ("dot", "open")]
    if len(line) > 1:
        path = " ".join(f"{_n(x(point.at.timestamp()))},{_n(y(point.value))}" for point in line)
        parts.append(f'<polyline class="line" points="{path}"/>')
    parts += [_point(x(point.at.timestamp()), y(point.value), point) for point in points]
    return drawing(parts, width, height, title, description)


def timeline(
    lanes: Sequence[Lane], start: datetime, end: datetime, *, title: str, description: str,
    dates: Iterable[tuple[datetime, str]], width: int = WIDE,
) -> str:  # fmt: skip
    """Return lanes of marks on one axis of time."""
    row, left = 62, 14
    height = _TOP + row * len(lanes) + _BOTTOM
    x = _scale(start.timestamp(), end.timestamp(), left, width - _RIGHT)
    parts = _dates(dates, start, end, x, height - _BOTTOM, width)
    for number, lane in enumerate(lanes):
        top = _TOP + number * row
        base = top + row - 8
        parts.append(f'<line class="rule" x1="{left}" x2="{width - _RIGHT}" y1="{base}" y2="{base}"/>')
        parts.append(f'<text class="lane" x="{left}" y="{top + 12}">{escape(lane.name)}</text>')
        drawn = {}  # of marks that fall on each other one is drawn: the tallest
        for mark in sorted(lane.marks, key=lambda mark: mark.height or 0):
            if _within(mark, start, end, going_on=lane.kind == "course"):
                drawn[round(x(mark.start.timestamp()))] = mark
        parts += [_mark(lane.kind, mark, x, base, width - _RIGHT) for mark in drawn.values()]
    return drawing(parts, width, height, title, description)


def nice_range(values: Sequence[float], most: int = 5) -> tuple[float, float, list[float]]:
    """Return a lowest and a highest value that round numbers divide, and those numbers."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) or 1) * 0.5, high + (abs(high) or 1) * 0.5
    if 0 < low < high * 0.6:
        low = 0.0
    step = _nice_step((high - low) / most)
    first, last = _floor(low / step), -_floor(-high / step)
    return first * step, last * step, [round(step * number, 10) for number in range(first, last + 1)]


def _nice_step(rough: float) -> float:
    magnitude = 10.0 ** _floor_log10(rough)
    return next(magnitude * factor for factor in (1, 2, 2.5, 5, 10) if magnitude * factor >= rough * 0.999)


def _floor_log10(value: float) -> int:
    return floor(log10(value))


def _floor(value: float) -> int:
    return floor(value + 1e-9)


def _padded(first: datetime, last: datetime) -> tuple[datetime, datetime]:
    room = max((last - first) * 0.03, timedelta(days=2))
    return first - room, last + room


def _scale(low: float, high: float, start: float, end: float) -> Place:
    length = (high - low) or 1.0

    def place(value: float) -> float:
        return start + (value - low) / length * (end - start)

    return place


def _dates(
    dates: Iterable[tuple[datetime, str]], first: datetime, last: datetime, x: Place, base: float, width: int
) -> list[str]:
    parts = [
        f'<line class="axis" x1="{_n(x(first.timestamp()))}" x2="{_n(x(last.timestamp()))}" '
        f'y1="{base}" y2="{base}"/>'
    ]
    right = -1e9
    for at, text in dates:
        place = x(at.timestamp())
        half = len(text) * 3.8
        if not first <= at <= last or place - half < max(right + 10, 0) or place + half > width:
            continue
        right = place + half
        parts.append(
            f'<line class="axis" x1="{_n(place)}" x2="{_n(place)}" y1="{base}" y2="{base + 5}"/>'
            f'<text x="{_n(place)}" y="{base + 20}" text-anchor="middle">{escape(text)}</text>'
        )
    return parts


def _point(x: float, y: float, point: Point) -> str:
    title = f"<title>{escape(point.label)}</title>" if point.label else ""
    if point.shape == "event":
        side = 6.5
        corners = [(x, y - side), (x + side, y), (x, y + side), (x - side, y)]
        return f'<path class="dot-event" d="{_closed(corners)}">{title}</path>'
    kind = "dot-open" if point.shape == "open" else "dot"
    return f'<circle class="{kind}" cx="{_n(x)}" cy="{_n(y)}" r="5">{title}</circle>'


def _mark(kind: str, mark: Mark, x: Place, base: float, right: float) -> str:
    title = f"<title>{escape(mark.label)}</title>" if mark.label else ""
    place = x(mark.start.timestamp())
    if kind == "course":
        end = x(mark.end.timestamp()) if mark.end is not None else right
        start = max(place, 14.0)
        width = max(min(end, right) - start, 3)
        return (
            f'<rect class="course" x="{_n(start)}" y="{_n(base - 14)}" width="{_n(width)}" height="12" rx="5">'
            f"{title}</rect>"
        )
    if kind == "flare":
        tall = 8 + 26 * (mark.height if mark.height is not None else 0.25)
        return (
            f'<g>{title}<line class="stem" x1="{_n(place)}" x2="{_n(place)}" y1="{base}" y2="{_n(base - tall)}"/>'
            f'<circle class="flare" cx="{_n(place)}" cy="{_n(base - tall)}" r="4.5"/></g>'
        )
    if kind == "exposure":
        corners = [(place - 5, base - 3), (place, base - 13), (place + 5, base - 3)]
        return f'<path class="exposure" d="{_closed(corners)}">{title}</path>'
    if kind == "value":
        return f'<circle class="dot" cx="{_n(place)}" cy="{_n(base - 9)}" r="5">{title}</circle>'
    return f'<rect class="dose" x="{_n(place - 2)}" y="{_n(base - 14)}" width="4" height="12" rx="2">{title}</rect>'


def _closed(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in corners) + "Z"


def _within(mark: Mark, start: datetime, end: datetime, *, going_on: bool) -> bool:
    last = mark.end or (end if going_on else mark.start)
    return mark.start <= end and last >= start


def drawing(parts: Sequence[str], width: int, height: int, title: str, description: str) -> str:
    """Return a drawing of parts, which says in words what it shows."""
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}. {escape(description)}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
