from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from genlyd.base.errors import Refused
from genlyd.links import actions
from genlyd.links.models import Link
from tests.world import World


def test_create_link_has_its_own_address(world: World, settings) -> None:
    settings.LINK_URL = "https://gl.yd"
    first = actions.create_link(
        organisation=world.fjordkraft, target=" https://a.dk/jobs ", utm={"utm_source": "x"}
    )
    second = actions.create_link(organisation=world.fjordkraft, target="https://a.dk/jobs", utm={})
    assert first.slug != second.slug
    assert first.url == f"https://gl.yd/{first.slug}"
    assert (first.target, first.utm, first.organisation) == (
        "https://a.dk/jobs",
        {"utm_source": "x"},
        world.fjordkraft,
    )


def test_create_link_refuses_what_leads_nowhere(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        actions.create_link(organisation=world.fjordkraft, target="javascript:alert(1)")
    assert refusal.value.field == "target"
    assert not Link.objects.exists()


def test_create_link_tries_a_longer_slug_when_one_is_taken(world: World, monkeypatch) -> None:
    taken = actions.create_link(organisation=world.fjordkraft, target="https://a.dk")
    tails: list[int] = []

    def drawn(title: str, tail: int) -> str:
        tails.append(tail)
        return taken.slug if tail < 6 else "newslug"

    monkeypatch.setattr("genlyd.links.domain.slugs.titled_slug", drawn)
    assert actions.create_link(organisation=world.fjordkraft, target="https://a.dk").slug == "newslug"
    assert tails == [5, 5, 6]


def test_create_link_is_called_after_the_title(world: World) -> None:
    link = actions.create_link(
        organisation=world.fjordkraft, target="https://a.dk", title="Åbent hus på havnen"
    )
    assert re.fullmatch(r"aabent-hus-[a-z0-9]{5}", link.slug)


def test_own_slug_is_written_as_a_slug(world: World) -> None:
    link = actions.create_link(organisation=world.fjordkraft, target="https://a.dk", slug="Åbent Hus 2027")
    assert link.slug == "aabent-hus-2027"


@pytest.mark.parametrize("slug", ["ab", "robots.txt", "healthz", "f1sse"])
def test_own_slug_that_no_link_may_have_is_refused_with_a_way_out(world: World, slug: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.create_link(organisation=world.fjordkraft, target="https://a.dk", slug=slug)
    assert refusal.value.field == "slug"
    assert refusal.value.next_step
    assert not Link.objects.exists()


def test_taken_slug_is_refused_with_free_ones(world: World) -> None:
    year = timezone.now().year
    for slug in ("aabent-hus", f"aabent-hus-{year}"):
        actions.create_link(organisation=world.havblik, target="https://a.dk", slug=slug)
    with pytest.raises(Refused) as refusal:
        actions.create_link(organisation=world.fjordkraft, target="https://a.dk", slug="Åbent-hus")
    free = str(refusal.value.next_step).removeprefix("These are free: ").rstrip(".").split(", ")
    assert len(free) == 3
    assert f"aabent-hus-{year}" not in free
    for slug in free:
        assert (
            actions.create_link(organisation=world.fjordkraft, target="https://a.dk", slug=slug).slug == slug
        )


def test_publication_is_noted_once(world: World) -> None:
    link, now = actions.create_link(organisation=world.fjordkraft, target="https://a.dk"), timezone.now()
    actions.mark_published(link=link, at=now)
    actions.mark_published(link=link, at=now + timedelta(hours=1))
    link.refresh_from_db()
    assert link.published_at == now


def test_retired_link_keeps_its_first_date(world: World) -> None:
    link, now = actions.create_link(organisation=world.fjordkraft, target="https://a.dk"), timezone.now()
    actions.retire_link(link=link, now=now)
    actions.retire_link(link=link, now=now + timedelta(hours=1))
    link.refresh_from_db()
    assert link.retired_at == now
