"""Vega-Lite to SVG and PNG in this process, by vl-convert: no browser, no script on the page."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from typing import Any

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from genlyd import __version__
from genlyd.ui.tokens import colours, filled_in

DAY = 24 * 3600
#: One engine per process (about 85 MB once it is loaded), one drawing at a time.
ENGINE = threading.Lock()
LOCALES = {"da": "da-DK", "en": "en-GB"}
TIME_LOCALES = {"da": "da-DK", "en": "en-GB"}
#: Only for measuring and for pictures; on a page the style sheet says which typeface.
OWN_NAME = re.compile(r"""(id="|url\(#|href="#)""")
FONT = "Liberation Sans"
CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "padding": {"left": 2, "right": 8, "top": 8, "bottom": 2},
    "axis": {
        "domain": False,
        "ticks": False,
        "labelColor": "var(--ink-3)",
        "labelFontSize": 13,
        "labelPadding": 8,
        "titleColor": "var(--ink-3)",
        "titleFontWeight": "normal",
        "titleFontSize": 13,
        "gridColor": "var(--line)",
        "gridWidth": 1,
    },
    "text": {"fill": "var(--ink-2)", "fontSize": 13},
}


def converter() -> Any:
    """Loaded when the first chart is drawn: most processes never draw one."""
    import vl_convert

    return vl_convert


def locale() -> dict[str, str]:
    language = (get_language() or "en").split("-")[0]
    return {
        "format_locale": LOCALES.get(language, "en-GB"),
        "time_format_locale": TIME_LOCALES.get(language, "en-GB"),
    }


def complete(spec: dict[str, Any]) -> dict[str, Any]:
    return {**spec, "config": {**CONFIG, **spec.get("config", {})}}


def svg(spec: dict[str, Any]) -> SafeString:
    """Inline SVG with roles for colours. Kept by what is drawn and in which language."""
    text = json.dumps(complete(spec), sort_keys=True, default=str)
    names = locale()
    key = "chart:" + hashlib.sha256(f"{__version__} {names} {text}".encode()).hexdigest()
    drawn: str | None = cache.get(key)
    if drawn is None:
        with ENGINE:
            drawn = converter().vegalite_to_svg(text, allowed_base_urls=[], **names)
        # Several charts stand on one page: the names inside each must be its own.
        drawn = OWN_NAME.sub(rf"\g<1>{key[6:14]}-", drawn)
        cache.set(key, drawn, DAY)
    # Our own specs; words in them are escaped by the converter.
    return SafeString(drawn)


def png(spec: dict[str, Any], theme: str, accent: str) -> bytes:
    ground = colours(theme, accent)["surface"]
    text = filled_in(json.dumps(complete(spec), sort_keys=True, default=str), theme, accent)
    whole = json.loads(text)
    whole["config"]["background"] = ground
    with ENGINE:
        picture: bytes = converter().vegalite_to_png(
            json.dumps(whole), scale=2, allowed_base_urls=[], **locale()
        )
    return picture
