from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genlyd.networks.domain.figures import Metric
from genlyd.networks.linkedin.domain.exports import MOST_BYTES, Kind, Unreadable, read
from genlyd.networks.linkedin.domain.exports.values import day, number
from tests.networks.linkedin.files import one_post, period, shares_csv, workbook

ONE, TWO = "7141234567890123456", "7141234567890123457"
SHARE = f"https://www.linkedin.com/feed/update/urn:li:share:{ONE}"
POST = f"https://www.linkedin.com/posts/pia-hansen_vi-soeger-ugcPost-{TWO}-Ab1c"


def test_a_period_s_posts_have_both_figures_and_nothing_is_made_up() -> None:
    found = read(period([(SHARE, "11/9/2026", "14", "1,020"), (POST, "11/10/2026", "", "88")]))
    assert (found.kind, found.starts, found.ends) == (Kind.PERIOD, date(2026, 8, 25), date(2026, 11, 22))
    assert (found.followers, found.followers_on) == (1234, date(2026, 11, 22))
    by_urn = {post.urn: post for post in found.posts}
    assert by_urn[f"urn:li:share:{ONE}"].figures == {Metric.ENGAGEMENTS: 14, Metric.IMPRESSIONS: 1020}
    assert by_urn[f"urn:li:share:{ONE}"].day == date(2026, 11, 9)
    assert by_urn[f"urn:li:ugcPost:{TWO}"].figures == {Metric.IMPRESSIONS: 88}


def test_a_file_that_puts_the_day_first_is_read_that_way_throughout() -> None:
    found = read(period([(SHARE, "9/11/2026", "14", "20")], window="25/8/2026 - 22/11/2026"))
    assert (found.starts, found.ends) == (date(2026, 8, 25), date(2026, 11, 22))
    assert found.posts[0].day == date(2026, 11, 9)


def test_one_post_s_file() -> None:
    found = read(
        one_post(POST, **{
            "Impressions": "1,240", "Members reached": "803", "Reactions": "31", "Comments": "4", "Reposts": "2",
            "Saves": "n/a", "Profile viewers from this post": "7",
        })
    )  # fmt: skip
    assert found.kind is Kind.POST
    [post] = found.posts
    assert (post.urn, post.day) == (f"urn:li:ugcPost:{TWO}", date(2026, 11, 9))
    assert post.figures == {
        Metric.IMPRESSIONS: 1240, Metric.REACHED: 803, Metric.REACTIONS: 31, Metric.COMMENTS: 4, Metric.RESHARES: 2,
    }  # fmt: skip


TEXT = 'Vi siger "tak"!\n\nSe https://go.fjordkraft.example/k3f9bcd\nÆøå, og "mere".'


def test_shares_come_with_their_words_as_they_were_posted() -> None:
    link = f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{ONE}"
    found = read(shares_csv([("2026-11-09 07:02:11", link, TEXT, "https://go.fjordkraft.example/abc")]))
    assert found.kind is Kind.SHARES
    [post] = found.posts
    assert (post.urn, post.text) == (f"urn:li:share:{ONE}", TEXT)
    assert post.at == datetime(2026, 11, 9, 7, 2, 11, tzinfo=UTC)
    assert post.links == ("https://go.fjordkraft.example/abc", "https://go.fjordkraft.example/k3f9bcd")


@given(st.lists(st.text(st.sampled_from('ab "\n,æ;'), max_size=30), min_size=1, max_size=4))
def test_any_words_survive_linkedin_s_quoting(texts: list[str]) -> None:
    texts = [" ".join(text.split("\r")).strip() or "x" for text in texts]
    rows = [
        ("2026-11-09 07:02:11", f"{SHARE[:-2]}{number_:02}", text, "") for number_, text in enumerate(texts)
    ]
    said = [post.text for post in read(shares_csv(rows)).posts]
    # Where a line begins or ends with one, LinkedIn's quotation marks cannot be told from the person's.
    assert [plain(text) for text in said] == [plain(text) for text in texts]


def plain(text: str) -> str:
    return "".join(text.replace('"', "").split())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_shares_in_other_encodings(encoding: str) -> None:
    content = shares_csv(
        [("2026-11-09 07:02:11", SHARE, "Blåbærgrød på øen, æblekage i går — også i år", "")]
    )
    assert "Blåbærgrød på øen" in read(content.decode().encode(encoding)).posts[0].text


def test_other_people_s_files_and_other_things_are_turned_away() -> None:
    with pytest.raises(Unreadable, match="not_theirs"):
        read(workbook({"Ark1": [["Navn", "Løn"], ["Pia", "1"]]}))
    with pytest.raises(Unreadable, match="not_theirs"):
        read(b"First Name,Last Name\nPia,Hansen\n")
    with pytest.raises(Unreadable, match="empty"):
        read(b" \n")
    with pytest.raises(Unreadable, match="too_large"):
        read(b"a" * (MOST_BYTES + 1))
    with pytest.raises(Unreadable, match="password"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    with pytest.raises(Unreadable, match="not_a_file"):
        read(b"PK\x03\x04nothing more")
    with pytest.raises(Unreadable):
        read(b"%PDF-1.7\x00\x01")


def zipped(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return data.getvalue()


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped({"xl/worksheets/sheet1.xml": b"0" * (64 * 1024 * 1024)})
    assert len(bomb) < MOST_BYTES
    with pytest.raises(Unreadable, match="too_large"):
        read(bomb)
    with pytest.raises(Unreadable, match="too_large"):
        read(zipped({f"part{number_}": b"x" for number_ in range(101)}))


def test_a_small_file_of_countless_cells_is_not_read() -> None:
    with zipfile.ZipFile(io.BytesIO(period([(SHARE, "11/9/2026", "14", "20")]))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"</sheetData>", b'<row r="9">' + b"<c/>" * 1_000_000 + b"</row></sheetData>"
    )
    with pytest.raises(Unreadable, match="too_large"):
        read(zipped(parts))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(encoding: str) -> None:
    good = period([(SHARE, "11/9/2026", "14", "20")])
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    evil = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    name = "xl/worksheets/sheet1.xml"
    parts[name] = evil.encode(encoding) + parts[name]
    with pytest.raises(Unreadable, match="not_a_file"):
        read(zipped(parts))


@settings(max_examples=40)
@given(st.binary(max_size=300), st.integers(0, 6000))
def test_a_damaged_workbook_is_read_or_turned_away(noise: bytes, where: int) -> None:
    good = bytearray(period([(SHARE, "11/9/2026", "14", "20")]))
    good[where : where + len(noise)] = noise
    with suppress(Unreadable):
        read(bytes(good))


def test_a_formula_is_no_figure() -> None:
    found = read(period([(SHARE, "11/9/2026", "=1+1", '=HYPERLINK("https://evil.example")')]))
    assert found.posts[0].figures == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("1\u202f234", 1234), ("0", 0), ("12", 12), ("", None),
     ("-1", None), ("1.5", None), ("2%", None), ("< 1%", None), ("١٢", None), ("9" * 30, None), ("1,23", None)],
)  # fmt: skip
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


@given(st.text(max_size=20))
def test_no_day_is_too_strange(text: str) -> None:
    day(text)
    number(text)
