"""The installation's secret keys: given, or made once and kept in a file only its owner can read."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path


def load(home: Path, given: str) -> list[str]:
    """Keys, newest first."""
    if given:
        return [key.strip() for key in given.split(",") if key.strip()]
    path = home / "secret-keys"
    try:
        return path.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        pass
    key = secrets.token_urlsafe(48)
    home.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:  # another process of ours was quicker
        return path.read_text(encoding="utf-8").split()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(key + "\n")
    return [key]


def fernet_key(key: str) -> bytes:
    """A Fernet key (32 bytes, base64) from any secret text."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"genlyd-tokens:" + key.encode()).digest())
