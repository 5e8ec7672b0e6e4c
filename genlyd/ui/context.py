"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from genlyd.ui.house import house_of
from genlyd.ui.navigation import Navigation
from genlyd.ui.theme import theme_of


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "member": getattr(request, "member", None),
        "house": SimpleLazyObject(lambda: house_of(request)),
        "navigation": Navigation(request),
        "theme": theme_of(request),
        "is_demo": settings.DEMO,
    }
