"""Clicks on the local disk: whole lines only, one owner at a time, home exactly once."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from pathlib import Path

import asyncpg
import pytest

from genlyd.base.ids import uuid7
from genlyd.links.models import Arrival
from genlyd.links.redirect.row import Row, from_line, to_line
from genlyd.links.redirect.spool import Spool
from tests.links.redirecting import database


def a_row(**changes: object) -> Row:
    values = {
        "organisation": 1, "id": uuid7().bytes, "link": 5, "at": time.time_ns() // 1000, "visitor": b"v" * 16,
        "method": "GET", "agent": "Æbler", "referrer": "", "prefetch": False, "private": False,
        "country": "", "datacentre": False, **changes,
    }  # fmt: skip
    return tuple(values.values())  # type: ignore[return-value]


def connect() -> object:
    return asyncpg.connect(database())


def bring_home(spool: Spool) -> None:
    for left in spool.take():
        asyncio.run(left.bring_home(connect))
        left.remove()


def test_row_survives_the_file() -> None:
    row = a_row()
    assert from_line(to_line(row)) == row


@pytest.mark.parametrize("line", [b"", b"[1, 2", b"[1]", b"null", b'["x"]'])
def test_half_a_line_is_no_row(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the reader only asks whether it is one
        from_line(line)


def test_file_being_written_is_left_alone(tmp_path: Path) -> None:
    writing, reading = Spool(tmp_path), Spool(tmp_path)
    writing.append([a_row()])
    assert reading.take() == []
    writing.close()
    assert [len(left.chunk()) for left in reading.take()] == [1]


def test_failed_write_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool, real = Spool(tmp_path), os.write
    spool.append([a_row()])

    def full(file: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(28, "No space left on device")
        return real(file, data[:100])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        spool.append([a_row()])
    monkeypatch.undo()
    spool.append([a_row()])
    assert [len(left.chunk()) for left in spool.take()] == [1, 1]


def test_full_disk_leaves_no_empty_files_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    spool = Spool(tmp_path)
    monkeypatch.setattr(os, "write", full)
    for _time in range(3):
        with pytest.raises(OSError, match="No space"):
            spool.append([a_row()])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_clicks_come_home_once_even_if_brought_twice(tmp_path: Path) -> None:
    rows = [a_row() for _ in range(3)]
    for _ in range(2):
        spool = Spool(tmp_path)
        spool.append(rows)
        bring_home(spool)
    assert {click.id.bytes for click in Arrival.objects.all()} == {row[1] for row in rows}
    assert not Spool(tmp_path).holds


@pytest.mark.django_db(transaction=True)
def test_row_the_table_refuses_is_kept_apart(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.append([a_row(), a_row(method="A" * 20), a_row()])
    bring_home(spool)
    assert Arrival.objects.count() == 2
    assert b"AAAA" in (tmp_path / "rejected.jsonl").read_bytes()


@pytest.mark.django_db(transaction=True)
def test_last_line_cut_by_a_crash_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    row = a_row(id=uuid.uuid4().bytes)
    (tmp_path / "clicks-1.jsonl").write_bytes(to_line(row) + to_line(a_row())[:40])
    bring_home(Spool(tmp_path))
    assert [click.id.bytes for click in Arrival.objects.all()] == [row[1]]
