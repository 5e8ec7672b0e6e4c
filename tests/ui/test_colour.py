from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.ui.domain.colour import (
    DARK,
    LIGHT,
    SHAPE,
    TEXT,
    accent_for,
    brand_css,
    contrast,
    parse,
    to_hex,
    to_oklch,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS, st.sampled_from([LIGHT, DARK]))
def test_every_accent_can_be_read(colour, ground):
    accent = accent_for(colour, ground)
    surfaces = [ground.paper.hex, ground.surface.hex, ground.surface_2.hex]
    assert contrast(accent.fill, accent.ink) >= TEXT
    assert all(contrast(accent.text, surface) >= TEXT for surface in [*surfaces, accent.soft])
    assert all(contrast(accent.fill, surface) >= SHAPE for surface in surfaces)


@given(COLOURS)
def test_a_colour_survives_the_way_to_oklch_and_back(colour):
    for one, other in zip(
        bytes.fromhex(colour[1:]), bytes.fromhex(to_hex(to_oklch(colour))[1:]), strict=True
    ):
        assert abs(one - other) <= 2


@given(COLOURS, COLOURS)
def test_contrast_is_symmetric_and_within_its_bounds(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


def test_contrast_agrees_with_known_values():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_the_hue_stays_the_organisations_own(colour):
    before = to_oklch(colour)
    after = to_oklch(accent_for(colour, LIGHT).fill)
    if before.chroma > 0.08 and after.chroma > 0.05:
        assert min(abs(before.hue - after.hue), 360 - abs(before.hue - after.hue)) < 12


def test_a_colour_that_works_is_left_alone():
    assert accent_for("#b3472e", LIGHT).fill == "#b3472e"


@pytest.mark.parametrize("wrong", ["", "red", "#12345", "#gggggg", "b3472e", "#b3472e;}", "url(x)"])
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(ValueError, match="not a colour"):
        brand_css(wrong)


def test_short_and_upper_case_colours_are_understood():
    assert parse("#FA0") == "#ffaa00"


@given(COLOURS)
def test_the_sheet_holds_nothing_but_roles_and_colours(colour):
    values = re.findall(r"--[a-z0-9-]+:([^;]+);", brand_css(colour))
    assert values
    assert all(re.fullmatch(r"#[0-9a-f]{6}", value) for value in values)
