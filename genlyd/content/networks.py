"""The networks a story can be said to suit."""

from __future__ import annotations

from genlyd.networks.registry import REAL

NETWORK_CHOICES = [(network.key, network.name) for network in REAL.values()]
