"""X's sign-in: authorisation code with PKCE, tokens for two hours, refresh tokens that work once."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from tests.servers.x.answers import oauth
from tests.servers.x.state import CODE_SECONDS, SCOPES, TOKEN_SECONDS, State, Token

LONGEST_STATE = 500


def routes(holder: dict[str, State]) -> APIRouter:  # noqa: C901  one small function for each address
    router = APIRouter()

    @router.get("/i/oauth2/authorize")
    async def authorize(request: Request) -> Response:
        state, asked = holder["state"], dict(request.query_params)
        if wrong := _wrong(state, asked):
            return HTMLResponse(f"<h1>Something went wrong</h1><p>{wrong}</p>", 400)
        back = {"state": asked["state"]}
        if not state.consents:
            return RedirectResponse(
                f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', **back})}", 302
            )
        person = state.signed_in or next(iter(state.people), "") or state.person("Somebody").id
        code = secrets.token_urlsafe(60)
        state.codes[code] = {
            "person": person, "scopes": tuple(asked["scope"].split()), "redirect_uri": asked["redirect_uri"],
            "challenge": asked["code_challenge"], "method": asked.get("code_challenge_method", "plain"),
            "born": state.now(),
        }  # fmt: skip
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({**back, 'code': code})}", 302)

    @router.post("/2/oauth2/token")
    async def token(request: Request) -> Response:
        state = holder["state"]
        form = dict(parse_qsl((await request.body()).decode()))
        if refused := _app(state, request):
            return refused
        if form.get("grant_type") == "authorization_code":
            return _from_code(state, form)
        if form.get("grant_type") == "refresh_token":
            return _from_refresh(state, form)
        return oauth(400, "unsupported_grant_type", "Missing or unsupported grant type.")

    @router.post("/2/oauth2/revoke")
    async def revoke(request: Request) -> Response:
        state = holder["state"]
        form = dict(parse_qsl((await request.body()).decode()))
        if refused := _app(state, request):
            return refused
        for one in state.tokens:
            if form.get("token") in {one.access, one.refresh}:
                one.revoked = True
        return JSONResponse({"revoked": True})

    return router


def _wrong(state: State, asked: dict[str, str]) -> str:
    """Why X shows its own page instead of going on; "" when all is well."""
    checks = {
        "response_type": asked.get("response_type") == "code",
        "client_id": asked.get("client_id") == state.client_id,
        "redirect_uri": asked.get("redirect_uri", "") in state.redirect_uris,
        "state": 0 < len(asked.get("state", "")) <= LONGEST_STATE,
        "scope": bool(asked.get("scope")) and set(asked["scope"].split()) <= SCOPES,
        "code_challenge": bool(asked.get("code_challenge")),
        "code_challenge_method": asked.get("code_challenge_method", "plain") in {"S256", "plain"},
    }
    return next(
        (f"You weren't able to give access to the App: {name}." for name, fits in checks.items() if not fits),
        "",
    )


def _app(state: State, request: Request) -> Response | None:
    """A web app is a confidential client: it proves itself by HTTP Basic, and not in the form."""
    kind, _space, value = request.headers.get("authorization", "").partition(" ")
    expected = base64.b64encode(f"{state.client_id}:{state.client_secret}".encode()).decode()
    if kind.lower() == "basic" and secrets.compare_digest(value, expected):
        return None
    return oauth(401, "unauthorized_client", "Missing valid authorization header")


def _from_code(state: State, form: dict[str, str]) -> Response:
    code = state.codes.pop(form.get("code", ""), None)
    if code is None or state.now() - code["born"] > CODE_SECONDS:
        return oauth(400, "invalid_request", "Value passed for the authorization code was invalid.")
    if form.get("redirect_uri") != code["redirect_uri"]:
        return oauth(
            400,
            "invalid_request",
            "Value passed for the redirect uri did not match the uri of the authorization code.",
        )
    if _challenge(form.get("code_verifier", ""), code["method"]) != code["challenge"]:
        return oauth(
            400, "invalid_request", "Value passed for the code verifier did not match the code challenge."
        )
    return _pair(state.token(code["person"], code["scopes"]))


def _challenge(verifier: str, method: str) -> str:
    if method == "plain":
        return verifier
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _from_refresh(state: State, form: dict[str, str]) -> Response:
    known = [
        one
        for one in state.tokens
        if one.refresh == form.get("refresh_token") and "offline.access" in one.scopes
    ]
    if not known or known[0].spent or known[0].revoked:
        return oauth(400, "invalid_request", "Value passed for the token was invalid.")
    known[0].spent = known[0].expired = True
    return _pair(state.token(known[0].person, known[0].scopes))


def _pair(token: Token) -> Response:
    answer: dict[str, Any] = {
        "token_type": "bearer", "expires_in": TOKEN_SECONDS, "access_token": token.access,
        "scope": " ".join(token.scopes),
    }  # fmt: skip
    if "offline.access" in token.scopes:
        answer["refresh_token"] = token.refresh
    return JSONResponse(answer)
