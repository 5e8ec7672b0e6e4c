"""What can be read from X: whose token it is, a timeline, posts by number with their figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from tests.servers.x import answers
from tests.servers.x.state import PRICE_READ, PRICE_USER, PRIVATE_FIGURES_SECONDS, Post, State, Token

POST_FIELDS = {"created_at", "entities", "public_metrics", "non_public_metrics", "author_id", "text", "id"}
USER_FIELDS = {"public_metrics", "username", "name", "id", "verified", "protected"}
PUBLIC = ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")
PRIVATE = ("url_link_clicks", "user_profile_clicks", "engagements")

TokenOf = Callable[..., Token | Response]
Taken = Callable[[State, str, int], Response | None]


def routes(  # noqa: C901  one small function for each address
    holder: dict[str, State], token_of: TokenOf, taken: Taken
) -> APIRouter:
    router = APIRouter()

    @router.get("/2/users/me")
    async def me(request: Request) -> Response:
        state = holder["state"]
        token = token_of(state, request, "tweet.read", "users.read")
        if isinstance(token, Response):
            return token
        wanted = _listed(request, "user.fields")
        if wrong := _unknown(request, {"user.fields"}, wanted - USER_FIELDS):
            return wrong
        if refused := taken(state, f"me {token.person}", 75):
            return refused
        state.charge(PRICE_USER)
        one = state.people[token.person]
        data: dict[str, Any] = {"id": one.id, "name": one.name, "username": one.username}
        if "public_metrics" in wanted:
            data["public_metrics"] = {
                "followers_count": one.followers, "following_count": 3, "tweet_count": 7, "listed_count": 0,
            }  # fmt: skip
        return JSONResponse({"data": data})

    @router.get("/2/users/{person}/tweets")
    async def timeline(request: Request, person: str) -> Response:
        state = holder["state"]
        token = token_of(state, request, "tweet.read", "users.read")
        if isinstance(token, Response):
            return token
        wanted = _listed(request, "tweet.fields")
        known = {"tweet.fields", "start_time", "max_results", "pagination_token", "exclude"}
        if wrong := _unknown(request, known, wanted - POST_FIELDS):
            return wrong
        if refused := taken(state, f"timeline {token.person}", 900):
            return refused
        return _timeline(state, request, person, wanted)

    @router.get("/2/tweets")
    async def posts(request: Request) -> Response:
        state = holder["state"]
        token = token_of(state, request, "tweet.read", "users.read")
        if isinstance(token, Response):
            return token
        wanted, numbers = _listed(request, "tweet.fields"), request.query_params.get("ids", "").split(",")
        if wrong := _unknown(request, {"tweet.fields", "ids"}, wanted - POST_FIELDS):
            return wrong
        if not 0 < len(numbers) <= 100 or not all(one.isascii() and one.isdecimal() for one in numbers):
            return answers.invalid("The `ids` query parameter is invalid", parameters={"ids": numbers[:3]})
        return _by_number(state, token, numbers, wanted)

    return router


def _listed(request: Request, name: str) -> set[str]:
    return {one for one in request.query_params.get(name, "").split(",") if one}


def _unknown(request: Request, known: set[str], fields: set[str]) -> Response | None:
    for name in [*(set(request.query_params) - known), *fields]:
        return answers.invalid(f"The query parameter [{name}] is not valid", parameters={name: [name]})
    return None


def _timeline(state: State, request: Request, person: str, wanted: set[str]) -> Response:
    asked = request.query_params
    try:
        most = int(asked.get("max_results", "10"))
        since = datetime.strptime(asked.get("start_time", "2010-11-06T00:00:00Z"), "%Y-%m-%dT%H:%M:%S%z")
        skip = int(asked.get("pagination_token", "0"))
    except ValueError as error:
        return answers.invalid(str(error))
    if not 5 <= most <= 100:
        return answers.invalid(f"The `max_results` query parameter value [{most}] is not between 5 and 100")
    visible = [
        post for post in state.posts.values()
        if post.person == person and post.born + state.lag <= state.now()
        and int(post.born) >= since.timestamp()
    ]  # fmt: skip
    newest_first = sorted(visible, key=lambda post: int(post.id), reverse=True)
    page = newest_first[skip : skip + most]
    if page and not state.charge(PRICE_READ * len(page)):
        return answers.no_credits()
    meta: dict[str, Any] = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if len(newest_first) > skip + most:
        meta["next_token"] = str(skip + most)
    # With nothing to show, X leaves `data` out.
    body = {"data": [_shown(state, post, wanted, private=False) for post in page]} if page else {}
    return JSONResponse({**body, "meta": meta})


def _by_number(state: State, token: Token, numbers: list[str], wanted: set[str]) -> Response:
    found, errors = [], []
    for number in numbers:
        post = state.posts.get(number)
        if post is None:
            errors.append(answers.not_found("tweet", number))
            continue
        fresh = state.now() - post.born < PRIVATE_FIGURES_SECONDS
        private = "non_public_metrics" in wanted and post.person == token.person and fresh
        if "non_public_metrics" in wanted and not private:
            errors.append(
                {
                    "resource_id": number, "parameter": "non_public_metrics", "resource_type": "tweet",
                    "section": "data", "field": "non_public_metrics", "title": "Field Authorization Error",
                    "detail": "Sorry, you are not authorized to access 'non_public_metrics' on the Tweet with "
                    f"ids : [{number}].", "type": f"{answers.PROBLEMS}not-authorized-for-field",
                }
            )  # fmt: skip
        found.append(_shown(state, post, wanted, private=private))
    if found and not state.charge(PRICE_READ * len(found)):
        return answers.no_credits()
    return JSONResponse(({"data": found} if found else {}) | ({"errors": errors} if errors else {}))


def _shown(state: State, post: Post, wanted: set[str], *, private: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}
    if "created_at" in wanted:
        data["created_at"] = datetime.fromtimestamp(post.born, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    if "author_id" in wanted:
        data["author_id"] = post.person
    if "entities" in wanted and post.urls:
        data["entities"] = {"urls": post.urls}
    if "public_metrics" in wanted:
        data["public_metrics"] = {name: post.figures.get(name, 0) for name in PUBLIC}
    if private:
        data["non_public_metrics"] = {name: post.figures.get(name, 0) for name in PRIVATE}
    return data
