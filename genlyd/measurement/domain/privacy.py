"""Which groups may be shown: from five people up, and never so that a hidden one can be worked out from the rest."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

#: Fewer people than this, and a group's figures would be somebody's own.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """`people` are those whose figures make up the group's; their ids are needed only of groups below LEAST."""

    key: Hashable
    people: int
    members: frozenset[int] = frozenset()


def showable(groups: Sequence[Group]) -> set[Hashable]:
    """Keys of the groups that may be shown beside the total of all.

    Total minus shown groups gives the hidden rest. If only one to four people stand behind that rest (the same person
    may be in several groups), the smallest shown group is hidden too, until the rest is five people or nobody.
    """
    shown = sorted((group for group in groups if group.people >= LEAST), key=lambda group: group.people)
    hidden = [group for group in groups if 0 < group.people < LEAST]
    rest = frozenset().union(*(group.members for group in hidden)) if hidden else frozenset()
    if hidden and len(rest) < LEAST and shown:
        shown.pop(0)
    return {group.key for group in shown} | {group.key for group in groups if not group.people}
