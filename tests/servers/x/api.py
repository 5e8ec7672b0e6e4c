"""X's API v2, as far as Genlyd uses it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

from tests.servers.x import answers, reads
from tests.servers.x.rules import MOST, addresses, weight
from tests.servers.x.shapes import CreatePost, MediaMetadata, Upload
from tests.servers.x.state import (
    MEDIA_SECONDS,
    PRICE,
    PRICE_METADATA,
    PRICE_WITH_ADDRESS,
    WINDOW_SECONDS,
    Media,
    State,
    Token,
)

PICTURE_MOST = 5_242_880
TOO_LONG = (
    "Your Tweet text is too long. For more information on how Twitter determines text length see "
    "https://github.com/twitter/twitter-text."
)
KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif", b"RIFF": "image/webp"}


def token_of(state: State, request: Request, *scopes: str) -> Token | Response:
    kind, _space, value = request.headers.get("authorization", "").partition(" ")
    for token in state.tokens:
        if kind == "Bearer" and value == token.access and state.is_good(token):
            if set(scopes) <= set(token.scopes):
                return token
            return answers.forbidden("You are not permitted to perform this action.")
    return answers.unauthorized()


async def body_of(request: Request, shape: type[BaseModel]) -> Any:
    """An instance of the shape, or the refusal."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return answers.problem(415, "Unsupported Media Type", "Content-Type must be application/json")
    try:
        return shape.model_validate_json(await request.body())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return answers.invalid(
            f"$.{where}: {first['msg']}", parameters={where: [str(first.get("input"))[:100]]}
        )


def taken(state: State, key: str, most: int) -> Response | None:
    """Counts a call of the last quarter of an hour, or refuses it."""
    recent = [at for at in state.calls.get(key, []) if at > state.now() - WINDOW_SECONDS]
    if len(recent) >= most:
        return answers.too_many(most, int(recent[0] + WINDOW_SECONDS) + 1)
    state.calls[key] = [*recent, state.now()]
    return None


def routes(holder: dict[str, State]) -> APIRouter:  # noqa: C901  one small function for each address
    router = APIRouter()

    @router.post("/2/tweets")
    async def create(request: Request) -> Response:
        state = holder["state"]
        token = token_of(state, request, "tweet.write", "tweet.read", "users.read")
        if isinstance(token, Response):
            return token
        asked = await body_of(request, CreatePost)
        if isinstance(asked, Response):
            return asked
        return _create(state, token.person, asked)

    @router.delete("/2/tweets/{number}")
    async def delete(request: Request, number: str) -> Response:
        state = holder["state"]
        token = token_of(state, request, "tweet.write", "tweet.read", "users.read")
        if isinstance(token, Response):
            return token
        if refused := taken(state, f"delete {token.person}", 50):
            return refused
        post = state.posts.get(number)
        if post and post.person != token.person:
            return answers.forbidden("You are not authorized to delete this Tweet.")
        state.posts.pop(number, None)
        return JSONResponse({"data": {"deleted": True}})

    @router.post("/2/media/upload")
    async def upload(request: Request) -> Response:
        state = holder["state"]
        token = token_of(state, request, "media.write")
        if isinstance(token, Response):
            return token
        asked = await body_of(request, Upload)
        return asked if isinstance(asked, Response) else _upload(state, token.person, asked)

    @router.post("/2/media/metadata")
    async def metadata(request: Request) -> Response:
        state = holder["state"]
        token = token_of(state, request, "media.write")
        if isinstance(token, Response):
            return token
        asked = await body_of(request, MediaMetadata)
        if isinstance(asked, Response):
            return asked
        media = state.media.get(asked.id)
        if media is None or media.person != token.person:
            return answers.invalid("Your media IDs are invalid.", parameters={"id": [asked.id]})
        if not state.charge(PRICE_METADATA):
            return answers.no_credits()
        media.alt = asked.metadata.alt_text.text
        given = {"alt_text": {"text": media.alt}}
        return JSONResponse({"data": {"id": media.id, "associated_metadata": given}})

    router.include_router(reads.routes(holder, token_of, taken))
    return router


def _create(  # noqa: PLR0911  one line for each refusal
    state: State, person: str, asked: CreatePost
) -> Response:
    if refused := taken(state, f"post {person}", state.posts_in_window):
        return refused
    if state.credits <= 0:
        return answers.no_credits()
    media = tuple(asked.media.media_ids) if asked.media else ()
    if not asked.text.strip() and not media:
        return answers.invalid("text: must not be empty", parameters={"text": [""]})
    if weight(asked.text) > MOST:
        return answers.invalid(TOO_LONG)
    for number in media:
        one = state.media.get(number)
        if one is None or one.person != person or state.now() - one.born > MEDIA_SECONDS:
            return answers.invalid("Your media IDs are invalid.", parameters={"media.media_ids": [number]})
    if any(post.sent == asked.text and post.person == person for post in state.posts.values()):
        return answers.duplicate()
    state.charge(PRICE_WITH_ADDRESS if addresses(asked.text) else PRICE)
    post = state.post(person, asked.text, media)
    data = {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}
    return JSONResponse({"data": data}, 201, headers=_room(state, person))


def _room(state: State, person: str) -> dict[str, str]:
    calls = state.calls[f"post {person}"]
    return {
        "x-rate-limit-limit": str(state.posts_in_window),
        "x-rate-limit-remaining": str(state.posts_in_window - len(calls)),
        "x-rate-limit-reset": str(int(calls[0] + WINDOW_SECONDS) + 1),
    }


def _upload(state: State, person: str, asked: Upload) -> Response:
    try:
        data = base64.b64decode(asked.media, validate=True)
    except binascii.Error:
        return answers.invalid("$.media: does not match the byte format")
    kind = next((kind for start, kind in KINDS.items() if data.startswith(start)), "")
    if not kind or asked.media_category != "tweet_image":
        return answers.invalid("media type unrecognized.")
    if len(data) > PICTURE_MOST:
        return answers.invalid(f"File size exceeds {PICTURE_MOST} bytes.")
    one = Media(state.next_id(), person, len(data), state.now())
    state.media[one.id] = one
    given = {
        "id": one.id, "media_key": f"3_{one.id}", "size": one.size, "expires_after_secs": MEDIA_SECONDS,
        "image": {"image_type": kind, "w": 1, "h": 1},
    }  # fmt: skip
    return JSONResponse({"data": given})
