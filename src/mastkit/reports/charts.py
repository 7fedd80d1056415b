"""Charts of test results: one Vega-Lite specification for the page and for the PDF."""

from typing import Any

from mastkit.reports.document import Chart, Table
from mastkit.reports.series import Series

WIDTH, HEIGHT = 460, 150
"""Points of the drawing area; the page and the PDF scale it."""

INK, LINE, QUIET = "#1f2a30", "#0b5c6b", "#6b7780"
FONT = "Source Sans Pro"


def chart_of(series: Series) -> Chart:
    """Return the chart of a series, with its sentence and its table."""
    return Chart(series.title, series.sentence(), specification(series), _table(series))


def specification(series: Series) -> dict[str, Any]:
    """Return the Vega-Lite specification of a series.

    Shapes tell the kinds of point apart, not colour alone; an arrow marks a result that is only a bound.
    """
    values = [
        {
            "date": point.day.isoformat(),
            "value": point.value,
            "label": f"{point.comparator or ''}{point.value:.6g}",
            "kind": point.kind,
            "bound": point.comparator or "",
        }
        for point in series.points
    ]
    kinds = list(dict.fromkeys(point.kind for point in series.points))
    shape: dict[str, Any] = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": _SHAPES[: len(kinds)]},
        "legend": {"title": None, "orient": "top"} if len(kinds) > 1 else None,
    }
    x = {
        "field": "date",
        "type": "temporal",
        "title": None,
        "scale": {"padding": 26},
        "axis": {"format": "%Y-%m", "labelOverlap": True, "tickCount": 7},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": series.unit or None,
        "scale": {"zero": True} if series.from_zero else {"zero": False, "padding": 14},
        "axis": {
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleX": -28,
            "titleY": -10,
            "tickCount": 5,
        },
    }
    base = {"x": x, "y": y}
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": f"datum.kind === '{series.line_kind}'"}],
            "mark": {"type": "line", "color": LINE, "strokeWidth": 1.4},
            "encoding": base,
        },
        {
            "mark": {"type": "point", "filled": True, "size": 46, "color": LINE, "opacity": 1},
            "encoding": base | {"shape": shape},
        },
    ]
    if len(values) <= MOST_LABELS:
        layers.append(
            {
                "mark": {"type": "text", "dy": -10, "fontSize": 10, "color": INK},
                "encoding": base | {"text": {"field": "label"}},
            }
        )
    if series.upper_limit is not None:
        layers.insert(
            0,
            {
                "data": {"values": [{"limit": series.upper_limit}]},
                "mark": {"type": "rule", "strokeDash": [4, 3], "color": QUIET},
                "encoding": {"y": {"field": "limit", "type": "quantitative"}},
            },
        )
        layers.append(
            {
                "data": {"values": [{"limit": series.upper_limit, "text": "upper limit of the laboratory"}]},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "bottom",
                    "dy": -2,
                    "x": 4,
                    "fontSize": 9,
                    "color": QUIET,
                },
                "encoding": {"y": {"field": "limit", "type": "quantitative"}, "text": {"field": "text"}},
            }
        )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": series.sentence(),
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": values},
        "layer": layers,
        "config": _CONFIG,
    }


MOST_LABELS = 14
"""With more points than this, numbers beside them would overlap: the table has them."""

_SHAPES = ["circle", "triangle-up", "square", "diamond", "cross"]
_CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 10,
        "titleFontSize": 10,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#e3e8ea",
        "domainColor": "#9aa5ab",
        "tickColor": "#9aa5ab",
    },
    "legend": {"labelFontSize": 10, "labelColor": INK},
}


def _table(series: Series) -> Table:
    columns = ("Date", "Result", "Kind of sample", "Laboratory and method", "Upper limit of the laboratory")
    rows = [(point.day.isoformat(), point.printed, point.kind, point.where, point.limit) for point in series.points]
    filled = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    return Table(
        title=f"{series.title}: the numbers",
        columns=tuple(columns[n] for n in filled),
        rows=tuple(tuple(row[n] for n in filled) for row in rows),
        widths=tuple(_WIDTHS[n] for n in filled),
    )


_WIDTHS = (2.0, 2.0, 3.0, 4.0, 3.0)
