"""LinkedIn's own reading of "little text", written from its grammar and not from our way of writing it."""

from __future__ import annotations

import re

RESERVED = set("\\|{}@[]()<>#*_~")
_HASHTAG_TEMPLATE = re.compile(r"\{hashtag\|(?:\\#|＃|\\＃)\|((?:[^\\{}|]|\\.)+)\}")
_HASHTAG = re.compile(r"#(\w+)")
_MENTION = re.compile(r"@\[((?:[^\\\[\]]|\\.)+)\]\(urn:li:(?:person|organization):[\w-]+\)")


def read(commentary: str) -> str:
    """What a reader of the post sees. The text ends, without a word, at the first reserved character that is
    neither escaped nor part of an element."""
    seen: list[str] = []
    at = 0
    while at < len(commentary):
        letter = commentary[at]
        if letter == "\\" and commentary[at + 1 : at + 2] in RESERVED and at + 1 < len(commentary):
            seen.append(commentary[at + 1])
            at += 2
        elif letter not in RESERVED:
            seen.append(letter)
            at += 1
        elif found := _HASHTAG_TEMPLATE.match(commentary, at):
            seen.append(f"#{_plain(found.group(1))}")
            at = found.end()
        elif found := _HASHTAG.match(commentary, at):
            seen.append(f"#{found.group(1)}")
            at = found.end()
        elif found := _MENTION.match(commentary, at):
            seen.append(_plain(found.group(1)))
            at = found.end()
        else:
            break
    return "".join(seen)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
