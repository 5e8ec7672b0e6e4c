"""What X takes for an address, with or without https:// (after twitter-text 3.1.0, Copyright 2018 Twitter, Inc.,
Apache License 2.0). It decides the length of a post, and its price: "yesterday.Men" holds an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: An address longer than this is none.
LONGEST = 4096
#: In a longer text addresses are not looked for: it is no post, whatever it holds.
LONGEST_TEXT = 2 * LONGEST
LONGEST_LABEL = 63
LONGEST_SHORT = 40

_INVALID = "\ufffe\ufeff\uffff"
_SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_DIRECTION = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
#: The last line: letters whose capital is in the ranges, as a pattern that ignores case sees them there.
_ACCENTED = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    "\u0300-\u036f\u1e00-\u1eff"
    "\u0260\u0269\u0275\u0280\u0283\u0288\u028a\u028c\u0292\u0399\u03b9\u1fbe\u2c65\u2c66\u2c7e\u2c7f"
)
_CYRILLIC = "\u0400-\u04ff\u1c80-\u1c87"
_PUNCTUATION = r"!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$"

# Possessive where nothing is gained by going back, so that a long word is not read again from each of its letters.
_LETTER = f"[^{_PUNCTUATION}{_SPACES}{_INVALID}{_DIRECTION}]"
_SUBDOMAIN = rf"{_LETTER}++(?:[_-]++{_LETTER}++)*+\."
_NAME = rf"{_LETTER}++(?:-++{_LETTER}++)*+\."
_PATH = rf"[a-z{_CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTED}]"
_BRACKETS = rf"\((?:{_PATH}+|(?:{_PATH}*\({_PATH}+\){_PATH}*))\)"
_PATH_END = rf"(?:[+\-a-z{_CYRILLIC}0-9=_#/{_ACCENTED}]|(?:{_BRACKETS}))"
_WAY = rf"(?:(?:{_PATH}*(?:{_BRACKETS}{_PATH}*)*{_PATH_END})|(?:@{_PATH}+/))"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
#: ASCII: the case of other letters is not folded, so that no letter stands for an ASCII one.
_FLAGS = re.ASCII | re.IGNORECASE

_NO_START = re.compile(r"[-_./]\Z")
_SHORT = re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", _FLAGS)
_DOT_LIKE = re.compile("[.\u3002\uff0e\uff61]")


def data(name: str) -> list[str]:
    """The lines of a file next to this one that are no comment."""
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ") and line != "#"]


@cache
def _top_level() -> str:
    names = [name for line in data("top_level.txt") for name in line.split()]
    every = {form for name in names for form in (name, name if name.isascii() else name.upper())}
    return rf"(?:{_any_of(every)}(?=[^0-9a-zA-Z@+-]|\Z)|xn--[\-0-9a-z]+)"


def _any_of(names: set[str]) -> str:
    """The longest of them, looked up letter by letter: tried in turn, fifteen hundred names take far longer."""
    by_letter: dict[str, set[str]] = {}
    for name in names:
        by_letter.setdefault(name[:1], set()).add(name[1:])
    ends = by_letter.pop("", None) is not None
    branches = "|".join(re.escape(letter) + _any_of(rest) for letter, rest in sorted(by_letter.items()))
    return "" if not branches else f"(?:{branches})" + ("?" if ends else "")


@cache
def _address() -> re.Pattern[str]:
    before = rf"(?:[^A-Za-z0-9@＠$#＃{_INVALID}]|[{_DIRECTION}]|\A)"
    # A domain has at most 127 parts; without an end here, a hostile text takes seconds.
    domain = rf"(?:{_SUBDOMAIN}){{0,125}}(?:{_NAME}){_top_level()}"
    return re.compile(rf"({before})((https?://)?({domain})(?::[0-9]+)?(/{_WAY}*)?(?:{_QUERY})?)", _FLAGS)


@cache
def _plain_domain() -> re.Pattern[str]:
    return re.compile(rf"(?:[\-a-z0-9{_ACCENTED}]+\.)+{_top_level()}", _FLAGS)


@dataclass(frozen=True)
class Address:
    """Half-open, in UTF-16 units of the text."""

    start: int
    end: int
    url: str


def units(text: str) -> str:
    """The text as JavaScript sees it, in which X's rules are written: one character for each UTF-16 unit."""
    return "".join(map(chr, memoryview(text.encode("utf-16", "surrogatepass")[2:]).cast("H")))


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def find(text: str) -> list[Address]:
    """Every address in a text in UTF-16 units that is in NFC already."""
    if "." not in text or len(text) > LONGEST_TEXT:
        return []
    found: list[Address] = []
    for match in _address().finditer(text):
        before, url, protocol, domain, way = match.groups()
        begin = match.end() - len(url)
        if not _valid(url, protocol or "https://", domain):
            continue
        if protocol:
            if short := _SHORT.match(url):
                if len(short.group(1)) > LONGEST_SHORT:
                    continue
                url = short.group()
            found.append(Address(begin, begin + len(url), _whole(url)))
        elif not _NO_START.search(before):
            found += _without_protocol(url, domain, way, begin)
    return found


def _without_protocol(url: str, domain: str, way: str | None, begin: int) -> list[Address]:
    """Only what is Latin of the domain; a path belongs to the last of them."""
    parts = list(_plain_domain().finditer(domain))
    found = [Address(begin + part.start(), begin + part.end(), part.group()) for part in parts]
    if found and way:
        last = found[-1]
        whole = url.replace(domain, last.url, 1)
        found[-1] = Address(last.start, last.start + len(whole), _whole(whole))
    return found


def _valid(url: str, protocol: str, domain: str) -> bool:
    if domain.startswith("xn--") and not _plain_domain().search(domain):
        return False
    if any(not 0 < len(_encoded(label)) <= LONGEST_LABEL for label in domain.split(".")):
        return False
    return len(protocol) + len(url) <= LONGEST


def _encoded(label: str) -> str:
    parts = _DOT_LIKE.split(_whole(label))
    return ".".join(
        part if part.isascii() and part.isprintable() else "xn--" + part.encode("punycode").decode()
        for part in parts
    )
