from __future__ import annotations

import re

import pytest

from genlyd.ui.domain.colour import DARK, LIGHT, SHAPE, TEXT, contrast
from genlyd.ui.stylesheets import FOLDER
from genlyd.ui.tokens import colours, filled_in

SURFACES = ("paper", "surface", "surface-2")
INKS = ("ink", "ink-2", "ink-3", "accent-text", "good", "warn", "bad")
THEMES = ("light", "dark")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("surface", SURFACES)
def test_text_can_be_read_on_every_surface(theme, ink, surface):
    known = colours(theme)
    assert contrast(known[ink], known[surface]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), [
    ("accent-ink", "accent"), ("accent-text", "accent-soft"), ("good", "good-soft"), ("warn", "warn-soft"),
    ("bad", "bad-soft"), ("ink", "warn-soft"), ("ink", "bad-soft"), ("ink-2", "accent-soft"), ("paper", "ink"),
    *[("ink", f"tint-{n}") for n in range(1, 7)],
])  # fmt: skip
def test_text_can_be_read_on_what_it_stands_on(theme, ink, ground):
    known = colours(theme)
    assert contrast(known[ink], known[ground]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", ["line-strong", "accent", *[f"chart-{n}" for n in range(1, 7)]])
def test_shapes_that_mean_something_can_be_seen(theme, shape):
    known = colours(theme)
    assert contrast(known[shape], known["surface"]) >= SHAPE
    assert contrast(known[shape], known["paper"]) >= SHAPE


@pytest.mark.parametrize(("theme", "ground"), [("light", LIGHT), ("dark", DARK)])
def test_surfaces_are_those_that_accents_are_corrected_against(theme, ground):
    known = colours(theme)
    assert (known["paper"], known["surface"], known["surface-2"]) == (
        ground.paper.hex, ground.surface.hex, ground.surface_2.hex,
    )  # fmt: skip


def test_both_dark_blocks_say_the_same():
    text = (FOLDER / "tokens.css").read_text()
    device, person = (text.split(start)[1].split("}")[0] for start in
                      (':root:not([data-theme="light"]) {', ':root[data-theme="dark"] {'))  # fmt: skip
    assert re.sub(r"\s+", " ", device) == re.sub(r"\s+", " ", person)


def test_dark_redefines_colours_only():
    assert set(colours("dark")) == set(colours("light"))


def test_an_own_accent_takes_the_place_of_ours():
    assert colours("light", "#004488")["accent"] == "#004488"


def test_roles_in_a_text_become_colours():
    assert filled_in("a var(--ink) b") == f"a {colours()['ink']} b"
