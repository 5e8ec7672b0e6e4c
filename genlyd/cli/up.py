"""`genlyd up`: everything on one machine."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from genlyd.base.home import genlyd_home, uses_embedded_database
from genlyd.cli import lifeline, options
from genlyd.cli.embedded import Server
from genlyd.cli.errors import CannotStart
from genlyd.cli.supervisor import Program, Stopped, Supervisor

HELP = "run everything on this machine: database, site, short links, worker"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    options.add_host(parser)
    options.add_port(parser)
    options.add_redirect_port(parser)


def program(verb: str, *flags: str, name: str = "", **environment: str) -> Program:
    """One of our own commands as a child."""
    command = [sys.executable, "-P", "-m", "genlyd.cli", verb, *flags]

    def spawn(output: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            env={**os.environ, lifeline.PARENT: str(os.getpid()), "PYTHONUNBUFFERED": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C reaches us alone, and we stop them in order
        )

    return Program(name or verb, spawn)


def _check_ports(args: argparse.Namespace) -> None:
    for port, flag in ((args.port, "--port"), (args.redirect_port, "--redirect-port")):
        with socket.socket(socket.AF_INET6 if ":" in args.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((args.host, port))
            except OSError as error:
                raise CannotStart(
                    f"Port {port} on {args.host} cannot be used ({error.strerror}). Choose another one with {flag}."
                ) from error


def _addresses(args: argparse.Namespace) -> None:
    """Where nobody said how the site is reached, it is reached where it listens."""
    os.environ.setdefault("GENLYD_URL", f"http://localhost:{args.port}")
    os.environ.setdefault("GENLYD_LINK_URL", f"http://localhost:{args.redirect_port}")


def _metrics_folder(home: Path) -> str:
    """Where the web processes add up their counters; those of an earlier run are gone."""
    folder = home / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return str(folder)


def _answers(host: str, port: int) -> bool:
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        socket.create_connection((address, port), timeout=0.2).close()
    except OSError:
        return False
    return True


class _Announcement:
    """Says once where the site is, as soon as it answers."""

    def __init__(self, supervisor: Supervisor, args: argparse.Namespace) -> None:
        self._supervisor, self._args, self._said = supervisor, args, False

    def __call__(self) -> None:
        if self._said or not _answers(self._args.host, self._args.port):
            return
        self._said = True
        self._supervisor.say("genlyd", f"Ready: {os.environ['GENLYD_URL']}")
        self._supervisor.say("genlyd", f"Short links: {os.environ['GENLYD_LINK_URL']}   Stop with Ctrl-C.")
        code = genlyd_home() / "setup-code"
        if code.exists() and "GENLYD_DEMO" not in os.environ:
            self._supervisor.say(
                "genlyd", f"Begin here: {os.environ['GENLYD_URL']}/setup/{code.read_text().strip()}/"
            )


def _start_database(supervisor: Supervisor, server: Server) -> None:
    server.prepare()
    process = supervisor.start(Program("database", server.spawn, stop_signal=signal.SIGINT, patience=60))
    server.wait(process)


def run(args: argparse.Namespace, first: list[Program] | None = None) -> int:
    """`first`: what runs to its end after the migrations and before the site opens."""
    _check_ports(args)
    _addresses(args)
    home = genlyd_home()
    supervisor = Supervisor()
    try:
        if uses_embedded_database():
            _start_database(supervisor, Server(home))
        for once in (program("migrate"), *(first or [])):
            if supervisor.run_once(once):
                raise CannotStart(f"`{once.name}` failed: its words are above. Nothing was started.")
        host = ("--host", args.host)
        supervisor.start(
            program("web", *host, "--port", str(args.port), PROMETHEUS_MULTIPROC_DIR=_metrics_folder(home))
        )
        supervisor.start(program("redirect", *host, "--redirect-port", str(args.redirect_port)))
        supervisor.start(program("worker"))
        supervisor.keep(_Announcement(supervisor, args))
    except Stopped:
        pass
    finally:
        supervisor.stop()
    return 0
