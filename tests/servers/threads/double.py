"""A double of the Threads API. What it answers, and where that is from: README.md beside it."""

from __future__ import annotations

import time
from typing import Any

from fastapi import FastAPI, Request

from genlyd.networks.domain.counting import threads_length
from genlyd.networks.domain.urls import find_urls
from tests.servers.meta import pictures
from tests.servers.meta.answers import Wrong, no_permission, unknown_object, wrong
from tests.servers.meta.control import Disturbing, control
from tests.servers.meta.login import Flavour, given, login, token_of
from tests.servers.meta.state import Container, Media, State, Token
from tests.servers.process import serve

SCOPES = frozenset(
    {
        "threads_basic",
        "threads_content_publish",
        "threads_manage_insights",
        "threads_delete",
        "threads_manage_replies",
    }
)
CREATES = {"media_type", "text", "link_attachment", "image_url", "alt_text", "access_token"}
METRICS = ("views", "likes", "replies", "reposts", "quotes", "shares")
state = State()
app = FastAPI()
app.add_exception_handler(Wrong, wrong)
app.add_middleware(Disturbing, state=state)
app.include_router(login(state, Flavour("th", SCOPES)))
app.include_router(control(state, SCOPES))


async def _asked(request: Request, scope: str) -> tuple[Token, dict[str, str]]:
    values = await given(request)
    token = token_of(state, request, values)
    if scope not in token.scopes:
        raise no_permission(scope)
    return token, values


def _only(values: dict[str, str], known: set[str]) -> None:
    if unknown := set(values) - known:
        raise Wrong(f"(#100) Unknown parameter: {sorted(unknown)}", 100)


def _gone(number: str) -> Wrong:
    return Wrong("The requested resource does not exist", 24, 4279009, title=f"Media {number} not found")


@app.get("/v1.0/me")
async def me(request: Request) -> dict[str, Any]:
    token, values = await _asked(request, "threads_basic")
    user = state.users[token.user]
    known = {"id": user.number, "username": user.name, "name": user.name}
    return {key: known[key] for key in values.get("fields", "id").split(",") if key in known} | {
        "id": user.number
    }


@app.get("/v1.0/debug_token")
async def debug_token(request: Request) -> dict[str, Any]:
    values = await given(request)
    token_of(state, request, values)
    token = state.tokens[values["input_token"]]
    return {"data": {"type": "USER", "is_valid": True, "scopes": list(token.scopes), "user_id": token.user,
                     "issued_at": int(token.issued), "expires_at": int(token.expires)}}  # fmt: skip


@app.post("/v1.0/me/threads")
async def create(request: Request) -> dict[str, str]:
    token, values = await _asked(request, "threads_content_publish")
    _only(values, CREATES)
    text, kind = values.get("text", ""), values.get("media_type", "")
    link, address = values.get("link_attachment", ""), values.get("image_url", "")
    if kind not in {"TEXT", "IMAGE"} or (kind == "TEXT") == bool(address) or (link and kind != "TEXT"):
        raise Wrong("(#100) Param media_type, image_url or link_attachment does not fit the others", 100)
    if not text and kind == "TEXT":
        raise Wrong("(#100) The parameter text is required.", 100)
    if threads_length(text) > 500:
        raise Wrong("(#100) Param text must be at most 500 characters long.", 100)
    if len({span.url for span in find_urls(text)} | ({link} if link else set())) > 5:
        raise Wrong("THREADS_API__LINK_LIMIT_EXCEEDED", 100)
    now = state.now()
    container = Container(state.number(), token.user, values, now, now)
    if address:
        container.ready = now + state.processing
        container.picture, mime = await pictures.fetch(state, address)
        image = await pictures.decoded(container.picture)
        if mime not in {"image/jpeg", "image/png"} or image is None or image.width < 320:
            container.error = "UNKNOWN"
    container.fields.pop("access_token", None)
    state.containers[container.number] = container
    return {"id": container.number}


