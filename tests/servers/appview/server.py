"""Starts a whole Bluesky network: a PDS with people in it, and the real AppView that counts what they do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.servers.appview import install
from tests.servers.pds import install as pds_install
from tests.servers.pds.server import Pds, free_port

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class BlueskyNetwork:
    pds: Pds
    appview: str

    @property
    def hosts(self) -> list[str]:
        return [*self.pds.hosts, self.appview.removeprefix("http://")]

    @property
    def addresses(self) -> dict[str, str]:
        return {**self.pds.addresses, "bluesky.appview": self.appview}


@contextmanager
def _database(server: psycopg.Connection) -> Iterator[str]:
    """A database of its own on the server that the tests use; its address as Node understands it."""
    name = f"appview_{os.getpid()}"
    server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    info = server.info
    host = f"?host={quote(info.host, safe='')}" if info.host.startswith("/") else ""
    login = quote(info.user) + (f":{quote(info.password)}" if info.password else "")
    try:
        yield f"postgresql://{login}@{'localhost' if host else info.host}:{info.port}/{name}{host}"
    finally:
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [
        str(install.redis()),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(folder),
    ]
    with (folder / "redis.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@contextmanager
def running_network(server: psycopg.Connection) -> Iterator[BlueskyNetwork]:
    """`server` is an open connection of somebody who may create databases."""
    installed = install.install()
    folder = Path(tempfile.mkdtemp(prefix="genlyd-appview-"))
    try:
        with _database(server) as database, _redis(folder) as redis, (folder / "log").open("w") as log:
            process = subprocess.Popen(
                [str(pds_install.node()), str(HERE / "launcher.mjs"), str(installed)],
                env={**os.environ, "DB_POSTGRES_URL": database, "REDIS_HOST": redis, "LOG_ENABLED": "false"},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=folder,
            )  # fmt: skip
            try:
                yield _ready(process, folder / "log")
            finally:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ready(process: subprocess.Popen[str], log: Path) -> BlueskyNetwork:
    assert process.stdout
    for line in process.stdout:
        word, _, said = line.partition(" ")
        if word == "ready":
            at = json.loads(said)
            return BlueskyNetwork(Pds(at["pds"], at["plc"]), at["appview"])
    raise RuntimeError(f"The Bluesky network did not start: {log.read_text()[-3000:]}")
