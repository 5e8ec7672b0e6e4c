"""KPIs made of what networks and people tell: sums, coverage, quality, and nobody's own figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from genlyd.measurement.domain.counts import Value, quality, read
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.queries.counts import counts_for
from genlyd.networks.domain.figures import Metric
from genlyd.people.models import Member
from genlyd.sharing.actions.note_figures import note_figures
from genlyd.sharing.models import Share
from tests.measurement.makers import a_share, a_story, colleagues
from tests.world import World, today_there

pytestmark = pytest.mark.django_db
TODAY = today_there()
LIKES, COMMENTS, RESHARES, SEEN = Metric.REACTIONS, Metric.COMMENTS, Metric.RESHARES, Metric.IMPRESSIONS
Told = dict[Metric, int]


def tell(share: Share, figures: Told, *, how: str = "measured", at: datetime | None = None) -> None:
    note_figures(
        organisation_id=share.organisation_id, by_share={share.pk: figures}, quality=how, source="network",
        at=at or timezone.now() - timedelta(hours=1),
    )  # fmt: skip


def value(world: World, key: str, day: date = TODAY) -> Value:
    return read(DICTIONARY[key], counts_for([DICTIONARY[key]], world.period, day))


def how_good(world: World, key: str) -> str:
    return quality(DICTIONARY[key], counts_for([DICTIONARY[key]], world.period, TODAY))


@pytest.fixture
def five(world: World) -> list[Member]:
    return [world.pia, world.poul, *colleagues(world, 3)]


@pytest.fixture
def shares(world: World, five: list[Member]) -> list[Share]:
    """Six posts; of the first five the likes (10 each) are known, of none anything else."""
    story = a_story(world)
    made = [a_share(member, story, visits=2, followers=100) for member in five]
    for share in made:
        tell(share, {LIKES: 10})
    return [*made, a_share(five[0], story, network="x")]


def test_engagement_is_all_its_parts_over_shares_that_are_known(world: World, shares: list[Share]) -> None:
    tell(shares[0], {COMMENTS: 3, RESHARES: 1, Metric.QUOTES: 1, Metric.SAVES: 90, SEEN: 900})
    assert value(world, "reactions_per_share") == Value(11, 55, 5, known=5, total=6)


def test_a_sum_alone_counts_and_its_parts_are_not_added_to_it(world: World, shares: list[Share]) -> None:
    tell(shares[0], {Metric.ENGAGEMENTS: 15})
    tell(shares[5], {Metric.ENGAGEMENTS: 20})
    assert value(world, "reactions_per_share") == Value((15 + 40 + 20) / 6, 75, 6, known=6, total=6)


def test_what_nobody_knows_is_missing_and_not_nought(world: World, shares: list[Share]) -> None:
    for key in ("impressions", "members_reached", "engagement_rate", "click_through_rate", "virality"):
        found = value(world, key)
        assert (found.value, found.known, found.total) == (None, 0, 6)


def test_figures_of_fewer_than_five_people_are_not_shown(world: World, shares: list[Share]) -> None:
    for share in (*shares[:4], shares[5]):  # five posts, but of four people
        tell(share, {SEEN: 100})
    assert value(world, "impressions") == Value(None, None, None, known=5, total=6)
    tell(shares[4], {SEEN: 100})
    assert value(world, "impressions") == Value(600, 600, None, known=6, total=6)


def test_rates_are_over_shares_of_which_both_sides_are_known(world: World, shares: list[Share]) -> None:
    for share in shares:
        tell(share, {SEEN: 200})
    assert value(world, "engagement_rate") == Value(50 / 1000, 50, 1000, known=5, total=6)
    assert value(world, "click_through_rate") == Value(10 / 1000, 10, 1000, known=5, total=6)
    assert value(world, "engagement_rate_by_reach") == Value(50 / 500, 50, 500, known=5, total=6)


def test_virality_counts_reshares_with_and_without_words(world: World, shares: list[Share]) -> None:
    for share in shares[:5]:
        tell(share, {RESHARES: 1, Metric.QUOTES: 2})
    assert value(world, "virality") == Value(3, 15, 5, known=5, total=6)


def test_a_figure_is_as_good_as_the_weakest_in_it(world: World, shares: list[Share]) -> None:
    assert how_good(world, "reactions_per_share") == "measured"
    tell(shares[5], {LIKES: 4}, how="reported")
    assert how_good(world, "reactions_per_share") == "reported"
    assert how_good(world, "engagement_rate_by_reach") == "estimated"


def test_a_past_day_knows_what_was_known_then(world: World, shares: list[Share]) -> None:
    for share in shares[:5]:
        tell(share, {LIKES: 30}, at=timezone.now())
    before = timezone.now() - timedelta(days=3)
    for share in shares[:5]:
        tell(share, {SEEN: 50}, at=before)
    tell(shares[0], {SEEN: 500}, at=timezone.now())
    assert value(world, "impressions", TODAY - timedelta(days=2)).value == 250
    assert value(world, "impressions").value == 700
    assert value(world, "reactions_per_share", TODAY - timedelta(days=4)).known == 0
    assert value(world, "reactions_per_share").value == 30


def test_a_deleted_share_takes_its_figures_with_it(world: World, shares: list[Share]) -> None:
    tell(shares[5], {LIKES: 100})
    Share.objects.filter(pk=shares[5].pk).update(deleted_at=timezone.now())
    assert value(world, "reactions_per_share") == Value(10, 50, 5, known=5, total=5)


def test_unique_reach_counts_each_account_once_with_its_newest_followers(
    world: World, shares: list[Share]
) -> None:
    a_share(world.pia, a_story(world), days_ago=1, followers=140)
    assert value(world, "potential_reach").value == 640
    assert value(world, "unique_potential_reach").value == 540


def test_followers_of_fewer_than_five_people_are_not_shown(world: World) -> None:
    story = a_story(world)
    for member in (world.pia, world.poul):
        a_share(member, story, followers=100)
    assert value(world, "potential_reach") == Value(None, None, None, known=2, total=2)


def test_another_organisations_figures_stay_out(world: World, shares: list[Share]) -> None:
    note_figures(
        organisation_id=world.havblik.pk, by_share={shares[5].pk: {LIKES: 1000}}, at=timezone.now(),
        quality="measured", source="network",
    )  # fmt: skip
    assert value(world, "reactions_per_share").numerator == 50
