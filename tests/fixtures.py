"""Fixtures every test may use; loaded by conftest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.test import Client

from genlyd.people.models import Member, User
from tests.servers.pds.install import CannotInstall
from tests.servers.pds.server import Pds, running_pds
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


@pytest.fixture(scope="session")
def real_pds() -> Iterator[Pds]:
    """A real Bluesky server on loopback. Where it cannot be installed the test is skipped, in CI it fails."""
    try:
        with running_pds() as server:
            yield server
    except CannotInstall as error:
        reason = f"NO REAL BLUESKY SERVER: {error}. These tests prove that nothing is posted twice."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def pds(real_pds: Pds, settings: LazySettings) -> Pds:
    """The same, and Genlyd may reach it although its address is private."""
    settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, *real_pds.hosts]
    settings.NETWORK_ADDRESSES = {**settings.NETWORK_ADDRESSES, **real_pds.addresses}
    return real_pds
