"""A whole Genlyd in its own processes, a browser, a mail server, a news site: everything real, all on loopback."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.cli.house import PROC, House, alive, wait_for
from tests.journeys.steps import Visitor
from tests.notifications.smtp_server import Letterbox, LoopbackController
from tests.servers.pds.server import Pds
from tests.webserver import WebServer


# Per module: while Playwright is open its loop runs in this thread, and Django refuses the database beside a loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium("nobody has walked the whole loop") as opened:
        yield opened


@pytest.fixture(scope="module")
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    box = Letterbox()
    controller = LoopbackController(box)
    controller.start()
    yield box, controller.port
    controller.stop()


@pytest.fixture(scope="module")
def news_site() -> Iterator[WebServer]:
    site = WebServer()
    yield site
    site.close()


@contextlib.contextmanager
def running(verb: str, **environment: str) -> Iterator[House]:
    if not PROC.is_dir():
        pytest.skip("needs /proc to stop every process again")
    folder = Path(tempfile.mkdtemp(prefix="genlyd-journey-"))
    folder.chmod(0o755)  # as root PostgreSQL runs as another user
    house = House(folder / "home", GENLYD_LANGUAGE="da", **environment)
    house.start(verb)
    try:
        house.wait_ready()
        yield house
    finally:
        if house.process is not None and house.process.poll() is None:
            pids = house.processes()
            house.kill_everything()
            wait_for(lambda: not any(map(alive, pids)), 20, "the end of all processes")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def house(letterbox: tuple[Letterbox, int], news_site: WebServer, real_pds: Pds) -> Iterator[House]:
    """`genlyd up` on an empty folder, with a mail server, allowed to reach the news site and the Bluesky server."""
    with running(
        "up",
        GENLYD_SMTP_HOST="127.0.0.1",
        GENLYD_SMTP_PORT=str(letterbox[1]),
        GENLYD_SMTP_SECURITY="none",
        GENLYD_PRIVATE_HOSTS_ALLOWED=",".join([news_site.host, *real_pds.hosts]),
        GENLYD_NETWORK_ADDRESSES=",".join(f"{key}={value}" for key, value in real_pds.addresses.items()),
    ) as started:
        yield started


@pytest.fixture(scope="module")
def demo() -> Iterator[House]:
    """`genlyd demo`, ready."""
    with running("demo") as started:
        wait_for(lambda: "is ready, after" in started.log.read_text(), 60, "the demonstration")
        yield started


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Browsers of several people, all phones; afterwards nothing may have been said on their consoles."""
    opened: list[Visitor] = []

    def somebody(house: House, scheme: str = "light") -> Visitor:
        visitor = Visitor.on_a_phone(browser, f"http://localhost:{house.port}", scheme)
        opened.append(visitor)
        return visitor

    yield somebody
    complaints = [line for visitor in opened for line in visitor.complaints]
    for visitor in opened:
        visitor.close()
    assert complaints == []
