"""Which shapes of picture a network takes."""

from __future__ import annotations

#: Pixels round: 1080 x 566 is 1.908, and passes for 1.91.
TOLERANCE = 0.01


def fits(shape: float, shapes: tuple[float, float] | None) -> bool:
    """`shape` is width divided by height, `shapes` the narrowest and the widest; None takes all."""
    return shapes is None or shapes[0] - TOLERANCE <= shape <= shapes[1] + TOLERANCE
