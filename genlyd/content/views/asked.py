"""What stands in an address, read leniently: nonsense is as good as nothing."""

from __future__ import annotations

from django.http import HttpRequest

MOST_SEARCHED = 100


def number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else None  # noqa: PLR2004


def words(request: HttpRequest, name: str = "q") -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:MOST_SEARCHED]
