"""What is sent by COPY arrives as it was noted; who waits for it is not disturbed by who hangs up."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from datetime import UTC, datetime

import asyncpg
import pytest

from genlyd.links.models import Arrival
from genlyd.links.redirect.batch import Batch
from genlyd.links.redirect.ids import Ids
from genlyd.links.redirect.row import COPY, Row, from_line, to_copy, to_line
from tests.links.redirecting import database

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
MICROS = int(NOON.timestamp()) * 1_000_000 + 123456
PLAIN: Row = (1, uuid.uuid4().bytes, 5, MICROS, b"v" * 16, "GET", "", "", False, False, "", False)
FULL: Row = (
    2**40, uuid.uuid4().bytes, 2**41, MICROS, bytes(range(16)), "HEAD", "Æble/1 \U0001f34e", "www.blåbær.dk",
    True, True, "DK", True,
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_rows_arrive_as_they_were_noted() -> None:
    async def send() -> None:
        connection = await asyncpg.connect(database())
        await connection._copy_in(COPY, to_copy([PLAIN, FULL]), None)
        await connection.close()

    asyncio.run(send())
    found = {click.link_id: click for click in Arrival.objects.all()}
    for row in (PLAIN, FULL):
        click = found[row[2]]
        assert (
            click.organisation_id, click.id.bytes, click.link_id, click.at, bytes(click.visitor), click.method,
            click.user_agent, click.referrer_host, click.prefetch, click.private, click.country, click.datacentre,
        ) == (*row[:3], NOON, *row[4:])  # fmt: skip


@pytest.mark.parametrize("row", [PLAIN, FULL])
def test_line_of_the_spool_is_the_whole_row(row: Row) -> None:
    assert from_line(to_line(row)) == row


def test_ids_are_uuids_of_version_7_that_never_repeat() -> None:
    ids = Ids()
    made = [uuid.UUID(bytes=ids.next(NOON.timestamp())) for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {(number.version, number.variant) for number in made} == {(7, uuid.RFC_4122)}
    assert {number.int >> 80 for number in made} == {MICROS // 1000}
    assert uuid.UUID(bytes=ids.next(NOON.timestamp() + 1)) > max(made)


def test_visitor_who_hangs_up_does_not_take_the_others_along() -> None:
    async def run() -> None:
        batch = Batch(lambda _batch: None)
        gone, stays = (asyncio.create_task(wait(batch)) for _ in range(2))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        assert not batch.done.done()
        batch.settle()
        await stays
        with contextlib.suppress(asyncio.CancelledError):
            await gone
        assert gone.cancelled()

    async def wait(batch: Batch) -> None:
        await batch.done

    asyncio.run(run())
