from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.content.domain.charset import decoded
from genlyd.content.domain.preview import Preview, absolute, feeds_in, read

PAGE = "https://www.fjordkraft.example/nyt/side"
DANISH = "Blåbærgrød – “sådan” for 5 €"


def test_open_graph_wins_and_addresses_become_absolute() -> None:
    html = """<html><head><title>Plain</title><base href="/other/">
      <meta property="og:title" content="  Open   Graph&#39;s title "><meta name="twitter:title" content="T">
      <meta property="og:description" content="About it"><meta property="og:site_name" content="Fjordkraft">
      <meta property="og:image" content="p.jpg"><meta property="og:image:alt" content="A turbine">
      <link rel="canonical" href="/nyt/kanon"><link rel="shortcut icon" href="/favicon.ico"></head></html>"""
    assert read(html.encode(), "text/html; charset=utf-8", PAGE) == Preview(
        title="Open Graph's title",
        description="About it",
        site="Fjordkraft",
        canonical="https://www.fjordkraft.example/nyt/kanon",
        picture="https://www.fjordkraft.example/other/p.jpg",
        picture_alt="A turbine",
        icon="https://www.fjordkraft.example/favicon.ico",
    )


def test_plain_page_gives_title_description_and_host() -> None:
    html = b"<title>Plain</title><meta name=description content='What it is'><svg><title>Icon</title></svg>"
    seen = read(html, "text/html", PAGE)
    assert (seen.title, seen.description, seen.site) == ("Plain", "What it is", "fjordkraft.example")
    assert read(b"<h1>Only <b>this</b></h1>", "text/html", PAGE).title == "Only this"


def test_long_texts_are_cut_and_odd_addresses_dropped() -> None:
    html = (
        f'<meta property="og:title" content="{"x" * 900}"><meta property="og:image" content="javascript:alert(1)">'
        '<link rel=canonical href="http://[oops"><link rel=icon href="data:image/png;base64,AA">'
    )
    seen = read(html.encode(), "text/html", PAGE)
    assert len(seen.title) == 300
    assert (seen.picture, seen.canonical, seen.icon) == ("", "", "")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (DANISH.encode(), "text/html; charset=utf-8"),
        (DANISH.encode("cp1252"), 'text/html; charset="windows-1252"'),
        (DANISH.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (b"<meta charset=windows-1252>" + DANISH.encode("cp1252"), "text/html"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'
            + DANISH.encode("cp1252"),
            "",
        ),
        (b"<meta charset=iso-8859-1>" + DANISH.encode(), "text/html; charset=utf-8"),
        (DANISH.encode("cp1252"), "text/html; charset=utf-8"),
        (DANISH.encode("cp1252"), ""),
        (DANISH.encode(), ""),
        (DANISH.encode(), "text/html; charset=klingon"),
        (codecs.BOM_UTF8 + DANISH.encode(), "text/html; charset=iso-8859-1"),
        (codecs.BOM_UTF16_LE + DANISH.encode("utf-16-le"), "text/html"),
        (b"<meta charset=utf-16>" + DANISH.encode(), ""),
    ],
)
def test_danish_letters_survive_every_way_of_writing_them(body: bytes, content_type: str) -> None:
    assert decoded(body, content_type).endswith(DANISH)


def test_one_broken_byte_does_not_turn_a_utf8_page_into_another() -> None:
    page = ("<p>" + DANISH * 30).encode() + b"\xff" + DANISH.encode()
    assert decoded(page, "text/html; charset=utf-8").count("Blåbærgrød") == 31


def test_feeds_of_a_page_are_found_without_comments_first() -> None:
    html = b"""<link rel="alternate" type="application/rss+xml" title="Kommentarer" href="/comments/feed/">
      <link rel="alternate" type="application/atom+xml" href="atom.xml"><link rel=alternate hreflang=en href=/en>
      <link rel="alternate stylesheet" type="text/css" href="x.css">
      <link rel=alternate type=application/json href=/wp-json/1>
      <link rel="ALTERNATE" type="application/feed+json; charset=utf-8" href="//cdn.example/feed.json">"""
    assert feeds_in(html, "text/html", PAGE) == [
        "https://www.fjordkraft.example/nyt/atom.xml",
        "https://cdn.example/feed.json",
        "https://www.fjordkraft.example/comments/feed/",
    ]


@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_give_a_preview_that_fits(body: bytes, content_type: str) -> None:
    seen = read(body, content_type, PAGE)
    assert len(seen.title) <= 300
    assert len(seen.description) <= 1000
    for address in (seen.picture, seen.canonical, seen.icon):
        assert address == absolute(PAGE, address)
