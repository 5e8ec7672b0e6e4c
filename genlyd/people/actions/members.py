from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.audit import note
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.people.actions.consent import withdraw_consent
from genlyd.people.actions.roles import keep_an_administrator, lock_organisation
from genlyd.people.facts import MemberLeft
from genlyd.people.models import Member, Organisation, Role, RoleKind, Team

EDITABLE = ("name", "email", "title", "department", "location")


@transaction.atomic
def add_member(
    *, organisation: Organisation, name: str, email: str, by: Member | None, title: str = "",
    department: Team | None = None, location: Team | None = None, roles: set[str] | None = None,
) -> Member:  # fmt: skip
    """A colleague who can be invited. Nobody is told yet."""
    try:
        with transaction.atomic():
            member = Member.objects.create(
                organisation=organisation, name=" ".join(name.split()), email=email.strip().lower(), title=title,
                department=department, location=location,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(
            _("Somebody with this e-mail is already here."),
            next_step=_("Search for the address: they may have left and can be brought back."),
            field="email",
        ) from error
    Role.objects.bulk_create(
        Role(member=member, kind=kind, given_by=by) for kind in sorted(roles or {RoleKind.PARTICIPANT})
    )
    note(organisation, by, "member.added", member, member_id=member.pk)
    return member


@transaction.atomic
def edit_member(*, member: Member, by: Member, **values: Any) -> Member:
    """Change what is in EDITABLE. The e-mail a person signs in with is theirs: it does not follow."""
    changed = {
        name: value for name, value in values.items() if name in EDITABLE and getattr(member, name) != value
    }
    if not changed:
        return member
    for name, value in changed.items():
        setattr(member, name, value)
    try:
        with transaction.atomic():
            member.save(update_fields=list(changed))
    except IntegrityError as error:
        raise Refused(_("Somebody with this e-mail is already here."), field="email") from error
    if "email" in changed:
        # Its link was mailed to the old address, and so proves nothing about the new one.
        member.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=clock.now())
    note(member.organisation, by, "member.changed", member, member_id=member.pk, fields=sorted(changed))
    return member


@transaction.atomic
def mark_as_left(*, member: Member, by: Member) -> None:
    """They can no longer sign in here; their consent ends today. What they shared stays counted."""
    lock_organisation(member.organisation_id)
    member.refresh_from_db(fields=["left_at"])
    if member.left_at:
        return
    if member.roles.filter(kind=RoleKind.ADMINISTRATOR).exists():
        keep_an_administrator(member)
    member.left_at = clock.now()
    member.save(update_fields=["left_at"])
    member.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=member.left_at)
    withdraw_consent(member=member)
    note(member.organisation, by, "member.left", member, member_id=member.pk)
    record(MemberLeft(member_id=member.pk))


@transaction.atomic
def bring_back(*, member: Member, by: Member) -> None:
    """Undo of `mark_as_left`. Consent does not come back by itself: the person gives it again."""
    if Member.objects.filter(pk=member.pk).exclude(left_at=None).update(left_at=None):
        member.left_at = None
        note(member.organisation, by, "member.came_back", member, member_id=member.pk)
