"""Meta's sign-in, as Threads and Instagram have it: no PKCE, no refresh token, a short token for a long one."""

from __future__ import annotations

import html
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from tests.servers.meta.answers import Wrong, bad_token
from tests.servers.meta.state import DAY, State, Token

CLIENT_ID, CLIENT_SECRET = "1234567890", "a-secret-of-thirty-two-characters"
CODE_LASTS = 3600


@dataclass(frozen=True)
class Flavour:
    """Where the two differ."""

    prefix: str
    scopes: frozenset[str]
    #: The token's answer wraps what it says in `data` (Instagram) and lists the permissions.
    wrapped: bool = False


async def given(request: Request) -> dict[str, str]:
    """Parameters from wherever Graph takes them: the address, a form, or JSON."""
    values: dict[str, str] = dict(request.query_params)
    body = await request.body()
    if body and "json" in request.headers.get("content-type", ""):
        values |= {key: str(value) for key, value in (await request.json()).items()}
    elif body:
        values |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return values


def token_of(state: State, request: Request, values: Mapping[str, str]) -> Token:
    """The token from the header or the parameter; Wrong when it is none, or no longer one."""
    said = request.headers.get("authorization", "")
    token = state.tokens.get(said.removeprefix("Bearer ") or values.get("access_token", ""))
    if token is None:
        raise Wrong("Invalid OAuth access token - Cannot parse access token", 190)
    if token.withdrawn:
        raise bad_token(460)
    if state.now() > token.expires:
        raise bad_token(463)
    return token


def _answered(token: Token, state: State) -> dict[str, Any]:
    return {
        "access_token": token.value,
        "token_type": "bearer",
        "expires_in": int(token.expires - state.now()),
    }


def login(state: State, flavour: Flavour) -> APIRouter:  # noqa: C901  one small route after the other
    router = APIRouter()

    def app_is_known(values: Mapping[str, str], *, secret: bool = True) -> None:
        if values.get("client_id", CLIENT_ID) != CLIENT_ID or (
            secret and values.get("client_secret") != CLIENT_SECRET
        ):
            raise Wrong("Error validating client secret.", 1)

    @router.get("/oauth/authorize", response_model=None)
    async def authorize(request: Request) -> HTMLResponse:
        values = dict(request.query_params)
        app_is_known({"client_id": values.get("client_id", "")}, secret=False)
        scopes = [scope for scope in values.get("scope", "").replace(" ", ",").split(",") if scope]
        if values.get("response_type") != "code" or not scopes or not set(scopes) <= flavour.scopes:
            raise Wrong("Invalid Scopes", 100)
        if not values.get("redirect_uri") or not values.get("state"):
            raise Wrong("Invalid redirect_uri", 100)
        hidden = "".join(
            f'<input type="hidden" name="{key}" value="{html.escape(values[key])}">'
            for key in ("redirect_uri", "state", "scope")
        )
        people = "".join(
            f'<button name="user" value="{user.number}">Continue as {html.escape(user.name)}</button>'
            for user in state.users.values()
        )
        return HTMLResponse(
            f'<form method="post" action="/oauth/consent">{hidden}{people}'
            '<button name="user" value="">Cancel</button></form>'
        )

    @router.post("/oauth/consent", response_model=None)
    async def consent(request: Request) -> RedirectResponse:
        values = await given(request)
        back = values["redirect_uri"]
        if not values["user"]:
            said = {"error": "access_denied", "error_reason": "user_denied", "state": values["state"]}
            return RedirectResponse(f"{back}?{urlencode(said)}", status_code=302)
        code = secrets.token_hex(16)
        scopes = tuple(values["scope"].replace(" ", ",").split(","))
        withheld = set(values.get("withheld", "").split(","))
        state.codes[code] = _code(values["user"], back, scopes, withheld, state.now())
        said = {"code": code, "state": values["state"]}
        return RedirectResponse(f"{back}?{urlencode(said)}#_", status_code=302)

    @router.post("/oauth/access_token", response_model=None)
    async def access_token(request: Request) -> JSONResponse:
        values = await given(request)
        app_is_known(values)
        # A code is good for one try, whatever comes of it.
        code = state.codes.pop(values.get("code", ""), None)
        if (
            values.get("grant_type") != "authorization_code"
            or code is None
            or code.redirect_uri != values.get("redirect_uri")
            or state.now() > code.issued + CODE_LASTS
        ):
            raise Wrong(
                "This authorization code has been used, has expired, or belongs to another address.",
                100,
                36009,
            )
        token = state.add_token(code.user, code.scopes, long=False)
        said: dict[str, Any] = {"access_token": token.value, "user_id": int(code.user)}
        if flavour.wrapped:
            return JSONResponse(
                {"data": [{**said, "user_id": code.user, "permissions": ",".join(code.scopes)}]}
            )
        return JSONResponse(said)

    @router.get("/oauth/access_token", response_model=None)
    async def app_token(request: Request) -> JSONResponse:
        values = dict(request.query_params)
        if values.get("grant_type") != "client_credentials":
            raise Wrong("Unsupported grant_type", 100)
        app_is_known(values)
        return JSONResponse({"access_token": f"TH|{CLIENT_ID}|abcd1234", "token_type": "bearer"})

    @router.get("/access_token", response_model=None)
    async def exchange(request: Request) -> JSONResponse:
        values = dict(request.query_params)
        app_is_known(values)
        if values.get("grant_type") != f"{flavour.prefix}_exchange_token":
            raise Wrong("Unsupported grant_type", 100)
        short = token_of(state, request, values)
        if short.long:
            raise Wrong("Session key invalid. This could be because it is no short-lived one.", 452)
        return JSONResponse(_answered(state.add_token(short.user, short.scopes, long=True), state))

    @router.get("/refresh_access_token", response_model=None)
    async def refresh(request: Request) -> JSONResponse:
        values = dict(request.query_params)
        if values.get("grant_type") != f"{flavour.prefix}_refresh_token":
            raise Wrong("Unsupported grant_type", 100)
        old = token_of(state, request, values)
        if not old.long or state.now() < old.issued + DAY:
            raise Wrong("The token must be long-lived and at least 24 hours old.", 100)
        return JSONResponse(_answered(state.add_token(old.user, old.scopes, long=True), state))

    return router


def _code(user: str, back: str, scopes: tuple[str, ...], withheld: set[str], now: float) -> Any:
    from tests.servers.meta.state import Code

    return Code(user, back, tuple(scope for scope in scopes if scope not in withheld), now)
