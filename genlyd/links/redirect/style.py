"""The style sheet of the pages. It stands in the page itself, so that a page is whole in one answer; the policy names
its hash, so that nothing else may be styled or run."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from genlyd.ui.domain.colour import DARK, LIGHT, Accent, accent_for, parse

#: Genlyd's own, for whoever has no colour.
ACCENT = "#b8452a"
_LIGHT = "--paper:#faf7f2;--ink:#1b1f29;--soft:#4a5060;--line:#ddd6ca;"
_DARK = "--paper:#121419;--ink:#ece8e1;--soft:#b9bac0;--line:#2f343d;"
_RULES = """\
*{box-sizing:border-box}
body{margin:0;min-height:100svh;display:grid;grid-template-rows:auto 1fr auto;position:relative;overflow-x:hidden;
background:var(--paper);color:var(--ink);font:1.0625rem/1.6 "Schibsted Grotesk",ui-sans-serif,system-ui,sans-serif}
.room{position:absolute;inset:0;z-index:-1;overflow:hidden;pointer-events:none}
.room svg{position:absolute;bottom:-46rem;left:50%;width:88rem;height:88rem;translate:-50% 0;fill:none;
stroke:var(--line);stroke-width:.35}
header,footer{padding:1.25rem clamp(1.25rem,5vw,3rem);display:flex;align-items:center;gap:.75rem;min-height:4.5rem}
header{font-weight:650;letter-spacing:-.01em}
header span{overflow-wrap:anywhere}
header svg{width:1.75rem;height:1.75rem;color:var(--accent-text);flex:none}
header img{display:block;max-height:3rem;max-width:min(14rem,60vw);width:auto;height:auto}
footer{font-size:.875rem;color:var(--soft);justify-content:center;text-align:center}
main{display:grid;place-content:center;padding:2rem clamp(1.25rem,5vw,3rem) 5rem}
.box{width:min(35rem,calc(100vw - 2.5rem))}
h1{font-size:clamp(2rem,1.6rem + 2vw,2.75rem);line-height:1.12;letter-spacing:-.02em;font-weight:700;margin:0 0 1rem;
text-wrap:balance;overflow-wrap:break-word;hyphens:auto}
p{margin:0;color:var(--soft);text-wrap:pretty}
p+p{margin-top:.75rem}
code{font:.9375rem/1.5 ui-monospace,"SF Mono","DejaVu Sans Mono",monospace;color:var(--ink);
background:var(--accent-soft);padding:.15em .5em;border-radius:.375rem;overflow-wrap:anywhere}
.on{margin-top:2rem}
.on a{display:inline-flex;align-items:center;min-height:3rem;padding:.5rem 1.375rem;border-radius:99rem;font-weight:600;
background:var(--accent);color:var(--accent-ink);text-decoration:none;overflow-wrap:anywhere}
.on a:hover{text-decoration:underline;text-underline-offset:.2em}
a:focus-visible{outline:2px solid var(--accent-text);outline-offset:3px}
"""


def _roles(accent: Accent) -> str:
    return (
        f"--accent:{accent.fill};--accent-ink:{accent.ink};"
        f"--accent-text:{accent.text};--accent-soft:{accent.soft}"
    )


def colour_of(accent: str) -> str:
    """#rrggbb; Genlyd's own for what is no colour."""
    try:
        return parse(accent)
    except ValueError:
        return ACCENT


@lru_cache(maxsize=1_000)
def style(colour: str) -> tuple[str, str]:
    """(style sheet, source for the policy) of an accent, corrected until it can be read in light and in dark."""
    sheet = (
        f":root{{color-scheme:light dark;{_LIGHT}{_roles(accent_for(colour, LIGHT))}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_DARK}{_roles(accent_for(colour, DARK))}}}"
        # Most logos are drawn for white paper.
        "header img{background:#fff;padding:.5rem .75rem;border-radius:.625rem;max-height:4rem}}"
        f"{_RULES}"
    )
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return sheet, f"'sha256-{digest}'"
