from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.content.models import Story
from genlyd.networks import quotas
from genlyd.networks.domain.figures import GONE, Metric
from genlyd.networks.domain.outcome import Kind
from genlyd.networks.domain.quota import Call, Quota
from genlyd.networks.registry import NETWORKS
from genlyd.people.models import Consent, Member
from genlyd.sharing import tasks
from genlyd.sharing.actions.read_back import read_lane
from genlyd.sharing.actions.reading_lanes import lanes_due
from genlyd.sharing.actions.watch import drop_expired, watch
from genlyd.sharing.facts import ShareConfirmed
from genlyd.sharing.models import Delivery, PostReading, PostWatch, ReadingLane, Share
from genlyd.sharing.reactions import begin_to_look
from tests.sharing.makers import a_story, an_account
from tests.sharing.readers import SaysWhatWeWant, a_post, lane, make_due, network, silent
from tests.world import World, a_member

__all__ = ["network"]
pytestmark = pytest.mark.django_db
LIKES, COMMENTS = Metric.REACTIONS, Metric.COMMENTS
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def story(world: World) -> Story:
    return a_story(world)


def watched(
    member: Member, story: Story, *, age: timedelta = HOUR, due: bool = True, **account: object
) -> Share:
    share = a_post(member, story, an_account(member, **account), age=age)
    watch(share_id=share.pk, now=share.confirmed_at or timezone.now())
    if due:
        make_due(timezone.now())
    return share


def remote(share: Share) -> str:
    return share.deliveries.get().remote_id


def read(world: World, *, later: timedelta = timedelta()) -> bool:
    return read_lane(lane(world), now=lambda: timezone.now() + later)


def figures(share: Share) -> dict[str, int]:
    rows = PostReading.objects.filter(share_id=share.pk, until=None)
    return dict(rows.values_list("metric", "value"))


