"""Stories, pictures and feeds that tests of this area (and of areas above) may need."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from genlyd.content.actions.pictures import keep_picture
from genlyd.content.models import Feed, FeedItem, Media, Story
from genlyd.people.models import Member


def a_picture_file(size: tuple[int, int] = (40, 30), kind: str = "PNG", **save: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **save)
    return out.getvalue()


def a_picture(by: Member, *, alt: str = "A wind turbine at dawn", shows_person: bool = False) -> Media:
    data = a_picture_file()
    return keep_picture(organisation=by.organisation, data=data, by=by, alt=alt, shows_person=shows_person)


def a_story(
    by: Member, sentence: str = "Our technicians planned the night shift themselves.", **fields: Any
) -> Story:
    """A published story for everybody, offered since an hour ago."""
    since = timezone.now() - timedelta(hours=1)
    audience = fields.pop("audience", [])
    values = {"language": "da", "not_before": since, "published_at": since, "created_at": since} | fields
    story = Story.objects.create(organisation=by.organisation, sentence=sentence, created_by=by, **values)
    story.audience.set(audience)
    return story


def a_draft(by: Member, **fields: Any) -> Story:
    return a_story(by, published_at=None, **fields)


def a_feed(by: Member, **fields: Any) -> Feed:
    values = {"url": "https://fjordkraft.example/feed.xml", "title": "Fjordkraft news"} | fields
    return Feed.objects.create(organisation=by.organisation, added_by=by, **values)


def an_item(feed: Feed, title: str = "A new turbine", **fields: Any) -> FeedItem:
    values = {"guid": title, "url": f"https://fjordkraft.example/{FeedItem.objects.count()}"} | fields
    return FeedItem.objects.create(organisation_id=feed.organisation_id, feed=feed, title=title, **values)
