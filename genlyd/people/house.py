"""What the pages' frame shows of an organisation (the hook UI_HOUSE)."""

from __future__ import annotations

from django.http import HttpRequest

from genlyd.people.models import Organisation
from genlyd.ui.house import Choice, House
from genlyd.ui.navigation import address


def house_of(request: HttpRequest) -> House | None:
    """The asker's organisation. Before sign-in: the only one there is, so that the door looks like the house."""
    member = getattr(request, "member", None)
    if not member:
        only = list(Organisation.objects.order_by("pk")[:2])
        return of(only[0]) if len(only) == 1 else None
    mine = getattr(request, "memberships", [])
    choices = (
        tuple(Choice(str(m.pk), m.organisation.name, m.pk == member.pk) for m in mine)
        if len(mine) > 1
        else ()
    )
    return of(member.organisation, choices)


def of(organisation: Organisation, choices: tuple[Choice, ...] = ()) -> House:
    logo = organisation.logo
    return House(
        name=organisation.name,
        accent=organisation.accent,
        logo=logo or None,
        logo_key=f"{organisation.pk}-{logo.name}" if logo else "",
        choices=choices,
        switch_url=address("people:switch") if choices else "",
    )
