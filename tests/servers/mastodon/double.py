"""`mastodon-mock`, a process of its own, with what it lacks added from Mastodon's documentation. See README.md."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from mastodon_mock.app import create_app
from mastodon_mock.config import MastodonMockConfig
from mastodon_mock.db.models import Idempotency, OAuthApp, OAuthToken, Status
from mastodon_mock.routers import statuses
from sqlalchemy import select

LIMIT = 300
URL = re.compile(r"https?://[^\s<>\"]+")


class Asked:
    """What a test has asked for, and what one request tells the next."""

    challenges: dict[str, str] = {}
    slow_pictures = 0
    working: dict[str, int] = {}


def make(host: str) -> FastAPI:
    _count_addresses_as_mastodon_does()
    app = create_app(MastodonMockConfig(domain=host, url_scheme="http"))
    app.middleware("http")(_strict)
    app.middleware("http")(_rate_headers)
    _for_tests(app)
    return app


def _count_addresses_as_mastodon_does() -> None:
    validate = statuses._validate_status_params

    def with_short_addresses(params: dict[str, Any]) -> JSONResponse | None:
        return validate({**params, "status": URL.sub("x" * 23, str(params.get("status") or ""))})

    statuses._validate_status_params = with_short_addresses


async def _rate_headers(request: Request, call_next: Any) -> Response:
    response: Response = await call_next(request)
    reset = datetime.now(UTC) + timedelta(minutes=5)
    response.headers["X-RateLimit-Limit"] = str(LIMIT)
    response.headers["X-RateLimit-Remaining"] = str(LIMIT - 1)
    response.headers["X-RateLimit-Reset"] = reset.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return response


async def _strict(request: Request, call_next: Any) -> Response:
    """PKCE, the app's secret, pictures that take a while: documented, and not in the mock."""
    path, method = request.url.path, request.method
    if path == "/oauth/authorize" and method == "GET":
        query = request.query_params
        if query.get("code_challenge_method", "S256") != "S256":
            return _error(400, "invalid_request")
        Asked.challenges[query.get("client_id", "")] = query.get("code_challenge", "")
    if path in {"/oauth/token", "/oauth/revoke"}:
        # The bytes, which are kept for the mock; a parsed form would be gone.
        form = dict(parse_qsl((await request.body()).decode()))
        if not _is_app(request, form.get("client_id", ""), form.get("client_secret", "")):
            return _error(401, "invalid_client")
        challenge = Asked.challenges.get(form.get("client_id", ""), "")
        verifier = form.get("code_verifier", "").encode()
        proof = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        if path == "/oauth/token" and challenge and proof != challenge:
            return _error(400, "invalid_grant")
    if path.startswith("/api/v1/media/") and method == "GET":
        media = path.rpartition("/")[2]
        if Asked.working.get(media):
            Asked.working[media] -= 1
            return JSONResponse({"id": media, "type": "image", "url": None}, status_code=206)
    response: Response = await call_next(request)
    if path == "/api/v2/media" and Asked.slow_pictures and response.status_code == 200:
        return await _still_working(response)
    return response


async def _still_working(response: Any) -> Response:
    body = json.loads(b"".join([part async for part in response.body_iterator]))
    Asked.slow_pictures -= 1
    Asked.working[body["id"]] = 1
    return JSONResponse({**body, "url": None}, status_code=202)


def _is_app(request: Request, client_id: str, secret: str) -> bool:
    with request.app.state.session_factory() as db:
        app = db.scalar(select(OAuthApp).where(OAuthApp.client_id == client_id))
        return bool(app and app.client_secret == secret)


def _error(status: int, name: str) -> JSONResponse:
    return JSONResponse({"error": name, "error_description": name.replace("_", " ")}, status_code=status)


def _for_tests(app: FastAPI) -> None:
    @app.get("/_double/posts")
    def posts(request: Request, account: str) -> list[str]:
        with request.app.state.session_factory() as db:
            rows = db.scalars(select(Status).where(Status.account_id == int(account)).order_by(Status.id))
            return [row.text for row in rows if row.reblog_of_id is None]

    @app.post("/_double/forget-keys")
    def forget_keys(request: Request) -> dict[str, int]:
        """As after an hour."""
        with request.app.state.session_factory() as db:
            gone = db.query(Idempotency).delete()
            db.commit()
            return {"gone": gone}

    @app.post("/_double/revoke")
    def revoke(request: Request, account: str) -> dict[str, int]:
        with request.app.state.session_factory() as db:
            gone = db.query(OAuthToken).filter(OAuthToken.account_id == int(account)).delete()
            db.commit()
            return {"gone": gone}

    @app.get("/_double/tokens")
    def tokens(request: Request, account: str) -> int:
        with request.app.state.session_factory() as db:
            return int(db.query(OAuthToken).filter(OAuthToken.account_id == int(account)).count())

    @app.post("/_double/slow-pictures")
    def slow_pictures(count: int) -> dict[str, int]:
        Asked.slow_pictures = count
        return {"count": count}


if __name__ == "__main__":
    PORT = int(sys.argv[1])
    uvicorn.run(
        make(f"127.0.0.1:{PORT}"), host="127.0.0.1", port=PORT, log_level="warning", server_header=False
    )
