"""The people: who they are, who takes part, how much they share, how many follow them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from genlyd.cli.simulate import names
from genlyd.cli.simulate.timetable import DAY
from genlyd.cli.simulate.truths import Truths, Weighted


@dataclass(frozen=True, slots=True)
class Person:
    """One employee. Times are seconds since 1970; None: it has not happened."""

    name: str
    email: str
    title: str
    department: int
    location: int
    joined_at: float | None
    consent_at: float | None
    withdrawn_at: float | None
    left_at: float | None
    #: Shares per week, followers, and the odds of this person's own habits: hidden from everybody but the tests.
    weekly: float
    followers: int
    picture: float
    own_words: float


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the demo introduces by name; takes the place of one of the people, and stays."""

    name: str
    title: str
    department: str
    location: str
    weekly: float = 0.6


def people(
    truths: Truths,
    count: int,
    *,
    start: float,
    now: float,
    domain: str,
    rng: np.random.Generator,
    known: tuple[Known, ...] = (),
) -> tuple[Person, ...]:
    """`count` people; those who take part gave their consent within the first weeks, or later as word spread."""
    firsts = rng.integers(0, len(names.FIRST), count)
    lasts = rng.integers(0, len(names.LAST), count)
    doubles = rng.random(count) < 0.18  # noqa: PLR2004  # a middle name, as so many Danes have
    middles = rng.integers(0, len(names.LAST), count)
    departments = _spread(truths.departments, count, rng)
    locations = _spread(truths.locations, count, rng)
    part = rng.random(count) < truths.people.taking_part
    signed = part | (rng.random(count) < truths.people.signed_in)
    span = max(now - start, DAY)
    joined = start + np.minimum(rng.exponential(18 * DAY, count), span * 0.95) * rng.random(count)
    consent = np.minimum(joined + rng.exponential(4 * DAY, count), now - DAY * 0.5)
    consent = np.maximum(consent, joined)
    years = span / (365.25 * DAY)
    leaves = rng.random(count) < truths.people.leave_per_year * years
    left = start + (0.3 + 0.68 * rng.random(count)) * span
    withdraws = part & ~leaves & (rng.random(count) < truths.people.withdraw_per_year * years)
    withdrawn = consent + (0.2 + 0.75 * rng.random(count)) * (now - consent)
    weekly = np.exp(rng.normal(np.log(truths.activity.median_per_week), truths.activity.sigma, count))
    followers = np.exp(rng.normal(np.log(truths.audience.median), truths.audience.sigma, count))
    picture = _habit(truths.habits.picture_of_a_person, truths.habits.between_people, count, rng)
    own = _habit(truths.habits.own_words, truths.habits.between_people, count, rng)
    titles = rng.random(count)

    taken: set[str] = set()
    met = known[:count]
    # Theirs first: somebody else may have the same name by chance.
    theirs = [names.address(who.name, domain, taken) for who in met]
    made: list[Person] = []
    for i in range(count):
        name = f"{names.FIRST[firsts[i]]} {names.LAST[lasts[i]]}"
        if doubles[i] and middles[i] != lasts[i]:
            name = f"{names.FIRST[firsts[i]]} {names.LAST[middles[i]]} {names.LAST[lasts[i]]}"
        choices = truths.departments[departments[i]].titles or ("",)
        leaving = bool(leaves[i]) and left[i] > joined[i]
        made.append(
            Person(
                name=name,
                email=names.address(name, domain, taken),
                title=choices[int(titles[i] * len(choices))],
                department=int(departments[i]),
                location=int(locations[i]),
                joined_at=float(joined[i]) if signed[i] else None,
                consent_at=float(consent[i]) if part[i] and not (leaving and left[i] <= consent[i]) else None,
                withdrawn_at=float(withdrawn[i]) if withdraws[i] else None,
                left_at=float(left[i]) if leaving else None,
                weekly=float(weekly[i]),
                followers=int(followers[i]) + 3,
                picture=float(picture[i]),
                own_words=float(own[i]),
            )
        )
    named = [
        _introduce(truths, person, who, start, email)
        for who, person, email in zip(met, made, theirs, strict=False)
    ]
    return (*named, *made[len(named) :])


def _introduce(truths: Truths, person: Person, who: Known, start: float, email: str) -> Person:
    """Known people joined in the first days, take part and never leave."""
    return replace(
        person,
        name=who.name,
        email=email,
        title=who.title,
        department=[row.name for row in truths.departments].index(who.department),
        location=[row.name for row in truths.locations].index(who.location),
        joined_at=start + DAY,
        consent_at=start + 2 * DAY,
        withdrawn_at=None,
        left_at=None,
        weekly=who.weekly,
    )


def _spread(choices: tuple[Weighted, ...], count: int, rng: np.random.Generator) -> np.ndarray:
    weights = np.array([choice.weight for choice in choices])
    return rng.choice(len(choices), count, p=weights / weights.sum())


def _habit(mean: float, spread: float, count: int, rng: np.random.Generator) -> np.ndarray:
    """Each person's own probability: log odds around the mean's."""
    odds = np.log(mean / (1 - mean)) + rng.normal(0, spread, count)
    return np.asarray(1 / (1 + np.exp(-odds)))
