"""Connecting at Bluesky's own page: against the real server, with its real authorization server."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from genlyd.networks import tokens
from genlyd.networks.actions.connect import disconnect
from genlyd.networks.bluesky import dpop, keys, oauth, session
from genlyd.networks.bluesky.publisher import BlueskyPublisher
from genlyd.networks.bluesky.xrpc import call
from genlyd.networks.contract import Parcel, Picture, SignIn
from genlyd.networks.domain.outcome import Failed, Kind, Sight
from genlyd.networks.models import Account, ClientKey
from genlyd.networks.reactions import forget_accounts
from genlyd.people.facts import MemberLeft
from tests.networks.bluesky.people import BACK, BEGIN, CALLBACK, comes_back, connects, way_on
from tests.servers.pds.person import consent
from tests.servers.pds.server import Pds
from tests.webserver import WebServer
from tests.world import World, build_world

pytestmark = pytest.mark.pds
AsMember = Callable[..., Client]
METADATA = "/networks/bluesky/client-metadata.json"


@pytest.fixture(autouse=True)
def no_nonces() -> None:
    dpop.NONCES.forget()


@pytest.fixture
def site() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def public(pds: Pds, settings, site: WebServer, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Genlyd at a public https address; the PDS finds its document there. Call it when the document has changed.

    A name for each test: the PDS keeps a document for ten minutes.
    """
    name = f"t{zlib.crc32(request.node.name.encode()):x}.fjordkraft.internal"
    settings.URL = f"https://{name}"
    pds.names(**{name: site.url("").rstrip("/")})

    def publish() -> None:
        page = Client().get(METADATA)
        assert page.status_code == 200
        site.serve(METADATA, page.content, "application/json")

    publish()
    return publish


def a_post(account: Account, text: str, *, picture: Picture | None = None) -> dict[str, object]:
    done: dict[str, object] = {}
    parcel = Parcel(key=f"key {text}", at=timezone.now(), text=text, picture=picture)
    BlueskyPublisher().prepare(account, parcel, done, lambda: None)
    return BlueskyPublisher().request(done)[1]


def still_works(account: Account) -> bool:
    return session.ask(account, "com.atproto.server.getSession").ok


def test_a_member_connects_and_posts_with_a_picture(world: World, as_member: AsMember, pds: Pds) -> None:
    made = pds.account("own-page")
    account = connects(as_member(world.pia), world.pia, made)
    assert (account.handle, account.server, account.sign_in) == ("own-page.test", pds.issuer, SignIn.OAUTH)
    assert b"eyJ" not in bytes(account.secret_sealed or b"")
    assert "transition:generic" not in account.scopes
    assert account.expires_at
    assert account.expires_at < timezone.now() + timedelta(days=15)
    picture = Picture(data=b"\xff\xd8\xff\xe0 a picture", alt="En vinge", width=4, height=3)
    body = a_post(account, "Fra siden selv", picture=picture)
    outcome = BlueskyPublisher().send(account, body)
    assert outcome.kind is Kind.PUBLISHED
    [post] = pds.posts(made.did)
    assert post["value"]["embed"]["images"][0]["alt"] == "En vinge"
    look = BlueskyPublisher().look(account, body, since=timezone.now(), now=timezone.now())
    assert look.sight is Sight.FOUND
    assert BlueskyPublisher().delete(account, outcome.remote_id).kind is Kind.PUBLISHED
    assert pds.posts(made.did) == []


def test_what_the_member_did_not_agree_to_is_refused_by_the_server(
    world: World, as_member: AsMember, pds: Pds
) -> None:
    made = pds.account("narrow")
    account = connects(as_member(world.pia), world.pia, made)
    like = {
        "$type": "app.bsky.feed.like",
        "subject": {"uri": "at://a/b/c", "cid": "d"},
        "createdAt": "2026-01-01T00:00:00Z",
    }
    body = {"repo": made.did, "collection": "app.bsky.feed.like", "rkey": "3kabcdefghijk", "record": like}
    answer = session.ask(account, "com.atproto.repo.putRecord", json_body=body)
    assert (answer.status, answer.error, answer.judged().kind) == (403, "ScopeMissingError", Kind.RECONNECT)


def test_on_the_way_back_a_developers_machine_changes_its_name(
    world: World, as_member: AsMember, pds: Pds
) -> None:
    pia, made = as_member(world.pia), pds.account("loopback")
    answer = consent(way_on(pia, made.handle), made)
    # The browser comes to 127.0.0.1, where nobody is signed in.
    hop = Client().get(BACK, answer)
    assert hop.status_code == 302
    assert hop["Location"].startswith(f"http://localhost:8000{CALLBACK}?")
    pia.get(hop["Location"].removeprefix("http://localhost:8000"))
    assert Account.objects.get().remote_id == made.did


