"""Formats that all charts share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language


def day_axis() -> str:
    """d3 format of a day on an axis: 1. mar in Danish, 1 Mar in English."""
    return "%-d. %b" if (get_language() or "").startswith("da") else "%-d %b"


def number(value: float | None, unit: str = "", digits: int = 0) -> str:
    """A figure for a table; missing stays missing."""
    if value is None:
        return "–"
    decimals = digits if value != int(value) or digits == 0 else 0
    text = number_format(round(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"{text}{unit}" if unit.startswith("%") else f"{text} {unit}".strip()


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def utc(value: date) -> str:
    """A day for Vega: as text, read and shown as UTC, so that no time zone moves it."""
    return value.isoformat()


TIME: dict[str, Any] = {"type": "temporal", "scale": {"type": "utc"}}
