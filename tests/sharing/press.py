"""A network inside the test: what it was sent, it printed. For tests of what happens around the call."""

# ruff: noqa: ARG002  it takes all that the contract gives
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from genlyd.networks.bluesky import BLUESKY
from genlyd.networks.contract import Network, Parcel
from genlyd.networks.domain.outcome import Kind, Look, Outcome, Sight
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS, REAL


@dataclass
class Press:
    printed: list[str] = field(default_factory=list)
    read_timeout: float = 1.0
    #: What it answers instead of printing.
    answer: Outcome | None = None
    #: Called while it prints.
    meanwhile: Callable[[], None] = lambda: None

    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        done["record"] = {"text": parcel.text, "key": parcel.key}

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        return done["record"]["key"], dict(done["record"])

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome:
        self.meanwhile()
        if self.answer:
            return self.answer
        self.printed.append(body["text"])
        return Outcome(kind=Kind.PUBLISHED, remote_id=f"post-{len(self.printed)}", status=200)

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:
        return Look(sight=Sight.FOUND if body["text"] in self.printed else Sight.ABSENT)

    def delete(self, account: Account, remote_id: str) -> Outcome:
        return Outcome(kind=Kind.PUBLISHED)


def press_stands(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> Network:
    """The network "bluesky" is a press for this test, with other quotas, prices or spread if given."""
    network = replace(BLUESKY, publisher=Press(), **fields)
    for known in (NETWORKS, REAL):
        monkeypatch.setitem(known, "bluesky", network)
    return network
