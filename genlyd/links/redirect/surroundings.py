"""What this installation's own files say about an address: its country, and whether it is a data centre's.

Both files are optional and lie on this machine: no address is ever sent anywhere. They are read again when they change,
so that whoever keeps them up to date need not restart anything.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import maxminddb

from genlyd.base import env
from genlyd.links.domain.country import country_of
from genlyd.links.domain.ranges import Ranges, ranges

log = logging.getLogger("genlyd.redirect")

#: Seconds between looks at whether a file has changed.
AGAIN = 60.0
#: Before an IPv4 address, by a socket that listens for both kinds.
_MAPPED = "::ffff:"


class Kept:
    """A file as it was last read. One that cannot be read (any more) leaves what was read before."""

    def __init__(self, path: str, read: Callable[[str], Any]) -> None:
        self.path = path
        self.problem = ""
        self.content: Any = None
        self._read = read
        self._stamp: tuple[int, int] | None = None

    def refresh(self) -> None:
        try:
            seen = Path(self.path).stat()
            stamp = (seen.st_mtime_ns, seen.st_size)
            if stamp != self._stamp:
                self.content, self._stamp, self.problem = self._read(self.path), stamp, ""
        except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
            said = (error.strerror if isinstance(error, OSError) else "") or str(error)
            if said != self.problem:
                log.warning("%s cannot be used: %s", self.path, said)
            self.problem = said


def _countries(path: str) -> maxminddb.Reader:
    # A map of a copy nobody can reach: reading from a map of a file that is being replaced would kill the process.
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copyfile(path, Path(folder) / "countries.mmdb")
        return maxminddb.open_database(copy)


def _datacentres(path: str) -> Ranges:
    with Path(path).open(encoding="utf-8") as lines:
        return ranges(lines)


class Surroundings:
    """`of(address)` for every click; `refresh()` from time to time, in a thread: a long list takes a while to read."""

    def __init__(self, countries: str = "", datacentres: str = "") -> None:
        self.countries = Kept(countries, _countries) if countries else None
        self.datacentres = Kept(datacentres, _datacentres) if datacentres else None
        self.refresh()

    @classmethod
    def from_environment(cls) -> Surroundings | None:
        """None when neither file is set, so that a click asks nothing."""
        countries, datacentres = country_file(), datacentre_file()
        return cls(countries, datacentres) if countries or datacentres else None

    def refresh(self) -> None:
        for kept in (self.countries, self.datacentres):
            if kept is not None:
                kept.refresh()

    def country(self, address: str) -> str:
        """Two letters, or "" where it is not known."""
        if self.countries is None or self.countries.content is None:
            return ""
        try:
            return country_of(self.countries.content.get(address.removeprefix(_MAPPED)))
        except (ValueError, maxminddb.InvalidDatabaseError):
            return ""  # no address, or a file that is broken inside: a redirect must not fail for it

    def is_datacentre(self, address: str) -> bool:
        return (
            self.datacentres is not None
            and self.datacentres.content is not None
            and self.datacentres.content.hold(address)
        )


def country_file() -> str:
    return env.text(
        "GENLYD_COUNTRY_FILE", help="A country database (MMDB) on this machine, for clicks per country."
    )


def datacentre_file() -> str:
    return env.text(
        "GENLYD_DATACENTRE_FILE",
        help="A list of data centres' address ranges (CIDR, one a line): clicks from there are no people's.",
    )
