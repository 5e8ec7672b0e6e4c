"""Fixtures every test may use; loaded by conftest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from genlyd.people.models import Member, User
from tests.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def as_member() -> Callable[[Member | User | None], Client]:
    """A browser in which this member (or user, or nobody) is signed in: as_member(world.pia).get("/")."""

    def sign_in(who: Member | User | None) -> Client:
        client = Client()
        user = who.user if isinstance(who, Member) else who
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