def test_saying_no_connects_nothing(world: World, as_member: AsMember, pds: Pds) -> None:
    pia, made = as_member(world.pia), pds.account("no-thanks")
    page = comes_back(pia, consent(way_on(pia, made.handle), made, no=True))
    assert b"You said no" in page.content
    assert not Account.objects.exists()


def test_the_code_of_another_server_is_not_used(
    world: World, as_member: AsMember, pds: Pds, monkeypatch: pytest.MonkeyPatch
) -> None:
    pia, made = as_member(world.pia), pds.account("mixed-up")
    answer = consent(way_on(pia, made.handle), made)
    monkeypatch.setattr(oauth, "post", lambda *_, **__: pytest.fail("the code was sent"))
    page = comes_back(pia, {**answer, "iss": "https://elsewhere.example"})
    assert b"did not let us finish" in page.content
    assert not Account.objects.exists()


def test_a_sign_in_ends_in_the_browser_where_it_began_and_once(
    world: World, as_member: AsMember, pds: Pds
) -> None:
    pia, made = as_member(world.pia), pds.account("stolen-link")
    answer = consent(way_on(pia, made.handle), made)
    assert b"begun elsewhere" in comes_back(as_member(world.poul), answer).content
    comes_back(pia, answer)
    assert b"begun elsewhere" in comes_back(pia, answer).content
    assert Account.objects.count() == 1


def test_another_account_than_the_one_named_is_not_connected(
    world: World, as_member: AsMember, pds: Pds
) -> None:
    pia, named, other = as_member(world.pia), pds.account("named-pia"), pds.account("other-pia")
    url = way_on(pia, named.handle)
    page = comes_back(pia, consent(url, other))
    assert b"another account than named-pia.test" in page.content
    assert not Account.objects.exists()


