"""How networks count a post's length. Every count is 0 for "" and never falls when text is added at the end
(Mastodon excepted while a URL is being typed: it counts as a whole from the moment it is one)."""

from __future__ import annotations

import regex

from genlyd.networks.domain.urls import find_urls

URL_WEIGHT = 23
_CLUSTER = regex.compile(r"\X")
#: Shown as a picture: by nature, by the variation selector, by a skin tone, as a flag, as a keycap.
_EMOJI = regex.compile(
    r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Emoji}\p{Emoji_Modifier}"
    r"|\p{Regional_Indicator}|[#*0-9]\uFE0F?\u20E3"
)


def code_points(text: str) -> int:
    return len(text)


def graphemes(text: str) -> int:
    """What a person sees as one character, emoji families included."""
    return sum(1 for _ in _CLUSTER.finditer(text))


def utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _without_urls(text: str) -> tuple[str, int]:
    """The text with its URLs cut out, and how many there were."""
    spans = find_urls(text)
    kept, last = [], 0
    for span in spans:
        kept.append(text[last : span.start])
        last = span.end
    return "".join([*kept, text[last:]]), len(spans)


def mastodon_length(text: str, *, url_weight: int = URL_WEIGHT) -> int:
    """Mastodon: graphemes, a URL counts 23 (or what the server says), of @name@server only @name counts."""
    rest, urls = _without_urls(text)
    rest = regex.sub(r"(?<![\w/])(@[\w.-]+)@[\w.-]+\w", r"\1", rest)
    return urls * url_weight + graphemes(rest)


def threads_length(text: str) -> int:
    """Threads: an emoji counts as its UTF-8 bytes, everything else as one."""
    total = 0
    for cluster in _CLUSTER.findall(text):
        total += utf8_bytes(cluster) if _EMOJI.match(cluster) else len(cluster)
    return total
