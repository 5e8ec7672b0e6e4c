"""Months of clicks: made ahead, filled from DEFAULT, dropped after their time."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from genlyd.base.ids import uuid7
from genlyd.links import partitions, tasks
from genlyd.links.models import Batch, Click, LinkDay
from tests.world import World


def a_click(at: datetime) -> Click:
    return Click.objects.create(
        organisation_id=1, link_id=1, at=at, visitor=b"v", method="GET", user_agent="", verdict="human",
        is_first=True, first_today=True, rules=1, batch_id=uuid7(),
    )  # fmt: skip


def where(click: Click) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM links_click WHERE id = %s", [click.id])
        # On a Citus cluster it is the month's shard, with a number of its own.
        return re.sub(r"_\d{6}$", "", str(cursor.fetchone()[0]))


def test_months_are_made_ahead_once(db: None) -> None:
    made = partitions.make_ahead(date(2031, 11, 5))
    assert made == [
        date(2031, 10, 1),
        date(2031, 11, 1),
        date(2031, 12, 1),
        date(2032, 1, 1),
        date(2032, 2, 1),
    ]
    assert partitions.make_ahead(date(2031, 11, 30)) == []
    assert partitions.make_ahead(date(2031, 12, 1)) == [date(2032, 3, 1)]


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2031, 11, 1, tzinfo=UTC), "2031_11"),
        (datetime(2031, 11, 30, 23, 59, 59, 999999, tzinfo=UTC), "2031_11"),
        (datetime(2031, 12, 1, tzinfo=UTC), "2031_12"),
    ],
)
def test_click_lies_in_its_month_utc(db: None, at: datetime, month: str) -> None:
    partitions.make_ahead(date(2031, 11, 5))
    assert where(a_click(at)) == f"links_click_{month}"


def test_click_of_no_month_is_kept_and_moved_when_its_month_is_made(db: None) -> None:
    click, other = a_click(datetime(2019, 5, 6, tzinfo=UTC)), a_click(datetime(2041, 1, 1, tzinfo=UTC))
    assert where(click) == where(other) == partitions.DEFAULT
    assert {date(2019, 5, 1), date(2041, 1, 1)} <= set(partitions.make_ahead())
    assert (where(click), where(other)) == ("links_click_2019_05", "links_click_2041_01")
    assert Click.objects.count() == 2
    assert where(a_click(datetime(2025, 1, 1, tzinfo=UTC))) == partitions.DEFAULT


def test_old_months_are_dropped_whole_and_their_sums_stay(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "genlyd.links")
    today = date(2031, 11, 5)
    kept, gone = a_click(datetime(2029, 10, 1, tzinfo=UTC)), a_click(datetime(2029, 9, 30, 23, tzinfo=UTC))
    LinkDay.objects.create(organisation_id=1, link_id=1, day=gone.at.date(), clicks=1, unique_clicks=1)
    partitions.keep(today, 25)
    assert [click.id for click in Click.objects.all()] == [kept.id]
    assert date(2029, 9, 1) not in partitions.known()
    assert LinkDay.objects.exists()
    assert "Clicks of 2029-09 were kept for 25 months and are dropped." in caplog.text
    partitions.keep(date(2041, 1, 1), 0)
    assert Click.objects.count() == 1, "0 keeps for ever"


def test_task_keeps_months_and_forgets_old_batches(world: World) -> None:
    old, now = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC)
    for counted in (old, now):
        Batch.objects.create(
            organisation_id=world.fjordkraft.pk,
            counted_at=counted,
            clicks=1,
            oldest_at=counted,
            newest_at=counted,
            rules=1,
        )
    ancient = a_click(old)
    tasks.keep_months(timestamp=0)
    assert not Click.objects.filter(id=ancient.id).exists()
    assert Batch.objects.get().counted_at == now
