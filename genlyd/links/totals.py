"""What a member's links brought in all. For that member's eyes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from genlyd.links.domain.sums import spans
from genlyd.links.domain.visitor import day_of
from genlyd.links.models import MemberTotal
from genlyd.people.models import Member
from genlyd.ui.charts.words import number


@dataclass(frozen=True, slots=True)
class OwnVisits:
    """Visits by people through all links of one's own, in posts and outside. Weeks and months are those of UTC."""

    week: int
    month: int
    ever: int

    @property
    def week_text(self) -> str:
        return number(self.week)

    @property
    def month_text(self) -> str:
        return number(self.month)

    @property
    def ever_text(self) -> str:
        return number(self.ever)


def visits_of(member: Member, now: datetime) -> OwnVisits:
    """One query of at most three rows, found by their key."""
    ever, month, week = spans(day_of(now))
    rows = MemberTotal.objects.filter(
        organisation_id=member.organisation_id, span__in=[ever, month, week], member_id=member.pk
    )
    known = dict(rows.values_list("span", "human_clicks"))
    return OwnVisits(week=known.get(week, 0), month=known.get(month, 0), ever=known.get(ever, 0))
