"""Secrets at rest: encrypted with the newest key, readable with every older one."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """A stored secret was encrypted with a key that this installation no longer has."""


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.GENLYD_KEYS])


def seal(value: dict[str, Any]) -> bytes:
    """Encrypt a small JSON object."""
    return _box().encrypt(json.dumps(value).encode())


def unseal(sealed: bytes | memoryview) -> dict[str, Any]:
    """Raises Unreadable when no key fits."""
    try:
        return dict(json.loads(_box().decrypt(bytes(sealed))))
    except InvalidToken as error:
        raise Unreadable("No key in GENLYD_SECRET_KEYS can read this secret.") from error


def resealed(sealed: bytes | memoryview | str) -> bytes | None:
    """The same secret under the newest key; None when it is already. Raises Unreadable when no key fits."""
    token = sealed.encode() if isinstance(sealed, str) else bytes(sealed)
    try:
        Fernet(settings.GENLYD_KEYS[0]).decrypt(token)
    except InvalidToken:
        pass
    else:
        return None
    try:
        return _box().rotate(token)
    except InvalidToken as error:
        raise Unreadable("No key in GENLYD_SECRET_KEYS can read this secret.") from error


def fingerprint(value: str) -> str:
    """What is stored of a token: its SHA-256, in hex."""
    return hashlib.sha256(value.encode()).hexdigest()
