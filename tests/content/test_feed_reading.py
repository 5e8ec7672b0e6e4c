"""The feed reader alone: bytes in, values out."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.content.domain.feeds import Entry, Fault, Unreadable, parse, plain
from genlyd.content.domain.polling import EVERY, LONGEST, next_poll

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOME = "https://fjordkraft.example/news/feed.xml"


def rss(items: str, title: str = "News", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{title}</title><link>https://fjordkraft.example/</link>{items}</channel></rss>"
    ).encode(encoding)


def entries(body: bytes, content_type: str = "application/rss+xml") -> list[Entry]:
    return parse(body, content_type, HOME, NOW).entries


def test_rss_item_becomes_an_entry() -> None:
    item = (
        "<item><guid>g1</guid><title>Blåbær &amp; vind</title><link>/a?b=1&amp;c=2</link>"
        "<description>&lt;p&gt;Et &lt;b&gt;godt&lt;/b&gt; år.&lt;/p&gt;&lt;p&gt;Tak &amp;amp; farvel&lt;/p&gt;"
        "&lt;script&gt;alert(1)&lt;/script&gt;</description>"
        "<pubDate>Sun, 01 Feb 2026 10:00:00 +0100</pubDate>"
        '<media:thumbnail url="/picture.jpg"/></item>'
    )
    assert entries(rss(item)) == [
        Entry(
            guid="g1", title="Blåbær & vind", url="https://fjordkraft.example/a?b=1&c=2",
            summary="Et godt år.\nTak & farvel",
            picture="https://fjordkraft.example/picture.jpg", published_at=datetime(2026, 2, 1, 9, tzinfo=UTC),
        )
    ]  # fmt: skip


def test_windows_1252_feed_keeps_its_letters() -> None:
    body = rss("<item><guid>1</guid><title>“Rødgrød” – 5 €</title></item>", encoding="windows-1252")
    assert entries(body, "text/xml")[0].title == "“Rødgrød” – 5 €"


def test_atom_entry_becomes_an_entry() -> None:
    body = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/x/"><title>T</title>
      <entry><id>urn:1</id><title type="html">A &lt;i&gt;b&lt;/i&gt;</title><link href="rel/a"/>
      <updated>2026-02-03T04:05:06Z</updated><content type="html">&lt;p&gt;Hi&lt;/p&gt;</content></entry></feed>"""
    (entry,) = entries(body, "application/atom+xml")
    assert (entry.guid, entry.title, entry.summary) == ("urn:1", "A b", "Hi")
    assert entry.url == "https://cdn.example/x/rel/a"
    assert entry.published_at == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def json_feed(*items: Any, **more: Any) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items} | more
    ).encode()


