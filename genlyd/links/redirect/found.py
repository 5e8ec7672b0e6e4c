"""What is remembered of a link, and how it is read."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any, Generic, NamedTuple, TypeVar

from genlyd.links.domain.target import location

#: By slug alone: the index begins with it, and few slugs live on several hosts.
FIND = (
    "SELECT coalesce(link.domain_id, 0), link.slug, link.id, link.organisation_id, link.target, link.utm,"
    " link.retired_at IS NOT NULL, link.expires_at, link.preview <> '{}',"
    " coalesce(wishes.respect_signals, true), coalesce(wishes.countries, true)"
    " FROM links_link AS link LEFT JOIN links_linkprivacy AS wishes USING (organisation_id)"
    " WHERE link.slug = ANY($1::text[])"
)
NEVER = float("inf")
V = TypeVar("V")


class Found(NamedTuple):
    """A tuple, and few objects in it: there are 100,000 of them."""

    read_at: float
    link_id: int
    organisation_id: int
    #: Ready for the Location header.
    location: bytes
    retired: bool
    #: Seconds since 1970, or NEVER.
    expires_at: float
    #: It has something of its own to tell preview fetchers.
    preview: bool
    respects_signals: bool
    countries: bool


def found(row: Any, read_at: float) -> Found:
    _domain, _slug, link, organisation, target, utm, retired, expires, preview, signals, countries = row
    return Found(
        read_at,
        link,
        organisation,
        location(target, json.loads(utm)).encode("ascii"),
        retired,
        expires.timestamp() if expires is not None else NEVER,
        preview,
        signals,
        countries,
    )


class Recent(Generic[V]):
    """The most recently used entries."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._entries: OrderedDict[str, V] = OrderedDict()

    def get(self, key: str) -> V | None:
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def put(self, key: str, value: V) -> None:
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self.most:
            self._entries.popitem(last=False)

    def forget(self, key: str) -> None:
        self._entries.pop(key, None)

    def __len__(self) -> int:
        return len(self._entries)
