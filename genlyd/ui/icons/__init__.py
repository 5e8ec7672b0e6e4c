"""The kept icons: Lucide (ISC licence, see LICENSE beside this file), one SVG file each, only those used."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent


@cache
def svg(name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers. An unknown name raises."""
    path = FOLDER / f"{name}.svg"
    if "/" in name or not path.is_file():
        raise TemplateSyntaxError(
            f"There is no icon {name!r}: add {name}.svg from Lucide to genlyd/ui/icons/."
        )
    return mark_safe(path.read_text(encoding="utf-8").strip())  # noqa: S308 - our own files


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.svg"))
