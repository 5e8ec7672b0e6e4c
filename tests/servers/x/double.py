"""A double of X: what it answers and where each answer comes from is in README.md.

`python -m tests.servers.x.double PORT` listens on 127.0.0.1. It certifies nothing: only the real network does.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from tests.servers.process import serve
from tests.servers.steer import steered
from tests.servers.x import api, sign_in
from tests.servers.x.state import Refusal, State

EVERY_SCOPE = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")


def make() -> FastAPI:
    app = FastAPI(openapi_url=None)
    holder = {"state": State()}

    @app.middleware("http")
    async def refuse(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        for refusal in holder["state"].refusals:
            if f"{request.method} {request.url.path}".startswith(refusal.path) and refusal.times > 0:
                refusal.times -= 1
                if refusal.after:
                    await go_on(request)
                return JSONResponse(refusal.body, refusal.status, headers=refusal.headers)
        return await go_on(request)

    app.include_router(sign_in.routes(holder))
    app.include_router(api.routes(holder))
    _for_tests(app, holder)
    return app


def _for_tests(app: FastAPI, holder: dict[str, State]) -> None:
    @app.get("/_double/posts")
    async def posts(person: str = "") -> list[dict[str, Any]]:
        return [asdict(one) for one in holder["state"].posts.values() if person in {"", one.person}]

    @app.get("/_double/state")
    async def state() -> dict[str, Any]:
        now = holder["state"]
        return {
            "credits": now.credits, "media": [asdict(one) for one in now.media.values()],
            "tokens": [asdict(one) for one in now.tokens],
        }  # fmt: skip

    steered(app, holder, State)

    @app.post("/_double/person")
    async def person(request: Request) -> dict[str, str]:
        """Somebody, with a pair of tokens as if they had connected: {name, followers?, scopes?}."""
        asked, now = await request.json(), holder["state"]
        scopes = tuple(asked.pop("scopes", EVERY_SCOPE))
        one = now.person(**asked)
        token = now.token(one.id, scopes)
        return {"id": one.id, "username": one.username, "access": token.access, "refresh": token.refresh}

    @app.post("/_double/expire")
    async def expire(request: Request) -> dict[str, bool]:
        """{person, for_good?}: access tokens end; with `for_good` the person has withdrawn the permission."""
        asked = await request.json()
        for one in holder["state"].tokens:
            if one.person == asked["person"]:
                one.expired, one.revoked = True, one.revoked or bool(asked.get("for_good"))
        return {"ok": True}

    @app.post("/_double/figures")
    async def figures(request: Request) -> dict[str, bool]:
        asked = await request.json()
        holder["state"].posts[asked["id"]].figures = asked["figures"]
        return {"ok": True}

    @app.post("/_double/refuse")
    async def refuse_next(request: Request) -> dict[str, bool]:
        """{path: "POST /2/tweets", status, body, headers?, times?, after?}"""
        holder["state"].refusals.append(Refusal(**await request.json()))
        return {"ok": True}


if __name__ == "__main__":
    serve(make())
