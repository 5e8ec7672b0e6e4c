"""The style sheets in order: ui's own, then one per area. Joined when static files are collected."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

FOLDER = Path(__file__).parent / "static" / "ui" / "css"
#: Must come first and in this order: the layers, the tokens, the typefaces, the elements.
FIRST = ("layers", "reset", "tokens", "fonts", "base", "layout")
JOINED = "ui/css/all.css"


def sources() -> list[str]:
    """Names of all style sheets, relative to the static root."""
    rest = sorted(path.stem for path in FOLDER.glob("*.css") if path.stem not in (*FIRST, "all"))
    own = [f"ui/css/{name}.css" for name in (*FIRST, *rest)]
    areas = [
        f"{config.label}/{config.label}.css"
        for config in apps.get_app_configs()
        if config.name.startswith("genlyd.")
        and config.label != "ui"
        and (Path(config.path) / "static" / config.label / f"{config.label}.css").is_file()
    ]
    return own + sorted(areas)


@cache
def addresses() -> list[str]:
    # In development a joined file is what somebody once collected, not what they are editing.
    joined = not settings.DEBUG and JOINED in getattr(staticfiles_storage, "hashed_files", {})
    return [staticfiles_storage.url(name) for name in ([JOINED] if joined else sources())]
