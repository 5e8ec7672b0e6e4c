"""The wheel works by itself: installed into an empty environment, with everything it shows inside."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.cli.house import House

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent


def _uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    assert Path(found).exists(), "the Makefile brings uv along: run this through make"
    return found


def _python() -> str:
    """The system's, where it is new enough: every user can read it, so that root can hand over to `genlyd`."""
    system = "/usr/bin/python3"
    if Path(system).exists():
        new_enough = "import sys; raise SystemExit(sys.version_info < (3, 11))"
        if subprocess.run([system, "-c", new_enough], check=False).returncode == 0:
            return system
    return sys.executable


def _danish(text: str) -> str:
    with (ROOT / "genlyd/ui/locale/da/LC_MESSAGES/django.po").open("rb") as file:
        message = read_po(file, locale="da").get(text)
    assert message
    return str(message.string)


@pytest.fixture
def installed(house: House, folder: Path) -> House:
    subprocess.run([_uv(), "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)], check=True)
    wheel = next(folder.glob("*.whl"))
    python = folder / "environment" / "bin" / "python"
    subprocess.run([_uv(), "venv", "--quiet", "--python", _python(), str(python.parent.parent)], check=True)
    subprocess.run([_uv(), "pip", "install", "--quiet", "--python", str(python), str(wheel)], check=True)
    # Whatever umask we run under: an installation is there for every user.
    subprocess.run(["chmod", "-R", "a+rX", str(folder / "environment")], check=True)
    house.python = str(python)
    return house


def test_wheel_serves_pages_files_and_danish(installed: House) -> None:
    installed.start()
    installed.wait_ready()
    status, page, _headers = installed.get("/account/login/", **{"Accept-Language": "da"})
    assert status == 200
    assert '<html lang="da"' in page
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert files
    for file in files:
        status, _text, headers = installed.get(file)
        assert status == 200, file
        assert "immutable" in headers.get("cache-control", ""), file
    assert _danish("This page is not here") in installed.get("/nothing", **{"Accept-Language": "da"})[1]
    if os.geteuid() == 0 and _python() != sys.executable:
        owners = {pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid).pw_name for pid in installed.processes()}
        assert owners == {"genlyd"}, "root hands over to a system user"
    assert installed.terminate() == 0
