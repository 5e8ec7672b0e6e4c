"""Who may see which programme and period. Changing them is for leads: their pages are lead pages."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from genlyd.base.tenancy import one_or_404
from genlyd.people.access import is_lead
from genlyd.people.models import Member
from genlyd.programmes.models import Owner, Period, PeriodQuerySet, Programme, Seat


def periods_of(member: Member) -> PeriodQuerySet:
    """Leads and administrators: all of the organisation. Others: those they have a seat or a duty in."""
    periods = Period.objects.filter(organisation_id=member.organisation_id)
    if is_lead(member):
        return periods
    seat = Seat.objects.filter(period=OuterRef("pk"), member=member, left_at=None)
    duty = Owner.objects.filter(period=OuterRef("pk"), member=member)
    return periods.filter(Q(Exists(seat)) | Q(Exists(duty)))


def period_for(member: Member, pk: int) -> Period:
    """The period with its programme, or 404."""
    return one_or_404(periods_of(member).select_related("programme", "organisation"), pk=pk)


def programme_for(member: Member, pk: int) -> Programme:
    """For leads and administrators; 404 for everybody else."""
    programmes = Programme.objects.filter(organisation_id=member.organisation_id)
    return one_or_404(programmes if is_lead(member) else programmes.none(), pk=pk)
