"""What links outside posts brought a period: posters and job ads by name, people's own links only together.

Counted link by link on the period's days, so that a link which is given another period takes its visits along. KPIs
know nothing of this: they speak of posts.

Sums of links are distributed by organisation where a database is, links are not: no statement joins the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from genlyd.links.access import HOUSE, OWN
from genlyd.links.models import Link, LinkDay
from genlyd.measurement.domain.privacy import LEAST
from genlyd.programmes.models import Period

#: Links of the organisation's that are named; the rest are one sum.
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Named:
    link: Link
    visits: int


@dataclass(frozen=True, slots=True)
class Outside:
    """Visits by people from the period's first day on."""

    named: list[Named]
    others: int
    #: Visits of the others.
    of_others: int
    #: People with links of their own, and the visits of these; None while they are fewer than LEAST.
    people: int | None
    of_people: int | None

    @property
    def total(self) -> int:
        return sum(one.visits for one in self.named) + self.of_others + (self.of_people or 0)


def outside_of(period: Period, day: date) -> Outside | None:
    """At the end of `day`. None where there is nothing that may be shown."""
    links = Link.objects.filter(organisation=period.organisation_id, made_for=period.pk)
    house = list(links.filter(kind__in=HOUSE, member=None).values_list("pk", flat=True))
    own = links.filter(kind__in=OWN, member__isnull=False)
    people = own.aggregate(people=Count("member", distinct=True))["people"]
    shown = people >= LEAST
    if not house and not shown:
        return None
    days = LinkDay.objects.filter(
        organisation_id=period.organisation_id, day__gte=period.starts_on, day__lte=day
    )
    counted = days.filter(link_id__in=house).values_list("link_id").annotate(Sum("human_clicks"))
    visits = dict.fromkeys(house, 0) | dict(counted)
    most = sorted(visits, key=lambda link: (-visits[link], -link))
    known = Link.objects.select_related("domain").in_bulk(most[:MOST_NAMED])
    return Outside(
        named=[Named(known[link], visits[link]) for link in most[:MOST_NAMED] if link in known],
        others=len(most[MOST_NAMED:]),
        of_others=sum(visits[link] for link in most[MOST_NAMED:]),
        people=people if shown else None,
        of_people=_sum(days, list(own.values_list("pk", flat=True))) if shown else None,
    )


def _sum(days: QuerySet[LinkDay], links: list[int]) -> int:
    found = days.filter(link_id__in=links).aggregate(visits=Coalesce(Sum("human_clicks"), 0))
    return int(found["visits"])
