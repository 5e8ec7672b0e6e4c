"""The request that creates a post, complete and exact: what is stored before it is sent."""

from __future__ import annotations

from typing import Any

from genlyd.networks.domain.urls import find_urls
from genlyd.networks.linkedin.domain import little

#: What LinkedIn shows of a card; longer ones are cut at a word by us rather than anywhere by them.
TITLE_MOST = 400
DESCRIPTION_MOST = 4000
#: Alternative text of a picture.
ALT_MOST = 4086


def body(
    *, author: str, text: str, article: dict[str, Any] | None = None, media: dict[str, Any] | None = None
) -> dict[str, Any]:
    """One kind of content or none; a picture wins over a card."""
    made: dict[str, Any] = {
        "author": author,
        "commentary": little.written(text, but=[(span.start, span.end) for span in find_urls(text)]),
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }  # fmt: skip
    if media:
        made["content"] = {"media": media}
    elif article:
        made["content"] = {"article": article}
    return made


def article(*, url: str, title: str, description: str = "", thumbnail: str = "") -> dict[str, Any]:
    """A card. LinkedIn does not look at the page itself, so everything it shows comes from here, unescaped."""
    card = {"source": url, "title": _cut(title, TITLE_MOST) or url}
    if description.strip():
        card["description"] = _cut(description, DESCRIPTION_MOST)
    if thumbnail:
        card["thumbnail"] = thumbnail
    return card


def media(*, image: str, alt: str) -> dict[str, Any]:
    return {"id": image, **({"altText": _cut(alt, ALT_MOST)} if alt.strip() else {})}


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
