from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.utils import timezone

from genlyd.networks.actions.followers import ask_all, due, note_followers
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account, FollowerReading
from genlyd.networks.registry import NETWORKS
from genlyd.people.actions.consent import withdraw_consent
from tests.sharing.makers import an_account
from tests.world import World, a_member

pytestmark = pytest.mark.django_db


class Says:
    batch = 1

    def __init__(self) -> None:
        self.counts: dict[int, int | Exception | None] = {}
        self.asked: list[int] = []

    def read(self, _account: Account, _remote_ids: object) -> dict[str, object]:
        return {}

    def followers(self, account: Account) -> int | None:
        self.asked.append(account.pk)
        said = self.counts.get(account.pk)
        if isinstance(said, Exception):
            raise said
        return said


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Says:
    says = Says()
    monkeypatch.setitem(NETWORKS, "bluesky", dataclasses.replace(NETWORKS["bluesky"], reader=says))
    return says


def test_followers_are_asked_once_a_week_and_every_change_is_kept(world: World, network: Says) -> None:
    account = an_account(world.pia)
    for count in (120, 120, 118):
        network.counts[account.pk] = count
        ask_all()
        ask_all()  # not a week later
        Account.objects.update(followers_asked_at=timezone.now() - timedelta(days=8))
    account.refresh_from_db()
    assert account.followers == 118
    assert list(FollowerReading.objects.order_by("read_at").values_list("followers", flat=True)) == [120, 118]
    assert len(network.asked) == 3


def test_what_the_network_does_not_say_leaves_what_was_known(world: World, network: Says) -> None:
    account = an_account(world.pia, followers=12)
    for said in (None, OverflowError(), Failed(Outcome(kind=Kind.UNKNOWN))):
        network.counts[account.pk] = said
        Account.objects.update(followers_asked_at=None)
        ask_all()
    account.refresh_from_db()
    assert (account.followers, FollowerReading.objects.count()) == (12, 0)
    assert account.followers_asked_at


def test_a_dead_server_is_left_after_three_and_the_others_get_their_turn(world: World, network: Says) -> None:
    for number in range(5):
        dead = an_account(a_member(world.fjordkraft, f"Kollega{number}"), server="https://dead.example")
        network.counts[dead.pk] = Failed(Outcome(kind=Kind.NOT_SENT))
    alive = an_account(world.pia)
    network.counts[alive.pk] = 7
    ask_all()
    assert len(network.asked) == 4
    alive.refresh_from_db()
    assert alive.followers == 7


@pytest.mark.parametrize("why", ["withdrawn", "disconnected", "reconnect", "no reader"])
def test_nobody_is_asked_about_who_does_not_take_part(world: World, network: Says, why: str) -> None:
    account = an_account(world.pia)
    match why:
        case "withdrawn":
            withdraw_consent(member=world.pia)
        case "disconnected":
            Account.objects.update(disconnected_at=timezone.now(), secret_sealed=None)
        case "reconnect":
            Account.objects.update(needs_reconnect_since=timezone.now())
        case "no reader":
            Account.objects.filter(pk=account.pk).update(network="email")
    assert not due(timezone.now())


def test_a_run_ends_in_time(world: World, network: Says) -> None:
    an_account(world.pia)
    ask_all(seconds=-1)
    assert network.asked == []


def test_the_same_moment_is_one_reading(world: World) -> None:
    account, now = an_account(world.pia), timezone.now()
    for count in (5, 5):
        note_followers(account=account, followers=count, at=now)
    assert FollowerReading.objects.count() == 1
