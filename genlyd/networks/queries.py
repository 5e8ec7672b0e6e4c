from __future__ import annotations

from genlyd.networks.contract import Network
from genlyd.networks.models import NetworkApp
from genlyd.networks.registry import NETWORKS


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
