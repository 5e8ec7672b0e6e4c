"""The few files beside the links, and a quick no to everything scanners ask for. None of it asks the database."""

from __future__ import annotations

import re
from collections import OrderedDict
from pathlib import Path

from genlyd.base.home import genlyd_home
from genlyd.links.redirect.answer import Answer, content, plain
from genlyd.links.redirect.style import ACCENT

RINGS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="{colour}" stroke-width="3" '
    'aria-hidden="true"><circle cx="24" cy="24" r="4" fill="{colour}" stroke="none"/><circle cx="24" cy="24" r="11"/>'
    '<circle cx="24" cy="24" r="19" opacity=".45"/></svg>'
)
WEEK = "public, max-age=604800"
FOREVER = "public, max-age=31536000, immutable"
_SVG = "image/svg+xml"
# Everything may be fetched: the networks' preview fetchers obey this file, and a post without its preview is a worse
# post. That no search engine lists a short link is said in each answer.
_FIXED = {
    "/robots.txt": plain(200, "User-agent: *\nAllow: /\n", cache="public, max-age=86400"),
    "/favicon.ico": content(200, RINGS.format(colour=ACCENT), _SVG, cache=WEEK),
    "/favicon.svg": content(200, RINGS.format(colour=ACCENT), _SVG, cache=WEEK),
}
#: /.well-known/…, /wp-login.php, /ads.txt, /apple-touch-icon.png: no slug has a dot.
_NOTHING = plain(404, "Nothing here.\n", cache="public, max-age=300")
_TINTED = re.compile(r"/favicon-([0-9a-f]{6})\.svg")
_LOGO = re.compile(r"/logo/([A-Za-z0-9_-]{1,80}\.(png|jpg))")
_KINDS = {"png": "image/png", "jpg": "image/jpeg"}
#: Logos kept in memory. Their names are random and never used again, so what is known never grows old.
MOST_LOGOS = 50
_logos: OrderedDict[str, Answer] = OrderedDict()


def file(path: str) -> Answer | None:
    """What is at a path that is no link: a file, or a plain 404. None: this may be a link, or a person is lost."""
    fixed = _FIXED.get(path)
    if fixed is not None or "." not in path:
        return fixed
    if match := _TINTED.fullmatch(path):
        return content(200, RINGS.format(colour=f"#{match[1]}"), _SVG, cache=FOREVER)
    if match := _LOGO.fullmatch(path):
        return logo(match[1]) or _NOTHING
    return _NOTHING


def logo(name: str) -> Answer | None:
    """An organisation's logo by its file's name; None where the uploads are not on this machine."""
    if known := _logos.get(name):
        _logos.move_to_end(name)
        return known
    try:
        data = (genlyd_home() / "media" / "logos" / Path(name).name).read_bytes()
    except OSError:
        return None
    answer = content(200, data, _KINDS[name.rpartition(".")[2]], cache=FOREVER)
    _logos[name] = answer
    if len(_logos) > MOST_LOGOS:
        _logos.popitem(last=False)
    return answer