def test_two_workers_renew_once(
    transactional_db: None, as_member: AsMember, pds: Pds, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = build_world()
    account = connects(as_member(world.pia), world.pia, pds.account("two-workers"))
    before = tokens.read(account)
    asked, post = [], oauth.post

    def counted(*args: object, **kwargs: object) -> object:
        asked.append(threading.current_thread().name)
        return post(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(oauth, "post", counted)
    start, got = threading.Barrier(2), []

    def work() -> None:
        mine = Account.objects.get(pk=account.pk)
        start.wait()
        got.append(session.access_token(mine, renew=True))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(asked) == 1
    assert got[0] == got[1] != before.access
    # Using a refresh token twice would have ended the session.
    assert still_works(Account.objects.get())
    session.access_token(Account.objects.get(), renew=True)


def test_a_new_nonce_costs_a_question_but_never_a_second_post(
    world: World, as_member: AsMember, pds: Pds, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pds.account("nonces")
    account = connects(as_member(world.pia), world.pia, made)
    body = a_post(account, "Kun én gang")

    def spoil() -> None:
        dpop.NONCES.learn(account.server, {"dpop-nonce": "of yesterday"})

    spoil()
    assert still_works(account)
    spoil()
    calls = []
    monkeypatch.setattr(session, "call", lambda *a, **k: calls.append(a[1]) or call(*a, **k))
    outcome = BlueskyPublisher().send(account, body)
    assert (outcome.kind, outcome.error) == (Kind.NOT_SENT, "use_dpop_nonce")
    assert (calls, pds.posts(made.did)) == (["com.atproto.repo.putRecord"], [])
    # The refusal brought the nonce along.
    assert BlueskyPublisher().send(account, body).kind is Kind.PUBLISHED
    assert len(pds.posts(made.did)) == 1
    # After a while without a word the nonce is fetched first, with a question that changes nothing.
    dpop.NONCES.forget()
    calls.clear()
    assert BlueskyPublisher().send(account, body).kind is Kind.PUBLISHED
    assert calls == ["com.atproto.server.getSession", "com.atproto.repo.putRecord"]
    assert len(pds.posts(made.did)) == 1


def test_a_withdrawn_session_asks_the_person(world: World, as_member: AsMember, pds: Pds) -> None:
    pia = as_member(world.pia)
    account = connects(pia, world.pia, pds.account("withdrawn"))
    session.CONNECTOR.revoke(account, tokens.read(account))
    with pytest.raises(Failed) as failed:
        session.access_token(account, renew=True)
    assert failed.value.outcome.kind is Kind.RECONNECT
    assert "Connect again" in pia.get("/networks/").content.decode()


def test_an_expired_token_is_renewed_and_its_call_was_not_made(
    world: World, as_member: AsMember, pds: Pds
) -> None:
    made = pds.account("expired")
    account = connects(as_member(world.pia), world.pia, made)
    body, old = a_post(account, "Senere"), tokens.read(account)
    broken = f"{old.access[:-6]}AAAAAA"
    tokens.store(account, type(old)(**{**vars(old), "access": broken}))
    outcome = BlueskyPublisher().send(account, body)
    assert (outcome.kind, outcome.error, pds.posts(made.did)) == (Kind.NOT_SENT, "invalid_token", [])
    assert BlueskyPublisher().send(account, body).kind is Kind.PUBLISHED


@pytest.mark.parametrize("leaves", [False, True])
def test_disconnecting_ends_the_session_at_the_server(
    world: World,
    as_member: AsMember,
    pds: Pds,
    leaves: bool,  # noqa: FBT001
) -> None:
    account = connects(as_member(world.pia), world.pia, pds.account(f"leaving-{leaves}".lower()))
    held = tokens.read(account)
    if leaves:
        forget_accounts(MemberLeft(member_id=world.pia.pk))
    else:
        disconnect(account=account)
    key = held.extra["dpop"]
    server = account.server
    answers = [call(server, "com.atproto.server.getSession", token=held.access, key=key) for _ in range(2)]
    assert (answers[-1].status, answers[-1].error) == (401, "invalid_token")
    account.refresh_from_db()
    assert account.secret_sealed is None


def test_a_public_installation_proves_itself_with_its_key(
    world: World, as_member: AsMember, pds: Pds, public: Callable[[], None]
) -> None:
    account = connects(as_member(world.pia), world.pia, pds.account("public-house"))
    [key] = ClientKey.objects.all()
    assert account.options == {"client_key": key.kid}
    assert b'"d"' not in bytes(key.secret_sealed)
    assert account.expires_at
    assert account.expires_at > timezone.now() + timedelta(days=700)
    session.access_token(account, renew=True)
    assert still_works(account)
    # A key that got out: every session that it vouched for ends here, and the person is asked.
    keys.rotate(forget_old=True)
    with pytest.raises(Failed) as failed:
        session.access_token(account, renew=True)
    assert failed.value.outcome.kind is Kind.RECONNECT


def test_a_new_key_is_for_new_sessions(
    world: World, as_member: AsMember, pds: Pds, public: Callable[[], None]
) -> None:
    old = ClientKey.objects.get()
    ClientKey.objects.update(made_at=timezone.now() - timedelta(days=200))
    keys.tidy()
    public()
    first = connects(as_member(world.pia), world.pia, pds.account("old-key"))
    assert first.options == {"client_key": old.kid}  # servers may not have seen the new one yet
    ClientKey.objects.filter(made_at__gt=timezone.now() - timedelta(days=1)).update(
        made_at=timezone.now() - timedelta(hours=2)
    )
    second = connects(as_member(world.poul), world.poul, pds.account("new-key"))
    assert second.options != first.options
    for account in (first, second):
        session.access_token(account, renew=True)
        assert still_works(account)
    assert sorted(sessions for _kid, _made, sessions in keys.known()) == [1, 1]
    # A key is kept for as long as a session needs it, and not longer.
    ClientKey.objects.update(made_at=timezone.now() - timedelta(days=3))
    keys.rotate()
    keys.rotate()
    keys.tidy()
    assert {kid for kid, _made, sessions in keys.known() if sessions} == {
        account.options["client_key"] for account in (first, second)
    }
    disconnect(account=first)
    keys.tidy()
    assert old.kid not in {kid for kid, _made, _sessions in keys.known()}


def test_a_moved_installation_asks_its_people_to_connect_again(
    world: World, as_member: AsMember, pds: Pds, public: Callable[[], None], settings
) -> None:
    account = connects(as_member(world.pia), world.pia, pds.account("moved"))
    settings.URL = "https://elsewhere.fjordkraft.internal"
    with pytest.raises(Failed) as failed:
        session.access_token(account, renew=True)
    assert failed.value.outcome.kind is Kind.RECONNECT


def test_an_installation_that_cannot_be_reached_says_what_to_do(
    world: World, as_member: AsMember, pds: Pds, settings
) -> None:
    settings.URL = "https://nobody-there.fjordkraft.internal"
    pds.names(**{"nobody-there.fjordkraft.internal": "http://127.0.0.1:9"})
    page = as_member(world.pia).post(BEGIN, {"asked": pds.account("unreachable").handle})
    assert page.status_code == 422
    assert b"must be reachable from the internet" in page.content
    assert b"/networks/bluesky/app-password/" in page.content
