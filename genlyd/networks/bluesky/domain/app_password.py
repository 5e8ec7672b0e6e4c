"""Telling an app password from the password of the whole account."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}")


def looks_like_app_password(value: str) -> bool:
    """Servers make them as four groups of four: abcd-efgh-2345-wxyz."""
    return bool(_SHAPE.fullmatch(value.strip().lower()))


def tidy_handle(value: str) -> str:
    """What people type: @Name, a profile's address, or the handle itself."""
    value = value.strip().removeprefix("https://bsky.app/profile/").strip("/").lstrip("@").lower()
    return "".join(character for character in value if character.isprintable() and not character.isspace())
