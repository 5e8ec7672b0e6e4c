"""The one way out: every request that Genlyd makes to an address somebody gave it goes through here.

`fetch` reads a page, feed or picture once: the address is checked at every hop, the name is resolved by us and the
connection goes to exactly the address that was checked, time and size are limited. `client_for` gives adapters of
networks a client with the same checks that stays at one origin. What goes wrong is a `NotFetched`, which is a
`Refused`: its message tells a person what to do.
"""

from genlyd.base.http.client import client_for, client_settings, kept_client
from genlyd.base.http.errors import (
    BadAddress,
    NotFetched,
    NotReachable,
    PrivateAddress,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from genlyd.base.http.fetching import Fetched, fetch

__all__ = [
    "BadAddress",
    "Fetched",
    "NotFetched",
    "NotReachable",
    "PrivateAddress",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "client_for",
    "client_settings",
    "fetch",
    "kept_client",
]
