from __future__ import annotations

import pytest

from genlyd.rules.domain.disclosure import first_sentence, judge, suggestions
from genlyd.rules.domain.settings import Disclosure

FJORDKRAFT = Disclosure(("Fjordkraft", "Fjordkraft Vind"), ("på værket",))


@pytest.mark.parametrize(
    "text",
    [
        "Her hos Fjordkraft har vi lige rejst en mølle.",
        "Hos os i Fjordkraft begynder dagen klokken fem.",
        "På mit arbejde i dag så jeg en havørn.",
        "Vi hos Fjordkraft Vind søger en kollega.",
        "Jeg arbejder som tekniker hos Fjordkraft.",
        "Jeg er tekniker hos Fjordkraft og elsker det.",
        "Mine kolleger i Fjordkraft er seje.",
        "Fjordkraft, hvor jeg arbejder, søger folk.",
        "På min arbejdsplads spiser vi sammen.",
        "Her hos #Fjordkraft er der kage.",
        "Godmorgen fra havnen #TeamFjordkraft",
        "Ude på værket i dag: sol.",
        "Vindmølletekniker hos Fjordkraft. Otte år i tårnet.",
        "Otte år i tårnet.\nVindmølletekniker hos Fjordkraft",
        "Som lærling hos Fjordkraft får man lov til noget.",
        "I work at Fjordkraft, and today was windy.",
        "Here at Fjordkraft we climb before breakfast.",
        "As a technician at Fjordkraft I see the sea.",
        "My colleagues at Fjordkraft sing.",
        "My employer asked me nothing.",
        "HER   HOS\nFJORDKRAFT er der larm",
    ],
)
def test_disclosed_in_both_languages(text: str) -> None:
    verdict = judge(text, FJORDKRAFT)
    assert (verdict.present, verdict.early) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "Fjordkraft søger 40 teknikere.",
        "Sikke en flot virksomhed! #Fjordkraft",
        "Hos os i haven blomstrer det.",
        "Vi ved at Fjordkraft bygger.",
        "Jeg er kunde hos Fjordkraft.",
        "As a customer at Fjordkraft I am happy.",
        "Her hos Fjordkraftværket",
        "Jeg talte med en vindmølletekniker hos Fjordkraft.",
        "Tak til den tekniker hos Fjordkraft, som kom.",
        "Møllen, som står hos Fjordkraft, drejer.",
        "",
    ],
)
def test_a_mention_is_no_disclosure(text: str) -> None:
    assert not judge(text, FJORDKRAFT).present


def test_late_disclosure() -> None:
    text = "Sikke en dag. " + "Solen skinnede over vandet og alle var glade. " * 3 + "Her hos Fjordkraft."
    verdict = judge(text, FJORDKRAFT)
    assert (verdict.present, verdict.early) == (True, False)


def test_a_long_first_sentence_is_early_enough() -> None:
    text = "Solen skinnede over vandet, " * 5 + "og her hos Fjordkraft var alle glade."
    assert judge(text, FJORDKRAFT).early


def test_first_sentence_skips_an_opening_of_signs() -> None:
    text = "…\nHej med jer. Og farvel."
    assert text[: first_sentence(text)] == "…\nHej med jer"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_suggestion_passes_the_check(language: str) -> None:
    for suggestion in suggestions(("Fjordkraft",), language):
        assert judge(suggestion, FJORDKRAFT).early, suggestion
    for suggestion in suggestions((), language):
        assert judge(suggestion, Disclosure()).early, suggestion
