from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genlyd.links.domain.judge import LinkFacts
from genlyd.links.ingest import wire


@dataclass(frozen=True, slots=True)
class Facts(LinkFacts):
    """What is known of a link: for the rules, and for the sums."""

    #: 0: none.
    campaign_id: int = 0
    network: str = ""


def of_links(organisation_id: int, links: Collection[int]) -> Any:
    """A cursor for `by_link`."""
    return wire.ask(
        "SELECT id, published_at, member_id, coalesce(campaign, 0), network FROM links_link"
        " WHERE organisation_id = %s AND id = ANY(%s::bigint[])",
        [organisation_id, wire.array(links)],
    )


def by_link(found: Any) -> dict[int, Facts]:
    """Links that are gone are missing."""
    rows: list[tuple[int, datetime | None, int | None, int, str]] = found.fetchall()
    return {
        link: Facts(published_at, member_id, campaign_id, network)
        for link, published_at, member_id, campaign_id, network in rows
    }


def own_visitors(organisation_id: int, visitors: Collection[bytes]) -> Any:
    """A cursor: visitor keys that are members' own browsers today, and whose."""
    return wire.ask(
        "SELECT visitor, member_id FROM links_ownvisitor WHERE organisation_id = %s AND visitor = ANY(%s::bytea[])",
        [organisation_id, wire.keys(visitors)],
    )
