"""A member who connects Bluesky at its own page, through Genlyd's pages and the real server's."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from genlyd.networks.models import Account
from genlyd.people.models import Member
from tests.servers.pds.person import consent
from tests.servers.pds.server import PdsAccount

BEGIN = "/networks/connect/bluesky/"
BACK = "/networks/bluesky/back/"
CALLBACK = "/networks/callback/bluesky/"


def way_on(client: Client, handle: str) -> str:
    """Say the handle; the address of Bluesky's page that Genlyd leads to."""
    page = client.post(BEGIN, {"asked": handle})
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'href="(http[^"]*/oauth/authorize[^"]*)"', page.content.decode())
    assert found
    return unescape(found.group(1))


def comes_back(client: Client, answer: dict[str, str]) -> HttpResponse:
    return client.get(CALLBACK, answer, follow=True)  # type: ignore[return-value]


def connects(client: Client, member: Member, made: PdsAccount) -> Account:
    page = comes_back(client, consent(way_on(client, made.handle), made))
    account = Account.objects.filter(member=member, remote_id=made.did).first()
    assert account, page.content.decode()
    return account
