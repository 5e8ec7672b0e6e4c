"""Keeps a few programs running: starts them in order, restarts what ends, passes their words on, stops them all.

One thread, one loop: children are started from the main thread only, because Linux ends them when the *thread* that
started them ends (see `lifeline`).
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

FIRST_PAUSE, LONGEST_PAUSE, CALM_AFTER = 0.5, 30.0, 60.0
Spawn = Callable[[int], subprocess.Popen[bytes]]


class Stopped(Exception):
    """Somebody asked us to stop while we were still starting."""


@dataclass
class Program:
    """`spawn` starts it with its output going to the given file descriptor."""

    name: str
    spawn: Spawn
    stop_signal: int = signal.SIGTERM
    patience: float = 8.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = FIRST_PAUSE
    unfinished: bytes = b""
    reader: int = field(default=-1)

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    def __init__(self, say: Callable[[str], None] = lambda line: print(line, flush=True)) -> None:
        self._say = say
        self._programs: list[Program] = []
        self._selector = selectors.DefaultSelector()
        self._wake_reader, self._wake_writer = os.pipe()
        os.set_blocking(self._wake_writer, False)
        self._selector.register(self._wake_reader, selectors.EVENT_READ, None)
        self._stopping = False
        self._starting = True
        signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)

    # --- words --------------------------------------------------------------------------------------------
    def say(self, name: str, line: str) -> None:
        self._say(f"{name:<9}| {line}")

    def _read(self, program: Program) -> None:
        try:
            data = os.read(program.reader, 65536)
        except OSError:
            data = b""
        if not data:
            self._forget_reader(program)
            return
        *lines, program.unfinished = (program.unfinished + data).split(b"\n")
        for line in lines:
            self.say(program.name, line.decode(errors="replace"))

    def _forget_reader(self, program: Program) -> None:
        if program.reader >= 0:
            self._selector.unregister(program.reader)
            os.close(program.reader)
            program.reader = -1
        if program.unfinished:
            self.say(program.name, program.unfinished.decode(errors="replace"))
            program.unfinished = b""

    def _pump(self, timeout: float) -> None:
        for key, _events in self._selector.select(timeout):
            if key.data is None:
                os.read(self._wake_reader, 1024)
            else:
                self._read(key.data)

    # --- starting -----------------------------------------------------------------------------------------
    def start(self, program: Program) -> subprocess.Popen[bytes]:
        """Start it now and keep it running from here on."""
        if program not in self._programs:
            self._programs.append(program)
        self._forget_reader(program)
        program.reader, writer = os.pipe()
        try:
            program.process = program.spawn(writer)
        finally:
            os.close(writer)
        self._selector.register(program.reader, selectors.EVENT_READ, program)
        program.started_at = time.monotonic()
        return program.process

    def run_once(self, program: Program) -> int:
        """Run it to its end, passing on its words; return its exit code."""
        process = self.start(program)
        try:
            while process.poll() is None:
                self._pump(0.05)
            while program.reader >= 0 and self._selector.select(0):
                self._pump(0)
        except BaseException:
            self._end([program])
            raise
        finally:
            self._forget_reader(program)
            self._programs.remove(program)
        return process.returncode

    def pump(self) -> None:
        self._pump(0.05)

    # --- keeping ------------------------------------------------------------------------------------------
    def keep(self, each_turn: Callable[[], None]) -> None:
        """Until somebody asks us to stop. `each_turn` is called a few times a second."""
        self._starting = False
        while not self._stopping:
            self._pump(0.25)
            for program in self._programs:
                if not program.running():
                    self._revive(program)
            each_turn()

    def _revive(self, program: Program) -> None:
        now = time.monotonic()
        if program.process is not None:
            code = program.process.returncode
            if now - program.started_at > CALM_AFTER:
                program.pause = FIRST_PAUSE
            self.say(program.name, f"ended ({_how(code)}); starting it again in {program.pause:g} s")
            program.process, program.due_at = None, now + program.pause
            program.pause = min(program.pause * 2, LONGEST_PAUSE)
        if now >= program.due_at:
            self.start(program)

    # --- stopping -----------------------------------------------------------------------------------------
    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        if self._starting:
            self._starting = False
            raise Stopped

    def stop(self) -> None:
        """In reverse order of starting, the database (first started) after everybody who writes to it."""
        self._starting = False
        if self._programs:
            self.say("genlyd", "stopping")
        if len(self._programs) > 1:
            self._end(self._programs[1:])
        self._end(self._programs[:1])

    def _end(self, programs: list[Program]) -> None:
        living = [program for program in programs if program.running()]
        for program in living:
            assert program.process is not None
            program.process.send_signal(program.stop_signal)
        until = time.monotonic() + max((program.patience for program in living), default=0)
        while time.monotonic() < until and any(program.running() for program in living):
            self._pump(0.05)
        for program in living:
            if program.running():
                assert program.process is not None
                self.say(program.name, "does not stop: ending it hard")
                # SIGQUIT for PostgreSQL would be kinder, but its patience is a minute: see Server.stop.
                program.process.kill()
                program.process.wait()
        self._pump(0)
        for program in programs:
            self._forget_reader(program)


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
