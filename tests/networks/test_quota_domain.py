from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.domain.quota import LATE, Call, Quota, Resets

DAY = Quota(key="day", most=150, resets=Resets.UTC_DAY)
QUARTER = Quota(key="quarter", most=100, window=timedelta(minutes=15))
moments = st.integers(1_767_225_600, 1_830_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
lengths = st.sampled_from(
    [timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)]
)


def test_call_costs_what_the_network_says() -> None:
    points = Quota(key="hour", most=5000, costs={Call.POST: 3, Call.DELETE: 1})
    assert [points.cost(call) for call in (Call.POST, Call.DELETE, Call.READ)] == [3, 1, 0]
    assert DAY.cost(Call.UPLOAD) == 1


def test_utc_day_begins_at_midnight_utc() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    [window] = DAY.windows(noon)
    assert DAY.begin(window) == datetime(2026, 11, 23, tzinfo=UTC)
    assert DAY.begin(window + 1) == datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("second", [-59, -1, 0, 4])
def test_call_near_midnight_counts_on_both_days(second: int) -> None:
    """Counted a second before midnight it may arrive a second after, and the network's clock is not ours."""
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    assert len(DAY.windows(midnight + timedelta(seconds=second))) == 2
    assert len(DAY.windows(midnight - timedelta(seconds=90))) == 1


@given(moments, lengths, st.floats(0, 1))
def test_slot_leaves_the_sum_only_after_the_window_and_the_time_on_the_way(
    at: datetime, window: timedelta, part: float
) -> None:
    quota = Quota(key="any", most=1, window=window)
    later = at + (window + LATE) * part
    assert quota.slot_at(later) - quota.slot_at(at) < quota.kept


@given(moments, lengths, st.lists(st.integers(0, 5), min_size=1, max_size=62), st.integers(1, 20))
def test_when_it_is_free_again_there_is_room(
    now: datetime, window: timedelta, counts: list[int], most: int
) -> None:
    quota = Quota(key="any", most=most, window=window)
    counts = counts[: quota.kept]
    slot = quota.slot_at(now)
    free = quota.free_again(now, 0, slot, counts, 1)
    gone = quota.slot_at(free) - slot
    assert free >= now
    assert sum(counts[: max(quota.kept - gone, 0)]) + 1 <= most
