"""The shares: who shared which story, on which network, when, and what kind of post it was."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from genlyd.cli.simulate.people import Person
from genlyd.cli.simulate.timetable import DAY, PeriodSpan, StoryPlan, midnights
from genlyd.cli.simulate.truths import Truths


@dataclass(frozen=True, slots=True)
class Shares:
    """One row per share, in the order of time; columns of equal length.

    person, story: indices; network: index into `networks`; at: seconds since 1970, when it was handed over or
    posted; confirmed: when the person or the network said that it is out, NaN for never; followers: -1 for unknown;
    reactions: read off by the person, -1 for not told; rate: the true mean number of human visits.
    """

    networks: tuple[str, ...]
    person: np.ndarray
    story: np.ndarray
    period: np.ndarray
    network: np.ndarray
    at: np.ndarray
    confirmed: np.ndarray
    picture: np.ndarray
    own_words: np.ndarray
    followers: np.ndarray
    reactions: np.ndarray
    rate: np.ndarray

    def __len__(self) -> int:
        return len(self.at)

    def only(self, rows: np.ndarray) -> Shares:
        """The shares that `rows` (indices or a mask) picks."""
        columns = {
            field.name: getattr(self, field.name) for field in fields(self) if field.name != "networks"
        }
        return Shares(networks=self.networks, **{name: column[rows] for name, column in columns.items()})


def shares(
    truths: Truths,
    people: tuple[Person, ...],
    spans: tuple[PeriodSpan, ...],
    plans: tuple[StoryPlan, ...],
    *,
    now: float,
    zone: str,
    rng: np.random.Generator,
) -> Shares:
    """Never before consent, after leaving, outside the period, off a story's offer, or twice the same."""
    networks = tuple(truths.habits.network)
    sharing = np.array([i for i, person in enumerate(people) if person.consent_at is not None], dtype=int)
    first, last = spans[0].starts_on, spans[-1].ends_on
    days = (last - first).days + 1
    starts = midnights(first, days + 1, zone)
    weeks = (days + 6) // 7

    weekly = np.array([people[i].weekly for i in sharing])
    fading = (1 - truths.activity.fading_per_month) ** (np.arange(weeks) * 7 / 30.44)
    counts = rng.poisson(weekly[:, None] * fading[None, :])
    counts = np.minimum(counts, truths.activity.at_most_per_week)
    who, week = np.nonzero(counts)
    repeated = counts[who, week]
    person = np.repeat(sharing[who], repeated)
    week = np.repeat(week, repeated)
    count = len(person)

    habit = np.array(truths.habits.weekday)
    weekday = rng.choice(7, count, p=habit / habit.sum())
    # Weeks are counted from the Monday on or before the first day, as the frequency rule counts them.
    day = week * 7 + weekday - first.weekday()
    valid = (day >= 0) & (day < days)
    day = np.clip(day, 0, days - 1)
    hour = np.clip(
        rng.choice([7.8, 12.1, 15.6, 19.0], count, p=[0.3, 0.3, 0.25, 0.15]) + rng.normal(0, 0.7, count),
        7.1,
        20.9,
    )
    at = starts[day] + hour * 3600
    network = rng.choice(len(networks), count, p=_normal(truths.habits.network, networks))
    story, on_offer = _stories(plans, at, rng)
    valid &= on_offer & (at < now - 600)

    begins = np.array([(p.consent_at or now) + 600 for p in people])
    ends = np.array([min(p.withdrawn_at or now, p.left_at or now) for p in people])
    valid &= (at > begins[person]) & (at < ends[person])
    keys = (person * (len(plans) + 1) + story) * len(networks) + network
    unique = np.zeros(count, dtype=bool)
    unique[np.unique(np.where(valid, keys, -1), return_index=True)[1]] = True
    chosen = np.nonzero(valid & unique)[0]
    chosen = chosen[np.argsort(at[chosen], kind="stable")]
    return _kinds(
        truths,
        people,
        plans,
        networks=networks,
        person=person[chosen],
        story=story[chosen],
        network=network[chosen],
        at=at[chosen],
        weekday=weekday[chosen],
        now=now,
        rng=rng,
    )


def _kinds(
    truths: Truths,
    people: tuple[Person, ...],
    plans: tuple[StoryPlan, ...],
    *,
    networks: tuple[str, ...],
    person: np.ndarray,
    story: np.ndarray,
    network: np.ndarray,
    at: np.ndarray,
    weekday: np.ndarray,
    now: float,
    rng: np.random.Generator,
) -> Shares:
    """Draw each share's attributes, and from them its true rate."""
    count = len(person)
    picture = rng.random(count) < np.array([p.picture for p in people])[person]
    own_words = rng.random(count) < np.array([p.own_words for p in people])[person]
    followers = np.array([p.followers for p in people])[person]
    appeal = np.array([plan.appeal for plan in plans] or [1.0])[story]
    effects = truths.effects
    rate = (
        truths.visits.per_share
        * (followers / truths.audience.median) ** truths.audience.power
        * appeal
        * np.where(picture, effects.picture_of_a_person, 1.0)
        * np.where(own_words, effects.own_words, 1.0)
        * np.array([effects.network[name] for name in networks])[network]
        * np.array(effects.weekday)[weekday]
    )
    confirmed = at + rng.exponential(900, count) + 20
    confirmed = np.where(
        (rng.random(count) < truths.missing.unconfirmed) | (confirmed >= now), np.nan, confirmed
    )
    unknown = rng.random(count) < truths.missing.followers_unknown
    reactions = rng.poisson(rate * 3.5)
    told = (rng.random(count) < truths.missing.figures_reported) & ~np.isnan(confirmed) & (at < now - 3 * DAY)
    return Shares(
        networks=networks,
        person=person,
        story=story,
        period=np.array([plan.period for plan in plans] or [0])[story],
        network=network,
        at=at,
        confirmed=confirmed,
        picture=picture,
        own_words=own_words,
        followers=np.where(unknown, -1, followers),
        reactions=np.where(told, reactions, -1),
        rate=rate,
    )


def _stories(
    plans: tuple[StoryPlan, ...], at: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """For each moment one of the stories then on offer, the newer the likelier."""
    if not plans:
        return np.zeros(len(at), dtype=int), np.zeros(len(at), dtype=bool)
    published = np.array([plan.published_at for plan in plans])
    expires = np.array([plan.expires_at for plan in plans])
    newest = np.searchsorted(published, at - 300, side="right") - 1
    back = rng.geometric(0.38, len(at)) - 1
    story = np.maximum(newest - back, 0)
    # An older one that has expired: take the newest instead.
    story = np.where(expires[story] > at, story, np.maximum(newest, 0))
    return story, (newest >= 0) & (expires[story] > at) & (published[story] < at)


def _normal(weights: dict[str, float], names: tuple[str, ...]) -> np.ndarray:
    values = np.array([weights[name] for name in names])
    return np.asarray(values / values.sum())
