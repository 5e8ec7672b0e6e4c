from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.audit import note
from genlyd.base.errors import Refused
from genlyd.people.domain import people_csv
from genlyd.people.domain.people_csv import PATH, Known, Person, Plan, TeamNames, Unreadable
from genlyd.people.import_words import unreadable
from genlyd.people.models import Member, Organisation, PeopleImport, Role, RoleKind, Team, TeamKind
from genlyd.people.queries import team_paths

#: Up to so many rows are written while the person waits; more are written by the worker.
AT_ONCE = 2_000
#: The file is somebody's list of people: it is not kept longer than it is of use.
KEPT_FOR = timedelta(days=7)
BATCH = 1_000


def upload(*, organisation: Organisation, file_name: str, content: bytes, by: Member) -> PeopleImport:
    """Keep the file for a preview. Nothing is written about anybody. Raises Refused for a file that is no list."""
    try:
        people_csv.read(content)
    except Unreadable as error:
        message, next_step = unreadable(error)
        raise Refused(message, next_step=next_step, field="file") from error
    return PeopleImport.objects.create(
        organisation=organisation, uploaded_by=by, file_name=file_name[:200], content=content
    )


def plan_of(imported: PeopleImport) -> Plan:
    """Read the file afresh and hold it against who is there now."""
    sheet = people_csv.read(bytes(imported.content))
    departments = team_paths(imported.organisation_id, TeamKind.DEPARTMENT)
    locations = team_paths(imported.organisation_id, TeamKind.LOCATION)
    return people_csv.plan(
        sheet,
        _known(imported.organisation_id, departments, locations),
        TeamNames(list(departments.values())),
        TeamNames(list(locations.values())),
    )


def _known(organisation_id: int, departments: dict[int, str], locations: dict[int, str]) -> dict[str, Known]:
    roles: dict[int, set[str]] = {}
    given = Role.objects.filter(member__organisation_id=organisation_id).values_list("member_id", "kind")
    for member_id, kind in given.iterator():
        roles.setdefault(member_id, set()).add(kind)
    rows = Member.objects.filter(organisation_id=organisation_id).values_list(
        "pk", "name", "email", "title", "department_id", "location_id", "left_at"
    )
    return {
        email.casefold(): Known(
            pk,
            Person(
                name, email.casefold(), title, departments.get(department, ""), locations.get(location, "")
            ),
            frozenset(roles.get(pk, ())),
            has_left=left_at is not None,
        )
        for pk, name, email, title, department, location, left_at in rows.iterator()
    }


@transaction.atomic
def confirm(*, imported: PeopleImport, by: Member) -> bool:
    """Write what the preview showed. Large files are left to the worker; True if it is done already.

    In one transaction: a list that is confirmed is written, or has a job that will write it, whatever dies.
    """
    from genlyd.people.tasks import import_people  # the task calls back into this action

    claimed = PeopleImport.objects.filter(pk=imported.pk, confirmed_at=None).update(confirmed_at=clock.now())
    if not claimed:
        raise Refused(
            _("This list has been imported already."), next_step=_("Upload it again to see what is new.")
        )
    if bytes(imported.content).count(b"\n") > AT_ONCE:
        import_people.defer(import_id=imported.pk, by_id=by.pk)
        return False
    write(import_id=imported.pk, by_id=by.pk)
    return True


@transaction.atomic
def write(*, import_id: int, by_id: int) -> None:
    """All rows in one transaction: a list is imported whole or not at all, and repeating it changes nothing."""
    imported = PeopleImport.objects.select_for_update().select_related("organisation").get(pk=import_id)
    if imported.finished_at:
        return
    by = Member.objects.get(pk=by_id)
    # Two lists at once would both find the same person missing.
    Organisation.objects.select_for_update().get(pk=imported.organisation_id)
    plan = plan_of(imported)
    persons = [row.person for row in plan.new] + [change.row.person for change in plan.changed]
    departments = _teams(imported.organisation, TeamKind.DEPARTMENT, {p.department for p in persons})
    locations = _teams(imported.organisation, TeamKind.LOCATION, {p.location for p in persons})
    created = Member.objects.bulk_create(
        [
            Member(
                organisation=imported.organisation, name=row.person.name, email=row.person.email,
                title=row.person.title, department_id=departments.get(row.person.department),
                location_id=locations.get(row.person.location),
            )
            for row in plan.new
        ],
        batch_size=BATCH,
    )  # fmt: skip
    roles = [
        Role(member=member, kind=row.person.role or RoleKind.PARTICIPANT, given_by=by)
        for member, row in zip(created, plan.new, strict=True)
    ]
    changed = {
        member.pk: member for member in Member.objects.filter(pk__in=[c.known.id for c in plan.changed])
    }
    for change in plan.changed:
        member = changed[change.known.id]
        for name, (_before, after) in change.fields.items():
            if name == "role":
                roles.append(Role(member=member, kind=after, given_by=by))
            elif name == "department":
                member.department_id = departments[after]
            elif name == "location":
                member.location_id = locations[after]
            else:
                setattr(member, name, after)
    Member.objects.bulk_update(
        changed.values(), ["name", "title", "department", "location"], batch_size=BATCH
    )
    Role.objects.bulk_create(roles, batch_size=BATCH, ignore_conflicts=True)
    imported.outcome = {
        "created": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged),
        "failed": len(plan.faults),
    }  # fmt: skip
    imported.finished_at = clock.now()
    imported.save(update_fields=["outcome", "finished_at"])
    note(imported.organisation, by, "people.imported", imported.file_name, **imported.outcome)


def _teams(organisation: Organisation, kind: str, paths: Iterable[str]) -> dict[str, int]:
    """{path: team}, with those that are missing created from the top down."""
    there = {path: pk for pk, path in team_paths(organisation.pk, kind).items()}
    for path in sorted(filter(None, paths)):
        parts = path.split(PATH)
        parent: int | None = None
        for depth in range(1, len(parts) + 1):
            part = PATH.join(parts[:depth])
            if part not in there:
                there[part] = Team.objects.create(
                    organisation=organisation, kind=kind, name=parts[depth - 1], parent_id=parent
                ).pk
            parent = there[part]
    return there


def forget_old_imports() -> int:
    deleted, _counts = PeopleImport.objects.filter(uploaded_at__lt=clock.now() - KEPT_FOR).delete()
    return deleted
