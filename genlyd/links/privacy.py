"""What an organisation wants to know of its links' visitors, and what this installation could tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from genlyd.base import clock
from genlyd.links.models import LinkPrivacy
from genlyd.links.redirect import surroundings
from genlyd.links.redirect.surroundings import Surroundings
from genlyd.people.models import Organisation


@dataclass(frozen=True)
class LocalFile:
    """A file of this machine; all fields empty when none is set. `made_at` is what a country file says of itself."""

    path: str = ""
    problem: str = ""
    name: str = ""
    made_at: datetime | None = None
    ranges: int = 0

    @property
    def age_days(self) -> int:
        """0 where the file does not say when it was made."""
        return (clock.now() - self.made_at).days if self.made_at else 0


def wishes_of(organisation: Organisation) -> LinkPrivacy:
    """The stored row, or the defaults (not stored)."""
    return LinkPrivacy.objects.filter(organisation=organisation).first() or LinkPrivacy(
        organisation=organisation
    )


def local_files() -> tuple[LocalFile, LocalFile]:
    """The country file and the list of data centres, as this process sees them; read again when they change."""
    known = _read(surroundings.country_file(), surroundings.datacentre_file())
    known.refresh()
    return _countries(known), _datacentres(known)


@cache
def _read(countries: str, datacentres: str) -> Surroundings:
    return Surroundings(countries, datacentres)


def _countries(known: Surroundings) -> LocalFile:
    kept = known.countries
    if kept is None:
        return LocalFile()
    if kept.content is None:
        return LocalFile(kept.path, kept.problem)
    about = kept.content.metadata()
    made_at = datetime.fromtimestamp(about.build_epoch, UTC)
    return LocalFile(kept.path, kept.problem, about.database_type, made_at)


def _datacentres(known: Surroundings) -> LocalFile:
    kept = known.datacentres
    if kept is None:
        return LocalFile()
    return LocalFile(kept.path, kept.problem, ranges=len(kept.content or ()))
