"""What one server allows, from its own description of itself; every value hostile, every value optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

#: What Mastodon has when nobody changed it.
CHARACTERS, URL_COUNTS, PICTURE_BYTES, PICTURE_PIXELS, DESCRIPTION = 500, 23, 16_777_216, 33_177_600, 1500
#: Whoever names more than this is joking or hostile.
MOST = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """Characters, bytes and pixels; `url` is what any address counts as."""

    characters: int = CHARACTERS
    url: int = URL_COUNTS
    picture_bytes: int = PICTURE_BYTES
    picture_pixels: int = PICTURE_PIXELS
    description: int = DESCRIPTION

    def stored(self) -> dict[str, int]:
        return asdict(self)


def stored(options: Mapping[str, Any]) -> Limits:
    """From what was kept with an account."""
    kept = options.get("limits")
    kept = kept if isinstance(kept, Mapping) else {}
    return Limits(**{field.name: _number(kept.get(field.name), field.default) for field in fields(Limits)})


def read(instance: Mapping[str, Any]) -> Limits | None:
    """From `GET /api/v2/instance` (or v1, whose `configuration` is the same). None: this is no such server."""
    configuration = instance.get("configuration")
    if not isinstance(configuration, Mapping):
        # Relatives of Mastodon that know only the old form.
        if "max_toot_chars" in instance:
            return Limits(characters=_number(instance["max_toot_chars"], CHARACTERS))
        return None
    statuses, media = _part(configuration, "statuses"), _part(configuration, "media_attachments")
    if "max_characters" not in statuses:
        return None
    return Limits(
        characters=_number(statuses["max_characters"], CHARACTERS),
        url=_number(statuses.get("characters_reserved_per_url"), URL_COUNTS),
        picture_bytes=_number(media.get("image_size_limit"), PICTURE_BYTES),
        picture_pixels=_number(media.get("image_matrix_limit"), PICTURE_PIXELS),
        description=_number(media.get("description_limit"), DESCRIPTION),
    )


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, Mapping) else {}


def _number(value: Any, otherwise: Any) -> int:
    sound = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST
    return value if sound else int(otherwise)
