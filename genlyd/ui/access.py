"""ui knows no members, so all it can say is that anybody may ask. Areas use the decorators of people.access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    view.access = "public"  # type: ignore[attr-defined]
    return view
