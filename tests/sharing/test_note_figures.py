from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from genlyd.networks.domain.figures import Metric
from genlyd.sharing.actions.note_figures import NETWORKS_WORD, note_figures
from genlyd.sharing.models import PostReading

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIKES, SEEN = Metric.REACTIONS, Metric.IMPRESSIONS


def note(at: datetime, figures: dict[Metric, int], *, quality: str = "measured", share: int = 7) -> int:
    source = "network" if quality == "measured" else "typed"
    return note_figures(organisation_id=1, by_share={share: figures}, at=at, quality=quality, source=source)


def newest(share: int = 7) -> dict[str, int]:
    rows = PostReading.objects.filter(organisation_id=1, share_id=share, until=None)
    return dict(rows.values_list("metric", "value"))


@pytest.mark.django_db
def test_note_figures_keeps_what_was_known_before() -> None:
    assert note(NINE, {LIKES: 3, SEEN: 100}) == 2
    assert note(NINE + HOUR, {LIKES: 5, SEEN: 100}) == 1
    rows = PostReading.objects.order_by("metric", "read_at").values_list(
        "metric", "value", "seen_at", "until"
    )
    assert list(rows) == [
        (SEEN, 100, NINE + HOUR, None),
        (LIKES, 3, NINE, NINE + HOUR),
        (LIKES, 5, NINE + HOUR, None),
    ]


@pytest.mark.django_db
def test_note_figures_leaves_a_figure_that_is_not_given_as_it_was() -> None:
    note(NINE, {LIKES: 3, SEEN: 100})
    note(NINE + HOUR, {LIKES: 0})
    assert newest() == {LIKES: 0, SEEN: 100}


@pytest.mark.django_db
def test_note_figures_learns_nothing_from_what_is_older_than_known() -> None:
    note(NINE, {LIKES: 5})
    assert note(NINE - HOUR, {LIKES: 3}) == note(NINE, {LIKES: 4}) == 0
    assert newest() == {LIKES: 5}


@pytest.mark.django_db
def test_note_figures_lets_the_networks_own_word_stand_for_a_week() -> None:
    note(NINE, {LIKES: 5})
    assert note(NINE + HOUR, {LIKES: 9}, quality="reported") == 0
    assert note(NINE + NETWORKS_WORD, {LIKES: 9}, quality="reported") == 1
    assert note(NINE + NETWORKS_WORD + HOUR, {LIKES: 8}) == 1
    assert newest() == {LIKES: 8}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"value": -1}, {"until": None, "read_at": NINE + HOUR}, {"seen_at": NINE - HOUR}],
    ids=["a negative figure", "two newest figures", "seen before it was read"],
)
def test_the_database_refuses(wrong: dict[str, object]) -> None:
    note(NINE, {LIKES: 5})
    values = {
        "metric": LIKES, "value": 1, "quality": "measured", "source": "network", "read_at": NINE + HOUR,
        "seen_at": NINE + 2 * HOUR, "until": NINE + 3 * HOUR, **wrong,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        PostReading.objects.create(organisation_id=1, share_id=7, **values)


@pytest.mark.django_db
def test_note_figures_asks_as_often_for_three_posts_as_for_one(django_assert_num_queries: object) -> None:
    by_share = {share: {LIKES: share, SEEN: share} for share in (1, 2, 3)}
    for some in ({1: by_share[1]}, by_share):
        PostReading.objects.all().delete()
        note_figures(organisation_id=1, by_share=some, at=NINE, quality="measured", source="network")
        later = {share: {LIKES: 50, SEEN: share} for share in some}
        with django_assert_num_queries(6):  # type: ignore[operator]  # savepoint, known, seen, close, insert, release
            note_figures(
                organisation_id=1, by_share=later, at=NINE + HOUR, quality="measured", source="network"
            )


class TestAnyOrder(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, 30), st.integers(0, 4), st.sampled_from(["measured", "reported"])),
            max_size=12,
        )
    )
    def test_readings_of_a_figure_never_overlap(self, said: list[tuple[int, int, str]]) -> None:
        for hours, value, quality in said:
            note(NINE + hours * HOUR, {LIKES: value}, quality=quality)
        rows = list(PostReading.objects.filter(share_id=7).order_by("read_at"))
        assert all(earlier.until == later.read_at for earlier, later in pairwise(rows))
        assert [row.until is None for row in rows] == [False] * (len(rows) - 1) + [True] * bool(rows)
