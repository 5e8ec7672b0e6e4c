"""Authorization servers: what their metadata must say before a person is sent there (atproto's OAuth profile)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from genlyd.networks.bluesky.domain.identity import origin

LONGEST = 500


@dataclass(frozen=True)
class AuthServer:
    issuer: str
    authorize: str
    token: str
    par: str
    #: "" when the server has none.
    revoke: str


def only_server(said: object) -> str:
    """The one authorization server a PDS names in its metadata; "" otherwise."""
    named = said.get("authorization_servers") if isinstance(said, dict) else None
    return origin(named[0]) if isinstance(named, list) and len(named) == 1 else ""


def from_metadata(issuer: str, said: object) -> AuthServer | None:
    """None when the document speaks for another issuer, or lacks what the profile requires."""
    if not isinstance(said, dict) or said.get("issuer") != issuer:
        return None
    required = (
        said.get("require_pushed_authorization_requests") is True
        and said.get("authorization_response_iss_parameter_supported") is True
        and said.get("client_id_metadata_document_supported") is True
        and "ES256" in _words(said, "dpop_signing_alg_values_supported")
        and "S256" in _words(said, "code_challenge_methods_supported")
        and "atproto" in _words(said, "scopes_supported")
    )
    authorize, token, par = (
        _endpoint(said.get(key), issuer)
        for key in ("authorization_endpoint", "token_endpoint", "pushed_authorization_request_endpoint")
    )
    if not (required and authorize and token and par):
        return None
    return AuthServer(issuer, authorize, token, par, _endpoint(said.get("revocation_endpoint"), issuer))


def _words(said: dict[str, Any], key: str) -> list[str]:
    found = said.get(key)
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def _endpoint(value: object, issuer: str) -> str:
    """An https address, or one at the issuer's own origin (a test server speaks http)."""
    if not isinstance(value, str) or len(value) > LONGEST or not value.isprintable():
        return ""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.fragment or parts.username or not host:
        return ""
    return value if parts.scheme == "https" or value.startswith(f"{issuer}/") else ""
