"""Two kinds of shares, and how many times more visits the one brings: a ratio and how sure we are of it.

The unit is the share; the outcome is its human clicks. People differ far more than posts do, so wherever the same
people have shared both kinds, each is compared with themselves: a Poisson model with one level per author, of which
only the ratio is estimated. Where too few have, the plain ratio of clicks per share is taken, and it says so
(`within` is False): then it compares different people.

The interval resamples whole authors (their posts belong together). With few authors, or few that carry most of the
clicks, a plain percentile interval is too narrow; the quantiles are widened to those of Student's t with as many
degrees of freedom as there are effective authors. A handful of pseudo clicks (Gamma 1/2, Jeffreys' prior for a
Poisson rate) keeps an arm without any clicks from looking certain. `METHOD_VERSION` changes with any of this.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

METHOD_VERSION = 1
#: Below this an answer is refused: metrics.md 4.
LEAST_SHARES = 10
LEAST_AUTHORS = 5
CONFIDENCE = 0.90
RESAMPLES = 2000
#: Of more authors than this, groups of authors are resampled instead: with so many the interval is the same.
MOST_UNITS = 2000

Floats = npt.NDArray[np.float64]
#: Columns of an author's sums: shares and clicks of the treated kind, then of the control.
N1, Y1, N0, Y0 = range(4)


@dataclass(frozen=True, slots=True)
class Cell:
    """One author's shares of one kind, and their clicks: all that both methods need to know of them."""

    author: int
    shares: int
    clicks: int


@dataclass(frozen=True, slots=True)
class Arm:
    """What is known of one kind of share, for people to read."""

    shares: int
    authors: int
    clicks: int

    @property
    def per_share(self) -> float | None:
        return self.clicks / self.shares if self.shares else None


@dataclass(frozen=True, slots=True)
class Thin:
    """Too little to say anything. How many shares and authors each arm still needs."""

    treated: Arm
    control: Arm
    shares_missing: tuple[int, int]
    authors_missing: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ratio:
    """`ratio` = clicks per share of the treated over the control; `low` and `high` bound it with 90 % confidence."""

    treated: Arm
    control: Arm
    ratio: float
    low: float
    high: float
    #: True: the same people's posts were compared. `authors` counts those the ratio rests on.
    within: bool
    authors: int

    @property
    def verdict(self) -> str:
        """better or worse only if the interval excludes 1, else unclear."""
        if self.low > 1:
            return "better"
        return "worse" if self.high < 1 else "unclear"


def compare(treated: Sequence[Cell], control: Sequence[Cell]) -> Ratio | Thin:
    """Deterministic: the random numbers are seeded from the cells, so that a year later the same comes out."""
    arms = _arm(treated), _arm(control)
    if thin := _thin(*arms):
        return thin
    sums = _by_author(treated, control)
    both = sums[(sums[:, N1] > 0) & (sums[:, N0] > 0)]
    within = bool(
        len(both) >= LEAST_AUTHORS
        and min(both[:, N1].sum(), both[:, N0].sum()) >= LEAST_SHARES
        and both[:, [Y1, Y0]].sum() > 0
    )
    authors = both if within else sums
    dice = np.random.default_rng(_seed(treated, control))
    units = _Within(authors, dice) if within else _Pooled(authors, dice)
    ratio = math.exp(units.logs(np.ones((1, units.count)), np.full((1, 2), 0.5))[0])
    drawn = dice.multinomial(units.count, np.full(units.count, 1 / units.count), size=RESAMPLES).astype(float)
    logs = units.logs(drawn, dice.gamma(0.5, size=(RESAMPLES, 2)))
    low, high = np.exp(np.quantile(logs[np.isfinite(logs)], _levels(units.effective)))
    return Ratio(
        *arms, ratio=ratio, low=min(float(low), ratio), high=max(float(high), ratio),
        within=within, authors=len(authors),
    )  # fmt: skip


def _arm(cells: Sequence[Cell]) -> Arm:
    used = [cell for cell in cells if cell.shares]
    return Arm(
        shares=sum(cell.shares for cell in used),
        authors=len({cell.author for cell in used}),
        clicks=sum(cell.clicks for cell in used),
    )


def _thin(treated: Arm, control: Arm) -> Thin | None:
    shares = max(0, LEAST_SHARES - treated.shares), max(0, LEAST_SHARES - control.shares)
    authors = max(0, LEAST_AUTHORS - treated.authors), max(0, LEAST_AUTHORS - control.authors)
    if any(shares) or any(authors) or not treated.clicks + control.clicks:
        return Thin(treated, control, shares, authors)
    return None


