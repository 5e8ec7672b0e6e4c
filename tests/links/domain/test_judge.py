from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.links.domain import rates
from genlyd.links.domain import verdict as names
from genlyd.links.domain.judge import Flood, Hit, Judged, LinkFacts, judge_day

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINKS = {number: LinkFacts() for number in range(1, 100)}
BOTS = {"Robot/1": names.BOT, "Card/1": names.PREVIEW, "Filter/1": names.SCANNER}


def a_hit(number: int = 1, seconds: float = 0, *, link: int = 1, **changes: object) -> Hit:
    values = {"user_agent": "Browser/1", **changes}
    return Hit(UUID(int=number), link, NOON + timedelta(seconds=seconds), **values)  # type: ignore[arg-type]


def judge(hits: list[Hit], **facts: object) -> dict[int, Judged]:
    given = {"links": LINKS, "kind_of": lambda agent: BOTS.get(agent, ""), **facts}
    return {key.int: value for key, value in judge_day(hits, **given).items()}  # type: ignore[arg-type]


def named(hits: list[Hit], **facts: object) -> list[str]:
    judged = judge(hits, **facts)
    return [judged[hit.id.int].verdict for hit in hits]


def posted(seconds: float) -> dict[int, LinkFacts]:
    return {1: LinkFacts(published_at=NOON - timedelta(seconds=seconds), member_id=7)}


@pytest.mark.parametrize(
    ("hit", "facts", "name"),
    [
        (a_hit(), {}, "human"),
        (a_hit(method="HEAD", prefetch=True), {}, "head"),
        (a_hit(prefetch=True, user_agent="Card/1"), {}, "prefetch"),
        (a_hit(user_agent="Card/1", datacentre=True), {}, "preview"),
        (a_hit(user_agent="Robot/1", datacentre=True), {}, "bot"),
        (a_hit(user_agent="Filter/1", datacentre=True), {}, "scanner"),
        (a_hit(datacentre=True), {"links": posted(0), "own_member": 7}, "datacentre"),
        (a_hit(), {"links": posted(0), "own_member": 7}, "own"),
        (a_hit(), {"links": posted(0), "own_member": 8}, "too_soon"),
        (a_hit(), {"links": posted(3)}, "too_soon"),
        (a_hit(), {"links": posted(4)}, "human"),
        (a_hit(), {"links": posted(-60)}, "human"),  # a hand-over is confirmed after it was posted
        (a_hit(link=1000), {"own_member": 7}, "orphan"),
        (a_hit(), {"own_member": 7}, "human"),  # a link that is nobody's has no sharer
    ],
)
def test_first_step_that_stops_a_click_names_it(hit: Hit, facts: dict[str, object], name: str) -> None:
    assert named([hit], **facts) == [name]


@pytest.mark.parametrize(
    ("seconds", "name"),
    [([0, 1, 2], "scanner"), ([0, 3, 6], "human"), ([0, 2.5, 5, 7.5, 10], "scanner"), ([0, 1], "human")],
)
def test_several_links_within_seconds_are_a_scan(seconds: list[float], name: str) -> None:
    hits = [a_hit(n, second, link=n) for n, second in enumerate(seconds, start=1)]
    assert set(named(hits)) == {name}


def test_same_link_again_and_again_is_no_scan() -> None:
    assert set(named([a_hit(n, n / 2) for n in range(1, 6)])) == {"human"}


def test_scan_takes_only_its_own_clicks() -> None:
    hits = [a_hit(n, n / 10, link=n) for n in range(1, 5)]
    assert named([*hits, a_hit(9, 600, link=1)]) == ["scanner"] * 4 + ["human"]


def test_page_fetched_right_after_its_head_is_the_same_check() -> None:
    head = a_hit(1, method="HEAD")
    assert named([head, a_hit(2, 1), a_hit(3, 1, link=2), a_hit(4, 60)]) == [
        "head", "scanner", "human", "human",
    ]  # fmt: skip


def test_more_visits_than_a_person_makes_are_all_too_many() -> None:
    twenty = [a_hit(n, 170 * n + n % 7 * 20, link=n) for n in range(1, 21)]
    assert set(named(twenty)) == {"human"}
    again = [a_hit(n + 30, 170 * n + 10, link=n) for n in range(1, 21)]
    assert set(named([*twenty, *again])) == {"human"}  # colleagues on the same stories are no further visits
    assert set(named([*twenty, *again, a_hit(90, 3590, link=30)])) == {"too_many"}


def test_office_on_one_story_is_not_thrown_away() -> None:
    hits = [a_hit(n, 37 * n + n * n % 29) for n in range(1, 91)]
    judged = judge(hits)
    assert {one.verdict for one in judged.values()} == {"human"}
    assert sum(one.is_first for one in judged.values()) == 2


