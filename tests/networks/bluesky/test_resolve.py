"""Finding an account's server, with real DNS questions and real web servers that mean no good."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator

import dns.message
import dns.resolver
import dns.rrset
import pytest

from genlyd.base.errors import Refused
from genlyd.networks.bluesky import resolve
from genlyd.networks.bluesky.domain.identity import Identity
from tests.webserver import WebServer

DID = "did:plc:abcdefghijklmnopqrstuvwx"
OTHER = "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz"
Say = Callable[[dict[str, str]], None]


class _Answers(socketserver.BaseRequestHandler):
    records: dict[str, str] = {}

    def handle(self) -> None:
        data, socket = self.request
        question = dns.message.from_wire(data)
        answer = dns.message.make_response(question)
        name = question.question[0].name
        if text := self.records.get(name.to_text(omit_final_dot=True)):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", f'"{text}"'))
        socket.sendto(answer.to_wire(), self.client_address)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    """A name server on loopback; call it with its TXT records."""
    with socketserver.UDPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        ours = dns.resolver.Resolver(configure=False)
        ours.nameservers, ours.port = ["127.0.0.1"], server.server_address[1]
        monkeypatch.setattr(dns.resolver, "default_resolver", ours)
        yield lambda records: monkeypatch.setattr(_Answers, "records", records)
        server.shutdown()


@pytest.fixture
def site(settings) -> Iterator[WebServer]:
    """Directory, PDS and authorization server in one."""
    server = WebServer()
    settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, server.host]
    settings.NETWORK_ADDRESSES = {"bluesky.plc": server.url("")}
    yield server
    server.close()


def lives_at(site: WebServer, pds: str, *, handle: str = "pia.example.org", did: str = DID) -> None:
    service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": pds}
    document = {"id": did, "alsoKnownAs": [f"at://{handle}"], "service": [service]}
    site.serve(f"/{did}", json.dumps(document).encode(), "application/json")


def test_a_handle_is_found_in_the_dns_and_confirmed_by_its_did(names: Say, site: WebServer) -> None:
    names({"_atproto.pia.example.org": f"did={DID}"})
    lives_at(site, "https://pds.example.org")
    assert resolve.account_of("pia.example.org") == Identity(
        DID, "pia.example.org", "https://pds.example.org"
    )


def test_a_handle_that_its_did_does_not_confirm_is_somebody_elses(names: Say, site: WebServer) -> None:
    names({"_atproto.thief.example.org": f"did={DID}"})
    lives_at(site, "https://pds.example.org")
    with pytest.raises(Refused, match="cannot find this handle"):
        resolve.account_of("thief.example.org")


@pytest.mark.parametrize(
    "typed", ["", "pia", "pia.example.org/../../etc", "127.0.0.1", "pia.example.org:5432", "a b.dk"]
)
def test_what_is_no_handle_is_not_looked_up(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(resolve, "did_of", lambda _handle: pytest.fail("it was looked up"))
    with pytest.raises(Refused, match="cannot find this handle"):
        resolve.account_of(typed)


def test_a_domain_without_the_record_is_asked_over_https_and_never_in_private(
    names: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    names({})
    monkeypatch.setattr("genlyd.base.http.fetching.system_resolver", lambda *_: ["10.0.0.5"])
    assert resolve.did_of("pia.example.org") == ""


@pytest.mark.parametrize(
    "pds",
    [
        "http://169.254.169.254",
        "https://10.0.0.5",
        "http://pds.example.org",
        "https://localhost:5432",
        "http://[::1]:80",
    ],
)
def test_a_server_in_private_or_in_the_clear_is_not_asked(site: WebServer, pds: str) -> None:
    lives_at(site, pds)
    found = resolve.identity_of(DID)
    with pytest.raises(Refused, match="does not answer"):
        resolve.server_of(found.pds)


def test_a_server_that_sends_us_elsewhere_is_no_server(site: WebServer) -> None:
    site.redirect("/.well-known/oauth-protected-resource", "/elsewhere")
    site.serve(
        "/elsewhere", json.dumps({"authorization_servers": [site.url("")]}).encode(), "application/json"
    )
    with pytest.raises(Refused, match="does not offer this way") as refused:
        resolve.server_of(site.url(""))
    assert "app password" in str(refused.value.next_step)
    assert [path for path, _headers in site.asked] == ["/.well-known/oauth-protected-resource"]


def test_an_authorization_server_in_private_is_not_asked(site: WebServer) -> None:
    said = json.dumps({"authorization_servers": ["https://10.0.0.5"]}).encode()
    site.serve("/.well-known/oauth-protected-resource", said, "application/json")
    with pytest.raises(Refused, match="does not answer"):
        resolve.server_of(site.url(""))


def test_a_document_without_end_is_not_read_to_its_end(site: WebServer) -> None:
    site.serve(f"/{DID}", b" " * 200_000, "application/json")
    with pytest.raises(Refused):
        resolve.identity_of(DID)


def test_a_did_that_another_document_answers_for_is_refused(site: WebServer) -> None:
    lives_at(site, "https://pds.example.org", did=OTHER)
    site.pages[f"/{DID}"] = site.pages[f"/{OTHER}"]
    with pytest.raises(Refused):
        resolve.identity_of(DID)
