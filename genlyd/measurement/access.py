"""Who may see a KPI, or share it with the team: loaded through the asker, else 404."""

from __future__ import annotations

from django.db.models import Q

from genlyd.base.tenancy import one_or_404
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.models import Kpi
from genlyd.people.access import is_lead
from genlyd.people.models import Member
from genlyd.programmes.access import periods_of


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
