"""LinkedIn's authorisation server: code flow of a web app. No PKCE, no refresh token, 60 days."""

from __future__ import annotations

import base64
import json
import secrets
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from tests.servers.linkedin import answers
from tests.servers.linkedin.state import MEMBER_SCOPES, SIXTY_DAYS, VETTED_SCOPES, State

CODE_SECONDS = 1800


def routes(holder: dict[str, State]) -> APIRouter:  # noqa: C901  one small function for each address
    router = APIRouter()

    @router.get("/oauth/v2/authorization")
    async def authorization(request: Request) -> Response:
        state, asked = holder["state"], dict(request.query_params)
        back = asked.get("redirect_uri", "")
        if asked.get("client_id") != state.client_id:
            return HTMLResponse(
                "<h1>Bummer, something went wrong.</h1><p>The passed in client_id is invalid</p>", 400
            )
        if not back or (state.redirect_uris and back not in state.redirect_uris):
            return HTMLResponse("<p>The redirect_uri does not match the registered value</p>", 400)

        def send_back(**fields: str) -> Response:
            if "state" in asked:
                fields["state"] = asked["state"]
            return RedirectResponse(f"{back}{'&' if '?' in back else '?'}{urlencode(fields)}", 302)

        allowed = set(MEMBER_SCOPES) | (set(VETTED_SCOPES) if state.vetted else set())
        wanted = asked.get("scope", "").split()
        for scope in wanted:
            if scope not in allowed:
                words = f'Scope "{scope}" is not authorized for your application'
                return send_back(error="unauthorized_scope_error", error_description=words)
        if asked.get("response_type") != "code":
            return send_back(error="invalid_request", error_description="response_type must be code")
        if not state.consents:
            words = "The user cancelled the authorization"
            return send_back(error="user_cancelled_authorize", error_description=words)
        sub = state.signed_in or next(iter(state.people), "") or state.person("Somebody").sub
        code = f"AQT{secrets.token_urlsafe(60)}"
        state.codes[code] = {
            "sub": sub, "scopes": tuple(wanted), "redirect_uri": back, "born": time.time(),
            "challenge": asked.get("code_challenge", ""),
        }  # fmt: skip
        return send_back(code=code)

    @router.post("/oauth/v2/accessToken")
    async def access_token(request: Request) -> Response:
        state, form = holder["state"], await form_of(request)
        if form is None:
            return no("invalid_request", "A required parameter is missing", 400)
        if form.get("grant_type") == "refresh_token":
            return no("invalid_request", "The provided authorization grant or refresh token is invalid", 400)
        if form.get("grant_type") != "authorization_code":
            return no("invalid_request", "A required parameter grant_type is missing", 400)
        wrong_app = (
            form.get("client_id") != state.client_id or form.get("client_secret") != state.client_secret
        )
        code = state.codes.get(form.get("code", ""))
        # Measured in public: a confidential app that brings a verifier is turned away as if its secret were wrong.
        if wrong_app or "code_verifier" in form or (code and code["challenge"]):
            return no("invalid_client", "Client authentication failed", 401)
        if (
            code is None
            or code["redirect_uri"] != form.get("redirect_uri")
            or time.time() - code["born"] > CODE_SECONDS
        ):
            words = (
                "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization "
                "code. Or authorization code expired. Or external member binding exists"
            )
            return no("invalid_request", words, 400)
        del state.codes[form["code"]]
        token = state.token(code["sub"], code["scopes"])
        answer: dict[str, Any] = {
            "access_token": token, "expires_in": SIXTY_DAYS - 1, "scope": ",".join(sorted(code["scopes"])),
            "token_type": "Bearer",
        }  # fmt: skip
        if "openid" in code["scopes"]:
            answer["id_token"] = id_token(code["sub"], state)
        return JSONResponse(answer)

    @router.get("/v2/userinfo")
    async def userinfo(request: Request) -> Response:
        state = holder["state"]
        token, refused = bearer(request, state)
        if refused or token is None:
            return refused or answers.invalid_token()
        if "profile" not in token.scopes:
            return answers.no_permission("userinfo.GET.NO_VERSION")
        one = state.people[token.sub]
        first, _, last = one.name.partition(" ")
        known: dict[str, Any] = {
            "sub": one.sub, "name": one.name, "given_name": first, "family_name": last,
            "locale": {"country": "DK", "language": "da"},
        }  # fmt: skip
        if "email" in token.scopes:
            known |= {"email": one.email, "email_verified": True}
        return JSONResponse(known)

    return router


def no(error: str, words: str, status: int) -> Response:
    return JSONResponse({"error": error, "error_description": words}, status)


async def form_of(request: Request) -> dict[str, str] | None:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))


def id_token(sub: str, state: State) -> str:
    """Shaped like one; nobody should believe it unverified."""

    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    claims = {"iss": "https://www.linkedin.com", "aud": state.client_id, "sub": sub, "iat": int(time.time())}
    return f"{part({'alg': 'RS256', 'kid': 'double'})}.{part(claims)}.c2lnbmVk"


def bearer(request: Request, state: State) -> tuple[Any, Response | None]:
    """The token of the request, or why not."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind != "Bearer" or not value:
        return None, answers.empty_token()
    token = state.tokens.get(value)
    if token is None:
        return None, answers.invalid_token()
    now = time.time()
    if token.revoked or now - token.born < state.fresh_seconds:
        return None, answers.revoked()
    if token.expires < now:
        return None, answers.expired()
    return token, None
