from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from genlyd.networks.domain.figures import Metric


class Kind(StrEnum):
    #: One post, whole life.
    POST = "post"
    #: Up to 50 posts, within a period.
    PERIOD = "period"
    #: What the member has posted, without figures.
    SHARES = "shares"


class Unreadable(Exception):
    """The file as a whole cannot be read. `code`: too_large, not_a_file, not_theirs, empty, password."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Post:
    """What a file says of one post. `at` has the file's own exactness: a day, or a second."""

    address: str
    urn: str
    day: date | None = None
    at: datetime | None = None
    figures: Mapping[Metric, int] = field(default_factory=dict)
    #: Only in Shares.csv, for matching; never kept.
    text: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Export:
    kind: Kind
    posts: tuple[Post, ...]
    #: The period the figures are about, both days included; None: the post's whole life.
    starts: date | None = None
    ends: date | None = None
    followers: int | None = None
    followers_on: date | None = None
