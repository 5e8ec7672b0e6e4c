"""The organisation's own news feed, served by the demo itself, and what waits there for an editor."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from genlyd.cli.simulate.demo.cast import JAKOB
from genlyd.cli.simulate.writer import Written
from genlyd.content.models import Feed, FeedItem
from genlyd.home.demo_news import NEWS, feed_url, news_url


def follow_feed(written: Written, now: datetime) -> None:
    """Already read once: three items to review, one skipped."""
    feed = Feed.objects.create(
        organisation=written.organisation, url=feed_url(settings.URL), title="Nyt fra Nordvang Energi",
        polled_at=now - timedelta(minutes=20), succeeded_at=now - timedelta(minutes=20),
        next_poll_at=now + timedelta(minutes=40), added_by_id=written.members[JAKOB],
    )  # fmt: skip
    for number, news in enumerate(NEWS):
        skipped = number == len(NEWS) - 1
        FeedItem.objects.create(
            organisation=written.organisation, feed=feed, guid=news_url(settings.URL, news.slug),
            url=news_url(settings.URL, news.slug), title=news.title, summary=news.text,
            published_at=now - timedelta(days=news.days_ago), seen_at=now - timedelta(days=news.days_ago - 0.1),
            state=FeedItem.State.SKIPPED if skipped else FeedItem.State.NEW,
            decided_by_id=written.members[JAKOB] if skipped else None,
            decided_at=now - timedelta(hours=5) if skipped else None,
        )  # fmt: skip
