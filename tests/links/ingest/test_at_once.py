"""Several organisations at a time: each click once, whoever takes which."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError

from genlyd.links import ingest, tasks
from genlyd.links.ingest import known, run, store, wire
from genlyd.links.models import Arrival, Click, Link, LinkDay
from genlyd.people.models import Organisation
from tests.links.ingest.counting import AT, LATER, again, an_arrival, state

ORGANISATIONS, EACH = 6, 4


@pytest.fixture
def waiting(transactional_db: None) -> int:
    """Clicks of six organisations."""
    for number in range(ORGANISATIONS):
        organisation = Organisation.objects.create(name=f"Fjordkraft {number}", language="da")
        link = Link.objects.create(organisation=organisation, target="https://fjordkraft.example/")
        Arrival.objects.bulk_create(
            an_arrival(link, AT + timedelta(minutes=minute), bytes([minute]) * 16) for minute in range(EACH)
        )
    return ORGANISATIONS * EACH


def test_two_at_a_time_count_each_click_once(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    used, met, judge = set(), threading.Barrier(2, timeout=20), run.judge_bundle

    def noted(organisations: Sequence[int], **how: Any) -> int:
        if threading.get_ident() not in used:
            used.add(threading.get_ident())
            met.wait()  # neither is done before the other has begun
        return judge(organisations, **how)

    monkeypatch.setattr(run, "judge_bundle", noted)
    monkeypatch.setattr(run, "ENOUGH_TOGETHER", EACH + 1)  # two organisations in each transaction
    assert ingest.judge(now=LATER, at_once=2) == waiting
    assert len(used) == 2
    assert_all_counted(waiting)
    assert ingest.judge(now=LATER, at_once=2) == 0


def test_the_busiest_go_first_and_those_with_few_clicks_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ENOUGH_TOGETHER", 10)
    waiting = [(1, 3), (2, 400), (3, 7), (4, 2), (5, 9), (6, 1)]
    assert run.bundles(waiting) == [[2], [5, 3], [1, 4, 6]]
    assert run.bundles([]) == []


def test_organisations_of_one_bundle_share_a_transaction(
    waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[int] = []
    send = wire.send

    def noted(sql: str, values: Any = ()) -> Any:
        began.append(1) if sql.startswith("SET LOCAL") else None
        return send(sql, values)

    monkeypatch.setattr(wire, "send", noted)
    assert ingest.judge(now=LATER, at_once=2) == waiting
    assert len(began) == 1
    assert_all_counted(waiting)


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("enough", [1, EACH + 1, 1_000], ids=["each by itself", "in pairs", "all together"])
def test_those_that_fail_are_told_and_keep_their_clicks(
    waiting: int, enough: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One in the middle of a bundle fails in Python, one in the database, when their mates' clicks are written."""
    monkeypatch.setattr(run, "ENOUGH_TOGETHER", enough)
    (first, third), insert = organisations()[1:4:2], store.insert
    fail(monkeypatch, {first: no_luck, third: lambda: wire.send("SELECT 1 / %s", [0])})
    with pytest.raises(ingest.NotCounted) as raised:
        ingest.judge(now=LATER, at_once=at_once)
    assert raised.value.counted == waiting - 2 * EACH
    assert "no luck" in str(raised.value)
    assert f"{third} (DataError" in str(raised.value)
    assert organisations() == [first, third]
    assert (
        Click.objects.count() == sum(LinkDay.objects.values_list("clicks", flat=True)) == waiting - 2 * EACH
    )
    monkeypatch.setattr(store, "insert", insert)
    assert ingest.judge(now=LATER, at_once=at_once) == 2 * EACH
    assert_all_counted(waiting)


def test_the_others_clicks_go_on_batch_after_batch(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    unlucky = organisations()[0]
    fail(monkeypatch, {unlucky: no_luck})
    monkeypatch.setattr(tasks.ingest, "judge", partial(ingest.judge, most=1))
    with pytest.raises(ingest.NotCounted, match="no luck"):
        tasks.judge_clicks(timestamp=0)
    assert organisations() == [unlucky]
    assert Click.objects.count() == waiting - EACH


@pytest.mark.parametrize("enough", [1, 1_000])
def test_a_database_that_is_gone_is_nobodys_trouble_and_asked_nothing_more(
    waiting: int, enough: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def cut_off(organisation_id: int, *_rest: Any) -> Any:
        tried.append(organisation_id)
        return wire.rows("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(run, "ENOUGH_TOGETHER", enough)
    monkeypatch.setattr(store, "insert", cut_off)
    with pytest.raises(OperationalError):
        ingest.judge(now=LATER)
    assert len(tried) == 1
    monkeypatch.undo()
    assert ingest.judge(now=LATER) == waiting
    assert_all_counted(waiting)


def test_one_whose_clicks_came_again_holds_nobody_up(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that lie behind a visitor's first MOST_PER_DAY are not read: the key drops them, and all is done again."""
    assert ingest.judge(now=LATER) == waiting
    before, came_again = state(), again(Click.objects.order_by("organisation_id", "id")[:EACH])
    Arrival.objects.bulk_create(came_again)
    other = Link.objects.last()
    assert other
    an_arrival(other, AT + timedelta(hours=5), b"n" * 16).save()
    monkeypatch.setattr(known, "by_visitor", lambda _found: {})
    assert ingest.judge(now=LATER) == EACH + 1
    assert not Arrival.objects.exists()
    assert Click.objects.count() == waiting + 1
    Click.objects.filter(visitor=b"n" * 16).delete()
    assert state()["clicks"] == before["clicks"]
    assert sum(LinkDay.objects.values_list("clicks", flat=True)) == waiting + 1


def fail(monkeypatch: pytest.MonkeyPatch, instead: Mapping[int, Callable[[], object]]) -> None:
    """What happens first where these organisations' clicks are to be written."""
    insert = store.insert

    def fails_for_some(organisation_id: int, *rest: Any) -> Any:
        instead.get(organisation_id, lambda: None)()
        return insert(organisation_id, *rest)

    monkeypatch.setattr(store, "insert", fails_for_some)


def no_luck() -> None:
    raise RuntimeError("no luck")


def organisations() -> list[int]:
    return sorted(set(Arrival.objects.values_list("organisation_id", flat=True)))


def assert_all_counted(waiting: int) -> None:
    assert (Click.objects.count(), Arrival.objects.count()) == (waiting, 0)
    assert list(LinkDay.objects.values_list("clicks", flat=True)) == [EACH] * ORGANISATIONS
