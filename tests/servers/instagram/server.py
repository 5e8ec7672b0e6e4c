"""The double of Instagram in the shape that all networks' test servers have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers.meta.server import MetaServer
from tests.servers.process import process


class InstagramServer(MetaServer):
    key = "instagram"
    publish_paths = ("/media_publish?creation_id=",)
    read_paths = ("/media?fields=", "?fields=id%2Cstatus_code")
    prepare_paths = ("/media?image_url=",)
    words = "caption"


@contextmanager
def running() -> Iterator[InstagramServer]:
    with process("tests.servers.instagram.double") as url:
        yield InstagramServer(url)
