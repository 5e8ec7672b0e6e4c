from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.docs.test_docs import _variables

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_dockerfile_has_no_lint() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    command = [
        str(hadolint) if hadolint.exists() else str(shutil.which("hadolint")),
        str(ROOT / "Dockerfile"),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "")


def test_container_is_not_root_and_copies_only_what_is_there() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("USER ")] == ["10001:10001"]
    copied = [
        word
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_compose_names_only_settings_that_exist() -> None:
    for name in COMPOSE["services"]["genlyd"]["environment"]:
        assert name.removesuffix("_FILE") in _variables(), name


def test_compose_opens_no_port_to_the_world_and_declares_what_it_uses() -> None:
    for service in COMPOSE["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        named = {volume.split(":")[0] for volume in service.get("volumes", [])}
        assert named <= set(COMPOSE["volumes"])
