"""Which letters the bytes of a page mean."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
#: What browsers read these labels as: pages that say Latin-1 mean Windows-1252 (“quotes”, €).
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030"}

_SCRIPTS_OF_THEIR_OWN = {
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
}  # fmt: skip


def decoded(body: bytes, content_type: str = "") -> str:
    """The text: byte order mark, then header, then the page's own meta, then UTF-8 if it is, then a guess.

    A label that the bytes contradict is not believed; what cannot be read becomes U+FFFD.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, errors="replace")
    in_header, in_meta = _IN_HEADER.search(content_type), _IN_META.search(body[:4096])
    labels = [match.group(1) for match in (in_header,) if match]
    labels += [match.group(1).decode("ascii", "replace") for match in (in_meta,) if match]
    for label in [*labels, "utf-8"]:
        name = _known(label)
        if name:
            try:
                return body.decode(name)
            except UnicodeError:
                continue
    return _guessed(body, labels)


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    # A page that carries an ASCII meta tag is not UTF-16, whatever the tag says.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _AS_BROWSERS_DO.get(name, name)


def _guessed(body: bytes, labels: list[str]) -> str:
    # One broken byte in a page that says UTF-8 and nearly is: keep the page, not the byte.
    if any(_known(label) == "utf-8" for label in labels):
        text = body.decode("utf-8", errors="replace")
        if text.count("\ufffd") * 200 < len(text):
            return text
    # Short Western texts are easily taken for Central European or Mac Roman; on the web they are Windows-1252.
    # Only a script of its own is believed.
    best = from_bytes(body[:60_000]).best()
    encoding = best.encoding if best and best.encoding in _SCRIPTS_OF_THEIR_OWN else "cp1252"
    return body.decode(encoding, errors="replace")
