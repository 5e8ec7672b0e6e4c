"""Who Genlyd is to an authorization server: decided by the address people reach it at (decision 9)."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode, urlsplit

#: Posts and their pictures. No messages, no likes, no following, no profile; counts are public and need nobody's yes.
WANTED = "atproto repo:app.bsky.feed.post blob:image/*"
#: For servers that do not know permissions that small.
OLDER = "atproto transition:generic"
DECLARED = " ".join(dict.fromkeys(f"{WANTED} {OLDER}".split()))
_LOCAL = {"test", "local", "localhost", "invalid", "example"}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Client(StrEnum):
    #: Proves who it is with a key of its own; the servers fetch its metadata. Sessions last.
    CONFIDENTIAL = "confidential"
    #: A developer's machine; nothing is fetched, nothing proven. Sessions end after two weeks.
    LOOPBACK = "loopback"


#: (how long a session lasts, how long without being renewed). Source: @atproto/oauth-provider, oauth-constants.
LASTS = {
    Client.CONFIDENTIAL: (timedelta(days=730), timedelta(days=91)),
    Client.LOOPBACK: (timedelta(days=14), timedelta(days=14)),
}


def kind_of(url: str) -> Client | None:
    """None: no authorization server would accept this address; app passwords remain."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme == "http" and host in _LOOPBACK:
        return Client.LOOPBACK
    if parts.scheme != "https" or "." not in host or host.rpartition(".")[2] in _LOCAL:
        return None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Client.CONFIDENTIAL
    return None


def loopback_address(url: str) -> str:
    """The same with an address instead of the name localhost, which authorization servers refuse."""
    parts = urlsplit(url)
    host = "[::1]" if parts.hostname == "::1" else "127.0.0.1"
    return parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host).geturl()


def loopback_id(redirect_uri: str) -> str:
    return f"http://localhost?{urlencode({'redirect_uri': redirect_uri, 'scope': DECLARED})}"


def metadata(
    *, url: str, client_id: str, redirect_uri: str, keys: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """The document that stands at `client_id`. `keys` are public."""
    return {
        "client_id": client_id,
        "client_name": "Genlyd",
        "client_uri": url,
        "application_type": "web",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "redirect_uris": [redirect_uri],
        "scope": DECLARED,
        "dpop_bound_access_tokens": True,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "jwks": {"keys": [dict(key) for key in keys]},
    }
