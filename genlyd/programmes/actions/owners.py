from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.people.models import Member
from genlyd.programmes.models import Duty, Owner, Period


@transaction.atomic
def name_owner(period: Period, *, duty: str, member: Member, by: Member) -> Owner:
    """One person per duty: naming another one takes the place of the first."""
    if period.closed_at:
        raise Refused(_("This period is closed: it stays as it was."))
    if member.left_at or member.organisation_id != period.organisation_id:
        raise Refused(_("%(name)s does not work here any more.") % {"name": member.name})
    owner, _created = Owner.objects.update_or_create(
        period=period, duty=Duty(duty), defaults={"member": member, "named_at": clock.now()}
    )
    audit.note(by.organisation, by, "named owner", period.name, duty=duty, member=member.pk)
    return owner


@transaction.atomic
def release_owner(period: Period, *, duty: str, by: Member) -> None:
    deleted, _rows = Owner.objects.filter(period=period, duty=Duty(duty)).delete()
    if deleted:
        audit.note(by.organisation, by, "released owner", period.name, duty=duty)
