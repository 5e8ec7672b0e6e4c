"""What the period's board asks the database about clicks, asked without pause by two clients: pgbench, no site."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from genlyd.cli.embedded.binaries import find
from tests.speed.links.board import largest
from tests.speed.links.ground import Ground

CLIENTS = 2
#: Seconds after which it ends by itself, should nobody end it.
LONGEST = 600
_DONE = re.compile(r"number of transactions actually processed: (\d+)")


class Questions:
    """The statements are those that the page's own queries send, for the largest organisation."""

    def __init__(self, ground: Ground) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from genlyd.measurement.queries import visits

        period, day = largest(ground)
        with CaptureQueriesContext(connection) as asked:
            visits.total(period, day)
            visits.by_network(period, day)
        self._dsn = ground.dsn
        self._script = ground.folder / "questions.sql"
        # pgbench takes a line for a statement, and a colon with a name for a variable of its own.
        statements = [" ".join(query["sql"].split()) for query in asked.captured_queries]
        self._script.write_text("".join(f"{sql.rstrip(';')};\n" for sql in statements), encoding="utf-8")
        self.statements = len(statements)

    @contextmanager
    def asked(self) -> Iterator[Callable[[], dict[str, Any]]]:
        command = [
            find().program("pgbench"), "-n", "-c", str(CLIENTS), "-j", "1", "-T", str(LONGEST),
            "-f", str(self._script), self._dsn,
        ]  # fmt: skip
        program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said: list[str] = []
        try:
            yield lambda: {"statements": self.statements * int(_DONE.findall(said[0])[0])}
        finally:
            program.send_signal(signal.SIGALRM)  # as its own clock does at the end
            told, _nothing = program.communicate(timeout=60)
            said.append(told)
