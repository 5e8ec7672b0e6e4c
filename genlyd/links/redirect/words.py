"""What the pages say, in Danish and English. No Django and no catalogue: these are all the words there are."""

from __future__ import annotations

#: Page -> language -> (title, what happened and what to do now). With an organisation's name the second pair.
Words = dict[str, dict[str, tuple[str, str]]]

NOBODYS: Words = {
    "unknown": {
        "da": (
            "Her er ikke noget link",
            "Tjek, om adressen er skrevet rigtigt af, eller spørg den, der delte linket med dig.",
        ),
        "en": (
            "There is no link here",
            "Check that you have the whole address, or ask the person who shared it with you.",
        ),
    },
    "retired": {
        "da": (
            "Linket bruges ikke længere",
            "Det har virket engang, men er lukket nu. Spørg den, der delte det, om der er kommet et nyt.",
        ),
        "en": (
            "This link is no longer in use",
            "It used to work and has been closed. Ask the person who shared it whether there is a new one.",
        ),
    },
    "expired": {
        "da": (
            "Linket er udløbet",
            "Det gjaldt kun en tid, og den er gået. Spørg den, der delte det, om der er kommet et nyt.",
        ),
        "en": (
            "This link has expired",
            "It was meant for a while, which is over now. Ask the person who shared it whether there is a new one.",
        ),
    },
    "try_again": {
        "da": ("Prøv igen om lidt", "Vi kan ikke slå linket op lige nu. Det er os, ikke dig."),
        "en": ("Try again in a moment", "We cannot look the link up right now. It is us, not you."),
    },
    "door": {
        "da": ("Her bor korte links", "Links herfra deles af folk, der fortæller om deres arbejde."),
        "en": ("Short links live here", "Links from here are shared by people who talk about their work."),
    },
}
SOMEBODYS: Words = {
    **NOBODYS,
    "retired": {
        "da": (
            "Linket bruges ikke længere",
            "{name} har lukket det. Spørg den, der delte det, om der er kommet et nyt.",
        ),
        "en": (
            "This link is no longer in use",
            "{name} has closed it. Ask the person who shared it whether there is a new one.",
        ),
    },
    "door": {
        "da": (
            "Her bor korte links fra {name}",
            "De deles af folk hos {name}, når de fortæller om deres arbejde.",
        ),
        "en": (
            "Short links from {name} live here",
            "People at {name} share them when they talk about their work.",
        ),
    },
}
ASKED_FOR = {"da": "Du kom med", "en": "You came with"}
TRY_AGAIN = {"da": "Prøv igen", "en": "Try again"}
GO_TO = {"da": "Gå til {site}", "en": "Go to {site}"}
KEPT = {
    "da": "Ingen cookies. Din IP-adresse bliver ikke gemt.",
    "en": "No cookies. Your IP address is not stored.",
}
