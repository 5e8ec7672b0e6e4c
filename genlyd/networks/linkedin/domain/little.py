r"""LinkedIn's "little text", in which a post's words are sent.

Fifteen characters are reserved. LinkedIn cuts a post off at the first one that is neither escaped nor part of an
element, and answers 201 all the same; so everything is escaped, the backslash too. A hashtag is written as the
documented template `{hashtag|\#|tag}`: an escaped `\#tag` is documented as plain text, and a bare `#tag` leaves it to
the parser where the tag ends. (learn.microsoft.com, little-text-format; read on 2026-11-23.)
"""

from __future__ import annotations

import regex

RESERVED = "\\|{}@[]()<>#*_~"
_RESERVED = regex.compile(r"[\\|{}@\[\]()<>#*_~]")
#: Letters, digits and underscores, with at least one letter: "#1" is a number to a reader, not a subject.
_HASHTAG = regex.compile(r"(?<![\w&#/])#(?=\w*\p{L})([\p{L}\p{N}\p{M}_]{1,100})(?![\w#])")
_TEMPLATE = regex.compile(r"\{hashtag\|\\#\|((?:[^\\{}|]|\\.)+)\}")
_ESCAPED = regex.compile(r"\\([\\|{}@\[\]()<>#*_~])")


def escape(text: str) -> str:
    """Every reserved character escaped; nothing is an element."""
    return _RESERVED.sub(r"\\\g<0>", text)


def written(text: str, *, but: list[tuple[int, int]] | None = None) -> str:
    """What is sent for the words a person wrote. Inside the spans `but` (addresses) a # is no hashtag."""
    parts, last = [], 0
    for found in _HASHTAG.finditer(text):
        if any(start <= found.start() < end for start, end in but or []):
            continue
        parts += [escape(text[last : found.start()]), f"{{hashtag|\\#|{escape(found.group(1))}}}"]
        last = found.end()
    return "".join([*parts, escape(text[last:])])


def read(commentary: str) -> str:
    """The words again, from what `written` made of them."""
    return _ESCAPED.sub(r"\1", _TEMPLATE.sub(r"\\#\1", commentary))
