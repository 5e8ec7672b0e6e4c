from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import Count, Q

from genlyd.links import ingest, tasks
from genlyd.links.domain import verdict as rules
from genlyd.links.ingest import store, wire
from genlyd.links.models import (
    Arrival,
    Batch,
    Click,
    CountryDay,
    DaySalt,
    DayTotal,
    Link,
    LinkDay,
    MemberTotal,
)
from genlyd.links.models.clicks import Came
from tests.world import World, build_world

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOTALS = (LinkDay, DayTotal, MemberTotal, CountryDay)
LATER = AT + timedelta(days=2)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def a_link(world: World, **fields: object) -> Link:
    return Link.objects.create(organisation=world.fjordkraft, target="https://a.dk/", **fields)


def a_click(link: Link, minutes: float = 0, visitor: bytes = b"v" * 16, **fields: object) -> Arrival:
    values = {"user_agent": FIREFOX, "method": "GET", **fields}
    return Arrival.objects.create(
        organisation_id=link.organisation_id, link_id=link.pk, visitor=visitor,
        at=AT + timedelta(minutes=minutes), **values,
    )  # fmt: skip


def judge_all(now: datetime = LATER, most: int = ingest.MOST) -> int:
    total = 0
    while done := ingest.judge(now=now, most=most):
        total += done
    return total


def sums(link: Link) -> tuple[int, int, int]:
    rows = LinkDay.objects.filter(link_id=link.pk).values_list("clicks", "unique_clicks", "human_clicks")
    return tuple(sum(column) for column in zip(*rows, strict=True)) or (0, 0, 0)  # type: ignore[return-value]


def raw(link: Link) -> tuple[int, int, int]:
    counts = Click.objects.filter(link_id=link.pk).aggregate(
        clicks=Count("id"),
        unique=Count("id", filter=Q(is_first=True)),
        human=Count("id", filter=Q(is_first=True, verdict="human")),
    )
    return counts["clicks"], counts["unique"], counts["human"]


def test_clicks_are_named_and_counted(world: World) -> None:
    link = a_link(world, published_at=AT)
    a_click(link, 1)
    a_click(link, 2)
    a_click(link, 3, visitor=b"w" * 16)
    a_click(link, 4, method="HEAD")
    a_click(link, 5, user_agent="facebookexternalhit/1.1")
    a_click(link, 0.01, visitor=b"x" * 16)
    assert judge_all() == 6
    names = Counter(Click.objects.values_list("verdict", flat=True))
    assert names == {"human": 3, "head": 1, "preview": 1, "too_soon": 1}
    assert sums(link) == raw(link) == (6, 4, 2)
    assert LinkDay.objects.get().window == 30


def test_judging_again_counts_nothing_twice(world: World) -> None:
    link = a_link(world)
    a_click(link)
    judge_all()
    assert judge_all() == 0
    a_click(link, 10)
    judge_all()
    assert sums(link) == (2, 1, 1)


def test_click_waits_until_its_share_may_have_noted_its_publication(world: World) -> None:
    link = a_link(world)
    a_click(link)
    assert ingest.judge(now=AT + timedelta(seconds=3)) == 0
    Link.objects.update(published_at=AT - timedelta(seconds=1))
    assert ingest.judge(now=AT + timedelta(seconds=4)) == 1
    assert Click.objects.get().verdict == "too_soon"
    assert not Arrival.objects.exists()


def test_days_are_counted_apart(world: World) -> None:
    link = a_link(world)
    a_click(link)
    a_click(link, 60 * 13)
    judge_all()
    assert list(LinkDay.objects.order_by("day").values_list("day", "human_clicks")) == [
        (date(2026, 3, 2), 1),
        (date(2026, 3, 3), 1),
    ]


def test_visitor_who_clicks_too_often_is_taken_back_everywhere(world: World) -> None:
    links = [a_link(world) for _ in range(21)]
    for number, link in enumerate(links[:20]):
        a_click(link, 2.6 * number + number % 3)
    judge_all()
    assert [sums(link) for link in links[:20]] == [(1, 1, 1)] * 20
    a_click(links[20], 59)
    calm = a_click(links[0], 200)
    judge_all()
    assert sums(links[0]) == raw(links[0]) == (2, 2, 1)
    assert [sums(link) for link in links[1:]] == [raw(link) for link in links[1:]] == [(1, 1, 0)] * 20
    assert Click.objects.get(id=calm.id).verdict == "human"


def test_small_batches_count_like_one(world: World) -> None:
    links = [a_link(world), a_link(world)]
    for minute in range(0, 200, 7):
        a_click(links[minute % 2], minute, visitor=bytes([minute % 3]) * 16)
    judge_all(most=3)
    assert [sums(link) for link in links] == [raw(link) for link in links]
    small = [sums(link) for link in links]
    again = [
        Arrival(**{field.attname: getattr(click, field.attname) for field in Came._meta.fields})
        for click in Click.objects.all()
    ]
    for model in (Click, *TOTALS):
        model.objects.all().delete()
    Arrival.objects.bulk_create(again)
    judge_all()
    assert [sums(link) for link in links] == small


def test_click_whose_link_is_gone_is_named_and_does_not_wait_for_ever(world: World) -> None:
    Arrival.objects.create(
        organisation_id=1, link_id=987654, visitor=b"v", at=AT, user_agent=FIREFOX, method="GET"
    )
    judge_all()
    assert Click.objects.get().verdict == rules.ORPHAN
    assert not LinkDay.objects.exists()


def test_failure_leaves_neither_verdict_nor_sum(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_click(a_link(world))

    def fail(*_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(store, "clear", fail)
    with pytest.raises(ingest.NotCounted), transaction.atomic():
        ingest.judge(now=LATER)
    assert Arrival.objects.count() == 1
    for model in (Click, Batch, *TOTALS):
        assert not model.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_count_each_click_once() -> None:
    world = build_world()
    links = [a_link(world) for _ in range(10)]
    for number in range(400):
        a_click(links[number % 10], number / 3, visitor=bytes([number % 7]) * 16)

    def work() -> None:
        try:
            for _ in range(60):
                ingest.judge(now=LATER, most=25)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    judge_all()
    assert not Arrival.objects.exists()
    assert [sums(link) for link in links] == [raw(link) for link in links]
    assert sum(sums(link)[0] for link in links) == 400


def test_salts_of_days_that_are_over_are_destroyed(db: None) -> None:
    for day in (1, 2):
        DaySalt.objects.create(day=date(2026, 3, day), salt=b"s" * 32)
    assert ingest.forget_salts(today=date(2026, 3, 2)) == 1
    assert DaySalt.objects.get().day == date(2026, 3, 2)


def test_tasks_do_the_work(world: World) -> None:
    link = a_link(world)
    a_click(link)
    DaySalt.objects.create(day=date(2020, 1, 1), salt=b"s")
    tasks.judge_clicks(timestamp=0)
    tasks.forget_salts(timestamp=0)
    assert sums(link) == (1, 1, 1)
    assert not DaySalt.objects.exists()


def test_the_oldest_arrivals_are_read_in_the_order_of_their_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much waits, a batch costs no more than itself."""
    asked: list[tuple[str, Any]] = []
    real = wire.ask
    monkeypatch.setattr(wire, "ask", lambda sql, values=(): asked.append((sql, values)) or real(sql, values))
    a_click(a_link(world))
    judge_all()
    [(sql, values), *_more] = [one for one in asked if "FROM links_arrival AS a" in one[0]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + sql, values)
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "links_arrival_pkey" in plan
    assert "Sort" not in plan
