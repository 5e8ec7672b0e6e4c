"""Who may see a KPI, share it with the team, or report on a share: loaded through the asker, else 404."""

from __future__ import annotations

from django.db.models import Q

from genlyd.base.tenancy import one_or_404
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.models import Kpi
from genlyd.people.access import is_lead
from genlyd.people.models import Member
from genlyd.programmes.access import periods_of
from genlyd.sharing.models import Share


def kpi_to_lead(member: Member, pk: int) -> Kpi:
    """To change it: its period is one the lead sees."""
    kpis = Kpi.objects.filter(period__in=periods_of(member), key__in=DICTIONARY)
    return one_or_404(kpis.select_related("period__organisation", "period__programme", "owner"), pk=pk)


def kpi_to_share(member: Member, pk: int) -> Kpi:
    """To share it with the team: its owner, and leads."""
    kpis = Kpi.objects.filter(organisation_id=member.organisation_id, key__in=DICTIONARY)
    if not is_lead(member):
        kpis = kpis.filter(Q(owner=member))
    return one_or_404(kpis.select_related("period__organisation", "period__programme", "owner"), pk=pk)


def own_share(member: Member, pk: int) -> Share:
    """One's own confirmed share; not even a lead sees another's figures."""
    shares = Share.objects.filter(member=member, confirmed_at__isnull=False, deleted_at=None)
    return one_or_404(shares.select_related("story"), pk=pk)
