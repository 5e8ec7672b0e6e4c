"""Which of a member's own posts does a file speak of? Pure; a guess is called one, and no post is matched twice."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class How(StrEnum):
    """By what a post was known again, the surest first."""

    #: The network's own name for the post.
    ADDRESS = "address"
    #: The short link that no other post has.
    LINK = "link"
    #: The same words.
    TEXT = "text"
    #: Made at the same time, and no other post near: a guess, for the person to judge.
    TIME = "time"


SURE = (How.ADDRESS, How.LINK, How.TEXT)
#: Fewer letters than this may be anybody's greeting.
ENOUGH_WORDS = 20
NEAR = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Ours:
    """A share. `number` is that of its post at the network, "" unknown; `begins` to `ends` is when it was posted."""

    share_id: int
    number: str = ""
    link: str = ""
    text: str = ""
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """A post in a file."""

    number: str
    links: tuple[str, ...] = ()
    text: str = ""
    at: datetime | None = None


def plain(text: str, link: str = "") -> str:
    """Words alone: spaces, capitals and the link are written differently from place to place."""
    return re.sub(r"\s+", " ", text.replace(link, " ") if link else text).strip().casefold()


def match(posts: Sequence[Theirs], shares: Iterable[Ours]) -> dict[int, tuple[int, How]]:
    """{index of the post: (share, how)}. The surest way first; what two could claim is nobody's."""
    found: dict[int, tuple[int, How]] = {}
    left = {share.share_id: share for share in shares}
    candidates = _candidates(posts, list(left.values()))
    for how in How:
        claims = {
            index: [pk for pk in candidates[index] if pk in left and _is(how, post, left[pk])]
            for index, post in enumerate(posts)
            if index not in found
        }
        wanted = Counter(pk for ids in claims.values() for pk in ids)
        for index, ids in claims.items():
            if len(ids) == 1 and wanted[ids[0]] == 1:
                found[index] = (ids[0], how)
                left.pop(ids[0])
    return found


def _candidates(posts: Sequence[Theirs], shares: Sequence[Ours]) -> list[list[int]]:
    """The shares that each post could be at all: holding every post against every share would take minutes."""
    numbers, links, words = (defaultdict[str, list[int]](list) for _ in range(3))
    for share in shares:
        numbers[share.number].append(share.share_id)
        links[share.link].append(share.share_id)
        words[plain(share.text, share.link)].append(share.share_id)
    lengths = {len(link) for link in links if link}
    timed = sorted((one.begins, one.ends, one.share_id) for one in shares if one.begins and one.ends)
    begins = [one[0] for one in timed]
    longest = max((end - begin for begin, end, _pk in timed), default=timedelta(0))
    result = []
    for post in posts:
        could = [*numbers.get(post.number, ()), *words.get(plain(post.text), ())]
        # A post whose words hold a share's link is found by the link; whether the words are the same is asked then.
        places = (*post.links, *(part for part in post.text.split() if "://" in part))
        for link in {place[:length] for place in places for length in lengths} & links.keys():
            could += links[link]
        if post.at:
            first = bisect_left(begins, post.at - NEAR - longest)
            could += [pk for _b, _e, pk in timed[first : bisect_right(begins, post.at + NEAR)]]
        result.append(list(dict.fromkeys(could)))
    return result


def _is(how: How, post: Theirs, share: Ours) -> bool:
    if how is How.ADDRESS:
        return bool(share.number) and share.number == post.number
    if share.number and share.number != post.number and how is not How.TIME:
        # The same words or link stand in another post of theirs: the address knows better.
        return False
    if how is How.LINK:
        return bool(share.link) and any(link.startswith(share.link) for link in post.links)
    if how is How.TEXT:
        words = plain(share.text, share.link)
        return len(words) >= ENOUGH_WORDS and words == plain(post.text, share.link)
    if post.at is None or share.begins is None or share.ends is None:
        return False
    return share.begins - NEAR <= post.at <= share.ends + NEAR