def test_json_feed_item_becomes_an_entry() -> None:
    item = {
        "id": 7, "url": "a", "title": "Ny mølle", "content_html": "<p>Høj &amp; flot</p>", "image": "/p.png",
        "date_published": "2026-02-01T10:00:00+01:00",
    }  # fmt: skip
    (entry,) = entries(json_feed(item), "application/feed+json")
    assert entry == Entry(
        guid="7", title="Ny mølle", url="https://fjordkraft.example/news/a", summary="Høj & flot",
        picture="https://fjordkraft.example/p.png", published_at=datetime(2026, 2, 1, 9, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"id": None},
        {"id": "1", "title": 5, "date_published": "soon", "url": "javascript:alert(1)"},
        {"id": ["x"]},
    ],
)
def test_odd_json_items_do_no_harm(item: dict[str, Any]) -> None:
    for entry in entries(json_feed(item, "text", None, {"id": "ok", "content_text": "a < b\nc"})):
        assert entry.url == ""
        assert entry.published_at is None
    assert entries(json_feed(item, {"id": "ok", "content_text": "a < b\nc"}))[-1].summary in {"a < b\nc", ""}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sun, 01 Feb 2026 10:00:00 GMT", datetime(2026, 2, 1, 10, tzinfo=UTC)),
        ("2026-02-01T10:00:00Z", datetime(2026, 2, 1, 10, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 18:00:00 GMT", NOW),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 01 Jan 2399 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_sane(written: str, read: datetime | None) -> None:
    body = rss(f"<item><guid>1</guid><title>t</title><pubDate>{written}</pubDate></item>")
    assert entries(body)[0].published_at == read


def test_newest_comes_first_and_no_guid_twice() -> None:
    items = "".join(
        f"<item><guid>g{n % 3}</guid><title>t{n}</title><pubDate>0{n + 1} Feb 2026 10:00:00 GMT</pubDate></item>"
        for n in range(5)
    )
    read = entries(rss(items))
    assert len(read) == 3
    assert [entry.published_at for entry in read] == sorted((e.published_at for e in read), reverse=True)


def test_item_without_guid_is_known_by_its_link_and_one_without_title_by_its_words() -> None:
    (entry,) = entries(
        rss("<item><link>https://x.example/a</link><description>Only words here.</description></item>")
    )
    assert entry.guid == "https://x.example/a"
    assert entry.title == "Only words here."
    long = entries(rss(f"<item><guid>{'x' * 900}</guid><title>t</title></item>"))[0].guid
    assert len(long) == 64


@pytest.mark.parametrize(
    ("body", "content_type", "fault"),
    [
        (
            b"<!doctype html><html><head><title>Hi</title></head><body>News</body></html>",
            "text/html",
            Fault.WEB_PAGE,
        ),
        (b"<html><body><rss>not really", "text/html", Fault.WEB_PAGE),
        (b"<?xml version='1.0'?><note>hello</note>", "text/xml", Fault.BROKEN),
        (b"<?xml version='1.0'?><rs", "text/xml", Fault.BROKEN),
        (b"just text", "text/plain", Fault.NOT_A_FEED),
        (b"", "", Fault.NOT_A_FEED),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", Fault.NOT_A_FEED),
        (b'{"version": "1", "items": []}', "application/json", Fault.NOT_A_FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": 3}', "application/json", Fault.BROKEN),
        (b'{"version": "https://jso', "application/json", Fault.BROKEN),
        (b"[" * 100_000, "application/json", Fault.BROKEN),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: bytes, content_type: str, fault: Fault) -> None:
    with pytest.raises(Unreadable) as error:
        parse(body, content_type, HOME, NOW)
    assert error.value.fault == fault


def test_entities_neither_explode_nor_reach_for_files() -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
      <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
      <!ENTITY x SYSTEM "file:///etc/passwd">]>
      <rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>&f;&x;</title></item></channel></rss>"""
    try:
        read = parse(bomb, "text/xml", HOME, NOW)
    except Unreadable:
        return
    assert all("root:" not in entry.title and len(entry.title) < 1000 for entry in read.entries)


@given(
    st.binary(max_size=300),
    st.sampled_from(["text/xml", "application/json", "text/html; charset=nonsense", ""]),
)
def test_any_bytes_are_a_feed_or_unreadable(body: bytes, content_type: str) -> None:
    with contextlib.suppress(Unreadable):
        parse(body, content_type, HOME, NOW)


@given(st.text(max_size=400), st.integers(20, 100))
def test_plain_text_holds_no_markup_and_keeps_its_length(markup: str, most: int) -> None:
    text = plain(f"<p onclick=x>{markup}</p><script>evil()</script>", most)
    assert len(text) <= most
    assert "<script" not in text.lower() or "&lt;script" in markup.lower()


@pytest.mark.parametrize(
    ("failures", "retry_after", "wait"),
    [
        (0, "", EVERY), (1, "", 2 * EVERY), (3, "", 8 * EVERY), (9, "", LONGEST), (1000, "", LONGEST),
        (0, "60", EVERY), (1, "7200", timedelta(hours=2)), (1, "Sun, 01 Mar 2026 15:00:00 GMT", timedelta(hours=3)),
        (1, "99999999999", LONGEST), (1, "soon", 2 * EVERY), (1, "-5", 2 * EVERY),
    ],
)  # fmt: skip
def test_next_poll_backs_off_and_obeys_the_site(failures: int, retry_after: str, wait: timedelta) -> None:
    assert next_poll(failures=failures, retry_after=retry_after, now=NOW) - NOW == wait
