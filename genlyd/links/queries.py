"""Links with what pages show beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import MD5

from genlyd.links.models import Link, LinkDay, Target
from genlyd.links.models.targets import key_of
from genlyd.ui.charts.words import number

#: Days that the small figures look back.
DAYS = 30


@dataclass(frozen=True)
class Shown:
    """A link on a page. `visits` by people on each of the last `DAYS` days, the oldest first."""

    link: Link
    visits: tuple[int, ...]
    now: datetime
    #: What is known of the page behind it.
    target: Target | None = None

    @property
    def total(self) -> int:
        return sum(self.visits)

    @property
    def total_text(self) -> str:
        return number(self.total)

    @property
    def expired(self) -> bool:
        return self.link.expires_at is not None and self.link.expires_at <= self.now

    @property
    def works(self) -> bool:
        return self.link.retired_at is None and not self.expired

    @property
    def last_day(self) -> datetime | None:
        """A moment of the last day on which it works."""
        return self.link.expires_at - timedelta(minutes=1) if self.link.expires_at else None


def shown(links: Iterable[Link], *, organisation_id: int, now: datetime) -> list[Shown]:
    """The links with their visits and the pages behind them. Two queries, however many."""
    links = list(links)
    today = now.date()
    first = today - timedelta(days=DAYS - 1)
    days: dict[int, dict[date, int]] = {link.pk: {} for link in links}
    counted = LinkDay.objects.filter(
        organisation_id=organisation_id, link_id__in=list(days), day__gte=first, day__lte=today
    )
    for link_id, day, visits in counted.values_list("link_id", "day", "human_clicks") if links else ():
        days[link_id][day] = visits
    every = [first + timedelta(days=number) for number in range(DAYS)]
    keys = {link.pk: key_of(link.target) for link in links}
    pages = {
        page.key: page
        for page in Target.objects.filter(organisation_id=organisation_id, key__in=set(keys.values()))
    }
    return [
        Shown(link, tuple(days[link.pk].get(day, 0) for day in every), now, pages.get(keys[link.pk]))
        for link in links
    ]


def found(links: QuerySet[Link], words: str) -> QuerySet[Link]:
    """Those whose name, ending or target holds the words."""
    if not words:
        return links
    return links.filter(Q(label__icontains=words) | Q(slug__icontains=words) | Q(target__icontains=words))


def ways_to_call(kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Choices of a form: the kinds in their order, in the reader's language."""
    return [(kind, str(Link.Kind(kind).label)) for kind in kinds]


def leading_to(links: QuerySet[Link], organisation_id: int, url: str) -> QuerySet[Link]:
    """Those of the links that lead to this very page. An index finds them by the address's MD5."""
    links = links.alias(target_md5=MD5("target")).filter(organisation_id=organisation_id, target=url)
    return links.filter(target_md5=MD5(Value(url)))


def live_links(now: datetime) -> QuerySet[Link]:
    """Links that lead somewhere at this moment."""
    return Link.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), retired_at=None)
