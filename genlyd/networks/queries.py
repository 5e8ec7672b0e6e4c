from __future__ import annotations

from genlyd.base.crypto import Unreadable, unseal
from genlyd.networks.contract import Network
from genlyd.networks.models import NetworkApp
from genlyd.networks.registry import NETWORKS


def app_of(organisation_id: int, network: str, server: str = "") -> NetworkApp | None:
    """The organisation's app there, if it is switched on."""
    return NetworkApp.objects.filter(
        organisation_id=organisation_id, network=network, server=server, enabled=True
    ).first()


def secret_of(app: NetworkApp, key: str = "client_secret") -> str:
    """ "" when there is none, or none that this installation can read."""
    try:
        return str(unseal(bytes(app.secret_sealed)).get(key, "")) if app.secret_sealed else ""
    except Unreadable:
        return ""


def connectable(organisation_id: int) -> list[Network]:
    """The networks at which this organisation's people may connect an account. One query."""
    having = set(
        NetworkApp.objects.filter(organisation_id=organisation_id, enabled=True).values_list(
            "network", flat=True
        )
    )
    return [
        network
        for network in NETWORKS.values()
        if network.sign_ins and (network.app is None or network.key in having)
    ]
