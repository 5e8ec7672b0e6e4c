"""What people do with a post on Bluesky, as its real index counts it, is what Genlyd says of the post."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from genlyd.networks.actions.followers import ask_followers
from genlyd.networks.bluesky.reader import BlueskyReader
from genlyd.networks.domain.figures import GONE, Metric
from genlyd.networks.models import Account, FollowerReading
from genlyd.sharing.actions.delete import ask_deletion, carry_out
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.read_back import read_lane
from genlyd.sharing.actions.watch import watch
from genlyd.sharing.models import PostReading
from tests.networks.bluesky.people import connects
from tests.servers.appview.server import BlueskyNetwork, running_network
from tests.servers.pds.install import CannotInstall
from tests.servers.pds.server import PdsAccount
from tests.sharing import readers
from tests.sharing.makers import a_delivery, a_story
from tests.world import World

pytestmark = [pytest.mark.nightly, pytest.mark.pds]
AsMember = Callable[..., Client]


@pytest.fixture(scope="module")
def real_network(django_db_setup: None) -> Iterator[BlueskyNetwork]:
    at = connection.settings_dict
    login = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    try:
        with (
            psycopg.connect(dbname="postgres", autocommit=True, **login) as server,
            running_network(server) as found,
        ):
            yield found
    except CannotInstall as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(f"NO BLUESKY NETWORK: {error}")


@pytest.fixture
def bluesky(real_network: BlueskyNetwork, settings) -> BlueskyNetwork:
    settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, *real_network.hosts]
    settings.NETWORK_ADDRESSES = {**settings.NETWORK_ADDRESSES, **real_network.addresses}
    return real_network


def until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    """The index lags a little behind the servers."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "the index never said so"
        time.sleep(0.3)


def likes_and_the_like(bluesky: BlueskyNetwork, fan: PdsAccount, post: dict[str, str], author: str) -> None:
    pds = bluesky.pds
    pds.writes(fan, "app.bsky.feed.like", subject=post)
    pds.writes(fan, "app.bsky.feed.repost", subject=post)
    pds.writes(fan, "app.bsky.feed.post", text="Flot!", reply={"root": post, "parent": post})
    pds.writes(fan, "app.bsky.graph.follow", subject=author)


def test_likes_reposts_answers_and_followers(
    world: World, as_member: AsMember, bluesky: BlueskyNetwork
) -> None:
    made, fan = bluesky.pds.account("pia-poster"), bluesky.pds.account("fanny-fan")
    account = connects(as_member(world.pia), world.pia, made)
    delivery = a_delivery(world.pia, a_story(world), account)
    deliver(delivery.pk, worker="w")
    delivery.refresh_from_db()
    reader, uri = BlueskyReader(), delivery.remote_id
    until(lambda: uri in reader.read(account, [uri]))
    # Nobody has done anything yet, and that is a count, not a gap.
    assert reader.read(account, [uri])[uri] == dict.fromkeys(
        (Metric.REACTIONS, Metric.COMMENTS, Metric.RESHARES, Metric.QUOTES, Metric.SAVES), 0
    )
    assert reader.followers(account) == 0

    [post] = bluesky.pds.posts(made.did)
    likes_and_the_like(bluesky, fan, {"uri": uri, "cid": post["cid"]}, made.did)
    wanted = {Metric.REACTIONS: 1, Metric.COMMENTS: 1, Metric.RESHARES: 1, Metric.QUOTES: 0, Metric.SAVES: 0}
    until(lambda: reader.read(account, [uri])[uri] == wanted)
    until(lambda: reader.followers(account) == 1)

    # What Genlyd itself does at its hour: the same figures, kept as readings.
    share = delivery.share
    share.refresh_from_db()
    watch(share_id=share.pk, now=share.confirmed_at or timezone.now())
    later = timezone.now() + timedelta(hours=2)
    read_lane(readers.lane(world, account.server), now=lambda: later)
    kept = PostReading.objects.filter(share_id=share.pk, until=None).values_list("metric", "value")
    assert dict(kept) == {str(metric): value for metric, value in wanted.items()}
    assert ask_followers(account=account)
    assert FollowerReading.objects.latest("read_at").followers == 1
    assert Account.objects.get().followers == 1

    # Taken away again: the source says so, whatever the index still remembers.
    ask_deletion(share=share)
    carry_out(delivery.pk)
    until(lambda: reader.read(account, [uri]).get(uri) == GONE)
