"""A certified authorisation server (npm `oidc-provider`) as a process of its own, and a person who says yes there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.servers import npm
from tests.servers.pds.install import node
from tests.servers.pds.server import free_port

HERE = Path(__file__).resolve().parent
NAME = "oidc"
CLIENT_ID, CLIENT_SECRET = "genlyd", "a-secret-that-is-long-enough-for-anybody"
BACK = "https://genlyd.fjordkraft.example/networks/callback/tested/"


def is_installed() -> bool:
    return npm.is_installed(HERE, NAME)


def install() -> Path:
    """3 MB, a few seconds, once. Raises CannotInstall."""
    return npm.install(HERE, NAME)


@contextmanager
def running() -> Iterator[str]:
    """Its origin."""
    port = free_port()
    process = subprocess.Popen(
        [str(node()), str(HERE / "launcher.mjs"), str(install()), str(port), BACK],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        if not any(line.strip() == "ready" for line in process.stdout):
            raise RuntimeError("The authorisation server did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def says_yes(url: str, name: str) -> dict[str, str]:
    """Somebody signs in there, agrees, and is sent back with this."""
    with httpx2.Client(timeout=20) as browser:
        answer = browser.get(url)
        for _page in range(10):
            place = answer.headers.get("location", "")
            if place.startswith(BACK):
                return {key: values[0] for key, values in parse_qs(urlsplit(place).query).items()}
            if place:
                answer = browser.get(answer.url.join(place))
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert prompt, answer.text
            form = {"prompt": prompt.group(1), "login": name, "password": "anything"}
            answer = browser.post(answer.url, data=form)
    raise AssertionError("The sign-in did not come to an end")
