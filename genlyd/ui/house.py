"""What a page's frame shows of the organisation. ui does not know organisations: a hook in the settings tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import cast

from django.conf import settings
from django.core.files import File
from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Choice:
    """An organisation one can switch to; `id` is what is posted to `House.switch_url`."""

    id: str
    name: str
    current: bool = False


@dataclass(frozen=True)
class House:
    """Name, accent (#rrggbb or empty), logo (a file, and what it is cached by), the others one is in."""

    name: str = ""
    accent: str = ""
    logo: File | None = None
    logo_key: str = ""
    choices: tuple[Choice, ...] = ()
    switch_url: str = ""


NOBODY = House()


@cache
def hook() -> Callable[[HttpRequest], House | None]:
    return cast("Callable[[HttpRequest], House | None]", import_string(settings.UI_HOUSE))


def house_of(request: HttpRequest) -> House:
    """The asker's organisation, read once per request; NOBODY before somebody has signed in."""
    if not hasattr(request, "_house"):
        request._house = (hook()(request) if settings.UI_HOUSE else None) or NOBODY  # type: ignore[attr-defined]  # noqa: SLF001
    return cast(House, request._house)  # type: ignore[attr-defined]  # noqa: SLF001
