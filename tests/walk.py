"""Every URL of the project, and an example object for each that takes an id.

`tests/architecture/test_every_url.py` asks every page as somebody of another organisation (404), as nobody (sign in
first) and as a participant where a lead or administrator is asked for (404). For that it needs an object of
Fjordkraft's for every URL with an id in it. An area gives its own in `tests/<area>/urls_examples.py`:

    EXAMPLES = {
        "programmes:period": lambda world: {"pk": world.period.pk},
        "sharing:draft": lambda world: {"pk": a_draft(world.pia).pk},     # it may make the object
    }
    # URLs whose converter does not name an object of an organisation, with the reason:
    NOT_OWNED = {"notifications:unsubscribe": "the signed token is the permission; its own test asks"}

A URL with a converter that is in neither fails the test by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import World

Example = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    #: "area:name"; allauth's have no namespace.
    name: str
    #: What stands in the URL: {"pk": <IntConverter>}.
    converters: tuple[str, ...]
    #: public, member, or the roles with | between; "" if the view was not decorated.
    access: str
    #: The module of the view.
    module: str

    @property
    def is_ours(self) -> bool:
        return self.module.startswith("genlyd.")

    def url(self, world: World) -> str:
        kwargs = examples()[self.name](world) if self.converters else {}
        return reverse(self.name, kwargs=kwargs)


def pages() -> list[Page]:
    """All named URLs, sorted by name."""
    return sorted(_walk(get_resolver(), "", ()), key=lambda page: page.name)


def our_pages() -> list[Page]:
    return [page for page in pages() if page.is_ours]


def _walk(resolver: URLResolver, namespace: str, outer: tuple[str, ...]) -> Iterator[Page]:
    for entry in resolver.url_patterns:
        converters = (*outer, *entry.pattern.converters, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, converters)
        elif isinstance(entry, URLPattern):
            view = entry.callback
            yield Page(
                name=f"{namespace}{entry.name}" if entry.name else f"{namespace}({entry.pattern})",
                converters=tuple(dict.fromkeys(converters)),
                access=getattr(view, "access", ""),
                module=view.__module__,
            )


def _registered(what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob("*/urls_examples.py")):
        module = importlib.import_module(f"tests.{path.parent.name}.urls_examples")
        found |= getattr(module, what, {})
    return found


def examples() -> dict[str, Example]:
    return _registered("EXAMPLES")


def not_owned() -> dict[str, str]:
    return _registered("NOT_OWNED")
