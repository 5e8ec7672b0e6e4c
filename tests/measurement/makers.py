"""Shares, clicks and colleagues for the figures' tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from genlyd.content.models import Story
from genlyd.links.models import DayTotal, Link, LinkDay
from genlyd.measurement.models import Kpi
from genlyd.people.models import Member
from genlyd.programmes.models import Period, Seat
from genlyd.sharing.models import Share
from tests.world import World, a_member


def a_story(world: World, sentence: str = "The blades are made here.", **fields: object) -> Story:
    values = {"period": world.period, "published_at": timezone.now() - timedelta(days=29), **fields}
    return Story.objects.create(organisation=world.fjordkraft, sentence=sentence, language="en", **values)


def a_share(
    member: Member,
    story: Story,
    *,
    days_ago: float = 10,
    visits: int | None = None,
    network: str = "linkedin",
    **fields: object,
) -> Share:
    """A confirmed share; with `visits` it has a link that was followed as often, on the day of the share."""
    at = timezone.now() - timedelta(days=days_ago)
    link = None
    if visits is not None:
        link = Link.objects.create(
            organisation=member.organisation, target="https://a.dk/", published_at=at, member=member, network=network,
            campaign=story.period_id,
        )  # fmt: skip
        followed(link, visits, at.date())
    values = {
        "period": story.period, "way": Share.Way.HAND_OVER, "text": "In my own words.", "confirmed_at": at,
        "confirmed_by_api": False, "created_at": at, "link": link, **fields,
    }  # fmt: skip
    return Share.objects.create(
        organisation=member.organisation, member=member, story=story, network=network, **values
    )


def followed(link: Link, visits: int, day: date) -> None:
    """As ingest adds it up."""
    counts = {"clicks": visits * 2, "unique_clicks": visits, "human_clicks": visits}
    LinkDay.objects.create(organisation_id=link.organisation_id, link_id=link.pk, day=day, **counts)
    total, made = DayTotal.objects.get_or_create(
        organisation_id=link.organisation_id, day=day, campaign_id=link.campaign or 0, network=link.network,
        defaults=counts,
    )  # fmt: skip
    if not made:
        for name, count in counts.items():
            setattr(total, name, getattr(total, name) + count)
        total.save()


def colleagues(
    world: World, number: int, *, seated: datetime | None = None, **fields: object
) -> list[Member]:
    """Members with a seat in the period."""
    members = [
        a_member(world.fjordkraft, f"Kollega{Member.objects.count()}", **fields) for _ in range(number)
    ]
    taken = seated or timezone.now() - timedelta(days=30)
    Seat.objects.bulk_create(Seat(period=world.period, member=member, taken_at=taken) for member in members)
    return members


def a_kpi(period: Period, key: str = "visits", position: int = 1, **fields: object) -> Kpi:
    values = {"target": 100.0, **fields}
    return Kpi.objects.create(
        organisation=period.organisation, period=period, key=key, position=position, **values
    )
