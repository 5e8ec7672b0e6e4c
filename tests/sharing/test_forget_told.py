from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone

from genlyd.networks.actions.followers import note_followers
from genlyd.networks.domain.figures import Metric
from genlyd.networks.models import FollowerReading
from genlyd.networks.reading import kept_for
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.actions import forget_told as module
from genlyd.sharing.actions.forget_told import forget_told
from genlyd.sharing.actions.note_figures import note_figures
from genlyd.sharing.models import PostReading, Share
from tests.sharing.makers import a_story, an_account
from tests.sharing.readers import a_post
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIKES, COMMENTS = Metric.REACTIONS, Metric.COMMENTS


@pytest.fixture
def thirty_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bluesky's terms, as if they were stricter than they are."""
    network = dataclasses.replace(NETWORKS["bluesky"], kept_for=30 * DAY)
    monkeypatch.setitem(NETWORKS, "bluesky", network)


def told(share: Share, figures: dict[Metric, int], *, days_ago: int, source: str = "network") -> None:
    quality = "measured" if source == "network" else "reported"
    note_figures(
        organisation_id=share.organisation_id, by_share={share.pk: figures}, quality=quality, source=source,
        at=timezone.now() - days_ago * DAY,
    )  # fmt: skip


@pytest.fixture
def share(world: World) -> Share:
    made = a_post(world.pia, a_story(world), an_account(world.pia), age=100 * DAY)
    Share.objects.update(followers=120)
    return made


@pytest.mark.usefixtures("thirty_days")
def test_what_a_network_told_is_kept_as_long_as_its_terms_allow(
    share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 1)
    told(share, {LIKES: 3, COMMENTS: 1}, days_ago=90)
    told(share, {LIKES: 5}, days_ago=29)
    assert forget_told(now=timezone.now()) == 2
    assert [(row.metric, row.value) for row in PostReading.objects.all()] == [(LIKES, 5)]
    share.refresh_from_db()
    assert share.followers is None


@pytest.mark.usefixtures("thirty_days")
def test_a_figure_that_was_seen_again_is_as_young_as_that(share: Share) -> None:
    told(share, {LIKES: 3}, days_ago=90)
    told(share, {LIKES: 3}, days_ago=29)
    assert forget_told(now=timezone.now()) == 0


@pytest.mark.usefixtures("thirty_days")
def test_what_a_person_told_is_their_own(share: Share) -> None:
    told(share, {LIKES: 3}, days_ago=90, source="typed")
    assert forget_told(now=timezone.now()) == 0


def test_a_network_without_such_terms_keeps_figures_like_the_share(share: Share) -> None:
    told(share, {LIKES: 3}, days_ago=90)
    assert forget_told(now=timezone.now()) == 0
    share.refresh_from_db()
    assert share.followers == 120


@pytest.mark.usefixtures("thirty_days")
def test_followers_are_forgotten_with_the_rest(share: Share) -> None:
    account = share.deliveries.get().account
    note_followers(account=account, followers=120, at=timezone.now() - 40 * DAY)
    forget_told(now=timezone.now())
    account.refresh_from_db()
    assert (account.followers, account.followers_at) == (None, None)
    note_followers(account=account, followers=121, at=timezone.now() - DAY)
    forget_told(now=timezone.now())
    account.refresh_from_db()
    assert (account.followers, FollowerReading.objects.get().followers) == (121, 121)


@pytest.mark.parametrize(("days", "kept"), [(10, 10), (50, 30), (None, 30)])
@pytest.mark.usefixtures("thirty_days")
def test_a_setting_can_shorten_but_not_lengthen_it(
    settings: LazySettings, days: int | None, kept: int
) -> None:
    settings.FIGURES_KEPT_DAYS = {"bluesky": days} if days else {}
    assert kept_for(NETWORKS["bluesky"]) == kept * DAY


def test_a_setting_can_limit_what_a_network_does_not(settings: LazySettings) -> None:
    assert kept_for(NETWORKS["bluesky"]) is None
    settings.FIGURES_KEPT_DAYS = {"bluesky": 7}
    assert kept_for(NETWORKS["bluesky"]) == 7 * DAY
