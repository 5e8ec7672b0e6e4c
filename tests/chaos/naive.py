"""How it is usually done: try, and when that went wrong, try again. Under the same faults, to show what they do."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from tests.chaos.worker import hurry_networks
from tests.networks.contract.parcels import a_parcel, kinds
from tests.servers.contract import NetworkServer

#: Queues like to try five times.
TRIES = 5
_again = itertools.count()


@dataclass(frozen=True)
class Naive:
    """What became of `asked` posts, by the server's own count."""

    asked: int
    live: int
    duplicates: int
    #: Called failed, and there all the same; a person would post them again.
    called_failed: int
    missing: int

    @property
    def fails(self) -> bool:
        return bool(self.duplicates or self.called_failed or self.missing)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """This process's publishers, as impatient as the workers'."""
    before = {key: network.publisher.read_timeout for key, network in NETWORKS.items() if network.publisher}
    hurry_networks()
    try:
        yield
    finally:
        for key, seconds in before.items():
            publisher: Any = NETWORKS[key].publisher
            publisher.read_timeout = seconds


def post_naively(server: NetworkServer, account: Account, *, count: int, pictures_at: str) -> Naive:
    """Each post up to TRIES times, every time from the beginning, as a queue's retry does."""
    said: dict[str, bool] = {}
    for _number in range(count):
        parcel = a_parcel(NETWORKS[server.key], kinds(NETWORKS[server.key])[0], origin=pictures_at)
        said[parcel.text] = any(_went_well(server.key, account, parcel) for _try in range(TRIES))
    connection.close()
    live = Counter(server.posts(account))
    there = {text: sum(many for stored, many in live.items() if _is(stored, text)) for text in said}
    return Naive(
        asked=count,
        live=sum(there.values()),
        duplicates=sum(max(many - 1, 0) for many in there.values()),
        called_failed=sum(many > 0 and not said[text] for text, many in there.items()),
        missing=sum(many == 0 and said[text] for text, many in there.items()),
    )


def _is(stored: str, text: str) -> bool:
    # The first line, as networks put the link elsewhere: its number is unlike any other's, and ends with a full stop.
    return text.split("\n", maxsplit=1)[0] in stored


def _went_well(key: str, account: Account, parcel: Any) -> bool:
    import dataclasses

    publisher = NETWORKS[key].publisher
    assert publisher
    # A new run knows nothing of the one before.
    again = dataclasses.replace(parcel, key=f"{parcel.key}.{next(_again)}")
    done: dict[str, Any] = {}
    try:
        publisher.prepare(account, again, done, lambda: None)
        _key, body = publisher.request(done)
        return publisher.send(account, body).kind is Kind.PUBLISHED
    except Failed:
        return False
