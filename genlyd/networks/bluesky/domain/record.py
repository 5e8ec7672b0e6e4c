"""The record of a post, built once and then frozen: the same bytes are sent each time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from genlyd.networks.domain.urls import find_urls

COLLECTION = "app.bsky.feed.post"

Blob = dict[str, Any]


def facets(text: str) -> list[dict[str, Any]]:
    """A link facet for each address in the text. Offsets are UTF-8 bytes: the server does not check them."""
    found = []
    for span in find_urls(text):
        start = len(text[: span.start].encode("utf-8"))
        found.append(
            {
                "index": {"byteStart": start, "byteEnd": start + len(span.url.encode("utf-8"))},
                "features": [{"$type": "app.bsky.richtext.facet#link", "uri": span.url}],
            }
        )
    return found


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def picture_embed(blob: Blob, *, alt: str, width: int, height: int) -> dict[str, Any]:
    image = {"image": blob, "alt": alt, "aspectRatio": {"width": width, "height": height}}
    return {"$type": "app.bsky.embed.images", "images": [image]}


def card_embed(*, url: str, title: str, description: str, thumb: Blob | None) -> dict[str, Any]:
    external: dict[str, Any] = {"uri": url, "title": title, "description": description}
    if thumb:
        external["thumb"] = thumb
    return {"$type": "app.bsky.embed.external", "external": external}


def record(
    *, text: str, created_at: datetime, language: str = "", embed: dict[str, Any] | None = None
) -> dict[str, Any]:
    post: dict[str, Any] = {"$type": COLLECTION, "text": text, "createdAt": instant(created_at)}
    if links := facets(text):
        post["facets"] = links
    if language:
        post["langs"] = [language]
    if embed:
        post["embed"] = embed
    return post


def permalink(did: str, rkey: str) -> str:
    """Where people see the post."""
    return f"https://bsky.app/profile/{did}/post/{rkey}"
