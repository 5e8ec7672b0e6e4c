"""How large the measured installation is, and which ids belong to whom: numbers only, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

NETWORKS = ("linkedin", "facebook", "instagram", "bluesky", "mastodon", "x")
#: Slugs of the installation's links have so many characters.
SLUG_LENGTH = 8
_LETTERS = np.frombuffer(b"23456789bcdfghjkmnpqrstvwxz", dtype="u1")
#: Scatters consecutive numbers over all slugs; coprime to any alphabet's size below its own.
_SCATTER = 98_764_321_261


@dataclass(frozen=True)
class Size:
    clicks: int = 20_000_000
    links: int = 10_000_000
    organisations: int = 200
    #: Of the largest organisation; the others have as many for each click.
    members: int = 100_000
    days: int = 90
    #: Links that are asked for while it is measured.
    hot: int = 100_000
    #: One link in so many has clicks; the others are older.
    clicked: int = 5

    @property
    def bytes_needed(self) -> int:
        """On disk, with the write-ahead log and what sorting takes."""
        return 600 * self.clicks + 500 * self.links + 2 * 1024**3


FULL = Size()
TINY = Size(clicks=3_000, links=2_000, organisations=4, members=60, hot=300)


@dataclass
class Layout:
    """Arrays by organisation, the largest first. Ids of members and links are consecutive within one."""

    size: Size
    now: datetime
    first_member: int
    first_link: int
    organisations: np.ndarray = field(init=False)
    periods: np.ndarray = field(init=False)
    #: Of the largest organisation.
    stories: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        many = self.size.organisations
        weights = 1 / np.arange(1, many + 1)
        self.weights = weights / weights.sum()
        part = self.weights / self.weights[0]
        self.members = np.maximum(5, (self.size.members * part).astype("i8"))
        self.links = np.maximum(10, (self.size.links * self.weights).astype("i8"))
        self.links[0] += self.size.links - self.links.sum()
        self.clicked = np.maximum(2, self.links // self.size.clicked)
        self.member_from = self.first_member + np.concatenate([[0], np.cumsum(self.members)[:-1]])
        self.link_from = self.first_link + np.concatenate([[0], np.cumsum(self.links)[:-1]])
        # Up to the last whole hour: what is measured comes after it.
        self.end = self.now.replace(minute=0, second=0, microsecond=0)
        self.begin = (self.end - timedelta(days=self.size.days)).replace(hour=0)

    @property
    def seconds(self) -> float:
        return (self.end - self.begin).total_seconds()

    def members_of(self, organisation: np.ndarray | int, place: np.ndarray) -> np.ndarray:
        """Whose link it is: some share far more than others."""
        part = ((place * 2_654_435_761) % 2**32) / 2**32
        return self.member_from[organisation] + (self.members[organisation] * part**2).astype("i8")

    def networks_of(self, place: np.ndarray) -> np.ndarray:
        """Places in NETWORKS."""
        return (place * 40_503 % 65_536) % len(NETWORKS)

    def posted(self, organisation: int, place: np.ndarray) -> np.ndarray:
        """Seconds since the beginning at which the link's post went out; links without clicks are older."""
        clicked = int(self.clicked[organisation])
        return np.where(place < clicked, place / clicked, -1.0 - place / clicked) * self.seconds

    def some_links(self, count: int, seed: int) -> np.ndarray:
        """Ids of links with clicks, no two the same, the larger organisations' more often."""
        dice = np.random.default_rng(seed)
        every = np.concatenate(
            [first + np.arange(many) for first, many in zip(self.link_from, self.clicked, strict=True)]
        )
        return dice.choice(every, min(count, len(every)), replace=False)

    def organisation_of(self, links: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.link_from, links, side="right") - 1


def slugs_of(links: np.ndarray) -> np.ndarray:
    """Bytes of SLUG_LENGTH, no two the same."""
    base = len(_LETTERS)
    rest = links.astype("i8") % 90_000_000 * _SCATTER % base**SLUG_LENGTH
    letters = np.empty((len(links), SLUG_LENGTH), dtype="u1")
    for place in range(SLUG_LENGTH):
        letters[:, place] = _LETTERS[rest % base]
        rest //= base
    return letters.view(f"S{SLUG_LENGTH}").ravel()
