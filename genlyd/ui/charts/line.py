"""A figure over time, with the pace it should keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genlyd.ui.charts.chart import Chart, Table
from genlyd.ui.charts.words import TIME, day, day_axis, number, utc


@dataclass(frozen=True)
class Point:
    """A figure on a day; None is a gap, not a zero."""

    day: date
    value: float | None


def line(
    title: str,
    summary: str,
    points: Sequence[Point],
    *,
    label: str,
    unit: str = "",
    pace: Sequence[Point] = (),
    pace_label: str = "",
    height: int = 220,
    digits: int = 0,
) -> Chart:
    """`pace` is the way to the target (two points are enough). Both lines are named where they end: no legend."""
    own = [{"day": utc(p.day), "value": p.value} for p in points]
    wanted = [{"day": utc(p.day), "value": p.value} for p in pace]
    known = [row for row in own if row["value"] is not None]
    x: dict[str, Any] = {
        "field": "day",
        **TIME,
        "axis": {
            "title": None, "grid": False, "format": day_axis(), "labelFlush": True,
            "tickCount": {"expr": "max(2, floor(width / 150))"}, "labelOverlap": True,
        },
    }  # fmt: skip
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": None, "tickCount": 4, "format": f",.{digits}~f" if digits else ",d"},
    }
    layers: list[dict[str, Any]] = []
    if wanted:
        layers.append({
            "data": {"values": wanted},
            "mark": {"type": "line", "strokeWidth": 1.5, "strokeDash": [2, 5], "strokeCap": "round",
                     "color": "var(--ink-3)"},
            "encoding": {"x": x, "y": y},
        })  # fmt: skip
    layers += [
        {
            "data": {"values": own},
            "mark": {"type": "area", "color": "var(--accent-soft)", "opacity": 0.55, "interpolate": "monotone"},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": own},
            "mark": {"type": "line", "strokeWidth": 2.5, "strokeCap": "round", "strokeJoin": "round",
                     "color": "var(--chart-1)", "interpolate": "monotone"},
            "encoding": {"x": x, "y": y},
        },
    ]  # fmt: skip
    if known:
        layers += ends([known[-1]], x, y)
    if wanted and pace_label:
        layers.append(word_at_end(wanted[-1], pace_label, x=x, y=y))
    columns = [_("Day"), label, *([pace_label] if pace and pace_label else [])]
    paces = {p.day: p.value for p in pace}
    rows = [
        [day(p.day), number(p.value, unit, digits),
         *([number(paces[p.day], unit, digits) if p.day in paces else ""] if pace and pace_label else [])]
        for p in points
    ]  # fmt: skip
    return Chart({"height": height, "layer": layers}, title, summary, Table(columns, rows))


def ends(rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the line is now: a point with a ring around it."""
    marks = [
        {"type": "point", "filled": True, "size": 420, "color": "var(--chart-1)", "opacity": 0.18},
        {"type": "point", "filled": True, "size": 60, "color": "var(--chart-1)", "opacity": 1},
    ]
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}} for mark in marks]


def word_at_end(row: dict[str, Any], text: str, *, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": [row]},
        "mark": {
            "type": "text",
            "text": text,
            "align": "right",
            "baseline": "bottom",
            "dy": -8,
            "color": "var(--ink-3)",
        },
        "encoding": {"x": x, "y": y},
    }


def sparkline(
    title: str, summary: str, values: Sequence[float | None], *, width: int = 120, height: int = 28
) -> Chart:
    """The shape of a figure beside its number: no axes, the last point marked."""
    rows = [{"at": at, "value": value} for at, value in enumerate(values)]
    known = [row for row in rows if row["value"] is not None]
    x = {"field": "at", "type": "quantitative", "axis": None, "scale": {"nice": False, "zero": False}}
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 1.75, "strokeCap": "round", "interpolate": "monotone",
                     "color": "var(--chart-1)"},
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": known[-1:]},
            "mark": {"type": "point", "filled": True, "size": 36, "color": "var(--chart-1)", "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
    ]  # fmt: skip
    return Chart({"height": height, "layer": layers}, title, summary, width=width)
