"""The few pages a visitor of a short link may see, in Danish and English. No Django: these are all there are."""

from __future__ import annotations

from html import escape

from genlyd.base import env
from genlyd.links.redirect.answer import Answer, content, plain

CSS = """\
:root{color-scheme:light dark;--paper:#faf7f2;--ink:#1f2328;--soft:#5c6470;--accent:#b4472f}
@media (prefers-color-scheme:dark){:root{--paper:#16181b;--ink:#ece8e1;--soft:#a3a9b2;--accent:#f0907a}}
*{box-sizing:border-box}
body{margin:0;min-height:100svh;display:grid;place-items:center;background:var(--paper);color:var(--ink);
font:1.0625rem/1.6 system-ui,sans-serif;padding:1.5rem}
main{max-width:30rem}
svg{display:block;width:4.5rem;height:4.5rem;color:var(--accent)}
h1{font-size:1.75rem;line-height:1.2;margin:1.5rem 0 .75rem;text-wrap:balance}
p{margin:0;color:var(--soft);text-wrap:pretty}
"""
RINGS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="{colour}" stroke-width="3" '
    'aria-hidden="true"><circle cx="24" cy="24" r="4" fill="{colour}" stroke="none"/><circle cx="24" cy="24" r="11"/>'
    '<circle cx="24" cy="24" r="19" opacity=".45"/></svg>'
)
_ICON = content(200, RINGS.format(colour="#b4472f"), "image/svg+xml", cache="public, max-age=604800")
FIXED: dict[str, Answer] = {
    "/robots.txt": plain(200, "User-agent: *\nAllow: /\n"),
    "/favicon.ico": _ICON,
    "/favicon.svg": _ICON,
    "/style.css": content(200, CSS, "text/css; charset=utf-8", cache="public, max-age=86400"),
}
#: (title, what to do now) per page and language.
_WORDS = {
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
    "try_again": {
        "da": ("Prøv igen om lidt", "Vi kan ikke slå linket op lige nu. Det er os, ikke dig."),
        "en": ("Try again in a moment", "We cannot look the link up right now. It is us, not you."),
    },
    "door": {
        "da": ("Her bor korte links", "Links herfra deles af folk, der fortæller om deres arbejde."),
        "en": ("Short links live here", "Links from here are shared by people who talk about their work."),
    },
}


def _default_language() -> str:
    return env.choice(
        "GENLYD_LANGUAGE", "en", ("en", "da"), help="Language of people who have not chosen one."
    )


def _page(status: int, name: str, language: str, **headers: str) -> Answer:
    language = language or _default_language()
    title, text = _WORDS[name][language]
    body = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="/favicon.svg">'
        '<link rel="stylesheet" href="/style.css"></head>'
        f"<body><main>{RINGS.format(colour='currentColor')}<h1>{escape(title)}</h1><p>{escape(text)}</p></main>"
        "</body></html>"
    )
    return content(
        status,
        body,
        "text/html; charset=utf-8",
        content_security_policy="default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'",
        content_language=language,
        vary="Accept-Language",
        **headers,
    )


def unknown(language: str) -> Answer:
    return _page(404, "unknown", language)


def retired(language: str) -> Answer:
    return _page(410, "retired", language)


def try_again(language: str) -> Answer:
    return _page(503, "try_again", language, retry_after="5")


def at_the_door(language: str) -> Answer:
    return _page(200, "door", language)
