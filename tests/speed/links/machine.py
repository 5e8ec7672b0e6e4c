"""What was measured on: for the record beside the figures."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from tests.speed.links.pace import cut
from tests.speed.links.witness import watching

LIBRARIES = ("granian", "uvloop", "asyncpg", "django", "psycopg", "numpy")
#: Settings of the database that matter here.
SETTINGS = (
    "server_version",
    "fsync",
    "synchronous_commit",
    "wal_level",
    "shared_buffers",
    "max_wal_size",
    "data_checksums",
)

#: A machine is idle when it works for less than a hundredth of the time, in so many looks of so many seconds each.
IDLE, IDLE_LOOKS, IDLE_LOOK = 0.01, 5, 2.0


def described(folder: Path) -> dict[str, Any]:
    return {
        "processors": os.cpu_count(),
        "processor": _line(Path("/proc/cpuinfo"), "model name"),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{_line(Path('/etc/os-release'), 'PRETTY_NAME', '=')}, Linux {platform.release()}",
        "file_system": _file_system(folder),
        "fdatasync_per_second": _fdatasync(folder),
        "load_before": round(os.getloadavg()[0], 2),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
    }


def settings_of(dsn: str) -> dict[str, str]:
    with psycopg.connect(dsn) as connection:
        found = [connection.execute(f"SHOW {name}").fetchone() for name in SETTINGS]
    return {name: str(row[0]) for name, row in zip(SETTINGS, found, strict=True) if row}


def paced_writes(folder: Path, rate: int, seconds: float) -> dict[str, float]:
    """Milliseconds until 8 kB are on the disk, so many a second: what the disk alone makes a visitor wait.

    Counted from the moment a write was due, as the open loop counts: a write that stalls delays those behind it.
    """
    visits: list[tuple[float, float]] = []
    with _written(folder) as handle, watching() as witness:
        began = time.perf_counter()
        for number in range(round(rate * seconds)):
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            _write(handle, number)
            visits.append((due, time.perf_counter() - due))
    took = [seconds for _due, seconds in visits]
    return {
        "p50": cut(took, 0.5),
        "p99": cut(took, 0.99),
        "slowest": cut(took, 1.0),
        **witness.steady(visits),
    }


def idle(patience: float = 240.0) -> dict[str, float]:
    """Waits until nobody works: not the system either, which writes back and tidies up after a load."""
    began = time.monotonic()
    calm, busy = 0, 1.0
    while calm < IDLE_LOOKS and time.monotonic() - began < patience:
        before = _ticks()
        time.sleep(IDLE_LOOK)
        after = _ticks()
        busy = 1 - (after[1] - before[1]) / max(1, after[0] - before[0])
        calm = calm + 1 if busy < IDLE else 0
    return {"waited_seconds": round(time.monotonic() - began, 1), "busy": round(busy, 4)}


def _ticks() -> tuple[int, int]:
    """(all, idle) of all processors since the start."""
    numbers = list(map(int, Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:9]))
    return sum(numbers), numbers[3] + numbers[4]


def _line(file: Path, name: str, sign: str = ":") -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return "?"
    return next((line.partition(sign)[2].strip().strip('"') for line in lines if line.startswith(name)), "?")


def _file_system(folder: Path) -> str:
    said = subprocess.run(
        ["stat", "-f", "-c", "%T", str(folder)], capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "?"


def _fdatasync(folder: Path, seconds: float = 0.5) -> int:
    """Eight kilobytes to disk, one after the other: what a commit cannot beat."""
    with _written(folder) as handle:
        count, until = 0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            _write(handle, count)
            count += 1
    return round(count / seconds)


@contextmanager
def _written(folder: Path) -> Iterator[int]:
    """A file whose blocks are there already, as those of the write-ahead log are."""
    file = folder / "fdatasync"
    handle = os.open(file, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.write(handle, b"\0" * 8192 * 1024)
        os.fsync(handle)
        yield handle
    finally:
        os.close(handle)
        file.unlink()


def _write(handle: int, number: int) -> None:
    os.pwrite(handle, b"\1" * 8192, 8192 * (number % 1024))
    os.fdatasync(handle)
