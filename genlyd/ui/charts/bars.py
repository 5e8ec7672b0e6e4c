"""A figure for each of a few things, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genlyd.ui.charts.chart import Chart, Table
from genlyd.ui.charts.words import number

BAR = 22
STEP = 46


@dataclass(frozen=True)
class Bar:
    """None is a missing figure: named, without a bar."""

    label: str
    value: float | None


def bars(
    title: str,
    summary: str,
    rows: Sequence[Bar],
    *,
    label: str,
    of: str,
    unit: str = "",
    digits: int = 0,
    highlight: str = "",
) -> Chart:
    """Horizontal, each named above its bar, the figure at its end. `of` heads the table's first column ("Network").

    `highlight` is the label of the one bar that is meant; without it all look alike.
    """
    data = [
        {
            "at": at,
            "label": row.label,
            "value": row.value or 0,
            "figure": number(row.value, unit, digits),
            "meant": not highlight or row.label == highlight,
        }
        for at, row in enumerate(rows)
    ]
    y: dict[str, Any] = {
        "field": "at",
        "type": "ordinal",
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    most = max((row.value or 0 for row in rows), default=0) or 1
    x = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, most * 1.22], "nice": False},
    }
    colour = {"condition": {"test": "datum.meant", "value": "var(--chart-1)"}, "value": "var(--line-strong)"}
    layers = [
        {
            "mark": {"type": "bar", "height": 10, "cornerRadius": 5, "yOffset": 10},
            "encoding": {"x": x, "y": y, "color": colour},
        },
        {
            "mark": {"type": "text", "align": "left", "dy": -8, "fontSize": 13, "color": "var(--ink)"},
            "encoding": {
                "x": {"datum": 0, "type": "quantitative", "axis": None},
                "y": y,
                "text": {"field": "label"},
            },
        },
        {
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 8,
                "dy": 10,
                "fontSize": 12,
                "color": "var(--ink-2)",
            },
            "encoding": {"x": x, "y": y, "text": {"field": "figure"}},
        },
    ]
    spec = {"height": STEP * max(len(data), 1), "data": {"values": data}, "layer": layers}
    table = Table([of, label], [[row.label, number(row.value, unit, digits)] for row in rows])
    return Chart(spec, title, summary, table)
