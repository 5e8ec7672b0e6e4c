from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from genlyd.measurement.domain.privacy import LEAST, Group, showable


def group(key: str, *members: int) -> Group:
    return Group(key, len(members), frozenset(members))


def test_groups_from_five_people_up_are_shown() -> None:
    groups = [group("four", *range(4)), group("five", *range(10, 15)), group("more", 5, 6, 7, 8)]
    assert showable(groups) == {"five"}


def test_rest_that_would_give_a_small_group_away_takes_the_smallest_shown_with_it() -> None:
    groups = [group("two", 1, 2), group("nine", *range(10, 19)), group("six", *range(20, 26))]
    assert showable(groups) == {"nine"}


def test_same_few_people_in_several_small_groups_are_still_few() -> None:
    groups = [
        group("a", 1, 2),
        group("b", 1, 2),
        group("c", 2, 1),
        group("six", *range(20, 26)),
        group("seven", *range(30, 37)),
    ]
    assert showable(groups) == {"seven"}


def test_empty_group_hides_nobody() -> None:
    assert showable([group("none"), group("six", *range(6))]) == {"none", "six"}


memberships = st.lists(st.frozensets(st.integers(0, 30), max_size=12), max_size=8)


@given(memberships)
def test_neither_a_group_nor_the_hidden_rest_is_ever_few_people(rows: list[frozenset[int]]) -> None:
    groups = [
        Group(at, len(members), members if len(members) < LEAST else frozenset())
        for at, members in enumerate(rows)
    ]
    shown = showable(groups)
    assert all(len(rows[at]) >= LEAST for at in shown if rows[at])
    rest = frozenset().union(*(members for at, members in enumerate(rows) if at not in shown))
    # With no group shown there is nothing to subtract: only the total of all is left.
    assert not rest or len(rest) >= LEAST or not any(rows[at] for at in shown)
