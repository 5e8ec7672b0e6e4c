from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from genlyd.base.audit import note
from genlyd.base.errors import Refused
from genlyd.people.actions.roles import lock_organisation
from genlyd.people.models import Member, Organisation, Team
from genlyd.people.queries import below


@transaction.atomic
def create_team(*, organisation: Organisation, kind: str, name: str, parent: Team | None, by: Member) -> Team:
    _same_tree(organisation, kind, parent)
    try:
        with transaction.atomic():
            team = Team.objects.create(organisation=organisation, kind=kind, name=_name(name), parent=parent)
    except IntegrityError as error:
        raise _taken() from error
    note(organisation, by, "team.created", team, team_id=team.pk)
    return team


@transaction.atomic
def change_team(*, team: Team, name: str, parent: Team | None, by: Member) -> Team:
    """Rename or move. A team cannot move below itself."""
    # Two moves at once could close a ring that neither of them makes alone.
    lock_organisation(team.organisation_id)
    _same_tree(team.organisation, team.kind, parent)
    if parent is not None and parent.pk in below(team.organisation_id, team.pk):
        raise Refused(_("A team cannot be placed below itself."), field="parent")
    before = team.name
    team.name, team.parent = _name(name), parent
    try:
        with transaction.atomic():
            team.save(update_fields=["name", "parent"])
    except IntegrityError as error:
        raise _taken() from error
    note(team.organisation, by, "team.changed", team, team_id=team.pk, before=before)
    return team


@transaction.atomic
def delete_team(*, team: Team, by: Member) -> None:
    """Only when nobody and nothing is in it: people are moved by somebody who means it."""
    pk = team.pk
    try:
        with transaction.atomic():
            team.delete()
    except ProtectedError as error:
        raise _in_use(team, error) from error
    note(team.organisation, by, "team.deleted", team.name, team_id=pk)


def _in_use(team: Team, error: ProtectedError) -> Refused:
    if any(isinstance(held, Member | Team) for held in error.protected_objects):
        words, next_step = _("%(name)s is not empty."), _("Move its people and the teams below it first.")
    else:
        words = _("There are stories meant for %(name)s.")
        next_step = _("Choose others under “Who may tell it” in each of them first.")
    return Refused(words % {"name": team.name}, next_step=next_step)


def _name(name: str) -> str:
    # ">" stands between the names of a path, in lists of people too.
    tidy = " ".join(name.replace(">", " ").split())
    if not tidy:
        raise Refused(_("Give it a name."), field="name")
    return tidy


def _same_tree(organisation: Organisation, kind: str, parent: Team | None) -> None:
    if parent is not None and (parent.organisation_id != organisation.pk or parent.kind != kind):
        raise Refused(_("That is not a team of this tree."), field="parent")


def _taken() -> Refused:
    return Refused(_("There is already one with this name at this place."), field="name")
