"""User agents as they knock on a short link, from lists/agents.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LISTS = tomllib.loads((Path(__file__).parent / "lists" / "agents.toml").read_text(encoding="utf-8"))

#: (user agent, how common among people)
BROWSERS: tuple[tuple[str, int], ...] = tuple((row["agent"], row["weight"]) for row in _LISTS["browsers"])
#: Network to the agent that fetches its previews; "other" for the rest.
PREVIEWERS: dict[str, str] = _LISTS["previewers"]
CRAWLERS: tuple[str, ...] = tuple(_LISTS["crawlers"]["agents"])
REFERRERS: dict[str, str] = _LISTS["referrers"]

#: Where a visitor is, by the first byte of their key; "" is not known.
COUNTRIES = (
    ["DK"] * 196 + ["SE"] * 20 + ["NO"] * 16 + ["DE"] * 10 + ["GB"] * 5 + ["FO"] * 3 + ["US"] * 2 + [""] * 4
)
#: Where most programs are.
MACHINES = "US"
