"""`genlyd migrate`: bring the database up to this version. Safe to start on many machines at once."""

from __future__ import annotations

import argparse
import os
import time

HELP = "bring the database up to this version"
NEEDS_DATABASE = True
#: One number for all of Genlyd: whoever holds it migrates, the others wait for it and find nothing left to do.
ADVISORY_LOCK = 0x47454E4C
#: A migration that waits for a lock makes every reader behind it wait too: give up soon, and try again.
LOCK_TIMEOUT, STATEMENT_TIMEOUT = "5s", "15min"
ATTEMPTS, PAUSE = 6, 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only say what would be done")


def before(_args: argparse.Namespace) -> None:
    # Read by libpq when Django connects.
    limits = {"lock_timeout": LOCK_TIMEOUT, "statement_timeout": STATEMENT_TIMEOUT}
    os.environ["PGOPTIONS"] = " ".join(f"-c {name}={value}" for name, value in limits.items())


def _wait_for_turn() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        while True:
            cursor.execute("select pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
            if cursor.fetchone()[0]:
                return
            time.sleep(1)


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command
    from django.db import OperationalError, connection

    if args.plan:
        call_command("migrate", plan=True)
        return 0
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _wait_for_turn()
            call_command("migrate", interactive=False, verbosity=1)
            call_command("createcachetable", verbosity=0)
        except OperationalError as error:
            connection.close()
            if "lock timeout" not in str(error) or attempt == ATTEMPTS:
                raise
            print(f"The table is in use: trying again in {PAUSE:g} s.")
            time.sleep(PAUSE)
        else:
            break
    _prepare_set_up()
    return 0


def _prepare_set_up() -> None:
    """An empty installation needs the code of its set-up page; `genlyd up` says where that is."""
    from django.conf import settings

    from genlyd.people.actions.setup import setup_code  # Django is set up by now

    if settings.DEMO:
        return
    if code := setup_code():
        print(f"Set it up: {settings.URL}/setup/{code}/")
