"""Who looks after links outside shares, when the page behind them goes away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from genlyd.links.access import HOUSE, OWN
from genlyd.links.models import Link, Target
from genlyd.links.queries import leading_to, live_links
from genlyd.people.access import is_editor
from genlyd.people.models import Member
from genlyd.people.queries import leads_or_administrators

#: When more people's own links lead to one page, those who lead are told once instead of everybody at once.
MOST_TOLD = 20


@dataclass
class Concerned:
    """One person and the links they should hear about, the newest first."""

    member: Member
    links: list[Link] = field(default_factory=list)
    #: How many people's own links lead there, where those are too many to be told themselves.
    people: int = 0


def concerned(target: Target, now: datetime) -> list[Concerned]:
    """Everybody once, in the order of their ids.

    One's own link: oneself. The organisation's: who made it, while they are here and edit; else those who lead.
    """
    links = leading_to(live_links(now), target.organisation_id, target.url)
    links = links.select_related("domain").order_by("-pk")
    found: dict[int, Concerned] = {}
    homeless: list[Link] = []
    house = links.filter(kind__in=HOUSE, member=None)
    house = house.select_related("created_by__user", "created_by__organisation")
    for link in house.prefetch_related("created_by__roles"):
        maker = link.created_by
        if maker is not None and maker.left_at is None and is_editor(maker):
            found.setdefault(maker.pk, Concerned(maker)).links.append(link)
        else:
            homeless.append(link)
    own = links.filter(kind__in=OWN, member__left_at=None, member__isnull=False)
    people = own.order_by().values("member").distinct().count()
    if people <= MOST_TOLD:
        for link in own.select_related("domain", "member__user", "member__organisation"):
            assert link.member is not None
            found.setdefault(link.member.pk, Concerned(link.member)).links.append(link)
    if homeless or people > MOST_TOLD:
        for member in leads_or_administrators(target.organisation_id):
            one = found.setdefault(member.pk, Concerned(member))
            one.links += homeless
            one.people = people if people > MOST_TOLD else 0
    return [found[pk] for pk in sorted(found)]
