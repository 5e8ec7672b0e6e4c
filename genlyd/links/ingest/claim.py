from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import NamedTuple

from genlyd.links.ingest import wire

#: Keeps our advisory locks apart from others': the organisation's id is added.
_LOCKS = 0x6C696E6B << 32


class Arrived(NamedTuple):
    """What of an arrival is asked for to judge and count it; the rest goes from table to table."""

    #: The UUID as text.
    id: str
    link_id: int
    at: datetime
    visitor: bytes
    method: str
    user_agent: str
    prefetch: bool
    datacentre: bool
    private: bool
    country: str


def organisations(until: datetime) -> list[tuple[int, int]]:
    """Whose arrivals wait, and how many."""
    return wire.rows(
        "SELECT organisation_id, count(*) FROM links_arrival WHERE at <= %s GROUP BY organisation_id", [until]
    )


def lock(organisation_id: int) -> None:
    """One worker per organisation until the transaction ends: waits for another's end."""
    wire.rows("SELECT pg_advisory_xact_lock(%s)", [_LOCKS + organisation_id])


def arrivals(organisation_id: int, until: datetime, most: int) -> Generator[None, None, list[Arrived]]:
    """Locks the organisation and reads the oldest that have settled. None while another worker is at it.

    Whoever holds the lock may read them without locking rows. Pauses between asking and reading.
    """
    lock = wire.ask("SELECT pg_try_advisory_xact_lock(%s)", [_LOCKS + organisation_id])
    # a.id, not the text that is selected: only the key is in order already, however much waits.
    found = wire.ask(
        "SELECT id::text, link_id, at, visitor, method, user_agent, prefetch, datacentre, private, country"
        " FROM links_arrival AS a WHERE organisation_id = %s AND at <= %s ORDER BY a.id LIMIT %s",
        [organisation_id, until, most],
    )
    yield
    [(ours,)] = lock.fetchall()
    return list(map(Arrived._make, found.fetchall())) if ours else []
