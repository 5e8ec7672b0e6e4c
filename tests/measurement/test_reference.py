"""The reference page says of every KPI what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from genlyd.measurement.domain.dictionary import DICTIONARY, STARTERS
from genlyd.measurement.words import WORDS

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "reference" / "kpis.md").read_text()


@pytest.mark.parametrize("key", sorted(DICTIONARY))
def test_page_has_names_formula_and_quality(key: str) -> None:
    definition, words = DICTIONARY[key], WORDS[key]
    with translation.override("da"):
        danish = str(words.name)
    with translation.override("en"):
        line = (
            f"| `{key}` | {words.name} | {danish} | {words.formula} | {definition.quality} |"
            f" {definition.course.value} |"
        )
    assert line in PAGE.splitlines()


def test_every_kpi_has_words_and_nothing_else_has() -> None:
    assert WORDS.keys() == DICTIONARY.keys()


def test_page_has_the_starter_sets() -> None:
    with translation.override("en"):
        for goal, keys in STARTERS.items():
            assert f"| {goal} | {', '.join(str(WORDS[key].name).lower() for key in keys)} |" in PAGE
