"""Following feeds over real HTTP on loopback."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.base import http
from genlyd.base.errors import Refused
from genlyd.content.actions import feeds
from genlyd.content.models import Feed, FeedItem
from tests.content.cast import a_feed
from tests.content.test_feed_reading import json_feed, rss
from tests.webserver import WebServer, answer
from tests.world import World

AskAs = Callable[..., Client]
FEEDS = "/stories/feeds/"
JOB = "genlyd.content.tasks.check_feed"
TWO = "<item><guid>1</guid><title>One</title><link>/1</link></item><item><guid>2</guid><title>Two</title></item>"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A site made by Pelican and served by the standard library: its address and its folder."""
    folder = tmp_path_factory.mktemp("blog")
    (folder / "content").mkdir()
    for number, title in enumerate(["Første mølle på Ærø", "Ny skole for teknikere"], start=1):
        (folder / "content" / f"{number}.rst").write_text(
            f"{title}\n{'#' * 40}\n\n:date: 2026-01-0{number} 10:00\n:slug: post-{number}\n\nTeksten om **{title}**.\n",
            "utf-8",
        )
    out = folder / "out"
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(out)))
    home = f"http://127.0.0.1:{server.server_address[1]}"
    (folder / "conf.py").write_text(
        f"SITENAME = 'Fjordkraft'\nSITEURL = FEED_DOMAIN = '{home}'\n"
        "TIMEZONE = 'Europe/Copenhagen'\nDEFAULT_LANG = 'da'\n"
        "FEED_ALL_RSS = 'feed.rss.xml'\nFEED_ALL_ATOM = 'feed.atom.xml'\nRSS_FEED_SUMMARY_ONLY = False\n"
    )
    subprocess.run(
        [sys.executable, "-m", "pelican", str(folder / "content"), "-o", str(out), "-s", str(folder / "conf.py"), "-q"],
        check=True, capture_output=True, env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield home, out
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["feed.rss.xml", "feed.atom.xml"])
def test_feed_of_a_real_site_is_followed_and_not_sent_twice(
    world: World, blog: tuple[str, Path], settings: Any, name: str
) -> None:
    home, _folder = blog
    settings.PRIVATE_HOSTS_ALLOWED = [home.removeprefix("http://")]
    feed = feeds.follow_feed(by=world.erik, url=f"{home}/{name}", now=timezone.now())
    assert feed.title.startswith("Fjordkraft")
    newest, oldest = feed.items.order_by("-published_at")
    assert (newest.title, oldest.title) == ("Ny skole for teknikere", "Første mølle på Ærø")
    assert "Teksten om Ny skole" in newest.summary
    assert newest.url == f"{home}/post-2.html"
    assert newest.published_at.isoformat() == "2026-01-02T09:00:00+00:00"
    assert newest.state == FeedItem.State.NEW
    assert feed.last_modified
    checked = feeds.check_feed(feed_id=feed.pk)
    assert checked is not None
    assert (checked.error, checked.items.count()) == ("", 2)
    unchanged = http.fetch(feed.url, headers={"If-Modified-Since": feed.last_modified})
    assert unchanged.status == 304


def test_page_of_a_real_site_leads_to_its_feed(world: World, blog: tuple[str, Path], settings: Any) -> None:
    home, _folder = blog
    settings.PRIVATE_HOSTS_ALLOWED = [home.removeprefix("http://")]
    feed = feeds.follow_feed(by=world.erik, url=f"{home}/", now=timezone.now())
    assert feed.url == f"{home}/feed.atom.xml"
    assert feed.items.count() == 2


def test_json_feed_is_followed(world: World, site: WebServer) -> None:
    url = site.serve("/feed.json", json_feed({"id": "1", "title": "En"}), "application/feed+json")
    feed = feeds.follow_feed(by=world.erik, url=url, now=timezone.now())
    assert [item.title for item in feed.items.all()] == ["En"]


