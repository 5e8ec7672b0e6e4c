from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_redirect_service_runs_without_django() -> None:
    """What import-linter reads from the source, seen at run time, with everything its libraries bring along."""
    show = "import genlyd.cli.serving_redirect, sys; print('\\n'.join({name.split('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "genlyd" in loaded
    assert loaded.isdisjoint({"django", "procrastinate", "psycopg", "numpy", "PIL"})


def test_every_network_stands_in_the_contract() -> None:
    listed = next(contract["modules"] for contract in CONTRACTS if contract["type"] == "independence")
    rooms = {"actions", "domain", "locale", "migrations", "static", "templates", "views", "__pycache__"}
    rooms |= {"meta"}  # what Threads and Instagram share
    folders = {path.name for path in (ROOT / "genlyd" / "networks").iterdir() if path.is_dir()}
    assert {name.rpartition(".")[2] for name in listed} == folders - rooms
