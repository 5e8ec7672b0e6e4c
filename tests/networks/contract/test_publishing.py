"""What every way out through an API does, against its network's server: faults, looks, deletions, tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from genlyd.networks.contract import Network, Parcel, Publisher
from genlyd.networks.domain.outcome import Failed, Kind, Outcome, Sight, Unknown
from genlyd.networks.domain.permalink import is_permalink
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from tests.networks.contract.parcels import WORDS, a_parcel, kinds
from tests.servers import known
from tests.servers.contract import NetworkServer
from tests.servers.fault_proxy import Fault, FaultProxy
from tests.world import World

pytestmark = pytest.mark.django_db
#: Long enough for every network's index to have caught up.
LATER = timedelta(minutes=30)


@dataclass
class Way:
    """One connected account, and the way out to its network."""

    network: Network
    server: NetworkServer
    proxy: FaultProxy
    account: Account
    pictures_at: str

    @property
    def publisher(self) -> Publisher:
        assert self.network.publisher
        return self.network.publisher

    @property
    def simplest(self) -> str:
        return kinds(self.network)[0]

    def prepared(self, kind: str = "") -> dict[str, Any]:
        parcel = a_parcel(self.network, kind or self.simplest, origin=self.pictures_at)
        done: dict[str, Any] = {}
        self.publisher.prepare(self.account, parcel, done, lambda: None)
        return done

    def request(self, done: dict[str, Any]) -> dict[str, Any]:
        """As it is stored, and read back for the call."""
        _key, body = self.publisher.request(json.loads(json.dumps(done)))
        return dict(json.loads(json.dumps(body)))

    def send(self, body: dict[str, Any]) -> Outcome:
        try:
            return self.publisher.send(self.account, body)
        except Failed as failed:
            return failed.outcome

    def posted(self, kind: str = "") -> tuple[Outcome, dict[str, Any]]:
        body = self.request(self.prepared(kind))
        outcome = self.send(body)
        assert outcome.kind is Kind.PUBLISHED, outcome
        return outcome, body

    def aim(self, fault: Fault, parts: tuple[str, ...]) -> None:
        """At the next POST to one of these."""
        left = [fault]

        def plan(request: str) -> Fault | None:
            hit = request.startswith(("POST", "PUT")) and any(part in request for part in parts)
            return left.pop() if hit and left else None

        self.proxy.plan = plan

    def publishing_calls(self) -> int:
        return sum(
            request.startswith("POST") and any(part in request for part in self.server.publish_paths)
            for request in self.proxy.seen
        )

    def posts(self) -> list[str]:
        return self.server.posts(self.account)


@pytest.fixture
def way(  # noqa: PLR0917  fixtures
    world: World, network: Network, server: NetworkServer, proxy: FaultProxy, pictures_at: str, settings: Any,
    new_name: Callable[[], str],
) -> Way:  # fmt: skip
    settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, pictures_at.removeprefix("http://")]
    account = server.account(world.pia, new_name(), through=proxy.url)
    # Not the moment after signing in, of which some networks have to be forgiven much.
    Account.objects.filter(pk=account.pk).update(connected_at=timezone.now() - timedelta(days=1))
    account.refresh_from_db()
    return Way(network, server, proxy, account, pictures_at)


def test_every_kind_of_post_arrives_once_and_is_known_by_its_address(way: Way) -> None:
    for number, kind in enumerate(kinds(way.network), start=1):
        outcome, _body = way.posted(kind)
        assert outcome.remote_id
        assert len(way.posts()) == number
        if outcome.permalink.startswith("https"):
            assert is_permalink(outcome.permalink, way.network.hosts)
    assert all(WORDS.split()[0] in text for text in way.posts())


def test_the_request_is_fixed_by_what_was_prepared(way: Way) -> None:
    done = way.prepared()
    key, body = way.publisher.request(done)
    assert 0 < len(key) <= 100
    stored = json.loads(json.dumps(done))
    assert way.publisher.request(stored) == (key, body)
    parcel = a_parcel(way.network, way.simplest, origin=way.pictures_at)
    way.publisher.prepare(way.account, parcel, stored, lambda: None)
    assert way.publisher.request(stored) == (key, body)
    assert way.posts() == []


def prepare_once(way: Way, parcel: Parcel, kept: dict[str, Any]) -> bool:
    """One run by a worker who knows only what was kept before. False when it broke off."""
    done = dict(kept)
    try:
        way.publisher.prepare(way.account, parcel, done, lambda: kept.update(done))
    except Failed:
        return False
    kept.update(done)
    return True


def test_preparing_may_break_off_and_goes_on(way: Way) -> None:
    kind = kinds(way.network)[-1]
    way.aim("drop_after", way.server.prepare_paths)
    parcel = a_parcel(way.network, kind, origin=way.pictures_at)
    kept: dict[str, Any] = {}
    first = prepare_once(way, parcel, kept)
    assert first is not bool(way.proxy.done)
    assert first or prepare_once(way, parcel, kept)
    assert way.send(way.request(kept)).kind is Kind.PUBLISHED
    assert len(way.posts()) == 1


def documented_429(network: Network) -> set[Kind]:
    return {error.kind for error in network.errors if error.status == 429} or {Kind.WAIT}


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "hang_after", "502_after", "429", "slow"])
def test_a_fault_at_the_publishing_call_is_judged_for_what_it_proves(
    way: Way, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not way.server.publish_paths:
        pytest.skip("no call leaves Genlyd")
    body = way.request(way.prepared())
    if fault == "hang_after":
        monkeypatch.setattr(type(way.publisher), "read_timeout", 0.5)
        way.proxy.hangs = 1.5
    way.aim(fault, way.server.publish_paths)
    outcome = way.send(body)
    if fault == "slow":
        assert outcome.kind is Kind.PUBLISHED
    elif fault == "429":
        assert outcome.kind in documented_429(way.network)
        assert outcome.kind is not Kind.REJECTED
    else:
        assert outcome.kind is Kind.UNKNOWN, outcome
    assert [kind for _request, kind in way.proxy.done] == [fault]
    # Once, whatever happened: whether to try again is decided elsewhere.
    assert way.publishing_calls() == 1
    assert len(way.posts()) == (fault not in {"drop_before", "429"})


def test_a_look_finds_what_is_there_and_says_when_it_is_not(way: Way) -> None:
    if way.network.capabilities.unknown is Unknown.ASK:
        pytest.skip("nothing can be read there")
    began = timezone.now()
    body = way.request(way.prepared())

    def look() -> Any:
        return way.publisher.look(way.account, body, since=began, now=timezone.now() + LATER)

    assert look().sight is Sight.ABSENT
    outcome = way.send(body)
    assert outcome.kind is Kind.PUBLISHED
    # Another post, so that ours has to be told from it.
    way.posted()
    found = look()
    assert (found.sight, found.remote_id) == (Sight.FOUND, outcome.remote_id)
    assert len(way.posts()) == 2


@pytest.mark.parametrize("fault", ["drop_after", "502_after"])
def test_a_look_that_cannot_read_proves_nothing(way: Way, fault: Fault) -> None:
    if way.network.capabilities.unknown is Unknown.ASK or not way.server.read_paths:
        pytest.skip("nothing can be read there, or no call leaves Genlyd")
    began: datetime = timezone.now()
    body = way.request(way.prepared())
    way.proxy.plan = lambda request: fault if any(part in request for part in way.server.read_paths) else None
    try:
        sight = way.publisher.look(way.account, body, since=began, now=timezone.now() + LATER).sight
    except Failed:
        sight = Sight.UNREADABLE
    assert sight is Sight.UNREADABLE
    assert way.proxy.done


def test_deleting_takes_it_down_and_may_be_repeated(way: Way) -> None:
    if not way.network.capabilities.delete:
        pytest.skip("nothing can be deleted there")
    outcome, _body = way.posted()
    for _time in range(2):
        assert way.publisher.delete(way.account, outcome.remote_id).kind is Kind.PUBLISHED
        assert way.posts() == []


def outcome_after(way: Way) -> Outcome:
    """Of two tries, as the first may be what shows that a token is stale."""
    outcome = Outcome(kind=Kind.UNKNOWN)
    for _try in range(2):
        way.account.refresh_from_db()
        try:
            # With a picture where it takes one, so that an upload is what meets the stale token.
            outcome = way.send(way.request(way.prepared(kinds(way.network)[-1])))
        except Failed as failed:
            outcome = failed.outcome
        if outcome.kind is not Kind.NOT_SENT:
            break
    return outcome


def test_an_expired_token_is_renewed_where_it_can_be(way: Way) -> None:
    way.server.expire(way.account)
    outcome = outcome_after(way)
    assert outcome.kind is (Kind.PUBLISHED if way.server.token_paths else Kind.RECONNECT), outcome
    assert len(way.posts()) == bool(way.server.token_paths)


def test_a_withdrawn_permission_asks_the_person_to_connect_again(way: Way) -> None:
    way.server.revoke(way.account)
    assert outcome_after(way).kind is Kind.RECONNECT
    assert way.posts() == []


def test_every_network_that_posts_by_itself_has_a_server_to_prove_it_on() -> None:
    assert {key for key, network in NETWORKS.items() if network.posts_by_itself} == set(
        known.KNOWN | known.INSIDE
    )
