from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from genlyd.people.middleware import memberships_of
from genlyd.people.models import Organisation
from genlyd.ui.house import Choice, House


def house_of(request: HttpRequest) -> House | None:
    """The asker's organisation. Before signing in: the only one there is, so that the page looks like home."""
    member = getattr(request, "member", None)
    if member:
        here = member.organisation
        choices = tuple(
            Choice(str(other.pk), other.organisation.name, current=other.pk == member.pk)
            for other in memberships_of(request)
        )
        return _house(here, choices if len(choices) > 1 else ())
    first_two = list(Organisation.objects.order_by("pk")[:2])
    return _house(first_two[0], ()) if len(first_two) == 1 else None


def _house(organisation: Organisation, choices: tuple[Choice, ...]) -> House:
    return House(
        name=organisation.name,
        accent=organisation.accent,
        logo=organisation.logo or None,
        logo_key=organisation.logo.name or "",
        choices=choices,
        switch_url=reverse("people:switch") if choices else "",
    )
