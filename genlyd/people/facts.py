"""What people announces to the areas above."""

from __future__ import annotations

from genlyd.base.facts import fact


@fact
class MemberJoined:
    """Somebody signed in as this member for the first time."""

    member_id: int


@fact
class MemberLeft:
    member_id: int


@fact
class ConsentGiven:
    member_id: int


@fact
class ConsentWithdrawn:
    member_id: int
