"""What waits for one commit together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from genlyd.links.redirect.row import Row

#: Seconds a visitor waits for the commit before their click goes to the local spool instead.
PATIENCE = 0.25


class Unrecorded(Exception):
    """Neither the database nor the disk took the click."""


class Done(asyncio.Future[None]):
    """Many wait for it; one who hangs up must not cancel it for the others. Cheaper than a shield for each."""

    def cancel(self, msg: object | None = None) -> bool:  # noqa: ARG002
        return False


class Batch:
    """Clicks that stand or fall together."""

    __slots__ = ("done", "kept", "rows", "timer")

    def __init__(self, too_late: Callable[[Batch], None]) -> None:
        loop = asyncio.get_running_loop()
        self.rows: list[Row] = []
        self.done = Done(loop=loop)
        self.kept = False
        self.timer = loop.call_later(PATIENCE, too_late, self)

    def settle(self, error: Exception | None = None) -> None:
        self.timer.cancel()
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)
            self.done.exception()  # a visitor who has gone away never asks for it
