"""Charts, drawn on the server: a builder makes a Chart, `{% chart chart %}` shows it, `chart.png()` goes into a mail.

Builders take plain values and words that are already in the reader's language. They know no area.
"""

from genlyd.ui.charts.bars import Bar, bars
from genlyd.ui.charts.chart import Chart, Table
from genlyd.ui.charts.interval import Interval, intervals
from genlyd.ui.charts.line import Point, line, sparkline
from genlyd.ui.charts.rings import Ring, rings

__all__ = [
    "Bar",
    "Chart",
    "Interval",
    "Point",
    "Ring",
    "Table",
    "bars",
    "intervals",
    "line",
    "rings",
    "sparkline",
]
