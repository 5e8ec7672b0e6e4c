"""A canvas and the shapes the demo's pictures are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 675
#: Drawn at twice the size, then made smaller: that smooths every edge.
SCALE = 2

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    top: Colour
    bottom: Colour
    ground: Colour
    far: Colour
    ink: Colour
    warm: Colour
    light: Colour


DAY = Palette(
    (235, 229, 214),
    (250, 241, 225),
    (140, 158, 138),
    (186, 196, 180),
    (38, 50, 56),
    (217, 105, 65),
    (255, 250, 240),
)
DUSK = Palette(
    (64, 86, 108),
    (238, 178, 134),
    (52, 66, 66),
    (96, 106, 112),
    (24, 32, 38),
    (226, 112, 62),
    (255, 236, 206),
)
NIGHT = Palette(
    (16, 24, 38), (44, 58, 82), (24, 30, 34), (34, 44, 58), (10, 14, 20), (240, 160, 84), (255, 232, 190)
)
SEA = Palette(
    (206, 219, 223),
    (240, 236, 224),
    (92, 128, 140),
    (142, 166, 172),
    (28, 44, 54),
    (219, 104, 66),
    (252, 248, 238),
)


class Sheet:
    """A canvas in units of a 1200 x 675 picture."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        shade = np.linspace(0, 1, HEIGHT * SCALE)[:, None, None]
        rows = np.array(palette.top) * (1 - shade) + np.array(palette.bottom) * shade
        sky = np.broadcast_to(rows, (HEIGHT * SCALE, WIDTH * SCALE, 3)).astype(np.uint8)
        self.image = Image.fromarray(sky)
        self.draw = ImageDraw.Draw(self.image)

    def line(self, points: list[tuple[float, float]], colour: Colour, width: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, colour, round(width * SCALE), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            radius = width * SCALE / 2
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), colour)

    def area(self, points: list[tuple[float, float]], colour: Colour) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.draw.ellipse(
            [(value * SCALE) for value in (x - radius, y - radius, x + radius, y + radius)], colour
        )

    def box(
        self, x: float, y: float, width: float, height: float, colour: Colour, *, round_by: float = 0
    ) -> None:
        corners = [value * SCALE for value in (x, y, x + width, y + height)]
        self.draw.rounded_rectangle(corners, round_by * SCALE, colour)

    def rings(
        self, x: float, y: float, colour: Colour, *, count: int = 4, step: float = 46, strength: float = 0.5
    ) -> None:
        """The mark of the house: rings that widen from a point, ever fainter."""
        over = Image.new("RGBA", self.image.size)
        pen = ImageDraw.Draw(over)
        for number in range(1, count + 1):
            radius = number * step * SCALE
            fade = round(255 * strength * (1 - (number - 1) / count))
            pen.ellipse((x * SCALE - radius, y * SCALE - radius, x * SCALE + radius, y * SCALE + radius),
                        outline=(*colour, fade), width=3 * SCALE)  # fmt: skip
        self.image.paste(over, (0, 0), over)
        self.draw = ImageDraw.Draw(self.image)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6) -> None:
        over = Image.new("RGBA", (WIDTH, HEIGHT), (*colour, 0))
        ImageDraw.Draw(over).ellipse(
            (x - radius, y - radius, x + radius, y + radius), (*colour, round(255 * strength))
        )
        over = over.filter(ImageFilter.GaussianBlur(radius / 3)).resize(self.image.size)
        self.image.paste(over, (0, 0), over)
        self.draw = ImageDraw.Draw(self.image)

    def hills(self, level: float, height: float, waves: float, shift: float, colour: Colour) -> None:
        top = [
            (x, level - height * math.sin(x / WIDTH * math.tau * waves + shift))
            for x in range(0, WIDTH + 8, 8)
        ]
        self.area([(0, HEIGHT), *top, (WIDTH, HEIGHT)], colour)

    def house(self, x: float, y: float, size: float, *, wall: Colour, roof: Colour, window: Colour) -> None:
        self.box(x, y - size * 0.7, size, size * 0.7, wall)
        self.area(
            [
                (x - size * 0.1, y - size * 0.68),
                (x + size / 2, y - size * 1.25),
                (x + size * 1.1, y - size * 0.68),
            ],
            roof,
        )
        self.box(x + size * 0.14, y - size * 0.52, size * 0.2, size * 0.24, window)
        self.box(x + size * 0.62, y - size * 0.52, size * 0.2, size * 0.24, window)

    def turbine(self, x: float, foot: float, height: float, turn: float, colour: Colour) -> None:
        top = foot - height
        self.area(
            [
                (x - height * 0.022, foot),
                (x - height * 0.009, top),
                (x + height * 0.009, top),
                (x + height * 0.022, foot),
            ],
            colour,
        )
        for blade in range(3):
            angle = turn + blade * math.tau / 3
            along = (math.cos(angle), math.sin(angle))
            across = (-along[1] * height * 0.022, along[0] * height * 0.022)
            length = height * 0.52
            tip = (x + along[0] * length, top + along[1] * length)
            self.area(
                [
                    (x - across[0] / 2, top - across[1] / 2),
                    (x + along[0] * length * 0.25 + across[0], top + along[1] * length * 0.25 + across[1]),
                    tip,
                    (x + across[0] / 2, top + across[1] / 2),
                ],
                colour,
            )
        self.disc(x, top, height * 0.024, colour)

    def person(
        self,
        x: float,
        foot: float,
        size: float,
        *,
        helmet: Colour,
        coat: Colour,
        skin: Colour,
        hair: Colour | None = None,
    ) -> None:
        """A colleague in work clothes, without a face of anybody's."""
        dark = self.palette.ink
        self.box(x - size * 0.13, foot - size * 0.42, size * 0.11, size * 0.42, dark, round_by=size * 0.03)
        self.box(x + size * 0.02, foot - size * 0.42, size * 0.11, size * 0.42, dark, round_by=size * 0.03)
        self.box(x - size * 0.18, foot - size * 0.76, size * 0.36, size * 0.4, coat, round_by=size * 0.09)
        self.box(x - size * 0.18, foot - size * 0.56, size * 0.36, size * 0.045, self.palette.light)
        self.line(
            [(x - size * 0.16, foot - size * 0.68), (x - size * 0.25, foot - size * 0.42)], coat, size * 0.09
        )
        self.line(
            [(x + size * 0.16, foot - size * 0.68), (x + size * 0.26, foot - size * 0.47)], coat, size * 0.09
        )
        if hair:
            self.disc(x, foot - size * 0.86, size * 0.118, hair)
            self.box(
                x - size * 0.118, foot - size * 0.87, size * 0.236, size * 0.13, hair, round_by=size * 0.04
            )
        self.disc(x, foot - size * 0.87, size * 0.1, skin)
        self.draw.pieslice(
            [
                value * SCALE
                for value in (x - size * 0.125, foot - size * 1.02, x + size * 0.125, foot - size * 0.78)
            ],
            180,
            360,
            helmet,
        )
        self.box(
            x - size * 0.15, foot - size * 0.912, size * 0.3, size * 0.026, helmet, round_by=size * 0.012
        )
        self.draw.arc(
            [
                value * SCALE
                for value in (x - size * 0.045, foot - size * 0.89, x + size * 0.045, foot - size * 0.82)
            ],
            20,
            160,
            dark,
            round(size * 0.012 * SCALE),
        )

    def finish(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
