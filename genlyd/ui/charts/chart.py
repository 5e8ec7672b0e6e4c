"""A chart: what is drawn, the same in words, and the same as a table."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from genlyd.ui.charts import render

#: Widths it is drawn at: text keeps its size, so a phone gets a drawing of its own.
WIDE = 680
NARROW = 320


@dataclass(frozen=True)
class Table:
    """The figures behind a chart, already formatted for the reader."""

    columns: Sequence[Any] = ()
    rows: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True)
class Chart:
    """`spec` is Vega-Lite with roles (`var(--chart-1)`) for colours; `summary` says in a sentence what it shows."""

    spec: dict[str, Any]
    title: str
    summary: str
    table: Table = field(default_factory=Table)
    #: None: as wide as there is room. A number: this wide everywhere.
    width: int | None = None

    def at(self, width: int) -> dict[str, Any]:
        spec = copy.deepcopy(self.spec)
        spec["width"] = self.width or width
        return spec

    @property
    def svg(self) -> SafeString:
        return render.svg(self.at(WIDE))

    @property
    def svg_narrow(self) -> SafeString:
        """For phones; empty where the drawing has one width anyway."""
        return SafeString("") if self.width else render.svg(self.at(NARROW))

    def png(self, theme: str = "light", *, accent: str = "", width: int = 560) -> bytes:
        """A picture with concrete colours, twice as dense as it is wide, for mail."""
        return render.png(self.at(width), theme, accent)
