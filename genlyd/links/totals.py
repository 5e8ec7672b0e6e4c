"""What a member's links brought in all. For that member's eyes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from genlyd.links.domain.sums import months, spans
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
    """One query of a row for each month since the member was written down, and one for the week, found by their key."""
    today = day_of(now)
    month, week = spans(today)
    every = months(day_of(member.created_at), today)
    rows = MemberTotal.objects.filter(
        organisation_id=member.organisation_id, span__in=[*every, week], member_id=member.pk
    )
    known = dict(rows.values_list("span", "human_clicks"))
    return OwnVisits(
        week=known.get(week, 0), month=known.get(month, 0), ever=sum(known.get(one, 0) for one in every)
    )
