"""The organisation's app at a network, for adapters. Knows no network, so that each of them may use it."""

from __future__ import annotations

from genlyd.base.crypto import Unreadable, unseal
from genlyd.networks.models import NetworkApp


def app_of(organisation_id: int, network: str, server: str = "") -> NetworkApp | None:
    """The organisation's app there, if it is switched on."""
    return NetworkApp.objects.filter(
        organisation_id=organisation_id, network=network, server=server, enabled=True
    ).first()


def secrets_of(app: NetworkApp) -> dict[str, str]:
    """Empty when there are none, or none that this installation can read."""
    try:
        return {key: str(value) for key, value in unseal(bytes(app.secret_sealed or b"")).items()}
    except Unreadable:
        return {}


def secret_of(app: NetworkApp, key: str = "client_secret") -> str:
    return secrets_of(app).get(key, "")
