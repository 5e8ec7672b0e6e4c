from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.links.agents import AGENTS
from genlyd.links.domain import verdict as rules
from genlyd.links.domain.verdict import Hit

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
IN_APP = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/22A3354 [FBAN/FBIOS;FBAV/480.0]"
)
LINKEDIN_APP = (
    "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/130.0.0.0 Mobile Safari/537.36 [LinkedInApp]/4.1.990"
)


def a_hit(number: int = 1, *, at: datetime = NOW, agent: str = FIREFOX, **changes: object) -> Hit:
    values: dict[str, object] = {
        "id": number, "organisation_id": 1, "link_id": 1, "at": at, "visitor": b"v", "method": "GET",
        "user_agent": agent, "prefetch": False, **changes,
    }  # fmt: skip
    return Hit(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hit", "published_ago", "name"),
    [
        (a_hit(), None, "human"),
        (a_hit(agent=IN_APP), None, "human"),
        (a_hit(agent=LINKEDIN_APP), None, "human"),
        (a_hit(method="HEAD"), None, "head"),
        (a_hit(prefetch=True), None, "prefetch"),
        (a_hit(agent="facebookexternalhit/1.1 (+http://www.facebook.com/)"), None, "preview"),
        (a_hit(agent="LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)"), None, "preview"),
        (
            a_hit(agent="Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)"),
            None,
            "preview",
        ),
        (a_hit(agent="http.rb/5.1.1 (Mastodon/4.3.0; +https://mastodon.social/)"), None, "preview"),
        (a_hit(agent="WhatsApp/2.23.20.0"), None, "preview"),
        (
            a_hit(agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
            None,
            "bot",
        ),
        (a_hit(agent="curl/8.5.0"), None, "bot"),
        (a_hit(agent="python-requests/2.32"), None, "bot"),
        (a_hit(agent=" "), None, "bot"),
        (a_hit(), timedelta(0), "too_soon"),
        (a_hit(), timedelta(seconds=3), "too_soon"),
        (a_hit(), timedelta(seconds=4), "human"),
        (a_hit(), timedelta(seconds=-60), "human"),  # a hand-over is confirmed after it was posted
    ],
)
def test_verdict_of_one_click(hit: Hit, published_ago: timedelta | None, name: str) -> None:
    published = None if published_ago is None else NOW - published_ago
    assert rules.verdict(hit, published, AGENTS) == name


def test_crowd_begins_with_one_click_too_many() -> None:
    twenty = [NOW + timedelta(minutes=3 * n) for n in range(20)]
    assert rules.crowded(twenty) == set()
    assert rules.crowded([*twenty, NOW + timedelta(minutes=60)]) == set(range(21))


def test_calm_clicks_beside_a_crowd_stay_out_of_it() -> None:
    times = [NOW, *(NOW + timedelta(hours=3, seconds=n) for n in range(21)), NOW + timedelta(hours=9)]
    assert rules.crowded(times) == set(range(1, 22))


def first_ids(hits: list[Hit], *known: datetime, name: str = "human") -> set[object]:
    visit = rules.visit_of(a_hit(), "human")
    marks = rules.firsts([(hit, name) for hit in hits], [(visit, at) for at in known])
    return {key for key, first in marks.items() if first}


@pytest.mark.parametrize(
    ("minutes", "firsts"),
    [
        ([0], {0}),
        ([0, 29], {0}),
        ([0, 30], {0, 1}),
        ([0, 20, 40], {0, 2}),  # a repeat does not begin a window of its own
        ([0, 10, 20, 29, 31, 59, 61], {0, 4, 6}),
        ([40, 0], {0, 1}),
    ],
)
def test_first_and_repeat(minutes: list[int], firsts: set[int]) -> None:
    hits = [a_hit(n, at=NOW + timedelta(minutes=minute)) for n, minute in enumerate(minutes)]
    assert first_ids(hits) == firsts


def test_firsts_of_earlier_batches_count() -> None:
    assert first_ids([a_hit()], NOW - timedelta(minutes=29)) == set()
    assert first_ids([a_hit()], NOW - timedelta(minutes=30)) == {1}


def test_click_that_comes_late_adds_no_first_beside_one_counted() -> None:
    assert first_ids([a_hit()], NOW + timedelta(minutes=10)) == set()


def test_machine_does_not_make_its_persons_click_a_repeat() -> None:
    ahead, real = a_hit(1, prefetch=True), a_hit(2, at=NOW + timedelta(seconds=2))
    marks = rules.firsts([(ahead, "prefetch"), (real, "human")], [])
    assert marks == {1: True, 2: True}


def test_other_visitor_and_other_link_are_other_visits() -> None:
    hits = [a_hit(1), a_hit(2, visitor=b"w"), a_hit(3, link_id=2), a_hit(4, organisation_id=2)]
    assert all(rules.firsts([(hit, "human") for hit in hits], []).values())


@given(st.lists(st.integers(0, 300), max_size=30), st.integers(0, 30))
def test_batches_find_the_same_firsts_as_one_look(minutes: list[int], cut: int) -> None:
    hits = [a_hit(n, at=NOW + timedelta(minutes=minute)) for n, minute in enumerate(sorted(minutes))]
    whole = first_ids(hits)
    early = first_ids(hits[:cut])
    late = first_ids(hits[cut:], *(hit.at for hit in hits if hit.id in early))
    assert whole == early | late


@given(st.lists(st.integers(0, 300), max_size=30))
def test_two_firsts_are_never_within_one_window(minutes: list[int]) -> None:
    hits = [a_hit(n, at=NOW + timedelta(minutes=minute)) for n, minute in enumerate(minutes)]
    times = sorted(hit.at for hit in hits if hit.id in first_ids(hits))
    assert all(later - earlier >= rules.WINDOW for earlier, later in itertools.pairwise(times))