def test_second_check_brings_only_what_is_new_and_sends_the_etag(world: World, site: WebServer) -> None:
    url = site.serve("/f", rss(TWO), "application/rss+xml", ETag='"v1"')
    feed = feeds.follow_feed(by=world.erik, url=url, now=timezone.now())
    site.serve(
        "/f", rss(TWO + "<item><guid>3</guid><title>Three</title></item>"), "application/rss+xml", ETag='"v2"'
    )
    feeds.check_feed(feed_id=feed.pk)
    assert site.asked[-1][1]["if-none-match"] == '"v1"'
    assert sorted(item.title for item in feed.items.all()) == ["One", "Three", "Two"]
    site.pages["/f"] = lambda h: answer(h, 304, b"")
    checked = feeds.check_feed(feed_id=feed.pk)
    assert site.asked[-1][1]["if-none-match"] == '"v2"'
    assert checked is not None
    assert checked.etag == '"v2"'
    assert checked.succeeded_at == checked.polled_at


def test_old_items_of_a_new_feed_do_not_drown_the_reviewer(world: World, site: WebServer) -> None:
    many = "".join(f"<item><guid>{n}</guid><title>t{n}</title></item>" for n in range(60))
    feed = feeds.follow_feed(by=world.erik, url=site.serve("/f", rss(many)), now=timezone.now())
    assert feed.items.count() == 60
    assert feed.items.filter(state=FeedItem.State.NEW).count() == feeds.FIRST_ITEMS


@pytest.mark.parametrize(
    ("status", "headers", "code"),
    [
        (404, {}, "not_found"), (403, {}, "forbidden"), (500, {}, "site_error"), (503, {}, "site_error"),
        (503, {"Retry-After": "3600"}, "busy"), (429, {"Retry-After": "7200"}, "busy"), (410, {}, "gone"),
    ],
)  # fmt: skip
def test_trouble_is_kept_in_words_and_slows_down(
    world: World, site: WebServer, status: int, headers: dict[str, str], code: str
) -> None:
    feed = a_feed(world.erik, url=site.url("/f"))
    site.pages["/f"] = lambda h: answer(h, status, b"", **headers)
    before = timezone.now()
    checked = feeds.check_feed(feed_id=feed.pk)
    assert checked is not None
    assert checked.error == code
    assert code in feeds.FAULTS
    assert checked.failures == 1
    assert checked.next_poll_at - before >= timedelta(minutes=59)
    if "Retry-After" in headers and status == 429:
        assert checked.next_poll_at - before >= timedelta(hours=2)
    assert bool(checked.stopped_at) is (code == "gone")


def test_recovery_forgets_the_trouble(world: World, site: WebServer) -> None:
    feed = a_feed(world.erik, url=site.serve("/f", rss(TWO)), error="site_error", failures=5)
    checked = feeds.check_feed(feed_id=feed.pk)
    assert checked is not None
    assert (checked.error, checked.failures) == ("", 0)
    assert checked.next_poll_at - timezone.now() < timedelta(minutes=31)


def test_moved_for_good_changes_the_address_and_moved_for_now_does_not(world: World, site: WebServer) -> None:
    site.serve("/new", rss(TWO))
    moved = a_feed(world.erik, url=site.redirect("/old", "/new", 301))
    visiting = a_feed(world.erik, url=site.redirect("/today", "/new", 302))
    feeds.check_feed(feed_id=moved.pk)
    feeds.check_feed(feed_id=visiting.pk)
    moved.refresh_from_db()
    visiting.refresh_from_db()
    assert moved.url == site.url("/new")
    assert visiting.url == site.url("/today")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page", "answers with a web page, not with a feed"),
        ("/text", "What is at this address is no feed."),
        ("/broken", "The feed is broken"),
        ("/missing", "The site says that there is no such page."),
        ("/large", "too large"),
        ("/private", "leads into a private network"),
        ("/comments", "The site says that there is no such page."),
    ],
)
def test_wrong_address_gets_a_clear_answer(
    world: World, site: WebServer, as_member: AskAs, path: str, said: str
) -> None:
    site.serve("/page", b"<html><title>News</title></html>")
    site.serve("/text", b"hello", "text/plain")
    site.serve("/broken", b"<?xml version='1.0'?><rss><chan", "text/xml")
    site.serve("/large", b"x" * (feeds.MOST_BYTES + 1))
    site.redirect("/private", "http://10.0.0.1/feed")
    site.serve("/comments", b"<link rel=alternate type=application/rss+xml href=/gone.xml>")
    response = as_member(world.erik).post(FEEDS, {"url": site.url(path)})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Feed.objects.exists()


