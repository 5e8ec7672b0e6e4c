"""Handles, DIDs and servers' documents: what is believed, and what is not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.bluesky.domain import client, identity, server
from genlyd.networks.bluesky.domain.client import Client

DID = "did:plc:abcdefghijklmnopqrstuvwx"
ISSUER = "https://auth.example.org"


def document(**changes: Any) -> bytes:
    service = {
        "id": "#atproto_pds",
        "type": "AtprotoPersonalDataServer",
        "serviceEndpoint": "https://pds.example.org",
    }
    values = {"id": DID, "alsoKnownAs": ["at://pia.example.org"], "service": [service]}
    return json.dumps({**values, **changes}).encode()


def metadata(**changes: Any) -> dict[str, Any]:
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/oauth/authorize",
        "token_endpoint": f"{ISSUER}/oauth/token",
        "pushed_authorization_request_endpoint": f"{ISSUER}/oauth/par",
        "revocation_endpoint": f"{ISSUER}/oauth/revoke",
        "require_pushed_authorization_requests": True,
        "authorization_response_iss_parameter_supported": True,
        "client_id_metadata_document_supported": True,
        "dpop_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["atproto"],
        **changes,
    }


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("pia.bsky.social", True), ("pia.dk", True), ("xn--bjrn-gra.dk", True), ("pia", False), ("pia..dk", False),
        ("-pia.dk", False), ("pia.1", False), ("127.0.0.1", False), ("pia.dk/../x", False), ("pia.dk:80", False),
        ("a" * 64 + ".dk", False), ("pia.dk\n", False), ("bjørn.dk", False), (("a." * 130) + "dk", False),
    ],
)  # fmt: skip
def test_a_handle_is_a_domain_name(value: str, is_one: bool) -> None:  # noqa: FBT001
    assert identity.is_handle(value) is is_one


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (DID, f"https://plc.example/{DID}"),
        ("did:web:pia.example.org", "https://pia.example.org/.well-known/did.json"),
        ("did:web:localhost%3A3000", "http://localhost:3000/.well-known/did.json"),
    ],
)
def test_where_a_document_is_fetched(value: str, address: str) -> None:
    assert identity.is_did(value)
    assert identity.document_address(value, "https://plc.example") == address


@pytest.mark.parametrize(
    "value",
    [
        "did:plc:short",
        "did:web:",
        "did:web:a.b:path",
        "did:web:a.b%2Fx",
        "did:key:z6Mk",
        "did:web:a@b.c",
        DID + "/",
    ],
)
def test_what_is_no_did_is_not_asked_for(value: str) -> None:
    assert not identity.is_did(value)
    with pytest.raises(ValueError, match=r"did|z6Mk"):
        identity.document_address(value, "https://plc.example")


def test_txt_records_name_one_did_or_none() -> None:
    assert identity.did_in_txt(["v=spf1", f"did={DID}"]) == DID
    assert identity.did_in_txt([f"did={DID}", "did=did:web:other.example"]) == ""
    assert identity.did_in_txt(["did=javascript:1"]) == ""
    assert identity.did_in_page(f"{DID}\n".encode()) == DID
    assert identity.did_in_page(b"<html>" + b"x" * 5000) == ""


def test_a_document_says_where_the_account_lives() -> None:
    found = identity.from_document(DID, document())
    assert found == identity.Identity(DID, "pia.example.org", "https://pds.example.org")


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz"}, {"service": []}, {"service": None}, {"service": ["x"]},
        {"service": [{"id": "#atproto_pds", "type": "Other", "serviceEndpoint": "https://pds.example.org"}]},
        *(
            {"service": [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": endpoint}]}
            for endpoint in (
                "https://pds.example.org/path", "ftp://pds.example.org", "https://a:b@pds.example.org", 7, None,
                "https://", "https://pds.example.org?x=1", "https://pds.example.org#x", "https://x:99999", "//pds",
            )
        ),
    ],
)  # fmt: skip
def test_a_document_that_is_not_believed(changes: dict[str, Any]) -> None:
    assert identity.from_document(DID, document(**changes)) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"[" * 100_000, b"\xff\xfe"])
def test_a_document_that_is_none(body: bytes) -> None:
    assert identity.from_document(DID, body) is None


@pytest.mark.parametrize("names", [[], None, ["https://pia.dk"], ["at://not a handle"], [7]])
def test_a_document_without_a_usable_handle_claims_none(names: Any) -> None:
    found = identity.from_document(DID, document(alsoKnownAs=names))
    assert found
    assert found.handle == ""


def test_an_authorization_server_that_keeps_to_the_profile() -> None:
    assert server.only_server({"authorization_servers": [ISSUER]}) == ISSUER
    found = server.from_metadata(ISSUER, metadata())
    assert found
    assert found.par == f"{ISSUER}/oauth/par"


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://other.example"}, {"require_pushed_authorization_requests": False},
        {"authorization_response_iss_parameter_supported": None}, {"client_id_metadata_document_supported": False},
        {"dpop_signing_alg_values_supported": ["RS256"]}, {"code_challenge_methods_supported": ["plain"]},
        {"scopes_supported": "atproto"}, {"token_endpoint": "http://auth.example.org/oauth/token"},
        {"token_endpoint": None}, {"authorization_endpoint": "javascript:alert(1)"},
        {"pushed_authorization_request_endpoint": "https://a:b@auth.example.org/par"},
    ],
)  # fmt: skip
def test_an_authorization_server_nobody_is_sent_to(changes: dict[str, Any]) -> None:
    assert server.from_metadata(ISSUER, metadata(**changes)) is None


@pytest.mark.parametrize(
    "said", [None, [], "x", {"authorization_servers": []}, {"authorization_servers": [ISSUER, ISSUER]}]
)
def test_a_server_that_names_no_one_authorization_server(said: object) -> None:
    assert server.only_server(said) == ""
    assert server.from_metadata(ISSUER, said) is None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://genlyd.fjordkraft.dk", Client.CONFIDENTIAL),
        ("https://genlyd.fjordkraft.dk:8443", Client.CONFIDENTIAL),
        ("http://localhost:8000", Client.LOOPBACK),
        ("http://127.0.0.1:8000", Client.LOOPBACK),
        ("http://[::1]:8000", Client.LOOPBACK),
        ("http://genlyd.fjordkraft.dk", None),
        ("https://genlyd", None),
        ("https://genlyd.local", None),
        ("https://10.0.0.5", None),
        ("https://localhost", None),
        ("https://fjordkraft.example", None),
    ],
)
def test_who_we_are_follows_from_our_address(url: str, kind: Client | None) -> None:
    assert client.kind_of(url) is kind


def test_the_way_back_to_a_developers_machine_is_an_address() -> None:
    assert client.loopback_address("http://localhost:8000/back/") == "http://127.0.0.1:8000/back/"
    assert client.loopback_address("http://[::1]:8000/back/") == "http://[::1]:8000/back/"
    assert client.loopback_address("http://localhost/back/") == "http://127.0.0.1/back/"


@given(st.text(max_size=300))
def test_nothing_a_person_types_is_more_than_a_name(value: str) -> None:
    if identity.is_handle(value):
        assert all(part not in value for part in "/:@?# \\")
