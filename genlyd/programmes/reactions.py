"""What programmes do about facts of the areas below."""

from __future__ import annotations

from genlyd.base import clock
from genlyd.base.facts import reacts_to
from genlyd.people.facts import MemberLeft
from genlyd.programmes.models import Seat


@reacts_to(MemberLeft)
def free_seats(fact: MemberLeft) -> None:
    """Who has left gives up the seats of periods that are not closed; those of closed ones are history."""
    Seat.objects.filter(member=fact.member_id, left_at=None, period__closed_at=None).update(
        left_at=clock.now()
    )
