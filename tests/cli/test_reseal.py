"""Changing keys: everything comes under the newest one, and what changed meanwhile is left alone."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from genlyd.base import crypto
from genlyd.base.crypto import seal, unseal
from genlyd.cli.reseal import reseal, run, sealed_columns
from genlyd.config.keys import fernet_key
from genlyd.networks.models import Account, NetworkApp
from tests.sharing.makers import an_account
from tests.world import World

OLD, NEW = fernet_key("the old key " * 4), fernet_key("the new key " * 4)


@pytest.fixture
def old_secrets(world: World, settings) -> Account:
    settings.GENLYD_KEYS = [OLD]
    NetworkApp.objects.create(
        organisation=world.fjordkraft,
        network="linkedin",
        client_id="86",
        secret_sealed=seal({"client_secret": "s"}),
    )
    data = {"secret": seal({"secret": "JBSWY3DP"}).decode()}
    Authenticator.objects.create(user=world.pia.user, type=Authenticator.Type.TOTP, data=data)
    account = an_account(world.pia, secret_sealed=seal({"access": "a"}))
    settings.GENLYD_KEYS = [NEW, OLD]
    return account


def test_all_secrets_come_under_the_newest_key(old_secrets: Account, settings) -> None:
    assert reseal() == (3, 0)
    assert reseal() == (0, 0)
    settings.GENLYD_KEYS = [NEW]
    old_secrets.refresh_from_db()
    assert unseal(bytes(old_secrets.secret_sealed)) == {"access": "a"}
    assert unseal(bytes(NetworkApp.objects.get().secret_sealed)) == {"client_secret": "s"}
    assert unseal(Authenticator.objects.get().data["secret"].encode()) == {"secret": "JBSWY3DP"}


def test_a_token_renewed_meanwhile_is_not_overwritten(
    old_secrets: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed = seal({"access": "renewed"})
    honest = crypto.resealed

    def slowly(sealed: bytes) -> bytes | None:
        Account.objects.filter(pk=old_secrets.pk).update(secret_sealed=renewed)
        return honest(sealed)

    monkeypatch.setattr(crypto, "resealed", slowly)
    reseal()
    old_secrets.refresh_from_db()
    assert unseal(bytes(old_secrets.secret_sealed)) == {"access": "renewed"}


def test_what_no_key_reads_is_said(
    old_secrets: Account, settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.GENLYD_KEYS = [NEW]
    assert run(None) == 1  # type: ignore[arg-type]
    assert "3 could not be read" in capsys.readouterr().out


def test_every_sealed_column_is_found() -> None:
    found = {f"{model.__name__}.{name}" for model, name in sealed_columns()}
    assert {"Account.secret_sealed", "NetworkApp.secret_sealed"} <= found
