from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from genlyd.base import clock

_AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)


@app.task(queue="content", retry=_AGAIN)
def fetch_preview(*, story_id: int) -> None:
    from genlyd.content.actions.preview import refresh_preview

    refresh_preview(story_id=story_id)


@app.task(queue="content", retry=_AGAIN)
def check_feed(*, feed_id: int) -> None:
    from genlyd.content.actions import feeds

    feeds.check_feed(feed_id=feed_id)


@app.task(queue="content")
def check_due_feeds(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given its planned time
    from genlyd.content.actions import feeds

    feeds.check_due_feeds(now=clock.now())
