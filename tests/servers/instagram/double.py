"""A double of the Instagram API with Instagram Login. What it answers, and where that is from: README.md beside it."""

from __future__ import annotations

import re
import time
from typing import Any

from fastapi import FastAPI, Request

from tests.servers.meta import pictures
from tests.servers.meta.answers import Wrong, no_permission, unknown_object, wrong
from tests.servers.meta.control import Disturbing, control
from tests.servers.meta.login import Flavour, given, login, token_of
from tests.servers.meta.state import Container, Media, State, Token
from tests.servers.process import serve

BASIC, PUBLISH, INSIGHTS = (
    f"instagram_business_{name}" for name in ("basic", "content_publish", "manage_insights")
)
SCOPES = frozenset({BASIC, PUBLISH, INSIGHTS, "instagram_business_manage_comments"})
CREATES = {"image_url", "caption", "alt_text", "access_token"}
METRICS = ("views", "reach", "likes", "comments", "saved", "shares", "total_interactions")
state = State()
app = FastAPI()
app.add_exception_handler(Wrong, wrong)
app.add_middleware(Disturbing, state=state)
app.include_router(login(state, Flavour("ig", SCOPES, wrapped=True)))
app.include_router(control(state, SCOPES))


async def _asked(request: Request, scope: str, user: str = "") -> tuple[Token, dict[str, str]]:
    values = await given(request)
    token = token_of(state, request, values)
    if scope not in token.scopes:
        raise no_permission(scope)
    if user and user != token.user:
        raise unknown_object(user)
    return token, values


def _only(values: dict[str, str], known: set[str]) -> None:
    if unknown := set(values) - known:
        raise Wrong(f"(#100) Unknown parameter: {sorted(unknown)}", 100)


@app.get("/v23.0/me")
async def me(request: Request) -> dict[str, Any]:
    token, values = await _asked(request, BASIC)
    user = state.users[token.user]
    known = {
        "user_id": user.number, "username": user.name, "followers_count": user.followers,
        "account_type": "PERSONAL" if user.name.startswith("private") else "MEDIA_CREATOR",
    }  # fmt: skip
    # `id` is another number: the person as this app knows them.
    return {key: known[key] for key in values.get("fields", "").split(",") if key in known} | {
        "id": f"9{user.number}"
    }


@app.post("/v23.0/{user}/media")
async def create(user: str, request: Request) -> dict[str, str]:
    token, values = await _asked(request, PUBLISH, user)
    _only(values, CREATES)
    caption, address = values.get("caption", ""), values.get("image_url", "")
    if not address:
        raise Wrong("(#100) The parameter image_url is required", 100)
    if len(caption) > 2200 or len(re.findall(r"(?:^|\s)#\w", caption)) > 30:
        raise Wrong("The caption was too long.", 36004, 2207010, title="Caption too long")
    if len(re.findall(r"(?:^|\s)@\w", caption)) > 20:
        raise Wrong("Cannot tag more than 20 accounts.", 100, 2207040)
    now = state.now()
    container = Container(state.number(), token.user, values, now, now + state.processing)
    container.picture, mime = await pictures.fetch(state, address)
    image = await pictures.decoded(container.picture)
    if image is None or mime != "image/jpeg" or image.format != "JPEG":
        raise Wrong("The image format is not supported.", 36001, 2207005, title="Image format not supported")
    if not 0.79 <= image.width / image.height <= 1.92:
        raise Wrong("The aspect ratio is not supported.", 36003, 2207009, title="Aspect ratio not supported")
    container.fields.pop("access_token", None)
    state.containers[container.number] = container
    return {"id": container.number}


@app.post("/v23.0/{user}/media_publish")
async def publish(user: str, request: Request) -> dict[str, str]:
    token, values = await _asked(request, PUBLISH, user)
    _only(values, {"creation_id", "access_token"})
    number = values.get("creation_id", "")
    container = state.containers.get(number)
    status = state.status_of(container) if container and container.user == token.user else "GONE"
    if container is None or status in {"GONE", "PUBLISHED", "EXPIRED", "ERROR"}:
        raise Wrong(
            f"The media builder with creation id = {number} does not exist or has been expired.", 24, 2207008
        )
    if status != "FINISHED":
        raise Wrong("The media is not ready for publishing, please wait for a moment", 9007, 2207027)
    if state.published_within_a_day(token.user) >= state.users[token.user].quota_total:
        raise Wrong("You reached maximum number of posts that is allowed to be published.", 9, 2207042)
    media = Media(state.number(), token.user, container, state.now())
    container.media = media.number
    state.media[media.number] = media
    return {"id": media.number}


@app.get("/v23.0/{user}/media")
async def listed(user: str, request: Request) -> dict[str, Any]:
    token, values = await _asked(request, BASIC, user)
    _only(values, {"fields", "since", "until", "limit", "before", "after", "access_token"})
    limit, start = int(values.get("limit", 25)), int(values.get("after") or 0)
    lag = state.now() - state.list_lag
    shown = [media for media in state.posts_of(token.user) if media.at <= lag]
    page = shown[start : start + limit]
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + len(page))}}
    if start + limit < len(shown):
        paging["next"] = f"https://graph.instagram.com/v23.0/{user}/media?after={start + limit}"
    fields = values.get("fields", "id").split(",")
    return {"data": [_shown(media, fields) for media in page], **({"paging": paging} if page else {})}


@app.get("/v23.0/{user}/content_publishing_limit")
async def limit(user: str, request: Request) -> dict[str, Any]:
    token, _values = await _asked(request, PUBLISH, user)
    total, used = state.users[token.user].quota_total, state.published_within_a_day(token.user)
    return {"data": [{"quota_usage": used, "config": {"quota_total": total, "quota_duration": 86400}}]}


@app.get("/v23.0/{number}/insights")
async def insights(number: str, request: Request) -> dict[str, Any]:
    token, values = await _asked(request, INSIGHTS)
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


@app.get("/v23.0/{number}")
async def one(number: str, request: Request) -> dict[str, Any]:
    token, values = await _asked(request, BASIC)
    container = state.containers.get(number)
    if container and container.user == token.user:
        said = state.status_of(container)
        more = f"Error: {container.error}" if said == "ERROR" else said.title()
        return {"id": number, "status_code": said, "status": more}
    return _shown(_mine(number, token), values.get("fields", "id").split(","))


def _mine(number: str, token: Token) -> Media:
    media = state.media.get(number)
    if media is None or media.user != token.user:
        raise unknown_object(number)
    return media


def _shown(media: Media, fields: list[str]) -> dict[str, Any]:
    known = {
        "id": media.number,
        "caption": media.container.fields.get("caption", ""),
        "permalink": f"https://www.instagram.com/p/C{media.number}/",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(media.at)),
        "username": state.users[media.user].name,
    }
    return {key: known[key] for key in {"id", *fields} if known.get(key)}


if __name__ == "__main__":
    serve(app)
