"""A post the network will not take down: tried for hours, then handed back to the person."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.utils import timezone

from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing.actions.delete import NotYet, may_delete
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Delivery, Share
from genlyd.sharing.tasks import delete_post
from tests.sharing.makers import a_delivery, a_story, an_account
from tests.world import World


@pytest.fixture
def being_deleted(world: World) -> Delivery:
    """Published, asked to be deleted; nobody answers at the account's server."""
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)
    delivery = a_delivery(world.pia, a_story(world), an_account(world.pia))
    remote = "at://did:plc:pia/app.bsky.feed.post/3k2a"
    Delivery.objects.filter(pk=delivery.pk).update(state=State.PUBLISHED, remote_id=remote)
    Share.objects.filter(pk=delivery.share_id).update(
        confirmed_at=timezone.now(), confirmed_by_api=True, deletion_asked_at=timezone.now()
    )
    return delivery


def run(delivery: Delivery, *, attempts: int) -> None:
    delete_post.func(
        cast(Any, SimpleNamespace(job=SimpleNamespace(attempts=attempts))), delivery_id=delivery.pk
    )


def test_deletion_is_tried_again(being_deleted: Delivery) -> None:
    with pytest.raises(NotYet):
        run(being_deleted, attempts=3)
    assert Share.objects.get().deletion_asked_at is not None


def test_deletion_given_up_may_be_asked_for_again(being_deleted: Delivery) -> None:
    run(being_deleted, attempts=9)
    share = Share.objects.get()
    assert (share.deletion_asked_at, share.deleted_at) == (None, None)
    assert may_delete(share, Delivery.objects.get())


def test_deletion_that_stumbles_to_the_end_may_be_asked_for_again(
    being_deleted: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("genlyd.networks.bluesky.publisher.BlueskyPublisher.delete", stumble)
    with pytest.raises(RuntimeError):
        run(being_deleted, attempts=9)
    assert Share.objects.get().deletion_asked_at is None
