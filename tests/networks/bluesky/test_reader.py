"""Reading back from Bluesky: the AppView's counts, and the person's own server where it says nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings

from genlyd.networks.bluesky.reader import BlueskyReader
from genlyd.networks.domain.figures import GONE, Metric
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.models import Account
from tests.servers.appview_double.double import AppView, running
from tests.servers.pds.server import Pds

READER = BlueskyReader()
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
URI = f"at://{DID}/app.bsky.feed.post/3k2yihcrp6f2c"


@pytest.fixture
def appview(settings: LazySettings) -> Iterator[AppView]:
    with running() as appview:
        settings.NETWORK_ADDRESSES = {**settings.NETWORK_ADDRESSES, "bluesky.appview": appview.url}
        settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, appview.host]
        yield appview


@pytest.fixture
def account() -> Account:
    return Account(network="bluesky", remote_id=DID, handle="pia.test", server="http://127.0.0.1:9")


def test_counts_are_read_and_what_is_left_out_is_missing(appview: AppView, account: Account) -> None:
    appview.posts[URI] = {"likeCount": 12, "repostCount": 0, "replyCount": 3, "quoteCount": 1}
    assert READER.read(account, [URI]) == {
        URI: {Metric.REACTIONS: 12, Metric.RESHARES: 0, Metric.COMMENTS: 3, Metric.QUOTES: 1}
    }
    appview.posts[URI] = {"bookmarkCount": 2, "likeCount": "12", "replyCount": -1}
    assert READER.read(account, [URI]) == {URI: {Metric.SAVES: 2}}


def test_a_full_batch_is_one_call_that_the_network_takes(appview: AppView, account: Account) -> None:
    uris = [f"{URI}{number}" for number in range(READER.batch)]
    appview.posts = {uri: {"likeCount": 1} for uri in uris}
    assert len(READER.read(account, uris)) == 25
    assert len(appview.asked) == 1
    with pytest.raises(Failed):
        READER.read(account, [*uris, URI])


def test_nobody_signs_in(appview: AppView, account: Account) -> None:
    READER.read(account, [URI])
    assert account.secret_sealed is None


def test_a_post_the_index_does_not_know_is_unread_while_its_server_is_away(
    appview: AppView, account: Account
) -> None:
    assert READER.read(account, [URI]) == {}


def test_a_post_is_gone_when_its_own_server_says_so(pds: Pds, appview: AppView) -> None:
    pia = pds.account("gone")
    account = Account(network="bluesky", remote_id=pia.did, handle=pia.handle, server=pds.url)
    gone = f"at://{pia.did}/app.bsky.feed.post/3k2yihcrp6f2c"
    stranger = "at://did:plc:nobody/app.bsky.feed.post/3k2yihcrp6f2c"
    assert READER.read(account, [gone, stranger, "not an address"]) == {gone: GONE}


def test_the_networks_limit_says_how_long_to_wait(appview: AppView, account: Account) -> None:
    appview.refuses = 429, {"ratelimit-reset": str(int(time.time()) + 600)}
    with pytest.raises(Failed) as refused:
        READER.read(account, [URI])
    assert refused.value.outcome.kind is Kind.WAIT
    assert timedelta(minutes=9) < (refused.value.outcome.wait or timedelta()) <= timedelta(minutes=10)


@pytest.mark.parametrize("status", [500, 502, 403])
def test_trouble_is_not_a_figure(appview: AppView, account: Account, status: int) -> None:
    appview.refuses = status, {}
    with pytest.raises(Failed):
        READER.read(account, [URI])
    with pytest.raises(Failed):
        READER.followers(account)


def test_followers(appview: AppView, account: Account) -> None:
    appview.followers[DID] = 214
    assert READER.followers(account) == 214
