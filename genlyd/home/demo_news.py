"""The demo organisation's own web site: what its feed offers and where its links lead. No network is needed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class News:
    slug: str
    title: str
    text: str
    days_ago: float


NEWS = (
    News(
        "praktikdage",
        "Praktikdage i uge 50, 2 og 6: kom og prøv, før du søger",
        "Tolv lærlingepladser, ingen karakterkrav. Du får en hjelm, en madpakke og en hel dag med en, der kan faget. "
        "Tilmelding hos Tina Kjær.",
        0.6,
    ),
    News(
        "elbusser-viborg",
        "Viborgs nye elbusser lader på nattestrøm fra Thisted",
        "Fra januar kører 18 bybusser på strøm. De lader mellem midnat og klokken fem, når vinden ofte giver mest. "
        "Netmontørerne har lagt 2,4 kilometer kabel til depotet.",
        1.4,
    ),
    News(
        "aabent-hus",
        "1.900 gæster til åbent hus på varmeværket i Hobro",
        "Der blev serveret 140 liter suppe, kogt på fjernvarme, og den ældste gæst var med, da værket åbnede i 1961.",
        2.2,
    ),
    News(
        "regnskab",
        "Regnskab for tredje kvartal er offentliggjort",
        "Omsætningen følger budgettet. Læs hele rapporten.",
        4.0,
    ),
)


def feed_url(site: str) -> str:
    return f"{site}/demo/nyt.xml"


def news_url(site: str, slug: str) -> str:
    return f"{site}/demo/nyt/{slug}/"
