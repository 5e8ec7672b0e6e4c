"""Effects with what we do not know about them: a ratio, and the interval it may lie in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from genlyd.ui.charts.chart import Chart, Table
from genlyd.ui.charts.words import number

STEP = 58
LEAST, MOST = 0.1, 10.0


@dataclass(frozen=True)
class Interval:
    """A ratio against the comparison, 1 = no difference. All None: too little data to say anything."""

    label: str
    ratio: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


def intervals(
    title: str, summary: str, rows: Sequence[Interval], *, of: str, less: str = "", more: str = ""
) -> Chart:
    """On a logarithmic axis, so that half and double are equally far. `less` and `more` name the two sides of 1."""
    data: list[dict[str, Any]] = [
        {
            "at": at,
            "label": row.label,
            "known": row.ratio is not None,
            "ratio": clamp(row.ratio),
            "low": clamp(row.low),
            "high": clamp(row.high),
            "figure": said(row),
            # The interval leaves 1 out: drawn strong, otherwise quiet.
            "clear": row.low is not None and row.high is not None and (row.low > 1 or row.high < 1),
        }
        for at, row in enumerate(rows)
    ]
    bounds = [
        row[key] for row in data for key in ("low", "high", "ratio") if row["known"] and row[key] is not None
    ]
    far = max([2.0, *(max(value, 1 / value) * 1.15 for value in bounds)])
    scale = {"type": "log", "domain": [1 / far, far], "nice": False}
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10) if 1 / far <= tick <= far]
    axis = {"title": None, "values": ticks, "format": "~g", "grid": False, "labelExpr": "datum.label + ' ×'"}
    y: dict[str, Any] = {
        "field": "at",
        "type": "ordinal",
        "axis": None,
        "scale": {"paddingInner": 0, "paddingOuter": 0},
    }
    x = {"field": "ratio", "type": "quantitative", "scale": scale, "axis": axis}
    ink = {"condition": {"test": "datum.clear", "value": "var(--chart-1)"}, "value": "var(--ink-3)"}
    known = [{"filter": "datum.known"}]
    left = {"value": 0}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "rule", "color": "var(--line-strong)", "strokeWidth": 1},
            "encoding": {"x": {"datum": 1, "type": "quantitative", "scale": scale, "axis": axis}},
        },
        {
            "transform": known,
            "mark": {"type": "rule", "strokeWidth": 8, "strokeCap": "round", "opacity": 0.22, "yOffset": 11},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": ink},
        },
        {
            "transform": known,
            "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1, "yOffset": 11},
            "encoding": {"x": x, "y": y, "color": ink},
        },
        # On a phone a long label crosses the line at 1: a halo of the paper underneath keeps it readable.
        {
            "mark": {"type": "text", "align": "left", "dy": -11, "fontSize": 13, "color": "var(--surface)",
                     "stroke": "var(--surface)", "strokeWidth": 5},
            "encoding": {"x": left, "y": y, "text": {"field": "label"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dy": -11, "fontSize": 13, "color": "var(--ink)"},
            "encoding": {"x": left, "y": y, "text": {"field": "label"}},
        },
        {
            "mark": {"type": "text", "align": "right", "dy": -11, "fontSize": 12, "color": "var(--ink-2)"},
            "encoding": {"x": {"value": "width"}, "y": y, "text": {"field": "figure"}},
        },
    ]  # fmt: skip
    spec: dict[str, Any] = {"height": STEP * max(len(data), 1), "data": {"values": data}, "layer": layers}
    if less and more:
        spec["title"] = {
            "text": f"← {less}\u00a0\u00a0\u00a0\u00a0{more} →", "anchor": "middle", "orient": "bottom", "fontSize": 12,
            "fontWeight": "normal", "color": "var(--ink-3)", "offset": 8,
        }  # fmt: skip
    table = Table(
        [of, _("Ratio"), pgettext("interval", "From"), pgettext("interval", "To")],
        [[row.label, *(number(v, digits=2) for v in (row.ratio, row.low, row.high))] for row in rows],
    )
    return Chart(spec, title, summary, table)


def clamp(value: float | None) -> float | None:
    """An interval may run to nought or without end; the axis does not."""
    return None if value is None else min(max(value, LEAST), MOST)


def said(row: Interval) -> str:
    if row.ratio is None:
        return row.note or _("too little data")
    return f"{number(row.ratio, digits=2)} × ({number(row.low, digits=2)}–{number(row.high, digits=2)})"
