"""The networks' test servers: one line each. `running(key)` starts one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from tests.servers.contract import NetworkServer

KNOWN: dict[str, str] = {
    "bluesky": "tests.servers.bluesky.server",
    "mastodon": "tests.servers.mastodon.server",
    "x": "tests.servers.x.server",
    "linkedin": "tests.servers.linkedin.server",
    "threads": "tests.servers.threads.server",
    "instagram": "tests.servers.instagram.server",
}
#: Networks that are inside Genlyd: no process, no call that a proxy could break.
INSIDE: dict[str, str] = {"practice": "tests.servers.practice.server"}


@contextmanager
def running(key: str) -> Iterator[NetworkServer]:
    """The network's server, started for as long as the block lasts."""
    # Only now: a server's own libraries are loaded where it is wanted.
    with import_module((KNOWN | INSIDE)[key]).running() as server:
        yield server
