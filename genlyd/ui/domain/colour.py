"""An organisation's accent colour, made to work: readable in light and dark by the contrast rules of WCAG 2.2 AA.

Colours are computed in OKLCH (lightness 0 to 1, chroma, hue in degrees), where lightness means what the eye sees, and
answered as #rrggbb. Only lightness is corrected, and only as far as needed: the hue stays the organisation's own.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

#: Least contrast of text, and of shapes that mean something, against what they stand on (WCAG 1.4.3, 1.4.11).
TEXT = 4.5
SHAPE = 3.0
HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Oklch:
    lightness: float
    chroma: float
    hue: float

    @property
    def hex(self) -> str:
        return to_hex(self)


@dataclass(frozen=True)
class Ground:
    """The surfaces of one theme, from tokens.css: what an accent must be seen on."""

    paper: Oklch
    surface: Oklch
    surface_2: Oklch
    soft_lightness: float
    dark: bool


LIGHT = Ground(Oklch(0.978, 0.008, 80), Oklch(0.995, 0.003, 80), Oklch(0.953, 0.011, 80), 0.945, dark=False)
DARK = Ground(Oklch(0.185, 0.014, 265), Oklch(0.222, 0.016, 265), Oklch(0.262, 0.018, 265), 0.3, dark=True)
ROUNDING = 1e-4
BRIGHT = "#ffffff"
DEEP = "#16130f"


@dataclass(frozen=True)
class Accent:
    """Roles of an accent in one theme: a fill, the ink on it, the same hue as text, a soft ground."""

    fill: str
    ink: str
    text: str
    soft: str


def parse(text: str) -> str:
    """A colour as #rrggbb, lower case. Raises ValueError for anything else."""
    colour = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        colour = "#" + "".join(letter * 2 for letter in colour[1:])
    if not HEX.fullmatch(colour):
        raise ValueError(f"{text!r} is not a colour like #b3472e")
    return colour


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the sRGB standard's own number


def gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055  # noqa: PLR2004 - the same


def rgb(colour: str) -> tuple[float, float, float]:
    """Linear red, green, blue, 0 to 1."""
    value = parse(colour)
    red, green, blue = (linear(int(value[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def to_oklch(colour: str) -> Oklch:
    r, g, b = rgb(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b_ = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b_), math.degrees(math.atan2(b_, a)) % 360)


def channels(colour: Oklch) -> tuple[float, float, float]:
    """Linear red, green, blue; outside 0 to 1 where a screen cannot show the colour."""
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def can_be_shown(colour: Oklch) -> bool:
    return all(-ROUNDING <= channel <= 1 + ROUNDING for channel in channels(colour))


def to_hex(colour: Oklch) -> str:
    """The nearest colour a screen can show: chroma gives way, never hue or lightness."""
    chroma = colour.chroma
    while chroma > 0 and not can_be_shown(Oklch(colour.lightness, chroma, colour.hue)):
        chroma = max(0.0, chroma - 0.004)
    shown = channels(Oklch(min(max(colour.lightness, 0), 1), chroma, colour.hue))
    return "#" + "".join(f"{round(gamma(min(max(c, 0.0), 1.0)) * 255):02x}" for c in shown)


def until_seen(colour: Oklch, on: tuple[str, ...], least: float, *, lighter: bool) -> str:
    """The colour, moved lighter or darker until it has that contrast on all of these."""
    lightness = colour.lightness
    while 0 < lightness < 1:
        shown = to_hex(Oklch(lightness, colour.chroma, colour.hue))
        if all(contrast(shown, ground) >= least for ground in on):
            return shown
        lightness += 0.005 if lighter else -0.005
    return BRIGHT if lighter else DEEP


def accent_for(colour: str, ground: Ground) -> Accent:
    """The roles an accent colour plays on this ground, each with enough contrast."""
    base = to_oklch(colour)
    paper, surface, surface_2 = ground.paper.hex, ground.surface.hex, ground.surface_2.hex
    soft = to_hex(Oklch(ground.soft_lightness, min(base.chroma, 0.05 if ground.dark else 0.035), base.hue))
    fill = until_seen(base, (paper, surface, surface_2), SHAPE, lighter=ground.dark)
    inks = [ink for ink in (BRIGHT, DEEP) if contrast(fill, ink) >= TEXT]
    # Neither can be read on some middling colours: then away from the ground, and the ink that this is good for.
    ink = inks[0] if inks else DEEP if ground.dark else BRIGHT
    if not inks:
        fill = until_seen(to_oklch(fill), (ink,), TEXT, lighter=ground.dark)
    text = until_seen(to_oklch(fill), (paper, surface, surface_2, soft), TEXT, lighter=ground.dark)
    return Accent(fill, ink, text, soft)


def roles(accent: Accent) -> str:
    return (
        f"--accent:{accent.fill};--accent-ink:{accent.ink};--accent-text:{accent.text};"
        f"--accent-soft:{accent.soft};--chart-1:{accent.text};"
    )


def brand_css(accent_hex: str) -> str:
    """A style sheet that redefines the accent's roles for an organisation. Raises ValueError for what is no colour."""
    colour = parse(accent_hex)
    light, dark = roles(accent_for(colour, LIGHT)), roles(accent_for(colour, DARK))
    return (
        "@layer tokens{"
        f":root{{{light}}}"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}'
        f':root[data-theme="dark"]{{{dark}}}'
        f"@media print{{:root:root:root{{{light}}}}}"
        "}"
    )
