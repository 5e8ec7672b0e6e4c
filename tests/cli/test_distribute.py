"""`genlyd distribute`: what it says on a plain PostgreSQL, and on a real Citus: there and back with nothing lost."""

from __future__ import annotations

import argparse
import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, connection

from genlyd.base.distribution import distributed_models, distributed_tables
from genlyd.cli import distribute
from genlyd.cli.distribute import cluster, command, moves
from genlyd.cli.errors import CannotStart
from genlyd.links.models import LinkDay
from tests.spread.cluster import distribute_everything, on_citus, on_plain

DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def arguments(*flags: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    distribute.add_arguments(parser)
    return parser.parse_args(flags)


def some_days(number: int = 500) -> None:
    LinkDay.objects.bulk_create(
        LinkDay(organisation_id=at % 7 + 1, link_id=at, day=DAY.date(), clicks=at)
        for at in range(1, number + 1)
    )


def contents() -> dict[str, list[Any]]:
    """Every row of every distributed table, as text."""
    with connection.cursor() as cursor:
        found = {}
        for name in distributed_tables():
            cursor.execute(f"SELECT row_to_json(t)::text FROM {name} t")
            found[name] = sorted(row for (row,) in cursor.fetchall())
        return found


@on_plain
@pytest.mark.django_db
@pytest.mark.parametrize("flags", [(), ("--back",), ("--dry-run",), ("--yes",)])
def test_plain_postgresql_is_told_that_it_needs_none_of_this(flags: tuple[str, ...]) -> None:
    with pytest.raises(CannotStart, match=r"has no Citus, and needs none.*scaling\.md"):
        distribute.run(arguments(*flags))


@on_plain
@pytest.mark.django_db
def test_sizes_of_plain_tables_are_known() -> None:
    some_days()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE links_linkday")
    table = next(table for table in cluster.tables() if table.name == "links_linkday")
    assert (table.rows, table.distributed) == (500, False)
    assert table.size > 0
    assert not cluster.missing()


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("canceling statement due to lock timeout", "wait for, or end, long queries"),
        ("connection to the remote node failed", "Mend that"),
    ],
)
def test_what_broke_off_says_how_to_go_on(words: str, advice: str) -> None:
    said = command._broke_off(OperationalError(words))
    assert words in said
    assert advice in said
    assert "run the same command again" in said


def test_nobody_to_ask_begins_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CannotStart, match="--yes"):
        command._ask_first(arguments())
    command._ask_first(arguments("--yes"))


@pytest.mark.parametrize(("answer", "begins"), [("y", True), ("YES ", True), ("", False), ("n", False)])
def test_only_yes_begins(monkeypatch: pytest.MonkeyPatch, answer: str, *, begins: bool) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    if begins:
        command._ask_first(arguments())
    else:
        with pytest.raises(CannotStart, match="Nothing was changed"):
            command._ask_first(arguments())


@pytest.fixture
def spread_again(transactional_db: None) -> Any:
    yield
    distribute_everything()


@on_citus
def test_there_and_back_keeps_every_row(spread_again: None, capsys: pytest.CaptureFixture[str]) -> None:
    some_days()
    before = contents()
    distribute.run(arguments("--back", "--yes"))
    assert [table.name for table in cluster.tables() if table.distributed] == []
    assert contents() == before
    distribute.run(arguments("--back", "--yes"))
    assert "Everything lies on one machine already" in capsys.readouterr().out
    distribute.run(arguments("--yes", "--one-machine", "--shards", "4"))
    found = cluster.tables()
    assert all(table.distributed for table in found)
    assert len({table.group for table in found}) == 1
    assert [table.left_behind for table in found] == [0] * len(found)
    assert contents() == before
    distribute.run(arguments("--yes", "--one-machine"))
    assert "already" in capsys.readouterr().out


@on_citus
def test_what_broke_off_is_gone_on_with(spread_again: None) -> None:
    some_days()
    before = contents()
    first, *_others = distributed_tables()
    distribute.run(arguments("--back", "--yes"))
    moves.distribute(first, beside=None, shards=4)  # and the machine stopped before the copy was removed
    assert contents() == before
    distribute.run(arguments("--yes", "--one-machine", "--shards", "4"))
    found = cluster.tables()
    assert len({table.group for table in found}) == 1
    assert [table.left_behind for table in found] == [0] * len(found)
    assert contents() == before


@on_citus
def test_dry_run_changes_nothing(spread_again: None, capsys: pytest.CaptureFixture[str]) -> None:
    some_days()
    for name in distributed_tables():
        moves.learn(name)
    distribute.run(arguments("--back", "--dry-run"))
    assert next(table for table in cluster.tables() if table.name == "links_linkday").rows == 500
    assert "would move back to the coordinator" in capsys.readouterr().out
    assert all(table.distributed for table in cluster.tables())


@on_citus
def test_table_in_use_is_left_as_it_was(spread_again: None, monkeypatch: pytest.MonkeyPatch) -> None:
    some_days()
    monkeypatch.setattr(moves, "LOCK_TIMEOUT", "200ms")
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("UPDATE links_linkday SET clicks = clicks + 1 WHERE organisation_id = 1")
            locked.set()
            done.wait(30)
            cursor.execute("ROLLBACK")
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(30)
    try:
        with pytest.raises(CannotStart, match=r"lock timeout[\s\S]*long queries"):
            distribute.run(arguments("--back", "--yes"))
    finally:
        done.set()
        holder.join()
    assert LinkDay.objects.count() == 500


@on_citus
def test_clicks_that_come_meanwhile_are_kept(spread_again: None) -> None:
    """A writer beside the move: everything it was told is stored is there afterwards."""
    stop, written = threading.Event(), []
    model = next(model for model in distributed_models() if model._meta.db_table == "links_linkday")

    def write() -> None:
        link = 10_000
        while not stop.is_set():
            link += 1
            model._default_manager.create(organisation_id=link % 5 + 1, link_id=link, day=DAY.date())
            written.append(link)
            time.sleep(0.002)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        distribute.run(arguments("--back", "--yes"))
        distribute.run(arguments("--yes", "--one-machine", "--shards", "4"))
    finally:
        stop.set()
        writer.join()
    assert len(written) > 10
    assert set(model._default_manager.values_list("link_id", flat=True)) == set(written)
