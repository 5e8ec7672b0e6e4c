"""A link as a QR code, for screens and for print."""

from __future__ import annotations

import io

import segno

#: How much of it may be dirty or torn: 15 % on screens, 30 % on what hangs outside.
SCREEN, PRINT = "m", "h"
#: Light modules around it. The standard asks for four; without them phones do not find it on a busy poster.
QUIET = 4
#: Dots of a PNG's shorter side at least: 10 cm at 300 dpi.
PRINT_DOTS = 1181
DOTS_PER_INCH = 300


def _code(url: str, level: str) -> segno.QRCode:
    return segno.make(url, error=level, micro=False, boost_error=True)


def svg(url: str, *, level: str = SCREEN, title: str = "") -> bytes:
    """Scales to any size. Dark on light always: many phones do not read it the other way round."""
    out = io.BytesIO()
    _code(url, level).save(
        out, kind="svg", border=QUIET, dark="#000", light="#fff", xmldecl=False, svgns=True, omitsize=True,
        title=title or None, nl=False,
    )  # fmt: skip
    return out.getvalue()


def png(url: str, *, level: str = PRINT) -> bytes:
    """For print: every module a whole number of dots, at least 10 cm wide at 300 dpi."""
    code = _code(url, level)
    modules = code.symbol_size(border=QUIET)[0]
    out = io.BytesIO()
    code.save(out, kind="png", border=QUIET, scale=-(-PRINT_DOTS // modules), dpi=DOTS_PER_INCH)
    return out.getvalue()
