"""What only tests may ask a double: who is there, what stands there, and to go wrong next time."""

from __future__ import annotations

import io
import json
from typing import Any

from fastapi import APIRouter, Request, Response
from PIL import Image
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint

from tests.servers.meta.state import Answer, State

#: The first bytes of what was sent are kept for a look, the token is not.
KEPT = 500


def control(state: State, scopes: frozenset[str]) -> APIRouter:  # noqa: C901  one small route after the other
    router = APIRouter(prefix="/_double")

    @router.post("/reset")
    async def reset() -> dict[str, bool]:
        state.reset()
        return {"success": True}

    @router.post("/users")
    async def add(request: Request) -> dict[str, Any]:
        asked = await request.json()
        user = state.add_user(asked["name"], asked.get("followers", 0))
        user.quota_total = asked.get("quota_total", user.quota_total)
        token = state.add_token(user.number, tuple(asked.get("scopes") or sorted(scopes)), long=True)
        return {"id": user.number, "access_token": token.value}

    @router.post("/tokens")
    async def tokens(request: Request) -> dict[str, int]:
        """Withdraw a user's tokens, or make them older."""
        asked = await request.json()
        mine = [token for token in state.tokens.values() if token.user == asked["user"]]
        for token in mine:
            token.withdrawn = asked.get("withdrawn", token.withdrawn)
            token.issued -= asked.get("older_by", 0)
            token.expires -= asked.get("older_by", 0)
        return {"tokens": len(mine)}

    @router.post("/set")
    async def set_(request: Request) -> dict[str, bool]:
        asked = await request.json()
        for key in ("ahead", "processing", "list_lag"):
            setattr(state, key, float(asked.get(key, getattr(state, key))))
        return {"success": True}

    @router.post("/answer")
    async def answer(request: Request) -> dict[str, bool]:
        asked = await request.json()
        state.answers.append(
            Answer(
                asked["path"],
                asked["status"],
                asked["body"],
                asked.get("after", False),
                asked.get("times", 1),
            )
        )
        return {"success": True}

    @router.post("/containers/{number}")
    async def spoil(number: str, request: Request) -> dict[str, bool]:
        """Make a container an error, older, or unknown."""
        asked = await request.json()
        if asked.get("gone"):
            del state.containers[number]
            return {"success": True}
        container = state.containers[number]
        container.error = asked.get("error", container.error)
        container.made -= asked.get("older_by", 0)
        return {"success": True}

    @router.post("/metrics/{number}")
    async def metrics(number: str, request: Request) -> dict[str, bool]:
        state.media[number].metrics = await request.json()
        return {"success": True}

    @router.get("/posts")
    async def posts(user: str = "") -> list[dict[str, Any]]:
        return [
            {
                "id": media.number, "user": media.user, "at": media.at, "container": media.container.number,
                **media.container.fields, "picture": len(media.container.picture),
            }
            for media in state.media.values() if user in {"", media.user}
        ]  # fmt: skip

    @router.get("/picture.jpg")
    async def picture() -> Response:
        data = io.BytesIO()
        Image.new("RGB", (640, 360), "navy").save(data, "JPEG")
        return Response(data.getvalue(), media_type="image/jpeg")

    @router.get("/seen")
    async def seen() -> dict[str, Any]:
        return {
            "calls": state.calls,
            "fetched": state.fetched,
            "containers": {one.number: state.status_of(one) for one in state.containers.values()},
        }

    return router


class Disturbing(BaseHTTPMiddleware):
    """Gives the prepared wrong answers, before or after what was asked for is done."""

    def __init__(self, app: Any, state: State) -> None:
        super().__init__(app)
        self.state = state

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        path = request.url.path
        if path.startswith("/_double"):
            return await call_next(request)
        self.state.calls.append(f"{request.method} {path}")
        for answer in self.state.answers:
            if answer.times and path.endswith(answer.path):
                answer.times -= 1
                if answer.after:
                    await call_next(request)
                body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
                return Response(body, answer.status, media_type="application/json")
        return await call_next(request)
