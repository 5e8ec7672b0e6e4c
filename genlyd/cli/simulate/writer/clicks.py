from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import numpy as np

from genlyd.base.clock import now
from genlyd.cli.simulate.agents import COUNTRIES, MACHINES, REFERRERS
from genlyd.cli.simulate.clicks import Clicks
from genlyd.cli.simulate.shares import Shares
from genlyd.cli.simulate.writer.copying import copy_in, when
from genlyd.links.ingest import judge
from genlyd.links.models import Arrival
from genlyd.people.models import Organisation


def write_clicks(
    organisation: Organisation, clicks: Clicks, shares: Shares, *, links: list[int], seed: int
) -> None:
    """Every request as the redirect service would have kept it: unjudged."""
    copy_in(
        Arrival,
        ("id", "link_id", "at", "visitor", "method", "user_agent", "referrer_host", "prefetch", "country"),
        _rows(clicks, shares, links, seed),
        organisation_id=organisation.pk,
    )


def judge_clicks() -> int:
    """Let the real ingest judge and count everything that waits. Returns how many clicks it judged."""
    judged = 0
    while done := judge(now=now()):
        judged += done
    return judged


def _rows(clicks: Clicks, shares: Shares, links: list[int], seed: int) -> Iterator[tuple[Any, ...]]:
    noise = np.random.default_rng([seed, 5]).bytes(10 * len(clicks))
    visitors = clicks.visitor.tobytes()
    networks = [REFERRERS.get(name, "") for name in shares.networks]
    browsers = len(clicks.agents)
    share, at, agent = clicks.share.tolist(), clicks.at.tolist(), (clicks.agent % browsers).tolist()
    head, prefetch, network = clicks.head.tolist(), clicks.prefetch.tolist(), shares.network.tolist()
    for number in range(len(clicks)):
        yield (
            _uuid7(at[number], noise[number * 10 : number * 10 + 10]),
            links[share[number]],
            when(at[number]),
            visitors[number * 16 : number * 16 + 16],
            "HEAD" if head[number] else "GET",
            clicks.agents[agent[number]],
            networks[network[share[number]]] if clicks.human[number] else "",
            prefetch[number],
            COUNTRIES[visitors[number * 16]] if clicks.human[number] else MACHINES,
        )


def _uuid7(at: float, noise: bytes) -> uuid.UUID:
    """base.ids.uuid7 of another moment than now."""
    value = bytearray(int(at * 1000).to_bytes(6, "big") + noise)
    value[6] = (value[6] & 0x0F) | 0x70
    value[8] = (value[8] & 0x3F) | 0x80
    return uuid.UUID(bytes=bytes(value))
