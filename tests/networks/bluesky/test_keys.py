"""Who we are, as Bluesky's servers read it: public, cached, and without a secret in it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from genlyd.base.crypto import seal
from genlyd.cli import bluesky_key
from genlyd.cli.main import main, parser
from genlyd.networks.bluesky import keys
from genlyd.networks.models import ClientKey
from tests.world import World

pytestmark = pytest.mark.django_db
DOCUMENT = "/networks/bluesky/client-metadata.json"
AsMember = Callable[..., Client]


def test_the_document_is_public_cached_and_names_itself(settings, client: Client) -> None:
    settings.URL = "https://genlyd.fjordkraft.dk"
    answer = client.get(DOCUMENT)
    said = answer.json()
    assert said["client_id"] == f"https://genlyd.fjordkraft.dk{DOCUMENT}"
    assert said["redirect_uris"] == ["https://genlyd.fjordkraft.dk/networks/callback/bluesky/"]
    assert (said["token_endpoint_auth_method"], said["dpop_bound_access_tokens"]) == ("private_key_jwt", True)
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=600"}
    [key] = said["jwks"]["keys"]
    assert (key["crv"], key["use"]) == ("P-256", "sig")
    assert "d" not in key
    assert client.get(DOCUMENT).json() == said


@pytest.mark.parametrize(
    "url", ["http://localhost:8000", "https://genlyd.local", "http://genlyd.fjordkraft.dk"]
)
def test_an_installation_without_a_public_address_has_no_document(settings, client: Client, url: str) -> None:
    settings.URL = url
    assert client.get(DOCUMENT).status_code == 404
    assert not ClientKey.objects.exists()


def test_the_way_back_over_127_is_for_developers_only(settings, client: Client) -> None:
    settings.URL = "https://genlyd.fjordkraft.dk"
    assert client.get("/networks/bluesky/back/?code=1").status_code == 404
    settings.URL = "http://localhost:8000"
    back = client.get("/networks/bluesky/back/?code=1&next=//evil.example")
    assert back["Location"] == "http://localhost:8000/networks/callback/bluesky/?code=1&next=//evil.example"


def test_where_bluesky_cannot_reach_us_people_are_led_to_the_app_password(
    world: World, as_member: AsMember, settings
) -> None:
    settings.URL = "https://genlyd.local"
    answer = as_member(world.pia).get("/networks/connect/bluesky/")
    assert (answer.status_code, answer["Location"]) == (302, "/networks/bluesky/app-password/")


def test_a_key_that_cannot_be_read_any_more_is_replaced(settings) -> None:
    ClientKey.objects.create(network="bluesky", kid="lost", secret_sealed=b"gAAAAA of other keys")
    [key] = keys.published()
    assert key["kid"] != "lost"
    with pytest.raises(KeyError):
        keys.assertion("lost", client_id="x", issuer="y")


def test_keys_are_sealed_and_their_public_half_is_what_is_shown() -> None:
    row = keys.make()
    assert json.dumps(keys.published()[0]["x"]).encode() not in bytes(row.secret_sealed)
    assert bytes(row.secret_sealed) != seal({})


@pytest.mark.parametrize("flag", ["--new", "--forget-old"])
def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str], flag: str) -> None:
    arguments = parser({"bluesky-key": bluesky_key})
    assert bluesky_key.run(arguments.parse_args(["bluesky-key"])) == 0
    assert "No key yet" in capsys.readouterr().out
    first = keys.published()[0]["kid"]
    bluesky_key.run(arguments.parse_args(["bluesky-key", flag]))
    said = capsys.readouterr().out
    assert (first in said) is (flag == "--new")
    assert said.count("connections: 0") == (2 if flag == "--new" else 1)


def test_the_command_is_one_of_genlyds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bluesky-key", "--help"])
    assert "--forget-old" in capsys.readouterr().out
