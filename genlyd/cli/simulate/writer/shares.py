from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from genlyd.cli.simulate.shares import Shares
from genlyd.cli.simulate.texts import language_of
from genlyd.cli.simulate.writer.copying import copy_in, reserve, when
from genlyd.cli.simulate.writer.stories import WrittenStory
from genlyd.links.domain.slugs import random_slug
from genlyd.links.models import Link, Target
from genlyd.links.models.targets import key_of
from genlyd.people.models import Organisation
from genlyd.programmes.models import Period
from genlyd.rules.domain import disclosure, own_words
from genlyd.rules.domain.settings import Disclosure
from genlyd.sharing.models import PostReading, Share

#: How many own posts begin by saying where their writer works.
OPENING = 0.5


def write_shares(
    organisation: Organisation,
    shares: Shares,
    *,
    members: list[int],
    stories: list[WrittenStory],
    periods: list[Period],
    openings: dict[str, tuple[str, ...]],
    seed: int,
) -> list[int]:
    """Links and shares; every attribute is measured in the text, as it is when people write. Returns link ids."""
    links = reserve(Link, len(shares))
    slugs = _slugs(len(shares), seed)
    copy_in(
        Link,
        ("id", "slug", "target", "utm", "created_at", "published_at", "member_id", "network", "campaign"),
        _links(shares, stories, links, slugs, members=members, periods=periods),
        organisation_id=organisation.pk,
    )
    _want_targets(organisation, shares, stories)
    ids = reserve(Share, len(shares))
    copy_in(
        Share,
        (
            "id", "member_id", "story_id", "period_id", "network", "text", "language", "picture_id", "link_id",
            "planned_at", "created_at", "confirmed_at", "confirmed_by_api", "own_share", "own_words", "disclosed",
            "shows_person", "followers",
        ),
        _rows(
            shares,
            ids,
            links,
            members=members,
            stories=stories,
            periods=periods,
            openings=openings,
            known=Disclosure(names=(organisation.name,)),
            seed=seed,
        ),
        organisation_id=organisation.pk,
        way=Share.Way.HAND_OVER,
    )  # fmt: skip
    copy_in(
        PostReading,
        ("share_id", "value", "read_at", "seen_at"),
        (
            (
                ids[number],
                int(shares.reactions[number]),
                *[when(float(shares.confirmed[number]) + 2 * 86_400)] * 2,
            )
            for number in np.nonzero(shares.reactions >= 0)[0]
        ),
        organisation_id=organisation.pk,
        metric="reactions",
        quality="reported",
        source="typed",
    )
    return links


def _links(
    shares: Shares,
    stories: list[WrittenStory],
    links: list[int],
    slugs: list[str],
    *,
    members: list[int],
    periods: list[Period],
) -> Iterator[tuple[Any, ...]]:
    for number, link in enumerate(links):
        out = not np.isnan(shares.confirmed[number])
        at = when(float(shares.at[number]))
        utm = {
            "utm_source": shares.networks[shares.network[number]],
            "utm_medium": "employee_advocacy",
            "utm_campaign": "40-nye-kolleger",
            "utm_content": slugs[number],
        }
        yield (
            link, slugs[number], stories[shares.story[number]].target, utm, at, at if out else None,
            members[shares.person[number]], shares.networks[shares.network[number]],
            periods[shares.period[number]].pk,
        )  # fmt: skip


def _want_targets(organisation: Organisation, shares: Shares, stories: list[WrittenStory]) -> None:
    """Every page that links lead to, wanted since the last of them was made."""
    wanted: dict[str, float] = {}
    for number in range(len(shares)):
        url = stories[shares.story[number]].target
        wanted[url] = max(float(shares.at[number]), wanted.get(url, 0.0))
    Target.objects.bulk_create(
        Target(organisation=organisation, url=url, key=key_of(url), wanted_at=when(at))
        for url, at in wanted.items()
    )


def _rows(
    shares: Shares,
    ids: list[int],
    links: list[int],
    *,
    members: list[int],
    stories: list[WrittenStory],
    periods: list[Period],
    openings: dict[str, tuple[str, ...]],
    known: Disclosure,
    seed: int,
) -> Iterator[tuple[Any, ...]]:
    rng = random.Random(seed)  # noqa: S311

    @cache
    def measured(text: str, example: str) -> tuple[float, bool, bool]:
        found = own_words.measure(text, [example], known=known)
        return found.own_share, found.own_words, disclosure.judge(text, known).present

    for number, share in enumerate(ids):
        story = stories[shares.story[number]]
        text = rng.choice(story.card.posts) if shares.own_words[number] else story.card.example
        language = language_of(text)
        if shares.own_words[number] and rng.random() < OPENING:
            text = rng.choice(openings[language]) + text
        own_share, own, disclosed = measured(text, story.card.example)
        at, confirmed = float(shares.at[number]), float(shares.confirmed[number])
        out = not np.isnan(confirmed)
        pictured = bool(shares.picture[number])
        followers = int(shares.followers[number])
        yield (
            share, members[shares.person[number]], story.id, periods[shares.period[number]].pk,
            shares.networks[shares.network[number]], text, language,
            story.person if pictured else story.plain, links[number], when(at), when(at),
            when(confirmed) if out else None,
            False if out else None, own_share, own, disclosed,
            pictured, followers if followers >= 0 else None,
        )  # fmt: skip


def _slugs(count: int, seed: int) -> list[str]:
    """Distinct slugs that no link has yet. A hundred thousand random ones often hold a pair of equals."""
    rng = random.Random(seed)  # noqa: S311
    made: dict[str, None] = {}
    while len(made) < count:
        fresh = {random_slug(choose=rng.choice) for _ in range(count - len(made))}
        fresh -= set(Link.objects.filter(slug__in=fresh).values_list("slug", flat=True))
        made.update(dict.fromkeys(sorted(fresh)))
    return list(made)
