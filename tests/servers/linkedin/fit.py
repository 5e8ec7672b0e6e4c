"""Whether a body is a post that LinkedIn would take."""

from __future__ import annotations

import time
from typing import Any

from fastapi import Response

from tests.servers.linkedin import answers
from tests.servers.linkedin.state import State, Token

FIELDS = {
    "author", "commentary", "visibility", "distribution", "content", "lifecycleState",
    "isReshareDisabledByAuthor",
}  # fmt: skip
REQUIRED = FIELDS - {"content", "isReshareDisabledByAuthor"}
DISTRIBUTION = {"feedDistribution", "targetEntities", "thirdPartyDistributionChannels"}
CONTENT = {"article": {"source", "title", "description", "thumbnail"}, "media": {"id", "altText", "title"}}


def unfit(body: dict[str, Any] | None, token: Token, state: State) -> Response | None:  # noqa: C901, PLR0911, PLR0912  one line for each reason
    """Why this is no post; None when it is one."""

    def bad(path: str, words: str = "unrecognized field found but not allowed") -> Response:
        return answers.refuse(400, f"ERROR :: /{path} :: {words}", code="INVALID_REQUEST_BODY")

    if body is None:
        return answers.refuse(400, "Request body is not JSON")
    for name in set(body) - FIELDS:
        return bad(name)
    for name in REQUIRED - set(body):
        return bad(name, "field is required but not found and has no default value")
    if (
        set(body["distribution"]) - DISTRIBUTION
        or body["distribution"].get("feedDistribution") != "MAIN_FEED"
    ):
        return bad("distribution")
    if body["lifecycleState"] != "PUBLISHED" or body["visibility"] not in {
        "PUBLIC",
        "CONNECTIONS",
        "LOGGED_IN",
    }:
        return bad("lifecycleState", "is not a valid value")
    if body["author"] != f"urn:li:person:{token.sub}":
        return answers.no_permission("partnerApiPostsExternal.CREATE for this author")
    content = body.get("content")
    if content is None:
        return None
    if len(content) != 1 or set(content) - set(CONTENT):
        return bad("content")
    [(kind, inner)] = content.items()
    if set(inner) - CONTENT[kind]:
        return bad(f"content/{kind}")
    if kind == "article" and not (inner.get("source", "").startswith("http") and inner.get("title")):
        return bad("content/article", "source and title are required")
    used = inner.get("thumbnail") if kind == "article" else inner.get("id")
    if used is None:
        return None if kind == "article" else bad("content/media/id", "field is required")
    image = state.images.get(used)
    if image is None or image.owner != body["author"] or image.uploaded is None:
        return bad(f"content/{kind}", f"{used} is not an image of the author")
    if time.time() - image.uploaded < state.processing_seconds:
        return bad(f"content/{kind}", f"{used} is still being processed")
    return None
