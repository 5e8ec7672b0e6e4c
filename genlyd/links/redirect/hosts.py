"""Whose links a host's are: a proved domain of an organisation's own, or, for every other host, the installation's."""

from __future__ import annotations

from genlyd.links.redirect.asking import AWAY, Asking, Unreachable

#: Seconds between two looks, although the database also says when a domain has changed.
AGAIN = 30.0
#: Host headers remembered as they came; anybody may send any.
MOST = 1_000
PATIENCE = 2.0
_READ = "SELECT host, id FROM links_domain WHERE proved_at IS NOT NULL"
OWN = "0:"


class Hosts:
    def __init__(self, database: Asking) -> None:
        self._database = database
        self._domains: dict[str, str] = {}
        self._prefixes: dict[bytes, str] = {}
        self.loaded = False

    async def load(self) -> None:
        """Raises what the database raises when it is away: what was known stays."""
        rows = await self._database.fetch(PATIENCE, _READ)
        self._domains = {host: f"{number}:" for host, number in rows}
        self._prefixes = {}
        self.loaded = True

    async def load_once(self) -> None:
        """Raises Unreachable: without the domains, one organisation's visitors would be told of another's links."""
        if not self.loaded:
            try:
                await self.load()
            except AWAY as error:
                raise Unreachable from error

    def prefix(self, host: bytes) -> str:
        """What the keys of this host's links begin with."""
        prefix = self._prefixes.get(host)
        if prefix is None:
            prefix = self._domains.get(bare(host), OWN)
            if len(self._prefixes) < MOST:
                self._prefixes[host] = prefix
        return prefix

    def domain(self, host: bytes) -> int:
        """Its id; 0 for the installation's own."""
        return int(self.prefix(host)[:-1])


def bare(host: bytes) -> str:
    """`Go.Fjordkraft.dk.:443` -> `go.fjordkraft.dk`"""
    name, colon, port = host.decode("latin-1").rpartition(":")
    if not colon or not port.isdigit():
        name = host.decode("latin-1")
    return name.lower().removesuffix(".")
