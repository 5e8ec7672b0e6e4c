"""Connecting an account: app passwords only, secrets sealed, hostile addresses refused, nobody else's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.networks.access import accounts_of
from genlyd.networks.bluesky.app_password import opened_from
from genlyd.networks.bluesky.domain.app_password import looks_like_app_password, tidy_handle
from genlyd.networks.models import Account
from genlyd.networks.reactions import forget_accounts
from genlyd.networks.tasks import keep_sessions
from genlyd.people.actions.consent import withdraw_consent
from genlyd.people.facts import MemberLeft
from tests.servers.pds.server import Pds
from tests.sharing.makers import an_account
from tests.world import World

AsMember = Callable[..., Client]
PAGE = "/networks/"
FORM = "/networks/bluesky/app-password/"


def sent(**fields: str) -> dict[str, str]:
    return {"handle": "pia.test", "app_password": "abcd-efgh-ijkl-mnop", "server": "", **fields}


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("abcd-efgh-ijkl-2347", True),
        (" ABCD-efgh-ijkl-2347 ", True),
        ("hunter2", False),
        ("correct horse battery staple", False),
        ("abcd-efgh-ijkl", False),
        ("abcd-efgh-ijkl-0189", False),
    ],
)
def test_app_password_is_told_from_a_password(value: str, is_one: bool) -> None:  # noqa: FBT001
    assert looks_like_app_password(value) is is_one


@pytest.mark.parametrize(
    "typed", ["@Pia.bsky.social", "https://bsky.app/profile/pia.bsky.social", " pia.bsky.social\u200b"]
)
def test_handle_is_tidied(typed: str) -> None:
    assert tidy_handle(typed) == "pia.bsky.social"


def test_the_page_explains_how_to_make_an_app_password(world: World, as_member: AsMember) -> None:
    page = as_member(world.pia).get(FORM).content.decode()
    assert "https://bsky.app/settings/app-passwords" in page
    assert FORM in as_member(world.pia).get("/networks/connect/bluesky/").content.decode()


def test_what_can_be_connected_and_what_is_shared_by_hand(world: World, as_member: AsMember) -> None:
    page = as_member(world.pia).get(PAGE).content.decode()
    assert 'href="/networks/connect/bluesky/"' in page
    assert "Facebook" in page


def test_what_looks_like_the_main_password_is_refused_and_not_shown_again(
    world: World, as_member: AsMember
) -> None:
    answer = as_member(world.pia).post(FORM, sent(app_password="min-hemmelige-kode"))
    assert answer.status_code == 422
    assert b"we would rather not have it" in answer.content
    assert b"min-hemmelige-kode" not in answer.content


@pytest.mark.parametrize(
    "server",
    [
        "http://127.0.0.1:8000", "http://169.254.169.254", "http://[::1]", "https://10.0.0.5", "http://localhost:5432",
        "file:///etc/passwd", "https://user:secret@pds.example", "https://", "http://0x7f.1",
        "http://pds.example",  # readable on its way
    ],
)  # fmt: skip
def test_a_private_or_broken_address_of_a_server_is_refused(
    world: World, as_member: AsMember, server: str
) -> None:
    answer = as_member(world.pia).post(FORM, sent(server=server))
    assert answer.status_code == 422
    assert not Account.objects.exists()


@pytest.mark.pds
def test_connecting_keeps_the_session_sealed_and_not_the_password(
    world: World, as_member: AsMember, pds: Pds
) -> None:
    made = pds.account("sealed")
    page = as_member(world.pia).post(
        FORM, {"handle": "@Sealed.test", "app_password": made.app_password, "server": pds.url}, follow=True
    )
    account = Account.objects.get()
    assert (account.handle, account.remote_id, account.server) == ("sealed.test", made.did, pds.url)
    assert b"sealed.test" in page.content
    secret = bytes(account.secret_sealed or b"")
    assert made.app_password.encode() not in secret
    assert b"eyJ" not in secret
    # The index behind the server is away: followers stay unknown, and are not 0.
    assert account.followers is None


@pytest.mark.pds
def test_a_wrong_app_password_gets_a_clear_answer(world: World, as_member: AsMember, pds: Pds) -> None:
    made = pds.account("wrong")
    answer = as_member(world.pia).post(FORM, sent(handle=made.handle, server=pds.url))
    assert answer.status_code == 422
    assert b"does not know this handle with this app password" in answer.content


@pytest.mark.pds
def test_connecting_again_is_the_same_account(world: World, as_member: AsMember, pds: Pds) -> None:
    made = pds.account("twice")
    pia, data = (
        as_member(world.pia),
        {"handle": made.handle, "app_password": made.app_password, "server": pds.url},
    )
    pia.post(FORM, data)
    first = Account.objects.get()
    pia.post(reverse("networks:disconnect", args=[first.pk]))
    pia.post(FORM, data)
    again = Account.objects.get()
    assert (again.pk, again.disconnected_at, again.secret_sealed is not None) == (first.pk, None, True)


@pytest.mark.pds
def test_idle_sessions_are_kept_alive(world: World, as_member: AsMember, pds: Pds) -> None:
    made = pds.account("idle")
    as_member(world.pia).post(
        FORM, {"handle": made.handle, "app_password": made.app_password, "server": pds.url}
    )
    before = bytes(Account.objects.get().secret_sealed or b"")
    keep_sessions(timestamp=0)
    account = Account.objects.get()
    assert account.checked_at
    assert bytes(account.secret_sealed or b"") != before
    kept = bytes(account.secret_sealed or b"")
    keep_sessions(timestamp=0)
    assert bytes(Account.objects.get().secret_sealed or b"") == kept


def test_needing_to_reconnect_is_shown(world: World, as_member: AsMember) -> None:
    an_account(world.pia, needs_reconnect_since=timezone.now())
    page = as_member(world.pia).get(PAGE).content.decode()
    again = page.partition("Connect again")[0].rpartition("<a ")[2]
    assert 'href="/networks/connect/bluesky/"' in again


def test_disconnecting_erases_the_secret_also_when_the_server_is_away(
    world: World, as_member: AsMember
) -> None:
    account = an_account(world.pia)
    as_member(world.pia).post(reverse("networks:disconnect", args=[account.pk]))
    account.refresh_from_db()
    assert (account.secret_sealed, account.disconnected_at is not None) == (None, True)
    assert not accounts_of(world.pia).exists()


@pytest.mark.parametrize("who", ["poul", "lene", "alma", "oda"])
def test_accounts_are_their_owners_alone(world: World, as_member: AsMember, who: str) -> None:
    account = an_account(world.pia, handle="pias.own.handle")
    client = as_member(getattr(world, who))
    assert b"pias.own.handle" not in client.get(PAGE).content
    assert client.post(reverse("networks:disconnect", args=[account.pk])).status_code == 404
    account.refresh_from_db()
    assert account.disconnected_at is None


def test_disconnecting_is_no_link(world: World, as_member: AsMember) -> None:
    account = an_account(world.pia)
    assert as_member(world.pia).get(reverse("networks:disconnect", args=[account.pk])).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_grow(
    world: World, as_member: AsMember, django_assert_num_queries, rows: int
) -> None:
    for number in range(rows):
        an_account(world.pia, remote_id=f"did:plc:{number}")
    pia = as_member(world.pia)
    pia.get(PAGE)
    with django_assert_num_queries(6):
        pia.get(PAGE)


def test_one_hostile_server_does_not_cost_the_others_their_sessions(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile, honest = an_account(world.pia), an_account(world.poul)
    renewed = []

    def renew(account: Account, *, renew: bool = False) -> str:
        assert renew
        if account.pk == hostile.pk:
            raise OverflowError
        renewed.append(account.pk)
        return "token"

    monkeypatch.setattr("genlyd.networks.bluesky.session.access_token", renew)
    keep_sessions(timestamp=0)
    assert renewed == [honest.pk]
    assert not Account.objects.filter(checked_at=None).exists()


def test_nothing_is_asked_about_who_takes_no_part_any_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_account(world.pia)
    withdraw_consent(member=world.pia)
    monkeypatch.setattr("genlyd.networks.bluesky.session.access_token", lambda *_, **__: 1 / 0)
    keep_sessions(timestamp=0)
    assert Account.objects.get().checked_at is None


def test_who_has_left_leaves_no_secret_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    an_account(world.pia)
    kept = an_account(world.poul)
    monkeypatch.setattr("genlyd.networks.bluesky.app_password.close", lambda *_: None)
    forget_accounts(MemberLeft(member_id=world.pia.pk))
    assert list(Account.objects.filter(secret_sealed__isnull=False)) == [kept]


@pytest.mark.parametrize("handle", ["h" * 300, "pia\x00.test", ""])
def test_a_session_with_a_name_we_cannot_keep_is_none(handle: str) -> None:
    body = {"did": "did:plc:1", "handle": handle, "accessJwt": "a", "refreshJwt": "r"}
    assert opened_from(body) is None
