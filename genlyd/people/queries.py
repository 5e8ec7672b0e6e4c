from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from genlyd.base.sorting import sort_key
from genlyd.people.models import Consent, Invitation, Member, Organisation, RoleKind, Team
from genlyd.people.models.member import MemberQuerySet

SORTS = {"name": "sort_name", "email": "email", "department": "department__sort_name",
         "location": "location__sort_name", "joined": "joined_at"}  # fmt: skip


def taking_part(organisation: Organisation | int) -> MemberQuerySet:
    """Current members whose consent to take part is in force."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    in_force = Consent.objects.filter(member=OuterRef("pk"), withdrawn_at=None)
    return Member.objects.current().filter(Exists(in_force), organisation_id=pk)


def members_of(
    asker: Member, *, search: str = "", department: int | None = None, location: int | None = None,
    role: str = "", state: str = "", sort: str = "name",
) -> MemberQuerySet:  # fmt: skip
    """The members list of the asker's organisation, as filtered. A department or location includes those below it.

    `state`: "" current, "joined", "invited" (an open invitation), "new" (neither), "left", "all".
    """
    rows = Member.objects.in_organisation_of(asker).select_related("department", "location")
    rows = rows.prefetch_related("roles")
    invited = Invitation.objects.filter(member=OuterRef("pk"), accepted_at=None, withdrawn_at=None)
    rows = rows.annotate(is_invited=Exists(invited))
    if state == "left":
        rows = rows.exclude(left_at=None)
    elif state != "all":
        rows = rows.filter(left_at=None)
    if state == "joined":
        rows = rows.exclude(joined_at=None)
    elif state == "invited":
        rows = rows.filter(joined_at=None, is_invited=True)
    elif state == "new":
        rows = rows.filter(joined_at=None, is_invited=False)
    for word in search.split()[:5]:
        # icontains is UPPER(...) LIKE, which the trigram indexes answer.
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if department:
        rows = rows.filter(department_id__in=below(asker.organisation_id, department))
    if location:
        rows = rows.filter(location_id__in=below(asker.organisation_id, location))
    if role in RoleKind.values:
        rows = rows.filter(roles__kind=role)
    key = SORTS.get(sort.removeprefix("-"), "sort_name")
    return rows.order_by(f"-{key}" if sort.startswith("-") else key, "pk")


def below(organisation_id: int, team_id: int) -> set[int]:
    """A team and every team under it. The whole tree is one small query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Team.objects.filter(organisation_id=organisation_id).values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found, todo = set(), [team_id]
    while todo:
        team = todo.pop()
        if team not in found:
            found.add(team)
            todo += children.get(team, [])
    return found


def team_paths(organisation_id: int, kind: str) -> dict[int, str]:
    """{team: "Operations > Night shift"}, sorted by path."""
    rows = list(
        Team.objects.filter(organisation_id=organisation_id, kind=kind).values_list("pk", "name", "parent_id")
    )
    by_id = {pk: (name, parent) for pk, name, parent in rows}

    def path(pk: int) -> str:
        parts: list[str] = []
        at: int | None = pk
        while at is not None and at in by_id and len(parts) < 50:  # noqa: PLR2004 - never loop on a broken tree
            name, at = by_id[at]
            parts.append(name)
        return " > ".join(reversed(parts))

    return dict(sorted(((pk, path(pk)) for pk in by_id), key=lambda pair: sort_key(pair[1])))


def administrators(organisation_id: int) -> QuerySet[Member]:
    return Member.objects.current().filter(
        organisation_id=organisation_id, roles__kind=RoleKind.ADMINISTRATOR
    )


def leads_or_administrators(organisation_id: int) -> QuerySet[Member]:
    """Programme leads, or administrators where nobody leads; ready to be mailed."""
    leads = Member.objects.current().filter(organisation_id=organisation_id, roles__kind=RoleKind.LEAD)
    chosen = leads if leads.exists() else administrators(organisation_id)
    return chosen.select_related("user", "organisation").order_by("pk")
