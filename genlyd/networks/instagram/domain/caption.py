"""What Instagram takes in a caption: 2200 characters, 30 hashtags, 20 names."""

from __future__ import annotations

import regex

#: A hashtag or a name begins a word; "#1" alone is none.
_HASHTAG = regex.compile(r"(?<![\w&/])#(?=\w*\p{L})\w+")
_NAME = regex.compile(r"(?<![\w@./])@[\w.]*\w")


def hashtags(text: str) -> int:
    return len(_HASHTAG.findall(text))


def names(text: str) -> int:
    return len(_NAME.findall(text))
