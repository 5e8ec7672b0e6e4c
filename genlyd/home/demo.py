"""Whom a visitor of the demonstration may be. Only there: see settings.DEMO."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.people.models import Member


@dataclass(frozen=True, slots=True)
class Part:
    """One of the people, and what there is to do as them."""

    key: str
    email: str
    role: str | Promise
    what: str | Promise
    icon: str
    member: Member | None = None


PARTS = (
    Part(
        "participant",
        "freja.lund-overgaard@nordvang.example",
        _("Participant"),
        _("Pick a story, write about it in your own words, share it, and see who followed your link."),
        "pen-line",
    ),
    Part(
        "lead",
        "marianne.holm-bruun@nordvang.example",
        _("Programme lead"),
        _("Run the period: team, plan, rules, figures, and the review that drafts the next one."),
        "compass",
    ),
    Part(
        "editor",
        "jakob.winther@nordvang.example",
        _("Editor"),
        _("Take stories from the news feed, write message cards, keep the calendar."),
        "inbox",
    ),
    Part(
        "kpis",
        "amina.hedegaard@nordvang.example",
        _("KPI owner"),
        _("Watch the few figures that count, and share them with the team in a sentence."),
        "chart-line",
    ),
    Part(
        "administrator",
        "henrik.bak@nordvang.example",
        _("Administrator"),
        _("Import people, see the mail that went out, set up the organisation."),
        "building-2",
    ),
)


def members() -> dict[str, Member]:
    """The demo organisation's people of these parts, by address."""
    found = Member.objects.current().filter(
        organisation__is_demo=True, user__isnull=False, email__in=[part.email for part in PARTS]
    )
    return {member.email: member for member in found.select_related("user", "organisation").order_by("-pk")}
