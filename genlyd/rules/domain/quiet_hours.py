"""Hours in which nobody is expected to post. Spans are on the local clock, so they follow summer time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from genlyd.rules.domain.settings import DAY, QuietSpan


def _end(local: datetime, spans: Sequence[QuietSpan]) -> datetime | None:
    """The wall-clock end of the longest span around the moment, or None when it is not quiet."""
    minute = local.hour * 60 + local.minute
    midnight = datetime.combine(local.date(), time())
    ends = []
    for span in spans:
        overnight = span.end <= span.start
        if span.weekday == local.weekday() and minute >= span.start and (overnight or minute < span.end):
            ends.append(midnight + timedelta(minutes=span.end + (DAY if overnight else 0)))
        if overnight and span.weekday == (local.weekday() - 1) % 7 and minute < span.end:
            ends.append(midnight + timedelta(minutes=span.end))
    return max(ends) if ends else None


def is_quiet(when: datetime, spans: Sequence[QuietSpan], zone: ZoneInfo) -> bool:
    return _end(when.astimezone(zone), spans) is not None


def next_open(when: datetime, spans: Sequence[QuietSpan], zone: ZoneInfo) -> datetime | None:
    """The first moment from `when` on that is not quiet, or None when the whole week is."""
    # In UTC: arithmetic on a local clock would skip or repeat an hour at summer time.
    began = moment = when.astimezone(UTC)
    # Spans may follow one another (a night, then a weekend): at most two per day can chain before a week is full.
    for _ in range(4 * 7 + 2 * len(spans)):
        end = _end(moment.astimezone(zone), spans)
        if end is None:
            return moment
        # In the hour that winter time repeats, the first of the two may lie behind us: then take the second.
        later = [end.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
        moment = min(
            (candidate for candidate in later if candidate > moment),
            default=moment + timedelta(hours=1),
        )
        if moment - began > timedelta(days=9):
            return None
    return None
