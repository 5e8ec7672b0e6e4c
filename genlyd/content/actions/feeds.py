"""Following news feeds: added by a person, asked by the worker, stopped by a person or the site."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.base import clock, http
from genlyd.base.errors import Refused
from genlyd.content.actions import preview
from genlyd.content.domain import feeds
from genlyd.content.domain.polling import next_poll
from genlyd.content.domain.preview import feeds_in
from genlyd.content.models import Feed, FeedItem
from genlyd.people.models import Member

log = logging.getLogger(__name__)

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.5"
)
MOST_BYTES = 5_000_000
#: What a new feed brings for review; its older items count as seen.
FIRST_ITEMS = 20
#: A check that somebody asked for and that never ended is forgotten after this.
CHECK_TAKES = timedelta(seconds=90)
_GONE, _UNCHANGED = 410, 304
_TOO_MANY, _UNAVAILABLE = 429, 503

FAULTS: dict[str, tuple[str | Promise, str | Promise]] = {
    **{code: preview.FAULTS[code] for code in (
        "bad_address", "private_address", "not_reachable", "too_slow", "too_large", "too_many_redirects",
    )},
    "not_found": (
        _("The site says that there is no such page."), _("Check the address, or follow the site's own page instead."),
    ),
    "forbidden": (_("The site does not let us read the feed."), _("Ask whoever runs the site to open it.")),
    "site_error": (_("The site has a problem of its own."), _("It is asked again by itself.")),
    "busy": (_("The site asked us to come back later."), _("It is asked again when it said.")),
    "gone": (_("The site says that this feed has ended."), _("Look for a new one on the site.")),
    "web_page": (
        _("This address answers with a web page, not with a feed, and the page points to none."),
        _("Look for RSS or Atom on the site, or ask whoever runs it."),
    ),
    "broken_feed": (
        _("The feed is broken: it cannot be read."), _("Tell whoever runs the site. It is asked again by itself."),
    ),
    "not_a_feed": (
        _("What is at this address is no feed."), _("A feed is RSS, Atom or JSON Feed. Look for RSS on the site."),
    ),
}  # fmt: skip


class NoFeed(Refused):
    """The address gave no feed; `code` is a key of FAULTS."""

    def __init__(self, code: str, retry_after: str = "") -> None:
        words, advice = FAULTS[code]
        super().__init__(words, next_step=advice, field="url")
        self.code, self.retry_after = code, retry_after


def follow_feed(*, by: Member, url: str, now: datetime, seconds: float = 8.0) -> Feed:
    """Follow the feed at an address, or the one that the page at the address points to. Raises Refused."""
    got = _asked(url, seconds=seconds)
    try:
        parsed = _parsed(got, now)
    except NoFeed as no_feed:
        if no_feed.code != "web_page":
            raise
        got, parsed = _discovered(got, now, seconds=seconds)
    with transaction.atomic():
        feed = (
            Feed.objects.select_for_update()
            .filter(organisation_id=by.organisation_id, url=got.lives_at)
            .first()
        )
        if feed and feed.stopped_at is None:
            raise Refused(
                _("You already follow this feed."), next_step=_("You find it in the list."), field="url"
            )
        feed = feed or Feed(organisation_id=by.organisation_id, url=got.lives_at)
        feed.added_by, feed.stopped_at = by, None
        _succeeded(feed, got, now)
        feed.title = parsed.title or feeds.host_of(feed.url)
        feed.save()
        _keep_items(feed, parsed.entries, now)
    return feed


def _discovered(page: http.Fetched, now: datetime, *, seconds: float) -> tuple[http.Fetched, feeds.Parsed]:
    last: Refused = NoFeed("web_page")
    for address in feeds_in(page.body, page.headers.get("content-type", ""), page.url)[:3]:
        try:
            got = _asked(address, seconds=seconds)
            return got, _parsed(got, now)
        except Refused as error:
            last = error
    raise last


def _asked(url: str, *, seconds: float, headers: dict[str, str] | None = None) -> http.Fetched:
    got = http.fetch(url, accept=ACCEPT, most_bytes=MOST_BYTES, seconds=seconds, headers=headers)
    if got.ok or got.status == _UNCHANGED:
        return got
    retry_after = got.headers.get("retry-after", "")
    if got.status == _GONE:
        raise NoFeed("gone")
    if got.status == _TOO_MANY or (got.status == _UNAVAILABLE and retry_after):
        raise NoFeed("busy", retry_after)
    if got.status in {401, 402, 403, 451}:
        raise NoFeed("forbidden")
    raise NoFeed("site_error" if got.status >= 500 else "not_found")  # noqa: PLR2004


def _parsed(got: http.Fetched, now: datetime) -> feeds.Parsed:
    try:
        return feeds.parse(got.body, got.headers.get("content-type", ""), got.url, now)
    except feeds.Unreadable as error:
        raise NoFeed(error.fault.value) from error


def check_feed(*, feed_id: int, seconds: float = 20.0) -> Feed | None:
    """Ask a followed feed for news and keep what is new for review. What goes wrong is kept on the feed."""
    feed = Feed.objects.filter(pk=feed_id, stopped_at=None).first()
    if feed is None:
        return None
    now, asked = clock.now(), feed.url
    conditions = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    got, parsed, fault = None, None, None
    try:
        got = _asked(
            asked, seconds=seconds, headers={name: value for name, value in conditions.items() if value}
        )
        parsed = None if got.status == _UNCHANGED else _parsed(got, now)
    except (http.NotFetched, NoFeed) as error:
        fault = error
        log.info(
            "feed.failed", extra={"feed": feed_id, "code": error.code, "detail": getattr(error, "detail", "")}
        )
    with transaction.atomic():
        current = Feed.objects.select_for_update().filter(pk=feed_id, stopped_at=None, url=asked).first()
        if current is None:
            return None  # Stopped or moved by somebody meanwhile.
        if fault is not None:
            _failed(current, fault, now)
        elif got is not None:
            _succeeded(current, got, now)
            if parsed is not None:
                current.title = parsed.title or current.title
                _keep_items(current, parsed.entries, now)
        current.save()
    return current


def _succeeded(feed: Feed, got: http.Fetched, now: datetime) -> None:
    feed.polled_at = feed.succeeded_at = now
    feed.error, feed.failures, feed.checking_since = "", 0, None
    feed.next_poll_at = next_poll(failures=0, retry_after=got.headers.get("retry-after", ""), now=now)
    if got.status != _UNCHANGED:
        feed.etag = got.headers.get("etag", "")[:500]
        feed.last_modified = got.headers.get("last-modified", "")[:100]
    taken = Feed.objects.filter(organisation_id=feed.organisation_id, url=got.lives_at, stopped_at=None)
    if got.lives_at != feed.url and len(got.lives_at) <= 1000 and not taken.exists():  # noqa: PLR2004
        log.info("feed.moved", extra={"feed": feed.pk, "from": feed.url, "to": got.lives_at})
        feed.url = got.lives_at


def _failed(feed: Feed, fault: http.NotFetched | NoFeed, now: datetime) -> None:
    feed.polled_at, feed.error, feed.checking_since = now, fault.code, None
    feed.failures = min(feed.failures + 1, 1000)
    retry_after = fault.retry_after if isinstance(fault, NoFeed) else ""
    feed.next_poll_at = next_poll(failures=feed.failures, retry_after=retry_after, now=now)
    if fault.code == "gone":
        feed.stopped_at = now


def _keep_items(feed: Feed, entries: list[feeds.Entry], now: datetime) -> None:
    first = not feed.items.exists()
    FeedItem.objects.bulk_create(
        (
            FeedItem(
                organisation_id=feed.organisation_id, feed=feed, guid=entry.guid, url=entry.url, title=entry.title,
                summary=entry.summary, picture_url=entry.picture, published_at=entry.published_at, seen_at=now,
                state=FeedItem.State.SKIPPED if first and place >= FIRST_ITEMS else FeedItem.State.NEW,
            )
            for place, entry in enumerate(entries)
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def check_now(*, feed: Feed, now: datetime) -> bool:
    """Have the worker ask at once. False when it is already at it."""
    from genlyd.content.tasks import check_feed as job  # the task module needs the app registry

    free = Q(checking_since=None) | Q(checking_since__lt=now - CHECK_TAKES)
    with transaction.atomic():
        claimed = Feed.objects.filter(free, pk=feed.pk, stopped_at=None).update(checking_since=now)
        if claimed:
            job.defer(feed_id=feed.pk)
    return bool(claimed)


def check_due_feeds(*, now: datetime, most: int = 500) -> int:
    """Give every feed whose time has come a job of its own; how many."""
    from genlyd.content.tasks import check_feed as job

    with transaction.atomic():
        due = list(
            Feed.objects.select_for_update(skip_locked=True)
            .filter(stopped_at=None, next_poll_at__lte=now)
            .order_by("next_poll_at")
            .values_list("pk", flat=True)[:most]
        )
        # The check sets the real time; this one stands if the worker dies in between.
        Feed.objects.filter(pk__in=due).update(next_poll_at=now + timedelta(minutes=20))
        for feed_id in due:
            job.defer(feed_id=feed_id)
    return len(due)


def stop_feed(*, feed: Feed, now: datetime) -> Feed:
    feed.stopped_at = now
    feed.save(update_fields=["stopped_at"])
    return feed


def resume_feed(*, feed: Feed, now: datetime) -> Feed:
    """Take stopping back, unless the same address is followed again meanwhile."""
    again = Feed.objects.filter(organisation_id=feed.organisation_id, url=feed.url, stopped_at=None)
    if not again.exists():
        feed.stopped_at, feed.next_poll_at = None, now
        feed.save(update_fields=["stopped_at", "next_poll_at"])
    return feed
