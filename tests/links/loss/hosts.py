"""Three machines on one: network namespaces, joined by wires that can be cut. Needs root and iproute2."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from genlyd.cli.account import database_account, make_folder

NETWORKS = Path("/run/netns")
CLONE_NEWNET = 0x40000000
#: 198.18.0.0/15 is meant for trials like this one (RFC 2544). The namespaces have nothing to do with the real network.
DATABASE = "198.18.0.1"
NODES = {"a": ("198.18.0.2", "198.18.1"), "b": ("198.18.0.3", "198.18.2")}
PORT = 8001
SECRET = "only these two things are told to a machine: the database and this"


class NoHosts(Exception):
    """This machine does not let us make any; says why."""


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoHosts(f"ip {' '.join(words)}: {done.stderr.strip()}")


def enter(network: str) -> None:
    """This thread opens its connections from there. Threads end, and nothing must be put back."""
    file = os.open(NETWORKS / network, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(file, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(file)


def _kill(network: str) -> None:
    pids = subprocess.run(
        ["ip", "netns", "pids", network], capture_output=True, text=True, check=False
    ).stdout
    for pid in pids.split():
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)


def _bury() -> None:
    """What a test run that was killed has left."""
    for network in NETWORKS.glob("genlyd-*-?"):
        if not Path(f"/proc/{network.name.split('-')[1]}").exists():
            _kill(network.name)
            with suppress(NoHosts):
                _ip("netns", "del", network.name)


class Hosts:
    """`d` has the database and the bridge; `a` and `b` are joined to it, and to the visitors in `v`."""

    def __init__(self, folder: Path) -> None:
        """Each host's disk is a folder in `folder`, and what they say is in `folder`/hosts.log."""
        self.folder, self.log = folder, folder / "hosts.log"
        self._names = {host: f"genlyd-{os.getpid()}-{host}" for host in "abdv"}

    def __enter__(self) -> Self:
        if os.geteuid() != 0:
            raise NoHosts("only root may make network namespaces")
        if shutil.which("ip") is None:
            raise NoHosts("iproute2 is not installed")
        _bury()
        try:
            self._make()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _make(self) -> None:
        for host, name in self._names.items():
            _ip("netns", "add", name)
            self._on(host, "link", "set", "lo", "up")
        self._on("d", "link", "add", "bridge", "type", "bridge")
        self._on("d", "addr", "add", f"{DATABASE}/24", "dev", "bridge")
        self._on("d", "link", "set", "bridge", "up")
        for node, (address, visitors) in NODES.items():
            self._join(node, "db", "d", f"to-{node}")
            self._on("d", "link", "set", f"to-{node}", "master", "bridge")
            self._on(node, "addr", "add", f"{address}/24", "dev", "db")
            self._join(node, "web", "v", f"to-{node}")
            self._on(node, "addr", "add", f"{visitors}.1/24", "dev", "web")
            self._on("v", "addr", "add", f"{visitors}.2/24", "dev", f"to-{node}")

    def _join(self, one: str, one_end: str, other: str, other_end: str) -> None:
        peer = ("peer", "name", other_end, "netns", self._names[other])
        self._on(one, "link", "add", one_end, "type", "veth", *peer)
        self._on(one, "link", "set", one_end, "up")
        self._on(other, "link", "set", other_end, "up")

    def __exit__(self, *_exc: object) -> None:
        for host in self._names:
            self.kill(host)
        for name in self._names.values():
            with suppress(NoHosts):
                _ip("netns", "del", name)

    def _on(self, host: str, *words: str) -> None:
        _ip("-n", self._names[host], *words)

    def within(self, host: str) -> tuple[str, ...]:
        return ("ip", "netns", "exec", self._names[host])

    @property
    def visitors(self) -> str:
        return self._names["v"]

    @staticmethod
    def address(node: str) -> tuple[str, int]:
        return f"{NODES[node][1]}.1", PORT

    def cut(self, node: str) -> None:
        """The wire to the database. Nobody is told; packets just do not arrive."""
        self._on("d", "link", "set", f"to-{node}", "down")

    def mend(self, node: str) -> None:
        self._on("d", "link", "set", f"to-{node}", "up")

    def kill(self, host: str) -> None:
        """kill -9 of everything that runs there, all at once."""
        _kill(self._names[host])

    def disk(self, host: str) -> Path:
        return self.folder / f"disk-{host}"

    def begin(self, host: str, verb: str, dsn: str) -> None:
        """`genlyd <verb>` as one types it, told nothing but the database and the secret key."""
        disk = self.disk(host)
        make_folder(disk, database_account(disk))
        flags = f"--host 0.0.0.0 --redirect-port {PORT}" if verb == "redirect" else ""
        # Its /var/lib/genlyd is a folder of this host alone; `ip netns exec` has given it mounts of its own.
        script = (
            "mount -t tmpfs tmpfs /var/lib && mkdir -m 755 /var/lib/genlyd && "
            f"mount --bind {disk} /var/lib/genlyd && exec {sys.executable} -P -m genlyd.cli {verb} {flags}"
        )
        with self.log.open("ab") as output:
            subprocess.Popen(
                [*self.within(host), "sh", "-c", script], cwd="/", start_new_session=True,
                env={"PATH": os.environ["PATH"], "DATABASE_URL": dsn, "GENLYD_SECRET_KEYS": SECRET},
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip

    def wait_for(self, node: str, seconds: float = 30) -> None:
        """Until its redirect answers."""
        address, port = self.address(node)
        ask = f"import urllib.request; urllib.request.urlopen('http://{address}:{port}/healthz', timeout=2)"
        until = time.monotonic() + seconds
        command = [*self.within("v"), sys.executable, "-S", "-c", ask]
        while subprocess.run(command, capture_output=True, check=False).returncode:
            assert time.monotonic() < until, f"{node} does not answer: {self.log.read_text()[-2000:]}"
