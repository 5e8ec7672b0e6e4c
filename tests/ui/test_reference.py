from __future__ import annotations

from pathlib import Path

from genlyd.ui.components.engine import COMPONENTS
from genlyd.ui.components.reference import MARK, PAGE, page

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_says_what_the_declarations_say():
    written = (ROOT / PAGE).read_text()
    assert MARK in written
    assert page(written) == written, "run: django write_components"


def test_every_component_has_a_template_that_belongs_to_it():
    folder = ROOT / "genlyd/ui/templates/ui/components"
    assert {path.stem for path in folder.glob("*.html")} == set(COMPONENTS)
