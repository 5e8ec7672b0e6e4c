"""The requests of every short link: people, the same people again, and machines.

Nothing here says which is which to the ingest: that is for its own rules to find out from user agents, methods and
timings. `human` is kept so that a test can ask how well they do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from genlyd.cli.simulate.agents import BROWSERS, CRAWLERS, PREVIEWERS
from genlyd.cli.simulate.shares import Shares
from genlyd.cli.simulate.timetable import DAY
from genlyd.cli.simulate.truths import Truths


@dataclass(frozen=True, slots=True)
class Clicks:
    """One row per request, columns of equal length, in the order of time.

    share: index; at: seconds since 1970; visitor: 16 random bytes, the same for one person's repeat within a UTC
    day; agent: index into `agents`; head, prefetch: flags; human: a person's first visit (what a perfect ingest
    would count).
    """

    agents: tuple[str, ...]
    share: np.ndarray
    at: np.ndarray
    visitor: np.ndarray
    agent: np.ndarray
    head: np.ndarray
    prefetch: np.ndarray
    human: np.ndarray

    def __len__(self) -> int:
        return len(self.at)


_BROWSER_COUNT = len(BROWSERS)


def clicks(truths: Truths, shares: Shares, *, now: float, rng: np.random.Generator) -> Clicks:
    """Requests from the share's publication up to now; a share nobody confirmed was never seen by anybody."""
    agents = (*(agent for agent, _ in BROWSERS), *CRAWLERS, *PREVIEWERS.values())
    out = np.nonzero(~np.isnan(shares.confirmed))[0]
    noise = truths.visits.noise
    luck = rng.gamma(1 / noise**2, noise**2, len(out)) if noise else np.ones(len(out))
    share, at = _people(truths, shares, out, rng.poisson(shares.rate[out] * luck), rng)
    people = len(share)
    visitor = _keys(people, rng)
    popularity = np.array([weight for _, weight in BROWSERS], dtype=float)
    agent = rng.choice(_BROWSER_COUNT, people, p=popularity / popularity.sum())

    again = np.nonzero(rng.random(people) < truths.visits.repeat)[0]
    again_at = at[again] + rng.uniform(15, 1500, len(again))
    same_day = again_at // DAY == at[again] // DAY  # the visitor key's salt changes at midnight UTC
    again, again_at = again[same_day], again_at[same_day]

    parts = [
        (share, at, visitor, agent, np.zeros(people, bool), np.zeros(people, bool), np.ones(people, bool)),
        (share[again], again_at, visitor[again], agent[again], *[np.zeros(len(again), bool)] * 3),
        _previews(shares, out, agents, rng),
        _machines(truths, shares, out, people=people, rng=rng),
        _floods(truths, shares, out, rng),
    ]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    kept = np.nonzero(columns[1] < now)[0]
    kept = kept[np.argsort(columns[1][kept], kind="stable")]
    return Clicks(agents, *(column[kept] for column in columns))


def _people(
    truths: Truths, shares: Shares, out: np.ndarray, counts: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    share = np.repeat(out, counts)
    visits = truths.visits
    hours = np.exp(rng.normal(np.log(visits.median_hours), visits.sigma_hours, len(share)))
    # Nobody reads a post and follows its link within ten seconds.
    return share, shares.at[share] + np.maximum(hours * 3600, 10 + rng.exponential(30, len(share)))


def _previews(
    shares: Shares, out: np.ndarray, agents: tuple[str, ...], rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """Each network fetches the link once to show its preview."""
    found = [agents.index(PREVIEWERS.get(name, PREVIEWERS["other"])) for name in shares.networks]
    count = len(out)
    return (
        out, shares.at[out] + rng.uniform(0.2, 2.5, count), _keys(count, rng), np.array(found)[shares.network[out]],
        np.zeros(count, bool), np.zeros(count, bool), np.zeros(count, bool),
    )  # fmt: skip


def _machines(
    truths: Truths,
    shares: Shares,
    out: np.ndarray,
    *,
    people: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, ...]:
    """As many further machines as make up the stated share: crawlers, HEAD requests, prefetches, too quick ones."""
    wanted = people * truths.bots.share / (1 - truths.bots.share) - len(out)
    count = int(rng.poisson(max(wanted, 0))) if len(out) else 0
    share = rng.choice(out, count) if count else np.zeros(0, dtype=int)
    kind = rng.choice(4, count, p=[0.6, 0.15, 0.1, 0.15])
    crawler = rng.integers(_BROWSER_COUNT, _BROWSER_COUNT + len(CRAWLERS), count)
    browser = rng.integers(0, _BROWSER_COUNT, count)
    later = np.exp(rng.normal(np.log(20 * 3600), 1.5, count)) + 5
    soon = rng.uniform(0.1, 2.9, count)
    return (
        share,
        shares.at[share] + np.where(kind == 3, soon, later),  # noqa: PLR2004
        _keys(count, rng),
        np.where(kind == 0, crawler, browser),
        kind == 1,
        kind == 2,  # noqa: PLR2004
        np.zeros(count, bool),
    )


def _floods(
    truths: Truths, shares: Shares, out: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """A script with a browser's user agent that asks some forty times within an hour."""
    hit = out[rng.random(len(out)) < truths.bots.floods]
    sizes = rng.integers(30, 60, len(hit))
    share = np.repeat(hit, sizes)
    # Starts early in a UTC day's hour so that one visitor key holds for all of it.
    begins = np.ceil((shares.at[hit] + 2 * 3600) / DAY) * DAY + 9 * 3600
    at = np.repeat(begins, sizes) + rng.uniform(0, 3000, len(share))
    none = np.zeros(len(share), bool)
    return share, at, np.repeat(_keys(len(hit), rng), sizes, axis=0), np.full(len(share), 4), none, none, none


def _keys(count: int, rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, 256, (count, 16), dtype=np.uint8)
