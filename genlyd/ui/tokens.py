"""The roles of tokens.css as concrete colours, for what no browser draws: pictures of charts, and mail."""

from __future__ import annotations

import re
from functools import cache

from genlyd.ui.domain.colour import DARK, LIGHT, Oklch, accent_for, parse, to_hex
from genlyd.ui.stylesheets import FOLDER

#: Where each theme's roles begin; they end with the block.
STARTS = {"light": ":root {", "dark": ':root[data-theme="dark"] {'}
ROLE = re.compile(r"--([a-z0-9-]+):\s*([^;}]+);")
OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")
VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


def concrete(value: str, roles: dict[str, str]) -> str | None:
    """#rrggbb for an oklch(), a #rrggbb or a reference to one; None for anything else (lengths, shadows)."""
    if match := VARIABLE.fullmatch(value):
        return concrete(roles.get(match[1], ""), roles)
    if match := OKLCH.fullmatch(value):
        lightness, chroma, hue = map(float, match.groups())
        return to_hex(Oklch(lightness, chroma, hue))
    try:
        return parse(value)
    except ValueError:
        return None


@cache
def colours(theme: str = "light", accent: str = "") -> dict[str, str]:
    """Role to #rrggbb, without the leading dashes. `accent` is an organisation's own colour, if it has one."""
    text = (FOLDER / "tokens.css").read_text(encoding="utf-8")
    start = text.index(STARTS[theme]) + len(STARTS[theme])
    roles = {name: value.strip() for name, value in ROLE.findall(text[start : text.index("}", start)])}
    if accent:
        own = accent_for(parse(accent), DARK if theme == "dark" else LIGHT)
        roles |= {"accent": own.fill, "accent-ink": own.ink, "accent-text": own.text, "accent-soft": own.soft}
    found = {name: concrete(value, roles) for name, value in roles.items()}
    return {name: value for name, value in found.items() if value}


def filled_in(text: str, theme: str = "light", accent: str = "") -> str:
    """Every var(--role) in a text as its concrete colour."""
    known = colours(theme, accent)
    return VARIABLE.sub(lambda match: known[match[1]], text)
