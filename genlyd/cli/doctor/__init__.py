"""`genlyd doctor`: one line per thing that people who run Genlyd themselves get wrong, and how to mend it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator

from genlyd.cli.doctor.finding import Finding, Grade, bad
from genlyd.cli.errors import CannotStart

HELP = "check what goes wrong when one runs Genlyd oneself, and say how to mend it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="only what is not well")


def _without_database() -> Iterator[Callable[[], Iterator[Finding]]]:
    from genlyd.cli.doctor import addresses, clicks, mail, place, spool

    yield from (place.account, place.folder, place.keys, place.room, place.files)
    yield from (addresses.site, addresses.proxy, addresses.links, addresses.modes, addresses.ports)
    yield mail.server
    yield clicks.files
    yield spool.spool


def _with_database() -> Iterator[Callable[[], Iterator[Finding]]]:
    from genlyd.cli.doctor import database

    yield from (database.server, database.migrations, database.clock, database.worker, database.jobs)


def examine() -> Iterator[Finding]:
    from genlyd.cli.embedded import running

    for check in _without_database():
        yield from check()
    try:
        with running():
            for check in _with_database():
                yield from check()
    except CannotStart as error:
        yield bad("Database", str(error), "")


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    from django.db import connection

    # A pool would only say that it waited in vain; a plain connection says why.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    worst = Grade.WELL
    for finding in examine():
        worst = max(worst, finding.grade)
        if finding.grade > Grade.WELL or not args.quiet:
            print(finding.render(), flush=True)
    print(
        {Grade.WELL: "All is well.", Grade.NOTE: "It runs; see the notes."}.get(
            worst, "Something needs mending."
        )
    )
    return 1 if worst is Grade.BAD else 0
