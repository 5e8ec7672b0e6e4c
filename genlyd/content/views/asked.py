"""What stands in an address, read leniently: nonsense is as good as nothing."""

from __future__ import annotations

from django.http import HttpRequest

MOST_SEARCHED = 100
_DIGITS = 18


def number(request: HttpRequest, name: str) -> int | None:
    return whole(request.GET.get(name, ""))


def whole(text: str) -> int | None:
    """A key as PostgreSQL can hold it, or nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def words(request: HttpRequest, name: str = "q") -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:MOST_SEARCHED]
