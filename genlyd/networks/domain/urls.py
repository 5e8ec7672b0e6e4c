"""Finding http(s) addresses in what a person wrote."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import regex

_URL = regex.compile(r"(?<![\w@/])https?://[^\s<>\"'“”«»\x00-\x1f]+", regex.IGNORECASE)
_TRAILING = ".,;:!?…*_~'’”»"


@dataclass(frozen=True)
class Span:
    """Half-open, in code points of the text."""

    start: int
    end: int
    url: str


def _trimmed(candidate: str) -> str:
    """Without the sentence's own punctuation; a closing bracket stays only if it was opened inside."""
    while candidate:
        last = candidate[-1]
        opening = {")": "(", "]": "[", "}": "{"}.get(last)
        if last in _TRAILING or (opening and candidate.count(last) > candidate.count(opening)):
            candidate = candidate[:-1]
        else:
            break
    return candidate


def find_urls(text: str) -> list[Span]:
    spans = []
    for match in _URL.finditer(text):
        url = _trimmed(match.group())
        try:
            host = urlsplit(url).hostname
        except ValueError:
            continue
        if host and ("." in host or host == "localhost"):
            spans.append(Span(match.start(), match.start() + len(url), url))
    return spans
