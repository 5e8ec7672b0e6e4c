"""Published posts, and a network that says of them what a test wants."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from genlyd.content.models import Story
from genlyd.networks.domain.figures import Figures, Gone
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from genlyd.people.models import Member
from genlyd.sharing.actions.reading_lanes import Lane
from genlyd.sharing.models import Delivery, PostWatch, Share
from tests.world import World


class SaysWhatWeWant:
    """A network's reader. `says` is by remote id; `fails` by account."""

    batch = 2

    def __init__(self) -> None:
        self.says: dict[str, Figures | Gone] = {}
        self.fails: dict[int, Exception] = {}
        self.asked: list[tuple[int, list[str]]] = []

    def read(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Figures | Gone]:
        self.asked.append((account.pk, list(remote_ids)))
        if error := self.fails.get(account.pk):
            raise error
        return {remote: self.says[remote] for remote in remote_ids if remote in self.says}

    def followers(self, account: Account) -> int | None:
        if error := self.fails.get(account.pk):
            raise error
        return None


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> SaysWhatWeWant:
    """Bluesky, as if it were asked."""
    reader = SaysWhatWeWant()
    monkeypatch.setitem(NETWORKS, "bluesky", dataclasses.replace(NETWORKS["bluesky"], reader=reader))
    return reader


def silent(kind: Kind = Kind.NOT_SENT, wait: timedelta | None = None, problem: str = "unreachable") -> Failed:
    return Failed(Outcome(kind=kind, problem=problem, wait=wait))


def a_post(member: Member, story: Story, account: Account, *, age: timedelta, remote_id: str = "") -> Share:
    """Published by the API so long ago, and not looked at yet."""
    at = timezone.now() - age
    share = Share.objects.create(
        organisation=member.organisation, member=member, story=story, period=story.period, way=Share.Way.API,
        network=account.network, text="In my own words.", confirmed_at=at, confirmed_by_api=True, created_at=at,
    )  # fmt: skip
    Delivery.objects.create(
        organisation=member.organisation, share=share, account=account, state="published", due_at=at,
        remote_id=remote_id or f"post-{share.pk}",
    )  # fmt: skip
    return share


def make_due(now: datetime) -> None:
    PostWatch.objects.update(next_at=now)


def lane(world: World, server: str = "http://127.0.0.1:9") -> Lane:
    return Lane(world.fjordkraft.pk, "bluesky", server)
