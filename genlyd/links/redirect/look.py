"""How an organisation looks: its name, colour, logo and website, for the pages its visitors may see."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from genlyd.links.domain.target import usable
from genlyd.links.redirect.style import ACCENT, colour_of

#: Seconds until a look is asked for again, and how many are remembered.
FRESH, MOST = 60.0, 1_000
#: Seconds a page waits for its look: it is better plain than late.
PATIENCE = 0.5
_COLUMNS = "organisation.name, organisation.accent, organisation.logo, organisation.website"
BY_ORGANISATION = f"SELECT {_COLUMNS} FROM people_organisation AS organisation WHERE id = $1"  # noqa: S608  constants
BY_DOMAIN = (
    f"SELECT {_COLUMNS} FROM people_organisation AS organisation"  # noqa: S608  constants
    " JOIN links_domain AS domain ON domain.organisation_id = organisation.id WHERE domain.id = $1"
)
_LOGO = re.compile(r"logos/([A-Za-z0-9_-]{1,80}\.(?:png|jpg))")


@dataclass(frozen=True, slots=True)
class Look:
    #: "" for nobody's: the installation's own page.
    name: str = ""
    #: #rrggbb
    colour: str = ACCENT
    #: The file's name, or "".
    logo: str = ""
    #: An http(s) address, or "".
    website: str = ""

    @property
    def site(self) -> str:
        """What a person calls the website: its host."""
        return (urlsplit(self.website).hostname or "").removeprefix("www.")


NOBODY = Look()


def look(name: str, accent: str, logo: str, website: str) -> Look:
    match = _LOGO.fullmatch(logo or "")
    return Look(name, colour_of(accent), match[1] if match else "", website if usable(website) else "")


class Looks:
    """`fetch(seconds, query, argument)` asks the database and gives rows."""

    def __init__(
        self, fetch: Callable[..., Awaitable[list[Any]]], away: tuple[type[BaseException], ...]
    ) -> None:
        self._fetch, self._away = fetch, away
        self._known: OrderedDict[tuple[str, int], tuple[float, Look]] = OrderedDict()

    async def of(self, organisation_id: int) -> Look:
        return await self._look(BY_ORGANISATION, organisation_id)

    async def of_domain(self, domain_id: int) -> Look:
        """0 is the installation's own host, which is nobody's."""
        return await self._look(BY_DOMAIN, domain_id) if domain_id else NOBODY

    async def _look(self, query: str, number: int) -> Look:
        """As it was when it cannot be asked; NOBODY when it was never known."""
        known = self._known.get((query, number))
        if known is not None and known[0] > time.monotonic():
            return known[1]
        try:
            rows = await self._fetch(PATIENCE, query, number)
        except self._away:
            return known[1] if known is not None else NOBODY
        found = look(*rows[0]) if rows else NOBODY
        self._known[query, number] = (time.monotonic() + FRESH, found)
        self._known.move_to_end((query, number))
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return found
