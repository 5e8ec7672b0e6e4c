from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from genlyd.home.domain.chosen import HANDFUL, Candidate, choose, reason

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OLD = NOW - timedelta(days=30)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 2), timezones=st.just(UTC))  # noqa: DTZ001
CANDIDATES = st.lists(
    st.builds(
        Candidate, pk=st.integers(1, 10_000), published_at=MOMENTS,
        expires_at=st.none() | st.just(NOW + timedelta(days=2)), in_my_period=st.booleans(),
        for_my_team=st.booleans(), in_my_language=st.booleans(), focus_area=st.none() | st.integers(1, 3),
    ),
    max_size=30, unique_by=lambda story: story.pk,
)  # fmt: skip


def test_my_period_then_what_ends_soon_then_my_team_then_the_newest() -> None:
    plain = Candidate(pk=1, published_at=OLD)
    newer = Candidate(pk=2, published_at=NOW)
    team = Candidate(pk=3, published_at=OLD, for_my_team=True)
    soon = Candidate(pk=4, published_at=OLD, expires_at=NOW + timedelta(days=2))
    mine = Candidate(pk=5, published_at=OLD, in_my_period=True)
    chosen = choose([plain, newer, team, soon, mine], NOW)
    assert [story.pk for story in chosen] == [5, 4, 3, 2, 1]
    assert [story.reason for story in chosen] == ["your_period", "ends_soon", "your_team", "new", ""]


def test_not_everything_about_one_thing() -> None:
    culture = [Candidate(pk=pk, published_at=NOW, focus_area=1) for pk in range(1, 6)]
    job = Candidate(pk=9, published_at=OLD, focus_area=2)
    assert 9 in [story.pk for story in choose([*culture, job], NOW, most=3)]
    assert len(choose(culture, NOW)) == 5


@given(CANDIDATES)
def test_a_handful_without_repetition_whatever_the_order(stories: list[Candidate]) -> None:
    chosen = choose(stories, NOW)
    assert len(chosen) == min(HANDFUL, len(stories))
    assert len({story.pk for story in chosen}) == len(chosen)
    assert choose(reversed(stories), NOW) == chosen
    by_pk = {story.pk: story for story in stories}
    assert all(story.reason == reason(by_pk[story.pk], NOW) for story in chosen)
