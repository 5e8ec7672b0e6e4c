from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.links.loss.ground import Ground, furnished
from tests.links.loss.postgres import Postgres
from tests.links.redirecting import Server, database


@pytest.fixture(scope="session")
def loss_folder() -> Iterator[Path]:
    """A folder that every user may enter: as root PostgreSQL runs as another user. pytest's own is closed."""
    folder = Path(tempfile.mkdtemp(prefix="genlyd-loss-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(loss_folder: Path, django_db_setup: None) -> Postgres:
    return furnished(loss_folder / "template", database())


@pytest.fixture(scope="session")
def standing(template: Postgres, loss_folder: Path) -> Iterator[Ground]:
    postgres = Postgres(loss_folder / "postgres")
    template.copy_to(postgres.data)
    postgres.start()
    yield Ground(postgres)
    postgres.stop()


@pytest.fixture
def ground(standing: Ground) -> Ground:
    """Nothing clicked yet."""
    standing.clear()
    return standing


@pytest.fixture(scope="session")
def home(loss_folder: Path) -> Path:
    """Of the redirect that is shared."""
    return loss_folder / "home"


@pytest.fixture(scope="session")
def shared(standing: Ground, home: Path) -> Iterator[Server]:
    """A redirect that tests leave as it is."""
    with standing.redirect(home) as server:
        yield server
