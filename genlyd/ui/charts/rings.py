"""Resonance: from a few people to many, as rings that widen from a point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genlyd.ui.charts.chart import Chart, Table
from genlyd.ui.charts.words import number

SIZE = 190
WORDS = 128
LEAST = 3.5
APART = 40
DIAGONAL = math.sqrt(0.5)


@dataclass(frozen=True)
class Ring:
    """How many there are at one distance: 12 who shared, 1,284 who visited."""

    label: str
    value: float


def rings(title: str, summary: str, parts: Sequence[Ring], *, of: str, label: str) -> Chart:
    """Areas are true to the figures. All rings touch in one point and widen away from it, as in the mark."""
    most = max((part.value for part in parts), default=0) or 1
    touch = SIZE / 2 * (1 - DIAGONAL)
    data: list[dict[str, Any]] = []
    free = float(SIZE - 12)
    for part in sorted(parts, key=lambda part: part.value, reverse=True):
        radius = max(LEAST, SIZE / 2 * math.sqrt(part.value / most))
        cx, cy = touch + radius * DIAGONAL, touch + radius * DIAGONAL
        # Where the line to the words leaves the ring: towards the upper right.
        edge_x, edge_y = cx + radius * DIAGONAL, cy + radius * DIAGONAL
        at = min(free, edge_y + 6)
        free = at - APART
        data.append({
            "cx": cx, "cy": cy, "area": (radius * 2) ** 2, "label": part.label, "figure": number(part.value),
            "inner": False, "edge_x": edge_x, "edge_y": edge_y, "at": at, "words": SIZE + 14, "line": SIZE + 8,
        })  # fmt: skip
    if data:
        data[-1]["inner"] = True
    x, y = scaled("cx", SIZE + WORDS), scaled("cy", SIZE)
    place = {"x": x, "y": y, "size": {"field": "area", "type": "quantitative", "scale": None}}
    ring = {"type": "point", "opacity": 1}
    layers = [
        layer(ring | {"filled": True, "color": "var(--chart-1)", "opacity": 0.09}, place, "!"),
        layer(ring | {"filled": False, "stroke": "var(--chart-1)", "strokeWidth": 1.5}, place, "!"),
        layer(ring | {"filled": True, "color": "var(--chart-1)"}, place),
        layer(
            {"type": "rule", "color": "var(--line-strong)", "strokeWidth": 1},
            {"x": scaled("edge_x", SIZE + WORDS), "y": scaled("edge_y", SIZE), "x2": {"field": "line"},
             "y2": {"field": "at"}},
            None,
        ),
        layer(
            {"type": "text", "align": "left", "dy": -3, "fontSize": 17, "fontWeight": 600, "color": "var(--ink)"},
            {"x": scaled("words", SIZE + WORDS), "y": scaled("at", SIZE), "text": {"field": "figure"}},
            None,
        ),
        layer(
            {"type": "text", "align": "left", "dy": 13, "fontSize": 12, "color": "var(--ink-2)"},
            {"x": scaled("words", SIZE + WORDS), "y": scaled("at", SIZE), "text": {"field": "label"}},
            None,
        ),
    ]  # fmt: skip
    table = Table([of, label], [[part.label, number(part.value)] for part in parts])
    spec = {"height": SIZE, "data": {"values": data}, "layer": layers}
    return Chart(spec, title, summary, table, width=SIZE + WORDS)


def scaled(field: str, most: int) -> dict[str, Any]:
    scale = {"domain": [0, most], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def layer(mark: dict[str, Any], encoding: dict[str, Any], inner: str | None = "") -> dict[str, Any]:
    """`inner`: "" only the innermost, "!" all others, None every ring."""
    found: dict[str, Any] = {"mark": mark, "encoding": encoding}
    if inner is not None:
        found["transform"] = [{"filter": f"{inner}datum.inner"}]
    return found