@app.post("/v1.0/me/threads_publish")
async def publish(request: Request) -> dict[str, str]:
    token, values = await _asked(request, "threads_content_publish")
    _only(values, {"creation_id", "access_token"})
    container = state.containers.get(values.get("creation_id", ""))
    if container is None or container.user != token.user or state.status_of(container) != "FINISHED":
        raise _gone(values.get("creation_id", ""))
    if state.published_within_a_day(token.user) >= state.users[token.user].quota_total:
        raise Wrong("You reached maximum number of posts.", 9, 2207042)
    media = Media(state.number(), token.user, container, state.now())
    container.media = media.number
    state.media[media.number] = media
    return {"id": media.number}


@app.get("/v1.0/me/threads")
async def threads(request: Request) -> dict[str, Any]:
    token, values = await _asked(request, "threads_basic")
    _only(values, {"fields", "since", "until", "limit", "before", "after", "access_token"})
    limit = int(values.get("limit", 25))
    if not 1 <= limit <= 100:
        raise Wrong("(#100) limit must be between 1 and 100", 100)
    since, lag = float(values.get("since", 0)), state.now() - state.list_lag
    shown = [media for media in state.posts_of(token.user) if since <= media.at <= lag]
    start = int(values["after"]) if values.get("after") else 0
    page = shown[start : start + limit]
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + len(page))}}
    if start + limit < len(shown):
        paging["next"] = f"https://graph.threads.net/v1.0/me/threads?after={start + limit}"
    fields = values.get("fields", "id").split(",")
    return {"data": [_shown(media, fields) for media in page], **({"paging": paging} if page else {})}


@app.get("/v1.0/me/threads_publishing_limit")
async def limit(request: Request) -> dict[str, Any]:
    token, _values = await _asked(request, "threads_content_publish")
    total = state.users[token.user].quota_total
    used = state.published_within_a_day(token.user)
    return {"data": [{"quota_usage": used, "config": {"quota_total": total, "quota_duration": 86400}}]}


@app.get("/v1.0/me/threads_insights")
async def followers(request: Request) -> dict[str, Any]:
    token, values = await _asked(request, "threads_manage_insights")
    if values.get("metric") != "followers_count":
        raise Wrong("(#100) metric must be one of the known ones", 100)
    value = state.users[token.user].followers
    return {"data": [{"name": "followers_count", "period": "day", "total_value": {"value": value}}]}


@app.get("/v1.0/{number}/insights")
async def insights(number: str, request: Request) -> dict[str, Any]:
    token, values = await _asked(request, "threads_manage_insights")
    media = _mine(number, token)
    asked = values.get("metric", "").split(",")
    if not set(asked) <= set(METRICS):
        raise Wrong("(#100) metric must be one of the known ones", 100)
    return {
        "data": [
            {"name": name, "period": "lifetime", "values": [{"value": media.metrics[name]}], "id": f"{number}/{name}"}
            for name in asked if name in media.metrics
        ]
    }  # fmt: skip


@app.get("/v1.0/{number}")
async def one(number: str, request: Request) -> dict[str, Any]:
    token, values = await _asked(request, "threads_basic")
    fields = values.get("fields", "id").split(",")
    container = state.containers.get(number)
    if container and container.user == token.user:
        said: dict[str, Any] = {"id": number, "status": state.status_of(container)}
        return said | ({"error_message": container.error} if container.error else {})
    media = _mine(number, token)
    if "status" in fields:
        raise Wrong("Tried accessing nonexisting field (status)", 100, kind="THApiException")
    return _shown(media, fields)


@app.delete("/v1.0/{number}")
async def delete(number: str, request: Request) -> dict[str, Any]:
    token, _values = await _asked(request, "threads_delete")
    _mine(number, token)
    del state.media[number]
    return {"success": True, "deleted_id": number}


def _mine(number: str, token: Token) -> Media:
    media = state.media.get(number)
    if media is None or media.user != token.user:
        raise unknown_object(number)
    return media


def _shown(media: Media, fields: list[str]) -> dict[str, Any]:
    user, sent = state.users[media.user], media.container.fields
    known = {
        "id": media.number,
        "text": sent.get("text", ""),
        "permalink": f"https://www.threads.com/@{user.name}/post/C{media.number}",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(media.at)),
        "username": user.name,
        "link_attachment_url": sent.get("link_attachment", ""),
    }
    return {key: known[key] for key in {"id", *fields} if known.get(key)}


if __name__ == "__main__":
    serve(app)
