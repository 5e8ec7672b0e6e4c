"""Who may see which link. People's own links, and their figures, are theirs alone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from genlyd.base.tenancy import one_or_404
from genlyd.links.models import Domain, Link, Target
from genlyd.people.access import is_editor
from genlyd.people.models import Member

#: A person's own kinds outside shares, and the organisation's.
OWN = (Link.Kind.SIGNATURE, Link.Kind.BADGE)
HOUSE = (Link.Kind.PRINT, Link.Kind.OTHER)


def _of(asker: Member) -> QuerySet[Link]:
    return Link.objects.filter(organisation_id=asker.organisation_id).select_related(
        "domain", "organisation", "member"
    )


def own_links(asker: Member) -> QuerySet[Link]:
    """The asker's links outside shares, the newest first."""
    return _of(asker).filter(member=asker, kind__in=OWN).order_by("-created_at", "-pk")


def house_links(asker: Member) -> QuerySet[Link]:
    """The organisation's links outside shares; none for who does not edit."""
    if not is_editor(asker):
        return Link.objects.none()
    return _of(asker).filter(member=None, kind__in=HOUSE).order_by("-created_at", "-pk")


def link_for(asker: Member, pk: int) -> Link:
    """One's own link of any kind (a share's too), or one of the organisation's for those who edit."""
    mine = Q(member=asker)
    house = Q(member=None, kind__in=HOUSE) if is_editor(asker) else Q(pk__in=[])
    return one_or_404(_of(asker).filter(mine | house), pk=pk)


def changeable_link_for(asker: Member, pk: int) -> Link:
    """The same, without those in shares: what is posted under a link is no longer ours to change."""
    link = link_for(asker, pk)
    return one_or_404(_of(asker).exclude(kind=Link.Kind.SHARE), pk=link.pk)


def domains_of(asker: Member) -> QuerySet[Domain]:
    return Domain.objects.filter(organisation_id=asker.organisation_id).order_by("host")


def domain_for(asker: Member, pk: int) -> Domain:
    return one_or_404(domains_of(asker).select_related("organisation"), pk=pk)


def targets_in_trouble(asker: Member) -> QuerySet[Target]:
    """Pages behind the organisation's links that are gone or do not answer, the oldest trouble first."""
    rows = Target.objects.filter(organisation_id=asker.organisation_id, health__in=["failing", "gone"])
    return rows.order_by("failing_since", "pk")


def target_for(asker: Member, pk: int) -> Target:
    return one_or_404(Target.objects.filter(organisation_id=asker.organisation_id), pk=pk)
