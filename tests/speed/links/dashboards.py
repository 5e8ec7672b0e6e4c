"""The site beside the redirects: a lead reads the board of the largest organisation, a member their own figures."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.cli.house import wait_for
from tests.links.redirecting import free_port
from tests.speed.links.ground import Ground


class Dashboards:
    """One web process, and two people who are signed in."""

    def __init__(self, port: int, pages: list[tuple[str, str]]) -> None:
        self.port = port
        #: (path, cookie) of each person
        self.pages = pages

    @contextmanager
    def read(self, pause: float) -> Iterator[Callable[[], dict[str, Any]]]:
        """Both read until the block ends, with so many seconds between two pages; then the call says how it went."""
        readers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.speed.links.dashboards", str(self.port), path, cookie, str(pause)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for path, cookie in self.pages
        ]  # fmt: skip
        said: list[dict[str, Any]] = []
        try:
            for reader in readers:
                assert reader.stdout
                assert reader.stdout.readline() == "reading\n"
            yield lambda: {
                path.split("?")[0]: found for (path, _cookie), found in zip(self.pages, said, strict=True)
            }
        finally:
            for reader in readers:
                told, _nothing = reader.communicate("stop\n", timeout=60)
                said.append(json.loads(told))


@contextmanager
def standing(ground: Ground) -> Iterator[Dashboards]:
    from django.urls import reverse

    port = free_port()
    command = [sys.executable, "-m", "genlyd.cli", "web", "--port", str(port)]
    environment = {**os.environ, "GENLYD_WEB_PROCESSES": "1", "DATABASE_URL": ground.dsn}
    with (ground.folder / "web.log").open("a") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )  # as a service of its own has
        try:
            wait_for(lambda: _answers(port, process), 60, "the site")
            pages = [
                (
                    reverse("measurement:board", args=[int(ground.layout.periods[0])]),
                    _cookie(ground.lead.user),
                ),
                (reverse("sharing:mine"), _cookie(member_of(ground).user)),
            ]
            for path, cookie in pages:  # once, before anybody counts
                status = _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), path, cookie)
                assert status == 200, f"{path}: {status}"
            yield Dashboards(port, pages)
        finally:
            process.terminate()
            process.wait(20)


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the site ended"
    try:
        return _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/readyz", "") == 200
    except OSError:
        return False


def _cookie(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def member_of(ground: Ground) -> Any:
    """Who shares most in the largest organisation."""
    from genlyd.people.models import Member, User

    member = Member.objects.get(pk=int(ground.layout.member_from[0]))
    if member.user is None:
        member.user = User.objects.create(email=member.email, password="!", language="da")
        member.save(update_fields=["user"])
    return member


def _ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> int:
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "da"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        sys.stderr.write(f"{path}: {answer.status} {answer.getheader('Location', '')}\n")
    return answer.status


def _read_on(port: int, path: str, cookie: str, pause: float) -> dict[str, Any]:
    """Until somebody writes to our standard input."""
    import select

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took: list[float] = []
    sys.stdout.write("reading\n")
    sys.stdout.flush()
    while True:
        began = time.monotonic()
        status = _ask(connection, path, cookie)
        assert status == 200, f"{path}: {status}"
        took.append(time.monotonic() - began)
        if select.select([sys.stdin], [], [], pause)[0]:
            took.sort()
            return {"pages": len(took), "half_within_ms": round(1000 * took[len(took) // 2], 1)}


if __name__ == "__main__":
    port_, path_, cookie_, pause_ = sys.argv[1:]
    sys.stdout.write(json.dumps(_read_on(int(port_), path_, cookie_, float(pause_))) + "\n")
