"""The double of Threads in the shape that all networks' test servers have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers.meta.server import MetaServer
from tests.servers.process import process


class ThreadsServer(MetaServer):
    key = "threads"
    publish_paths = ("/me/threads_publish?creation_id=",)
    read_paths = ("GET /v1.0/me/threads?fields=", "?fields=id%2Cstatus")
    prepare_paths = ("/me/threads?media_type=",)
    words = "text"


@contextmanager
def running() -> Iterator[ThreadsServer]:
    with process("tests.servers.threads.double") as url:
        yield ThreadsServer(url)
