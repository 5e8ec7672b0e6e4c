"""Starts the installed PDS on two free loopback ports, makes accounts, and reads what it holds."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

from tests.servers.pds import install

HERE = Path(__file__).resolve().parent
POSTS = "app.bsky.feed.post"


@dataclass(frozen=True)
class PdsAccount:
    did: str
    handle: str
    app_password: str
    main_password: str


@dataclass(frozen=True)
class Pds:
    url: str
    #: The PLC directory beside it.
    plc: str = ""
    #: The folder it was started with.
    data: Path = Path()

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def call(self, method: str, *, token: str = "", body: Any = None, **params: Any) -> dict[str, Any]:
        """A query, or a procedure when there is a body. Read by plain HTTP: Genlyd's own client is what is tested."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = f"{self.url}/xrpc/{method}"
        answer = (
            httpx2.get(address, params=params, headers=headers, timeout=30)
            if body is None
            else httpx2.post(address, json=body, headers=headers, timeout=30)
        )
        answer.raise_for_status()
        return dict(answer.json())

    @property
    def issuer(self) -> str:
        """What it calls itself when people sign in there."""
        return self.url.replace("127.0.0.1", "localhost")

    @property
    def addresses(self) -> dict[str, str]:
        """What Genlyd asks instead of the public directories (the setting NETWORK_ADDRESSES)."""
        return {"bluesky.plc": self.plc, "bluesky.handles": self.url, "bluesky.appview": "http://127.0.0.1:9"}

    @property
    def hosts(self) -> list[str]:
        """What of it is private, and has to be allowed."""
        return [address.removeprefix("http://") for address in (self.url, self.issuer, self.plc)]

    def names(self, **hosts: str) -> None:
        """Let the server find `https://<host>` at another origin: a public name for what runs on loopback."""
        (self.data / "names.json").write_text(json.dumps(hosts))

    def account(self, name: str) -> PdsAccount:
        main = f"{name}s-long-main-password"
        made = self.call(
            "com.atproto.server.createAccount",
            body={"handle": f"{name}.test", "email": f"{name}@fjordkraft.example", "password": main},
        )
        password = self.call(
            "com.atproto.server.createAppPassword", token=made["accessJwt"], body={"name": "Genlyd"}
        )["password"]
        return PdsAccount(made["did"], made["handle"], password, main)

    def writes(self, made: PdsAccount, collection: str, **record: Any) -> None:
        """The person does something there themselves: a like, a repost, a follow, an answer."""
        session = self.call(
            "com.atproto.server.createSession", body={"identifier": made.did, "password": made.main_password}
        )
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        body = {
            "repo": made.did,
            "collection": collection,
            "record": {"$type": collection, "createdAt": now, **record},
        }
        self.call("com.atproto.repo.createRecord", token=session["accessJwt"], body=body)

    def posts(self, did: str) -> list[dict[str, Any]]:
        """Every post the server holds for this account, as {uri, cid, value}."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.call("com.atproto.repo.listRecords", repo=did, collection=POSTS, limit=100, **cursor)
            found += page["records"]
            if not page.get("cursor"):
                return found
            cursor = {"cursor": page["cursor"]}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running_pds() -> Iterator[Pds]:
    installed = install.install()
    data = Path(tempfile.mkdtemp(prefix="genlyd-pds-"))
    port, plc_port = free_port(), free_port()
    with (data / "log").open("w") as log:
        process = subprocess.Popen(
            [str(install.node()), str(HERE / "launcher.mjs"), str(installed), str(data), str(port), str(plc_port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    try:
        assert process.stdout
        for line in process.stdout:
            if line.strip() == "ready":
                break
        else:
            raise RuntimeError(f"The PDS did not start: {(data / 'log').read_text()[-2000:]}")
        yield Pds(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{plc_port}", data)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(data, ignore_errors=True)
