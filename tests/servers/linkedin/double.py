"""A double of LinkedIn for members: what it answers and where each answer comes from is in README.md.

`python -m tests.servers.linkedin.double PORT` listens on 127.0.0.1. It never certifies anything: the real network does.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request

from tests.servers.linkedin import rest, sign_in
from tests.servers.linkedin.state import MEMBER_SCOPES, VETTED_SCOPES, State
from tests.servers.process import serve
from tests.servers.steer import steered


def make() -> FastAPI:
    app = FastAPI(openapi_url=None)
    holder = {"state": State()}
    app.include_router(sign_in.routes(holder))
    app.include_router(rest.routes(holder))

    @app.get("/_double/posts")
    async def posts(sub: str = "") -> list[dict[str, Any]]:
        return holder["state"].listed(sub)

    @app.get("/_double/state")
    async def state() -> dict[str, Any]:
        """Counters for the tests: calls below /rest/, and requests by member."""
        now = holder["state"]
        return {
            "calls": now.calls,
            "requests": now.requests,
            "images": [vars(one) for one in now.images.values()],
        }

    steered(app, holder, State)

    @app.post("/_double/person")
    async def person(request: Request) -> dict[str, str]:
        """A member, and a token of theirs as if they had connected: {name, sub?, followers?, scopes?, lasts?, age?}."""
        asked, now = await request.json(), holder["state"]
        scopes = tuple(asked.pop("scopes", MEMBER_SCOPES + (VETTED_SCOPES if now.vetted else ())))
        times = {name: asked.pop(name) for name in ("lasts", "age") if name in asked}
        one = now.people.get(asked.get("sub", "")) or now.person(**asked)
        return {"sub": one.sub, "name": one.name, "token": now.token(one.sub, scopes, **times)}

    @app.post("/_double/revoke")
    async def revoke(request: Request) -> dict[str, bool]:
        """The member withdraws the permission on LinkedIn's own page."""
        sub = (await request.json())["sub"]
        for token in holder["state"].tokens.values():
            token.revoked = token.revoked or token.sub == sub
        return {"ok": True}

    @app.post("/_double/figures")
    async def figures(request: Request) -> dict[str, bool]:
        asked = await request.json()
        holder["state"].posts[asked["urn"]].figures = asked["figures"]
        return {"ok": True}

    return app


if __name__ == "__main__":
    serve(make())