def _by_author(treated: Sequence[Cell], control: Sequence[Cell]) -> Floats:
    """One row per author: N1, Y1, N0, Y0."""
    place = {author: at for at, author in enumerate(sorted({cell.author for cell in (*treated, *control)}))}
    sums = np.zeros((len(place), 4))
    for cells, n, y in ((treated, N1, Y1), (control, N0, Y0)):
        for cell in cells:
            sums[place[cell.author], [n, y]] += (cell.shares, cell.clicks)
    return sums


def _seed(treated: Sequence[Cell], control: Sequence[Cell]) -> int:
    text = "|".join(
        ";".join(f"{cell.author},{cell.shares},{cell.clicks}" for cell in cells)
        for cells in (treated, control)
    )
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _units(authors: Floats, dice: np.random.Generator) -> npt.NDArray[np.intp]:
    """Which unit each author is drawn with: their own, or one of MOST_UNITS groups made by lot."""
    if len(authors) <= MOST_UNITS:
        return np.arange(len(authors))
    return dice.permutation(len(authors)) % MOST_UNITS


def _count(weight: Floats) -> float:
    """How many equally weighty authors would carry as much: (sum w)^2 / sum w^2."""
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares else 1.0


class _Pooled:
    """Clicks per share over clicks per share."""

    def __init__(self, authors: Floats, dice: np.random.Generator) -> None:
        unit = _units(authors, dice)
        self.count = int(unit.max()) + 1
        self.sums = np.zeros((self.count, 4))
        np.add.at(self.sums, unit, authors)
        n1, y1, n0, y0 = authors.T
        self.effective = min(_count(y1 + 0.5 * (n1 > 0)), _count(y0 + 0.5 * (n0 > 0)))

    def logs(self, weights: Floats, pseudo: Floats) -> Floats:
        """log ratio for each row of weights; not a number where an arm was not drawn at all."""
        sums = weights @ self.sums
        with np.errstate(divide="ignore", invalid="ignore"):
            one = (sums[:, Y1] + pseudo[:, 0]) / sums[:, N1]
            other = (sums[:, Y0] + pseudo[:, 1]) / sums[:, N0]
            logs: Floats = np.log(one) - np.log(other)
        return logs


class _Within:
    """The root b of  sum y1 - sum (y1 + y0) n1 e^b / (n0 + n1 e^b) = 0.

    This is the Poisson likelihood with a level per author, the levels concentrated out. Authors with the same mix of
    kinds act as one: the equation has one term per mix, however many authors there are.
    """

    def __init__(self, authors: Floats, dice: np.random.Generator) -> None:
        n1, y1, n0, y0 = authors.T
        unit = _units(authors, dice)
        self.count = int(unit.max()) + 1
        self.mix, kind = np.unique(n1 / (n1 + n0), return_inverse=True)
        self.clicks = np.zeros((self.count, len(self.mix)))
        np.add.at(self.clicks, (unit, kind), y1 + y0)
        self.wanted = np.bincount(unit, weights=y1, minlength=self.count)
        self.effective = _count((y1 + y0) * n1 * n0 / (n1 + n0) ** 2)

    def logs(self, weights: Floats, pseudo: Floats) -> Floats:
        """By bisection: the equation falls in b, and Newton may fail on rows that hold only extreme authors."""
        clicks, wanted, extra = (
            weights @ self.clicks,
            weights @ self.wanted + pseudo[:, 0],
            pseudo.sum(axis=1),
        )
        low, high = np.full(len(weights), -12.0), np.full(len(weights), 12.0)
        for _ in range(40):
            middle = (low + high) / 2
            odds = np.exp(middle)[:, None]
            expected = (clicks * (self.mix * odds / (1 - self.mix + self.mix * odds))).sum(axis=1)
            expected += extra * odds[:, 0] / (1 + odds[:, 0])
            too_high = expected > wanted
            high = np.where(too_high, middle, high)
            low = np.where(too_high, low, middle)
        logs: Floats = (low + high) / 2
        return logs


def _levels(effective: float) -> tuple[float, float]:
    """Quantile levels as wide as Student's t makes them (Hesterberg's expanded percentile interval)."""
    degrees = max(effective - 1, 1.0)
    t = _student(1 - (1 - CONFIDENCE) / 2, degrees)
    level = NormalDist().cdf(-t * math.sqrt((degrees + 1) / degrees))
    level = max(level, 1 / RESAMPLES)
    return level, 1 - level


def _student(probability: float, degrees: float) -> float:
    """Quantile of Student's t, by Hill's expansion (1970): within 1.5 % from two degrees of freedom on."""
    if degrees < 1.5:  # noqa: PLR2004  the expansion fails below; the exact quantile for one degree
        return math.tan(math.pi * (probability - 0.5))
    z = NormalDist().inv_cdf(probability)
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + g1 / degrees + g2 / degrees**2 + g3 / degrees**3
