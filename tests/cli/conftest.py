from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.house import PROC, House, wait_until_gone


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="genlyd-house-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _house(folder: Path) -> Iterator[House]:
    if not PROC.is_dir():
        pytest.skip(f"needs /proc to see every process, which {sys.platform} has not")
    house = House(folder / "home")
    yield house
    if house.process is not None and house.process.poll() is None:
        pids = house.processes()
        house.kill_everything()
        wait_until_gone(pids)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter: as root PostgreSQL runs as another user. pytest's own is closed."""
    with _folder() as path:
        yield path


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    """Not started yet."""
    with _house(folder) as house:
        yield house


@pytest.fixture(scope="module")
def standing() -> Iterator[House]:
    """One that runs, shared by tests that leave it as it is. Its folder was there before, with odd permissions."""
    with _folder() as folder, _house(folder) as house:
        folder.chmod(0o751)
        house.start()
        house.wait_ready()
        yield house
