"""What of a visitor is kept. Everything that is ever stored about a person who clicks is decided here, in one function.

The address is used for three questions (which visitor of today, which country, a data centre?) and then let go of.
"""

from __future__ import annotations

import secrets
from typing import Protocol

from genlyd.links.domain.visitor import visitor_key
from genlyd.links.redirect.surroundings import Surroundings

VISITOR_BYTES = 16
#: What is stored: the visitor's key, the host they came from, asked not to be tracked, country, from a data centre.
Seen = tuple[bytes, str, bool, str, bool]


class Link(Protocol):
    """Of the link and its organisation's wishes."""

    @property
    def organisation_id(self) -> int: ...
    @property
    def respects_signals(self) -> bool: ...
    @property
    def countries(self) -> bool: ...


class Visit(Protocol):
    """Of the request. `opted_out`: it carried Do Not Track or Global Privacy Control."""

    @property
    def opted_out(self) -> bool: ...
    @property
    def user_agent(self) -> str: ...
    @property
    def referrer_host(self) -> str: ...


def seen(link: Link, visit: Visit, address: str, salt: bytes, surroundings: Surroundings | None) -> Seen:
    """`surroundings` None: no files are set, and nothing is looked up.

    A visitor who asked not to be tracked gets a key of chance: counted, and never recognised, not even today.
    """
    datacentre = surroundings is not None and surroundings.is_datacentre(address)
    if visit.opted_out and link.respects_signals:
        return secrets.token_bytes(VISITOR_BYTES), "", True, "", datacentre
    country = surroundings.country(address) if surroundings is not None and link.countries else ""
    key = visitor_key(salt, link.organisation_id, address, visit.user_agent)
    return key, visit.referrer_host, False, country, datacentre
