from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base.audit import note
from genlyd.base.errors import Refused
from genlyd.people.models import Member, Organisation, Role, RoleKind
from genlyd.people.queries import administrators


@transaction.atomic
def set_roles(*, member: Member, kinds: set[str], by: Member) -> None:
    """Give and take roles so that the member has exactly these. An organisation always keeps one administrator."""
    unknown = kinds - set(RoleKind.values)
    if unknown:
        raise Refused(_("There is no such role."), field="roles")
    _lock(member.organisation_id)
    before = set(member.roles.values_list("kind", flat=True))
    if RoleKind.ADMINISTRATOR in before - kinds:
        keep_an_administrator(member)
    for kind in sorted(before - kinds):
        member.roles.filter(kind=kind).delete()
        note(member.organisation, by, "role.taken", member, role=kind, member_id=member.pk)
    for kind in sorted(kinds - before):
        Role.objects.create(member=member, kind=kind, given_by=by)
        note(member.organisation, by, "role.given", member, role=kind, member_id=member.pk)
    forget_roles(member)


def keep_an_administrator(member: Member) -> None:
    """Refuse what would leave the organisation without an administrator. The organisation must be locked."""
    if not administrators(member.organisation_id).exclude(pk=member.pk).filter(user__isnull=False).exists():
        raise Refused(
            _("%(name)s is the only administrator.") % {"name": member.name},
            next_step=_("Make somebody else an administrator first; they must have signed in once."),
            field="roles",
        )


def _lock(organisation_id: int) -> None:
    # Two administrators who take each other's role at the same moment must meet here, one after the other.
    Organisation.objects.select_for_update().get(pk=organisation_id)


lock_organisation = _lock


def forget_roles(member: Member) -> None:
    """`role_kinds` is read once per loaded member: after a change it must be read again."""
    member.__dict__.pop("_role_kinds", None)
    member.__dict__.get("_prefetched_objects_cache", {}).pop("roles", None)
