"""What the tests of links need besides the cast."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from genlyd.links.actions import create_link
from genlyd.links.models import Domain, Link, LinkDay, Target
from genlyd.links.models.targets import key_of
from genlyd.people.models import Member, Organisation
from tests.world import World


def an_own_link(member: Member, **fields: object) -> Link:
    values = {
        "target": "https://fjordkraft.example/job",
        "kind": Link.Kind.SIGNATURE,
        "label": "Under my mails",
    }
    return create_link(organisation=member.organisation, member=member, **{**values, **fields})  # type: ignore[arg-type]


def a_house_link(world: World, **fields: object) -> Link:
    values = {"target": "https://fjordkraft.example/messe", "kind": Link.Kind.PRINT, "label": "Poster"}
    return create_link(organisation=world.fjordkraft, **{**values, **fields})  # type: ignore[arg-type]


def a_domain(organisation: Organisation, host: str = "go.fjordkraft.example", **fields: object) -> Domain:
    values = {"proved_at": timezone.now(), "checked_at": timezone.now()}
    return Domain.objects.create(organisation=organisation, host=host, **{**values, **fields})


def a_target(world: World, url: str = "https://fjordkraft.example/vaek", **fields: object) -> Target:
    """A page that has been gone for two days."""
    since = timezone.now() - timedelta(days=2)
    values = {"health": "gone", "failures": 6, "failing_since": since, "checked_at": timezone.now()}
    return Target.objects.create(
        organisation=world.fjordkraft, url=url, key=key_of(url), **{**values, **fields}
    )  # fmt: skip


def visited(link: Link, *, people: int, programs: int = 0, days_ago: int = 0) -> None:
    """What ingest would have counted."""
    LinkDay.objects.create(
        organisation_id=link.organisation_id, link_id=link.pk,
        day=timezone.now().date() - timedelta(days=days_ago),
        clicks=people + programs, unique_clicks=people + programs, human_clicks=people,
    )  # fmt: skip
