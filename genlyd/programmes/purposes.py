"""Periods as what links outside posts are made for."""

from __future__ import annotations

from django.db.models import Q

from genlyd.base import clock
from genlyd.links.purposes import Purpose, offers
from genlyd.people.access import is_editor
from genlyd.people.models import Member
from genlyd.programmes.access import periods_of
from genlyd.programmes.models import Period


@offers
def periods(asker: Member, kept: int | None) -> list[Purpose]:
    """Running or to come. Who edits makes links for all of the organisation's; others for open ones of their own."""
    theirs = Period.objects.filter(organisation_id=asker.organisation_id)
    now = Q(closed_at=None, ends_on__gte=clock.today(asker.organisation.time_zone))
    if not is_editor(asker):
        now &= Q(opened_at__isnull=False, pk__in=periods_of(asker).values("pk"))
    rows = theirs.filter(now | Q(pk=kept)).select_related("programme").order_by("starts_on", "pk")
    return [Purpose(period.pk, f"{period.name} · {period.programme.name}") for period in rows]
