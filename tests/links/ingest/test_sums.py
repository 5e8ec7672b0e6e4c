"""Whatever comes in whatever order and batches, however often: the sums are what plain SQL counts, once."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genlyd.links.ingest import bounded, known, rejudge
from genlyd.links.models import Arrival, Click
from tests.links.ingest import counting
from tests.links.ingest.counting import (
    AT,
    CURL,
    FIREFOX,
    ODD,
    an_arrival,
    assert_sums_agree,
    judge_all,
    state,
)
from tests.world import World

Came = tuple[int, int, int, str, str, str, bool]
#: (link, visitor, seconds, user agent, method, country, private); crowded on purpose.
CLICKS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 2),
        st.one_of(st.integers(0, 9000), st.integers(40_000, 50_000), st.integers(0, 300_000)),
        st.sampled_from([FIREFOX, FIREFOX, ODD, CURL]),
        st.sampled_from(["GET", "GET", "GET", "HEAD"]),
        st.sampled_from(["", "DK", "NO"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)


def arrivals(links: list[Any], clicks: list[Came]) -> list[Arrival]:
    return [
        an_arrival(
            links[link], AT + timedelta(seconds=seconds), f"{number if private else visitor:016}".encode(),
            user_agent=FIREFOX if private else agent, method=method, country=country, private=private,
        )
        for number, (link, visitor, seconds, agent, method, country, private) in enumerate(clicks, 100)
    ]  # fmt: skip


@pytest.mark.parametrize("most_of_a_visitor", [None, 5])
@given(CLICKS, st.randoms(use_true_random=False))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_sums_are_what_plain_sql_counts(
    world: World, most_of_a_visitor: int | None, clicks: list[Came], dice: random.Random
) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        if most_of_a_visitor:
            patch.setattr(bounded, "MOST", most_of_a_visitor)
            patch.setattr(known, "ENOUGH", most_of_a_visitor + 1)
            patch.setattr(rejudge, "ENOUGH", most_of_a_visitor + 1)
            patch.setattr(rejudge, "CHUNK", 7)
        came = arrivals(counting.links_of(world), clicks)
        in_pieces(came, dice)
        assert_sums_agree()
        pieces = state()
        rejudged(dice)
        assert state() == pieces, "judging again by the same rules changes nothing"
        better_rules(patch)
        rejudged(dice)
        assert_sums_agree()
        improved = state()
        counting.forget_everything()
        Arrival.objects.bulk_create(came)
        judge_all()
        assert state() == improved, "judging again gives what judging from scratch gives"
        transaction.set_rollback(True)


def in_pieces(came: list[Arrival], dice: random.Random) -> None:
    """In any order and in batches, some of it twice."""
    waiting = [*came, *dice.sample(came, k=len(came) // 3)]
    dice.shuffle(waiting)
    while waiting:
        size = dice.randint(1, 9)
        Arrival.objects.bulk_create(waiting[:size], ignore_conflicts=True)
        waiting = waiting[size:]
        judge_all(most=dice.choice([2, 5, 100]))
    assert not Arrival.objects.exists()
    assert {click.id for click in came} == set(Click.objects.values_list("id", flat=True))


def rejudged(dice: random.Random) -> None:
    for organisation_id in rejudge.organisations():
        days = rejudge.days(organisation_id, None)
        dice.shuffle(days)
        for day in days:
            rejudge.rejudge_day(organisation_id, day)


def better_rules(patch: pytest.MonkeyPatch) -> None:
    """From now on one of the browsers is a program."""
    real = bounded.kind_of
    patch.setattr(bounded, "kind_of", lambda agent: "bot" if agent == ODD else real(agent))