def test_private_address_is_refused(world: World, as_member: AskAs) -> None:
    for url in ("http://127.0.0.1/feed", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/"):
        response = as_member(world.erik).post(FEEDS, {"url": url})
        assert response.status_code == 422
        assert "private network" in response.content.decode()


def test_feed_is_followed_once_and_again_after_a_stop(
    world: World, site: WebServer, as_member: AskAs
) -> None:
    url = site.serve("/f", rss(TWO))
    erik = as_member(world.erik)
    assert erik.post(FEEDS, {"url": url}).headers["Location"] == "/stories/review/"
    assert "You already follow this feed." in erik.post(FEEDS, {"url": url}).content.decode()
    feed = Feed.objects.get()
    erik.post(reverse("content:stop", args=[feed.pk]))
    assert feeds.check_feed(feed_id=feed.pk) is None
    erik.post(FEEDS, {"url": url})
    again = Feed.objects.get()
    assert again.stopped_at is None
    assert again.items.count() == 2
    erik.post(reverse("content:stop", args=[feed.pk]))
    erik.post(reverse("content:resume", args=[feed.pk]))
    assert Feed.objects.get().stopped_at is None


def test_check_now_is_done_once_by_the_worker_and_shows_its_progress(
    world: World, site: WebServer, as_member: AskAs
) -> None:
    feed = a_feed(world.erik, url=site.serve("/f", rss(TWO)))
    erik, address = as_member(world.erik), reverse("content:check", args=[feed.pk])
    row = erik.post(address, headers={"HX-Request": "true"}).content.decode()
    assert "Being checked" in row
    assert "hx-get" in row
    erik.post(address)
    assert ProcrastinateJob.objects.get(task_name=JOB).args == {"feed_id": feed.pk}
    feeds.check_feed(feed_id=feed.pk)
    done = erik.get(reverse("content:feed", args=[feed.pk])).content.decode()
    assert "2 to review" in done
    assert "Being checked" not in done


def test_only_due_feeds_get_a_job_and_only_one(world: World) -> None:
    now = timezone.now()
    due = a_feed(world.erik, url="https://a.example/", next_poll_at=now - timedelta(minutes=1))
    a_feed(world.erik, url="https://b.example/", next_poll_at=now + timedelta(minutes=1))
    a_feed(world.erik, url="https://c.example/", next_poll_at=now - timedelta(days=1), stopped_at=now)
    assert feeds.check_due_feeds(now=now) == 1
    assert feeds.check_due_feeds(now=now) == 0
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name=JOB)] == [{"feed_id": due.pk}]


def test_feed_stopped_while_it_is_read_keeps_nothing(world: World, site: WebServer) -> None:
    feed = a_feed(world.erik, url=site.url("/f"))

    def stop_and_answer(handler: Any) -> None:
        answer(handler, 200, rss(TWO))

    site.pages["/f"] = stop_and_answer
    real = feeds._parsed

    def parsed(*args: Any) -> Any:
        Feed.objects.update(stopped_at=timezone.now())
        return real(*args)

    feeds._parsed = parsed
    try:
        assert feeds.check_feed(feed_id=feed.pk) is None
    finally:
        feeds._parsed = real
    assert not FeedItem.objects.exists()


def test_refusals_name_the_field(world: World, site: WebServer) -> None:
    with pytest.raises(Refused) as refusal:
        feeds.follow_feed(by=world.erik, url=site.serve("/p", b"<html></html>"), now=timezone.now())
    assert refusal.value.field == "url"


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_feeds_asks_the_same_number_of_queries(
    world: World, as_member: AskAs, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        a_feed(world.erik, url=f"https://{number}.example/", polled_at=timezone.now())
    erik = as_member(world.erik)
    erik.get(FEEDS)
    # session, user, member, roles; count, feeds
    with django_assert_num_queries(6):
        erik.get(FEEDS)
