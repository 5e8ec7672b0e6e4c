from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from genlyd.cli.simulate.people import Person
from genlyd.cli.simulate.writer.copying import copy_in, perhaps, reserve, when
from genlyd.people.models import Consent, ConsentText, Invitation, Member, Organisation, Team, User


def write_people(
    organisation: Organisation,
    people: tuple[Person, ...],
    *,
    departments: list[Team],
    locations: list[Team],
    invited_at: float,
    language: str = "da",
) -> list[int]:
    """Users for those who have signed in, members, invitations, consents. Returns the members' ids, in order."""
    joined = [person for person in people if person.joined_at is not None]
    users = dict(zip((person.email for person in joined), reserve(User, len(joined)), strict=True))
    copy_in(
        User,
        ("id", "email", "created_at"),
        ((users[person.email], person.email, perhaps(person.joined_at)) for person in joined),
        password="!",  # noqa: S106  # nobody can sign in with it
        language=language,
    )
    ids = reserve(Member, len(people))
    copy_in(
        Member,
        ("id", "user_id", "name", "email", "title", "department_id", "location_id", "joined_at", "left_at"),
        (
            (
                ids[number],
                users.get(person.email),
                person.name,
                person.email,
                person.title,
                departments[person.department].pk,
                locations[person.location].pk,
                perhaps(person.joined_at),
                perhaps(person.left_at),
            )
            for number, person in enumerate(people)
        ),
        organisation_id=organisation.pk,
        created_at=when(invited_at),
    )
    copy_in(
        Invitation,
        ("member_id", "token_hash", "accepted_at"),
        (
            (ids[number], secrets.token_hex(32), perhaps(person.joined_at))
            for number, person in enumerate(people)
        ),
        organisation_id=organisation.pk,
        sent_at=when(invited_at),
        expires_at=when(invited_at) + timedelta(days=60),
    )
    text = ConsentText.objects.get(organisation=organisation)
    copy_in(
        Consent,
        ("member_id", "given_at", "withdrawn_at"),
        _consents(people, ids),
        organisation_id=organisation.pk,
        text_id=text.pk,
    )
    return ids


def _consents(people: tuple[Person, ...], ids: list[int]) -> Iterator[tuple[Any, ...]]:
    for number, person in enumerate(people):
        if person.consent_at is not None:
            yield ids[number], when(person.consent_at), perhaps(person.withdrawn_at)
