"""All component tags and a few filters; a builtin of the template engine, so no page loads it."""

from __future__ import annotations

from typing import Any

import genlyd.ui.components  # noqa: F401 - declares every tag
from genlyd.ui.components.engine import register


@register.filter
def same(one: Any, other: Any) -> bool:
    """`current=code|same:chosen`: a comparison where a tag takes a value."""
    return bool(one == other)


@register.filter
def accent(colour: str) -> str:
    """#B3472E as the address of its brand sheet wants it: b3472e."""
    return colour.lstrip("#").lower()


__all__ = ["accent", "register", "same"]
