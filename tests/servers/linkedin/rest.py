"""/rest/: posts, images and figures, as strict as LinkedIn and stricter where we could not find out."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from tests.servers.linkedin import answers
from tests.servers.linkedin.fit import unfit
from tests.servers.linkedin.little import read
from tests.servers.linkedin.sign_in import bearer
from tests.servers.linkedin.state import Image, Post, State, Token

LONGEST = 3000
BIGGEST = 36_152_320
METRICS = {"IMPRESSION", "MEMBERS_REACHED", "RESHARE", "REACTION", "COMMENT"}
_ENTITY = re.compile(r"(?:^|&)entity=\((share|ugc):(urn%3Ali%3A(?:share|ugcPost)%3A\d+)\)(?:&|$)")


def routes(holder: dict[str, State]) -> APIRouter:  # noqa: C901  one small function for each address
    router = APIRouter()

    async def door(  # noqa: PLR0911  one line for each reason
        request: Request, scope: str, what: str
    ) -> tuple[Token | None, Response | None]:
        """What every call below /rest/ has to pass, in the order in which LinkedIn was seen to ask."""
        state = holder["state"]
        state.calls += 1
        if state.latency:
            await asyncio.sleep(state.latency)
        version = request.headers.get("linkedin-version", "")
        if not re.fullmatch(r"\d{6}", version) or not state.oldest_version <= version <= state.newest_version:
            return None, answers.old_version(version or "null")
        if request.headers.get("x-restli-protocol-version") != "2.0.0":
            return None, answers.refuse(
                400, "Invalid query parameters passed to request", code="ILLEGAL_ARGUMENT"
            )
        token, refused = bearer(request, state)
        if refused or token is None:
            return None, refused
        if state.answers:
            status = state.answers.pop(0)
            return None, answers.too_many() if status == 429 else answers.broken(status)
        if scope not in token.scopes or (scope.startswith("r_") and not state.vetted):
            return None, answers.no_permission(f"{what}.{version}01")
        state.requests[token.sub] = state.requests.get(token.sub, 0) + 1
        if state.requests[token.sub] > state.daily:
            return None, answers.too_many()
        return token, None

    @router.post("/rest/posts")
    async def create(request: Request) -> Response:
        token, refused = await door(request, "w_member_social", "partnerApiPostsExternal.CREATE")
        if refused or token is None:
            return refused or Response(status_code=500)
        state = holder["state"]
        body = await json_of(request)
        wrong = unfit(body, token, state)
        if wrong or body is None:
            return wrong or answers.refuse(400, "Request body is not JSON")
        text = read(body["commentary"])
        if len(text.encode("utf-16-le")) // 2 > LONGEST:
            return answers.refuse(
                422, f"ERROR :: /commentary :: length exceeds the maximum of {LONGEST} characters",
                errorDetails={"inputErrors": [{"code": "FIELD_LENGTH_TOO_LONG"}]},
            )  # fmt: skip
        if state.ghosts > 0:
            state.ghosts -= 1
            return answers.duplicate(f"urn:li:share:{state.new_id()}")
        for post in state.posts.values():
            if post.author == body["author"] and post.commentary == body["commentary"] and post.text:
                return answers.duplicate(post.urn)
        kind = "ugcPost" if "media" in body.get("content", {}) else "share"
        urn = f"urn:li:{kind}:{state.new_id()}"
        state.posts[urn] = Post(urn, body["author"], body["commentary"], text, body.get("content", {}))
        return Response(status_code=201, headers={"x-restli-id": urn})

    @router.post("/rest/posts/{urn}")
    async def change(request: Request, urn: str) -> Response:
        token, refused = await door(request, "w_member_social", "partnerApiPostsExternal.PARTIAL_UPDATE")
        if refused or token is None:
            return refused or Response(status_code=500)
        post = own(holder["state"], token, urn)
        if request.headers.get("x-restli-method") != "PARTIAL_UPDATE":
            return answers.refuse(400, "Unsupported method")
        if post is None or not post.live:
            return answers.refuse(404, "Post not found", code="NOT_FOUND")
        body = await json_of(request) or {}
        changes = body.get("patch", {}).get("$set", {})
        if set(body) != {"patch"} or set(changes) != {"commentary"}:
            return answers.refuse(400, "ERROR :: /patch :: unrecognized field found but not allowed")
        post.commentary, post.text = changes["commentary"], read(changes["commentary"])
        return Response(status_code=204)

    @router.delete("/rest/posts/{urn}")
    async def remove(request: Request, urn: str) -> Response:
        token, refused = await door(request, "w_member_social", "partnerApiPostsExternal.DELETE")
        if refused or token is None:
            return refused or Response(status_code=500)
        if post := own(holder["state"], token, urn):
            post.live = False
        return Response(status_code=204)

    @router.get("/rest/posts")
    @router.get("/rest/posts/{urn}")
    async def look(request: Request, urn: str = "") -> Response:
        # Reading a member's posts needs r_member_social, which is closed: there is no way to look.
        _token, refused = await door(request, "r_member_social", "partnerApiPostsExternal.GET")
        return refused or answers.no_permission("partnerApiPostsExternal.GET")

    @router.post("/rest/images")
    async def initialize(request: Request) -> Response:
        token, refused = await door(request, "w_member_social", "images.ACTION-initializeUpload")
        if refused or token is None:
            return refused or Response(status_code=500)
        body = await json_of(request)
        owner = (body or {}).get("initializeUploadRequest", {}).get("owner")
        if request.query_params.get("action") != "initializeUpload" or set(body or {}) != {
            "initializeUploadRequest"
        }:
            return answers.refuse(400, "Unknown action or field")
        if owner != f"urn:li:person:{token.sub}":
            return answers.no_permission("images.ACTION-initializeUpload for this owner")
        name = secrets.token_urlsafe(12)
        urn = f"urn:li:image:{name}"
        holder["state"].images[urn] = Image(urn, owner)
        address = f"{request.base_url}dms-uploads/{name}/0?ca=vector_feedshare&cn=uploads"
        expires = int((time.time() + 86400) * 1000)
        return JSONResponse({"value": {"uploadUrlExpiresAt": expires, "uploadUrl": address, "image": urn}})

    @router.put("/dms-uploads/{name}/0")
    async def upload(request: Request, name: str) -> Response:
        state = holder["state"]
        image = state.images.get(f"urn:li:image:{name}")
        _token, refused = bearer(request, state)
        if refused:
            return refused
        data = await request.body()
        if image is None or not data.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8")):
            return Response(status_code=400)
        image.uploaded, image.size = time.time(), len(data)
        return Response(status_code=201)

    @router.get("/rest/memberCreatorPostAnalytics")
    async def figures(request: Request) -> Response:
        token, refused = await door(
            request, "r_member_postAnalytics", "memberCreatorPostAnalytics.FINDER-entity"
        )
        if refused or token is None:
            return refused or Response(status_code=500)
        asked = request.query_params
        metric, total = asked.get("queryType", ""), asked.get("aggregation") == "TOTAL"
        # Rest.li 2.0: round brackets are structure and stand bare, the colons inside are data and are encoded.
        found = _ENTITY.search(request.url.query)
        if asked.get("q") != "entity" or metric not in METRICS or not total or not found:
            return answers.refuse(400, "Invalid query parameters passed to request", code="ILLEGAL_ARGUMENT")
        urn = found.group(2).replace("%3A", ":")
        if (found.group(1) == "share") != urn.startswith("urn:li:share:"):
            return answers.refuse(400, "Invalid entity", code="ILLEGAL_ARGUMENT")
        post = own(holder["state"], token, urn)
        if post is None:
            return answers.no_permission("memberCreatorPostAnalytics.FINDER-entity")
        kind = {"com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1": metric}
        element = {"count": post.figures.get(metric, 0), "dateRange": {}, "metricType": kind}
        return JSONResponse(
            {"elements": [element], "paging": {"count": 10, "start": 0, "total": 1, "links": []}}
        )

    @router.get("/rest/memberFollowersCount")
    async def followers(request: Request) -> Response:
        token, refused = await door(request, "r_member_profileAnalytics", "memberFollowersCount.FINDER-me")
        if refused or token is None:
            return refused or Response(status_code=500)
        count = holder["state"].people[token.sub].followers
        return JSONResponse(
            {"elements": [{"memberFollowersCount": count}], "paging": {"count": 10, "start": 0, "links": []}}
        )

    return router


async def json_of(request: Request) -> dict[str, Any] | None:
    try:
        body = json.loads(await request.body())
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def own(state: State, token: Token, urn: str) -> Post | None:
    post = state.posts.get(urn)
    return post if post and post.author == f"urn:li:person:{token.sub}" else None
