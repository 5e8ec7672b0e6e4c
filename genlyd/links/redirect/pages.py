"""The few pages a visitor of a short link may see: in their language, with the organisation's look. No Django."""

from __future__ import annotations

from html import escape

from genlyd.base import env
from genlyd.links.redirect import words
from genlyd.links.redirect.answer import Answer, content
from genlyd.links.redirect.files import RINGS, logo
from genlyd.links.redirect.look import NOBODY, Look
from genlyd.links.redirect.style import style

_ROOM = (
    '<div class="room" aria-hidden="true"><svg viewBox="0 0 400 400">'
    + "".join(f'<circle cx="200" cy="200" r="{radius}"/>' for radius in (40, 72, 104, 136, 168, 199))
    + "</svg></div>"
)
_EMBLEM = RINGS.format(colour="currentColor")


def unknown(language: str, look: Look = NOBODY, slug: str = "") -> Answer:
    """`slug` is shown as it was asked for: most who get here have typed it from paper."""
    return _page(404, "unknown", language, look, slug=slug)


def retired(language: str, look: Look = NOBODY) -> Answer:
    return _page(410, "retired", language, look)


def expired(language: str, look: Look = NOBODY) -> Answer:
    return _page(410, "expired", language, look)


def try_again(language: str, look: Look = NOBODY, slug: str = "") -> Answer:
    """`slug` is where the button leads."""
    again = (words.TRY_AGAIN, f"/{slug}") if slug else None
    return _page(503, "try_again", language, look, button=again, retry_after="5")


def at_the_door(language: str, look: Look = NOBODY) -> Answer:
    return _page(200, "door", language, look)


def _default_language() -> str:
    return env.choice(
        "GENLYD_LANGUAGE", "en", ("en", "da"), help="Language of people who have not chosen one."
    )


def _page(
    status: int,
    name: str,
    language: str,
    look: Look,
    *,
    slug: str = "",
    button: tuple[dict[str, str], str] | None = None,
    **headers: str,
) -> Answer:
    language = language or _default_language()
    title, text = (
        escape(part.format(name=look.name))
        for part in (words.SOMEBODYS if look.name else words.NOBODYS)[name][language]
    )
    sheet, source = style(look.colour)
    asked = f"<p>{words.ASKED_FOR[language]} <code>/{escape(slug)}</code></p>" if slug else ""
    if button is None and look.website:
        button = ({language: words.GO_TO[language].format(site=look.site)}, look.website)
    on = ""
    if button:
        on = f'<p class="on"><a href="{escape(button[1])}">{escape(button[0][language])}</a></p>'
    body = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="icon" href="/favicon-{look.colour[1:]}.svg" type="image/svg+xml">'
        f"<style>{sheet}</style></head><body>{_ROOM}<header>{_brand(look)}</header>"
        f'<main><div class="box"><h1>{title}</h1><p>{text}</p>{asked}{on}</div></main>'
        f"<footer>{words.KEPT[language]}</footer></body></html>"
    )
    return content(
        status,
        body,
        "text/html; charset=utf-8",
        content_security_policy=(
            f"default-src 'none'; style-src {source}; img-src 'self'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        ),
        referrer_policy="no-referrer",
        content_language=language,
        vary="Accept-Language",
        **headers,
    )


def _brand(look: Look) -> str:
    """The logo if it is on this machine, else the name; the rings for nobody."""
    if look.logo and logo(look.logo) is not None:
        return f'<img src="/logo/{escape(look.logo)}" alt="{escape(look.name)}">'
    return f"{_EMBLEM}<span>{escape(look.name)}</span>" if look.name else _EMBLEM
