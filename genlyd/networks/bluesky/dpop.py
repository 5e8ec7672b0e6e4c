"""Proofs that a token is used by whoever it was given to (RFC 9449), and the servers' nonces they carry."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from joserfc import jwk, jwt

#: A server may send anything as a nonce.
LONGEST = 500
#: Servers change their nonce every few minutes and accept the one before for a while.
FRESH_SECONDS = 60.0


def new_key() -> dict[str, Any]:
    """A private key (P-256) for one session, as JWK."""
    return dict(jwk.ECKey.generate_key("P-256", private=True).as_dict(private=True))


def public(key: Mapping[str, Any]) -> dict[str, Any]:
    return dict(jwk.ECKey.import_key(dict(key)).as_dict(private=False))


def proof(key: Mapping[str, Any], method: str, url: str, *, nonce: str = "", token: str = "") -> str:
    """The value of the header `DPoP` for exactly one request. `url` is without query."""
    private = jwk.ECKey.import_key(dict(key))
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": private.as_dict(private=False)}
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(24), "htm": method, "htu": url, "iat": int(time.time()),
    }  # fmt: skip
    if nonce:
        claims["nonce"] = nonce
    if token:
        digest = hashlib.sha256(token.encode()).digest()
        claims["ath"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return jwt.encode(header, claims, private)


class Nonces:
    """The latest nonce of each origin. Of this process only: a lost one costs one more question."""

    MOST = 2000

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, origin: str) -> str:
        with self._lock:
            return self._known.get(origin, ("", 0.0))[0]

    def is_fresh(self, origin: str) -> bool:
        with self._lock:
            nonce, at = self._known.get(origin, ("", 0.0))
        return bool(nonce) and time.monotonic() - at < FRESH_SECONDS

    def learn(self, origin: str, headers: Mapping[str, str]) -> None:
        """From any answer of this origin; header names in lower case."""
        nonce = headers.get("dpop-nonce", "")
        if not nonce or len(nonce) > LONGEST or not nonce.isascii() or not nonce.isprintable():
            return
        with self._lock:
            self._known[origin] = (nonce, time.monotonic())
            self._known.move_to_end(origin)
            if len(self._known) > self.MOST:
                self._known.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._known.clear()


NONCES = Nonces()
