"""The cast. Every test knows these people; a test that needs more makes them itself.

Fjordkraft (Danish, an energy company):
  Alma   administrator          Lene   programme lead       Erik   editor
  Pia    participant            Poul   participant, same department as Pia
Havblik (another organisation, must never see anything of Fjordkraft's):
  Oda    administrator and programme lead
Nobody has a membership: `stranger` can sign in but belongs nowhere.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from django.utils import timezone

from genlyd.base import clock
from genlyd.people.models import (
    Consent,
    ConsentText,
    Member,
    Organisation,
    Role,
    RoleKind,
    Team,
    TeamKind,
    User,
)
from genlyd.programmes.models import Period, Programme, Seat


@dataclass
class World:
    fjordkraft: Organisation
    havblik: Organisation
    wind: Team
    esbjerg: Team
    alma: Member
    lene: Member
    erik: Member
    pia: Member
    poul: Member
    oda: Member
    stranger: User
    #: A recruitment programme with one open period around today, in which Pia and Poul have seats.
    programme: Programme
    period: Period


def a_member(organisation: Organisation, name: str, *roles: str, **fields: object) -> Member:
    """A member who has signed in and taken part: user, roles and consent."""
    email = f"{name.lower()}@{organisation.email_domains[0]}"
    user = User.objects.create(email=email, password="!", language="en")
    member = Member.objects.create(
        organisation=organisation, user=user, name=f"{name} {organisation.name}", email=email,
        joined_at=timezone.now(), **fields,
    )  # fmt: skip
    for kind in roles:
        Role.objects.create(member=member, kind=kind)
    text, _ = ConsentText.objects.get_or_create(
        organisation=organisation, version=1, defaults={"text": "Taking part is voluntary."}
    )
    Consent.objects.create(organisation=organisation, member=member, text=text)
    return member


def today_there() -> date:
    """Where the cast is: late in the evening of UTC it is tomorrow already."""
    return clock.today("Europe/Copenhagen")


def _cast_them() -> World:
    fjordkraft = Organisation.objects.create(
        name="Fjordkraft", language="da", email_domains=["fjordkraft.example"]
    )
    havblik = Organisation.objects.create(name="Havblik", language="da", email_domains=["havblik.example"])
    wind = Team.objects.create(organisation=fjordkraft, kind=TeamKind.DEPARTMENT, name="Wind")
    esbjerg = Team.objects.create(organisation=fjordkraft, kind=TeamKind.LOCATION, name="Esbjerg")
    lene = a_member(fjordkraft, "Lene", RoleKind.LEAD)
    pia = a_member(fjordkraft, "Pia", RoleKind.PARTICIPANT, department=wind, location=esbjerg)
    poul = a_member(fjordkraft, "Poul", RoleKind.PARTICIPANT, department=wind)
    programme = Programme.objects.create(
        organisation=fjordkraft, name="Hire 40 technicians", goal_kind="recruitment", created_by=lene
    )
    today = today_there()
    period = Period.objects.create(
        organisation=fjordkraft, programme=programme, name="This quarter",
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=60),
        opened_at=timezone.now() - timedelta(days=30), opened_by=lene,
    )  # fmt: skip
    for member in (pia, poul):
        Seat.objects.create(period=period, member=member, taken_at=timezone.now() - timedelta(days=30))
    return World(
        fjordkraft=fjordkraft,
        havblik=havblik,
        wind=wind,
        esbjerg=esbjerg,
        alma=a_member(fjordkraft, "Alma", RoleKind.ADMINISTRATOR),
        lene=lene,
        erik=a_member(fjordkraft, "Erik", RoleKind.EDITOR),
        pia=pia,
        poul=poul,
        oda=a_member(havblik, "Oda", RoleKind.ADMINISTRATOR, RoleKind.LEAD),
        stranger=User.objects.create(email="stranger@nowhere.example", password="!"),
        programme=programme,
        period=period,
    )


#: Day -> the world and every row it is made of. Sequences never go back, so its ids stay free for this process.
_made: dict[date, bytes] = {}


def build_world() -> World:
    """The cast, in the database. Thousands of tests ask for it: after the first time its rows come in bulk."""
    today = today_there()
    if today not in _made:
        rows: list[Model] = []

        def keep(instance: Model, **_signal: Any) -> None:
            rows.append(instance)

        post_save.connect(keep)
        try:
            world = _cast_them()
        finally:
            post_save.disconnect(keep)
        _made[today] = pickle.dumps((world, rows))
        return world
    world, rows = pickle.loads(_made[today])
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    for model, its_rows in by_model.items():
        model._base_manager.bulk_create(its_rows)
    return world