def test_a_published_post_is_looked_at_an_hour_later(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    share = watched(world.pia, story, age=timedelta(), due=False)
    planned = PostWatch.objects.get()
    assert share.confirmed_at
    assert planned.next_at == share.confirmed_at + HOUR
    assert lanes_due(share.confirmed_at + HOUR - timedelta(seconds=1)) == []
    assert lanes_due(share.confirmed_at + HOUR) == [lane(world)]


def test_what_the_network_says_is_stored_and_the_rest_stays_missing(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    share = watched(world.pia, story)
    network.says[remote(share)] = {LIKES: 0, COMMENTS: 4}
    assert read(world) is False
    reading = PostReading.objects.get(metric=LIKES)
    assert figures(share) == {LIKES: 0, COMMENTS: 4}
    assert (reading.quality, reading.source, reading.organisation_id) == (
        "measured",
        "network",
        world.fjordkraft.pk,
    )
    assert PostWatch.objects.get().next_at > timezone.now() + 4 * HOUR


def test_posts_are_read_in_batches_of_one_account(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    account = an_account(world.pia)
    shares = [a_post(world.pia, story, account, age=HOUR) for _ in range(3)]
    for share in [*shares, watched(world.poul, story)]:
        watch(share_id=share.pk, now=share.confirmed_at or timezone.now())
    make_due(timezone.now())
    read(world)
    assert sorted(len(ids) for _account, ids in network.asked) == [1, 1, 2]
    assert len({account for account, _ids in network.asked}) == 2


def test_the_last_reading_ends_it(world: World, story: Story, network: SaysWhatWeWant) -> None:
    share = watched(world.pia, story, age=30 * DAY)
    network.says[remote(share)] = {LIKES: 9}
    read(world)
    assert figures(share) == {LIKES: 9}
    assert not PostWatch.objects.exists()


def test_a_network_that_does_not_answer_is_tried_again_ever_later(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    share, pauses = watched(world.pia, story), []
    account = share.deliveries.get().account_id
    network.fails[account] = silent()
    for _ in range(4):
        begun = timezone.now()
        make_due(begun)
        read(world)
        pauses.append((PostWatch.objects.get().next_at - begun) / timedelta(minutes=15))
    assert [round(pause) for pause in pauses] == [1, 2, 4, 8]
    network.fails.clear()
    network.says[remote(share)] = {LIKES: 1}
    make_due(timezone.now())
    read(world)
    assert PostWatch.objects.get().failures == 0


@pytest.mark.parametrize(("age", "again"), [(HOUR, 5 * HOUR), (30 * DAY, timedelta(minutes=15))])
def test_a_post_of_which_nothing_is_said_waits_for_its_next_turn(
    world: World, story: Story, network: SaysWhatWeWant, age: timedelta, again: timedelta
) -> None:
    """After the last turn it is tried for a week more."""
    watched(world.pia, story)
    PostWatch.objects.update(published_at=timezone.now() - age)
    read(world)
    assert abs(PostWatch.objects.get().next_at - timezone.now() - again) < timedelta(minutes=1)


def test_a_network_that_asks_to_wait_is_left_alone_that_long(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    share = watched(world.pia, story)
    network.fails[share.deliveries.get().account_id] = silent(Kind.WAIT, timedelta(hours=5), "busy")
    read(world)
    assert PostWatch.objects.get().next_at > timezone.now() + 4.9 * HOUR
    assert figures(share) == {}


def test_a_dead_server_is_left_alone_and_no_other_with_it(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    crowd = [a_member(world.fjordkraft, f"Kollega{number}") for number in range(5)]
    for member in crowd:
        share = watched(member, story, server="https://dead.example")
        network.fails[share.deliveries.get().account_id] = silent()
    alive = watched(world.pia, story)
    network.says[remote(alive)] = {LIKES: 2}
    dead = lane(world, "https://dead.example")
    assert lanes_due(timezone.now()) == [lane(world), dead]
    read_lane(dead, now=timezone.now)
    assert len(network.asked) == 3  # and not all five
    assert lanes_due(timezone.now()) == [lane(world)]
    assert lanes_due(timezone.now() + timedelta(minutes=16)) == [lane(world), dead]
    read(world)
    assert figures(alive) == {LIKES: 2}


def test_a_lane_that_answers_again_is_awake(world: World, story: Story, network: SaysWhatWeWant) -> None:
    ReadingLane.objects.create(
        organisation=world.fjordkraft, network="bluesky", server="http://127.0.0.1:9", failures=6,
        not_before=timezone.now() - HOUR,
    )  # fmt: skip
    share = watched(world.pia, story)
    network.says[remote(share)] = {LIKES: 2}
    read(world)
    assert not ReadingLane.objects.exists()


def test_our_own_limit_for_one_account_says_nothing_of_the_network(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    for number in range(4):
        share = watched(a_member(world.fjordkraft, f"Kollega{number}"), story)
        network.fails[share.deliveries.get().account_id] = silent(Kind.WAIT, DAY, "quota")
    read(world)
    assert len(network.asked) == 4
    assert not ReadingLane.objects.exists()


def test_half_of_an_accounts_quota_is_left_for_posting(
    world: World, story: Story, network: SaysWhatWeWant, monkeypatch: pytest.MonkeyPatch
) -> None:
    quota = Quota(key="day", most=4)
    monkeypatch.setitem(NETWORKS, "bluesky", dataclasses.replace(NETWORKS["bluesky"], quotas=(quota,)))
    share = watched(world.pia, story)
    account = share.deliveries.get().account
    quotas.take(NETWORKS["bluesky"], account, Call.POST, times=3)
    read(world)
    assert network.asked == []
    assert PostWatch.objects.get().next_at > timezone.now() + timedelta(minutes=59)
    assert not ReadingLane.objects.exists()


def test_an_answer_nobody_expected_costs_no_other_account_its_figures(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    odd, fine = watched(world.poul, story), watched(world.pia, story)
    network.fails[odd.deliveries.get().account_id] = KeyError("likeCount")
    network.says[remote(fine)] = {LIKES: 2}
    read(world)
    assert figures(fine) == {LIKES: 2}
    assert PostWatch.objects.get(delivery__share=odd).failures == 1


@pytest.mark.parametrize(
    "why", ["withdrawn", "left", "disconnected", "reconnect", "deleted", "being deleted"]
)
def test_nothing_more_is_read(world: World, story: Story, network: SaysWhatWeWant, why: str) -> None:
    share = watched(world.pia, story)
    delivery, now = share.deliveries.get(), timezone.now()
    account = type(delivery.account).objects.filter(pk=delivery.account_id)
    match why:
        case "withdrawn":
            Consent.objects.filter(member=world.pia).update(withdrawn_at=now)
        case "left":
            Member.objects.filter(pk=world.pia.pk).update(left_at=now)
        case "disconnected":
            account.update(disconnected_at=now, secret_sealed=None)
        case "reconnect":
            account.update(needs_reconnect_since=now)
        case "deleted":
            Share.objects.filter(pk=share.pk).update(deleted_at=now)
        case "being deleted":
            Share.objects.filter(pk=share.pk).update(deletion_asked_at=now)
    read(world)
    assert (network.asked, lanes_due(now)) == ([], [])


def test_whoever_withdraws_while_others_are_read_is_not_read(
    world: World, story: Story, network: SaysWhatWeWant, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(world.pia, story)
    watched(world.poul, story)
    asked = network.read

    def withdraws(account: object, ids: list[str]) -> object:
        Consent.objects.all().update(withdrawn_at=timezone.now())
        return asked(account, ids)  # type: ignore[arg-type]

    monkeypatch.setattr(network, "read", withdraws)
    read(world)
    assert len(network.asked) == 1


def test_a_post_that_is_gone_counts_as_deleted_when_it_is_said_twice(
    world: World, story: Story, network: SaysWhatWeWant, as_member: Callable[[Member], Client]
) -> None:
    share = watched(world.pia, story)
    network.says[remote(share)] = {LIKES: 3}
    read(world)
    network.says[remote(share)] = GONE
    make_due(timezone.now())
    read(world)
    share.refresh_from_db()
    assert share.deleted_at is None
    read(world, later=DAY + HOUR)
    share.refresh_from_db()
    assert share.deleted_at
    assert share.deliveries.get().state == "deleted"
    page = as_member(world.pia).get("/share/mine/").content.decode()
    assert "No longer there" in page
    assert "The post is gone from the network." in page
    assert figures(share) == {LIKES: 3}  # what was read stays; nobody says 0
    assert not PostWatch.objects.exists()


def test_a_post_that_was_away_for_a_moment_is_not_gone(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    share = watched(world.pia, story)
    for said in (GONE, {LIKES: 3}, GONE):
        network.says[remote(share)] = said
        make_due(timezone.now())
        read(world)
    share.refresh_from_db()
    assert share.deleted_at is None


def test_what_is_too_old_is_forgotten(world: World, story: Story, network: SaysWhatWeWant) -> None:
    watched(world.pia, story, age=39 * DAY)
    kept = watched(world.poul, story, age=37 * DAY)
    drop_expired(timezone.now())
    assert [row.delivery.share_id for row in PostWatch.objects.all()] == [kept.pk]


@pytest.mark.parametrize("why", ["no reader", "no id", "not live", "too old"])
def test_nothing_is_planned(world: World, story: Story, network: SaysWhatWeWant, why: str) -> None:
    account = an_account(world.pia, network="linkedin" if why == "no reader" else "bluesky")
    share = a_post(world.pia, story, account, age=31 * DAY if why == "too old" else HOUR)
    if why == "no reader":
        Share.objects.filter(pk=share.pk).update(network="email")
    changes = {"no id": {"remote_id": ""}, "not live": {"state": "deleted"}}.get(why)
    if changes:
        Delivery.objects.filter(share=share).update(**changes)
    assert watch(share_id=share.pk, now=timezone.now()) is None


def test_a_long_queue_goes_on_after_its_turn(
    world: World, story: Story, network: SaysWhatWeWant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genlyd.sharing.actions.read_back.MOST", 1)
    watched(world.pia, story)
    watched(world.poul, story)
    assert read(world) is True
    assert read(world) is True
    assert read(world) is False
    assert len(network.asked) == 2


def test_each_lane_is_a_job_of_its_own_behind_all_others(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    watched(world.pia, story)
    watched(world.poul, story, server="https://other.example")
    tasks.read_back(timestamp=0)
    tasks.read_back(timestamp=0)
    jobs = ProcrastinateJob.objects.filter(task_name=tasks.read_lane.name)
    assert [(job.queue_name, job.priority) for job in jobs] == [("readings", -1)] * 2


def test_a_published_post_is_watched_in_a_job_of_its_own(
    world: World, story: Story, network: SaysWhatWeWant
) -> None:
    share = a_post(world.pia, story, an_account(world.pia), age=timedelta())
    begin_to_look(ShareConfirmed(share_id=share.pk))
    begin_to_look(ShareConfirmed(share_id=share.pk))
    assert PostWatch.objects.get().delivery.share_id == share.pk
