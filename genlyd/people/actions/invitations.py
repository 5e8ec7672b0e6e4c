from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from genlyd.base import clock, ids
from genlyd.base.audit import note
from genlyd.base.crypto import fingerprint
from genlyd.base.errors import Refused
from genlyd.people import letters
from genlyd.people.actions.joining import become
from genlyd.people.models import Invitation, Member, User

LASTS = timedelta(days=14)


@transaction.atomic
def invite(*, members: Iterable[Member], by: Member) -> int:
    """Mail each member who has not joined a fresh invitation; an older open one ends. Returns how many were sent."""
    waiting = [
        member
        for member in members
        if member.organisation_id == by.organisation_id
        and member.joined_at is None
        and member.left_at is None
    ]
    now = clock.now()
    Invitation.objects.filter(member__in=waiting, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    tokens = {member.pk: ids.token() for member in waiting}
    Invitation.objects.bulk_create(
        Invitation(
            organisation_id=member.organisation_id, member=member, token_hash=fingerprint(tokens[member.pk]),
            invited_by=by, sent_at=now, expires_at=now + LASTS,
        )
        for member in waiting
    )  # fmt: skip
    for member in waiting:
        letters.write(
            "invitation", to=member.email, name=member.name, organisation=by.organisation, member=member,
            kind="people.invitation", by=by, days=LASTS.days,
            url=settings.URL + reverse("people:accept", args=[tokens[member.pk]]),
        )  # fmt: skip
    if waiting:
        note(
            by.organisation,
            by,
            "invitation.sent",
            waiting[0] if len(waiting) == 1 else "",
            count=len(waiting),
        )
    return len(waiting)


@transaction.atomic
def withdraw(*, member: Member, by: Member) -> bool:
    open_ones = Invitation.objects.filter(member=member, accepted_at=None, withdrawn_at=None)
    withdrawn = open_ones.update(withdrawn_at=clock.now())
    if withdrawn:
        note(member.organisation, by, "invitation.withdrawn", member, member_id=member.pk)
    return bool(withdrawn)


def invitation_for(token: str) -> Invitation:
    """The invitation behind a link, if it can still be accepted. Refused says which of the four reasons it is not."""
    invitation = (
        Invitation.objects.select_related("member", "organisation", "invited_by")
        .filter(token_hash=fingerprint(token))
        .first()
    )
    if invitation is None:
        raise Refused(
            _("This link is not one of ours."), next_step=_("Check that the whole link was copied.")
        )
    if invitation.accepted_at:
        raise Refused(_("This invitation has been used."), next_step=_("Sign in with your e-mail."))
    if invitation.withdrawn_at or invitation.member.left_at:
        raise Refused(
            _("This invitation is no longer valid."),
            next_step=_("Look for a newer one in your mail, or ask who invited you for another."),
        )
    if invitation.expires_at <= clock.now():
        raise Refused(_("This invitation has expired."), next_step=_("Ask who invited you for a new one."))
    return invitation


@transaction.atomic
def accept(*, token: str, user: User | None, password: str = "") -> Member:
    """Join as the invited member: as `user`, or as a new one whose address the mailed link has proved."""
    invitation = invitation_for(token)
    # The link may be opened twice at once: one of them takes it.
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        accepted_at=clock.now()
    )
    if not taken:
        raise Refused(_("This invitation has been used."), next_step=_("Sign in with your e-mail."))
    return become(member=invitation.member, user=user, email=invitation.member.email, password=password)