def test_ten_clicks_in_ten_seconds_are_people_and_eleven_are_not() -> None:
    assert set(named([a_hit(n, n * 0.9) for n in range(10)])) == {"human"}
    assert set(named([a_hit(n, n * 0.9) for n in range(11)])) == {"too_many"}


def test_clockwork_is_no_person() -> None:
    steady = [a_hit(n, 300 * n + n % 2) for n in range(9)]
    assert set(named(steady)) == {"too_many"}
    assert set(named(steady[:8])) == {"human"}


def test_flood_is_nobodys_however_it_is_read() -> None:
    many = [a_hit(n, n * 16.1 + n * n % 13, link=n % 3 + 1) for n in range(rates.MOST_PER_DAY + 1)]
    whole = judge(many)
    assert {one.verdict for one in whole.values()} == {"too_many"}
    late = a_hit(9_000_000, 43_000, link=1)
    firsts = {
        link: [hit.at for hit in many if hit.link_id == link and whole[hit.id.int].is_first]
        for link in (1, 2, 3)
    }
    assert judge([late], flood=Flood(firsts)) == {9_000_000: judge([*many, late])[9_000_000]}


hits_of_a_day = st.lists(
    st.builds(
        lambda number, seconds, link, method, prefetch, agent, centre: a_hit(
            number, seconds, link=link, method=method, prefetch=prefetch, user_agent=agent, datacentre=centre
        ),
        st.integers(0, 10**9),
        st.one_of(st.integers(0, 60), st.integers(0, 40_000), st.floats(0, 20)),
        st.integers(1, 6),
        st.sampled_from(["GET", "GET", "GET", "HEAD"]),
        st.sampled_from([False, False, False, True]),
        st.sampled_from(["Browser/1", "Browser/1", "Browser/1", *BOTS]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=40,
    unique_by=lambda hit: hit.id,
)


#: One link is the visitor's own, one was published while they clicked, one is gone.
FACTS: dict[str, object] = {
    "own_member": 7,
    "links": {
        1: LinkFacts(member_id=7), 2: LinkFacts(published_at=NOON + timedelta(seconds=9)), 3: LinkFacts(),
        4: LinkFacts(member_id=8), 5: LinkFacts(published_at=NOON - timedelta(days=1), member_id=7),
    },
}  # fmt: skip


@given(hits_of_a_day, st.randoms())
def test_order_of_the_clicks_is_irrelevant(hits: list[Hit], chance: object) -> None:
    shuffled = list(hits)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(hits, **FACTS) == judge(shuffled, **FACTS)


@given(hits_of_a_day, st.lists(st.integers(0, 40), max_size=4))
def test_batches_end_where_one_look_ends(hits: list[Hit], cuts: list[int]) -> None:
    """As ingest does it: each batch is judged with all that came before, and what changed is written over."""
    stored: dict[int, Judged] = {}
    known: list[Hit] = []
    for begin, end in itertools.pairwise([0, *sorted(cuts), len(hits)]):
        known += hits[begin:end]
        stored.update(judge(known, **FACTS))
    assert stored == judge(hits, **FACTS)


@given(hits_of_a_day)
def test_every_click_is_named_and_none_is_dropped(hits: list[Hit]) -> None:
    judged = judge(hits, **FACTS)
    assert judged.keys() == {hit.id.int for hit in hits}
    assert all(one.verdict in names.VERDICTS for one in judged.values())


@given(hits_of_a_day)
def test_firsts_are_a_window_apart_and_visitors_are_counted_once(hits: list[Hit]) -> None:
    judged = judge(hits, **FACTS)
    for link, human in itertools.product(range(1, 7), (True, False)):
        theirs = [
            hit
            for hit in sorted(hits, key=lambda hit: hit.at)
            if hit.link_id == link and (judged[hit.id.int].verdict == names.HUMAN) is human
        ]
        firsts = [hit.at for hit in theirs if judged[hit.id.int].is_first]
        assert all(later - earlier >= names.WINDOW for earlier, later in itertools.pairwise(firsts))
        assert bool(theirs) is bool(firsts)
        today = [hit for hit in theirs if judged[hit.id.int].first_today]
        assert len(today) == (1 if human and theirs else 0)
        assert all(judged[hit.id.int].is_first for hit in today)


@given(hits_of_a_day, st.integers(0, 39))
def test_machine_never_turns_into_a_person_because_of_other_clicks(hits: list[Hit], place: int) -> None:
    """What a click says of itself stands: others can only name a person's click, never clear one."""
    if place < len(hits):
        alone, beside = named([hits[place]], **FACTS)[0], judge(hits, **FACTS)[hits[place].id.int].verdict
        assert beside in {alone, names.SCANNER, names.TOO_MANY}
        if alone in {names.HEAD, names.PREFETCH, names.PREVIEW, names.BOT}:
            assert beside == alone
