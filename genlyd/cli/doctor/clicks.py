from __future__ import annotations

from collections.abc import Iterator

from genlyd.cli.doctor.finding import Finding, bad, note, well
from genlyd.links.privacy import LocalFile, local_files

#: Months after which a country file begins to be wrong about many addresses.
OLD_DAYS = 180


def files() -> Iterator[Finding]:
    """The optional files that clicks are looked up in. Nothing to say while none is set."""
    countries, datacentres = local_files()
    yield from _usable("GENLYD_COUNTRY_FILE", countries)
    yield from _usable("GENLYD_DATACENTRE_FILE", datacentres)


def _usable(name: str, file: LocalFile) -> Iterator[Finding]:
    if not file.path:
        return
    if file.problem:
        yield bad(
            name, f"{file.path} cannot be used: {file.problem}",
            "Check path and permissions, or unset it. Short links work meanwhile, without what it says.",
        )  # fmt: skip
    elif file.age_days > OLD_DAYS:
        yield note(
            name, f"{file.name} is {file.age_days} days old", "Fetch a newer one: it is read within a minute."
        )
    else:
        yield well(name, file.name or f"{file.ranges} ranges of addresses")
