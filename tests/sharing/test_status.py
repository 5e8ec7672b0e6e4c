"""How publishing stands, for administrators: counts and accounts, never words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from genlyd.sharing.models import Delivery
from tests.sharing.makers import a_delivery, a_story, an_account
from tests.world import World

AsMember = Callable[..., Client]
PAGE = "/share/status/"


def test_only_administrators(world: World, as_member: AsMember) -> None:
    for who in (world.lene, world.erik, world.pia):
        assert as_member(who).get(PAGE).status_code == 404
    assert as_member(world.alma).post(PAGE).status_code == 405


def test_counts_but_never_words(world: World, as_member: AsMember) -> None:
    account = an_account(world.pia, needs_reconnect_since=timezone.now())
    delivery = a_delivery(
        world.pia, a_story(world), account, text="Noget ganske hemmeligt, som jeg har skrevet selv."
    )
    Delivery.objects.filter(pk=delivery.pk).update(state="needs_reconnect", problem="reconnect")
    page = as_member(world.alma).get(PAGE).content.decode()
    assert "hemmeligt" not in page
    assert "Pia" in page
    assert "Has to connect again" in page
    assert "wants the person to connect again" in page
    other = as_member(world.oda).get(PAGE).content.decode()
    assert "Pia" not in other


def test_late_posts_are_said_loudly(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    delivery = a_delivery(world.pia, a_story(world), an_account(world.pia))
    assert "is late" not in alma.get(PAGE).content.decode()
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now() - timedelta(minutes=20))
    assert "1 post is late" in alma.get(PAGE).content.decode()
    # What waits for its next try is not late: nobody forgot it.
    Delivery.objects.filter(pk=delivery.pk).update(
        not_before=timezone.now() + timedelta(minutes=5), state="ready"
    )
    assert "is late" not in alma.get(PAGE).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_grow(
    world: World, as_member: AsMember, django_assert_num_queries: Callable, rows: int
) -> None:
    for number in range(rows):
        an_account(world.pia, remote_id=f"did:plc:{number}", needs_reconnect_since=timezone.now())
    alma = as_member(world.alma)
    alma.get(PAGE)
    with django_assert_num_queries(11):
        alma.get(PAGE)
