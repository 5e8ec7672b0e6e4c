"""Telling a process where a test server is, with or without a proxy in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import LazySettings

from tests.servers.contract import NetworkServer


def environment(servers: Iterable[tuple[NetworkServer, str]]) -> dict[str, str]:
    """What a process needs in its environment to reach these servers, each through its proxy (or "")."""
    joined: dict[str, list[str]] = {"GENLYD_PRIVATE_HOSTS_ALLOWED": []}
    for server, through in servers:
        for name, value in server.environment.items():
            joined.setdefault(name, []).append(value.replace(server.url, through or server.url))
        # Uploads may go to an address that the server names itself.
        joined["GENLYD_PRIVATE_HOSTS_ALLOWED"] += [server.host, *filter(None, [_host(through)])]
    return {name: ",".join(values) for name, values in joined.items()}


def let_reach(settings: LazySettings, server: NetworkServer, *, through: str = "") -> None:
    """The same for this process."""
    wanted = environment([(server, through)])
    hosts = wanted["GENLYD_PRIVATE_HOSTS_ALLOWED"].split(",")
    settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, *hosts]
    settings.NETWORK_ADDRESSES = {**settings.NETWORK_ADDRESSES, **pairs(wanted)}


def pairs(wanted: Mapping[str, str]) -> dict[str, str]:
    entries = filter(None, wanted.get("GENLYD_NETWORK_ADDRESSES", "").split(","))
    return {key: address for key, _, address in (entry.partition("=") for entry in entries)}


def _host(address: str) -> str:
    return address.partition("://")[2]
