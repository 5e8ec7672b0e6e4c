from __future__ import annotations

from pathlib import Path

from django.utils import translation

from genlyd.networks.reference import PAGE, page
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.words import PROBLEMS

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_of_networks_is_written_from_the_declarations() -> None:
    written = (ROOT / PAGE).read_text(encoding="utf-8")
    with translation.override("en"):
        said = {key: str(words) for key, words in PROBLEMS.items()}
    assert page(written, said) == written, "run: django write_networks"


def test_every_network_that_posts_by_itself_has_a_guide_for_administrators() -> None:
    guides = {path.stem for path in (ROOT / "docs/operate/networks").glob("*.md")}
    assert {key for key, network in NETWORKS.items() if network.sign_ins} <= guides
