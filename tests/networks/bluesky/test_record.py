from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.bluesky.domain.record import facets, record
from genlyd.networks.domain.tid import ALPHABET, tid
from genlyd.networks.domain.urls import find_urls

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
URL = st.sampled_from(
    ["https://g.example/k3f9bcd", "http://fjordkraft.example/nyt?a=1&b=æ", "https://x.dk/a_(b)"]
)


@given(pieces=st.lists(st.one_of(ANY, URL, st.just(" "), st.just("🇩🇰 æøå ")), max_size=8))
def test_facets_cut_exactly_their_address_out_of_the_bytes(pieces: list[str]) -> None:
    text = "".join(pieces)
    data = text.encode()
    found = facets(text)
    for facet in found:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert 0 <= start < end <= len(data)
        assert data[start:end].decode() == facet["features"][0]["uri"]
    ends = [0, *(facet["index"]["byteEnd"] for facet in found)]
    assert all(before <= facet["index"]["byteStart"] for before, facet in zip(ends, found, strict=False))


@given(before=ANY, url=URL)
def test_an_address_behind_a_space_is_always_found(before: str, url: str) -> None:
    assert url in [span.url for span in find_urls(f"{before} {url} ")]


def test_punctuation_of_the_sentence_is_no_part_of_the_address() -> None:
    text = "Læs (https://fjordkraft.example/a), eller https://fjordkraft.example/b!"
    assert [span.url for span in find_urls(text)] == [
        "https://fjordkraft.example/a",
        "https://fjordkraft.example/b",
    ]


def test_record_is_the_same_each_time() -> None:
    at = datetime(2026, 11, 23, 14, 30, tzinfo=timezone(timedelta(hours=1)))
    once = record(text="Hej", created_at=at, language="da")
    assert once == record(text="Hej", created_at=at, language="da")
    assert once["createdAt"] == "2026-11-23T13:30:00.000Z"
    assert once["langs"] == ["da"]


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    later=st.timedeltas(timedelta(seconds=1), timedelta(days=3650)),
    key=st.text(min_size=1),
)
def test_tid_is_valid_repeatable_and_sorts_by_time(at: datetime, later: timedelta, key: str) -> None:
    made = tid(at, key)
    assert len(made) == 13
    assert set(made) <= set(ALPHABET)
    # The first bit is always 0, so the first character is one of the first half.
    assert made[0] in ALPHABET[:16]
    assert made == tid(at, key)
    assert made < tid(at + later, key)


def test_two_deliveries_of_the_same_instant_have_different_keys() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    assert len({tid(at, f"{pk}.1") for pk in range(10_000)}) == 10_000
