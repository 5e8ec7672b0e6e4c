"""Pictures for the demo's stories: drawn here from plain shapes, so that nobody's licence or face is in them."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np

from genlyd.cli.simulate.pictures import scenes
from genlyd.cli.simulate.pictures.sheet import HEIGHT, WIDTH, Sheet

__all__ = ["DRAWINGS", "HEIGHT", "WIDTH", "draw"]

DRAWINGS: dict[str, Callable[[np.random.Generator], Sheet]] = {
    scene.__name__: scene
    for scene in (
        scenes.night,
        scenes.apprentice,
        scenes.team,
        scenes.harbour,
        scenes.house,
        scenes.chart,
        scenes.turbines,
        scenes.boiler,
        scenes.tank,
    )
}


def draw(name: str, seed: int) -> bytes:
    """A JPEG of 1200 x 675. The seed varies the scene a little, and the light always."""
    rng = np.random.default_rng(seed)
    image = DRAWINGS[name](rng).finish()
    light = rng.uniform(-0.03, 0.03, 3)
    image = image.convert("RGB", (1 + light[0], 0, 0, 0, 0, 1 + light[1], 0, 0, 0, 0, 1 + light[2], 0))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
