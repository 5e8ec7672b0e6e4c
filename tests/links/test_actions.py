from __future__ import annotations

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


def test_create_link_tries_another_slug_when_one_is_taken(world: World, monkeypatch) -> None:
    taken = actions.create_link(organisation=world.fjordkraft, target="https://a.dk")
    slugs = iter([taken.slug, "newslug"])
    monkeypatch.setattr(Link._meta.get_field("slug"), "_get_default", lambda: next(slugs))
    assert actions.create_link(organisation=world.fjordkraft, target="https://a.dk").slug == "newslug"


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
