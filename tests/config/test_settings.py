"""Settings as a process of its own reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHOW = """
import json, django
django.setup()
from genlyd.config import settings as s
print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}, default=str))
"""

DJANGO = {"DJANGO_SETTINGS_MODULE": "genlyd.config.settings"}


def read(home: Path, **environment: str) -> dict[str, Any]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("GENLYD_", "DATABASE_"))
    }
    run = subprocess.run(
        [sys.executable, "-c", SHOW],
        env={**clean, "GENLYD_HOME": str(home), **environment, **DJANGO}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        raise RuntimeError(run.stderr.strip().splitlines()[-1])
    return dict(json.loads(run.stdout))


def test_unset_everything_is_safe(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings["DEBUG"] is False
    assert settings["DEMO"] is False
    assert settings["SESSION_COOKIE_HTTPONLY"] is True
    assert len(settings["SECRET_KEY"]) >= 48
    assert (tmp_path / "secret-keys").stat().st_mode & 0o777 == 0o600
    assert read(tmp_path)["SECRET_KEY"] == settings["SECRET_KEY"]


def test_https_switches_on_what_needs_it(tmp_path: Path) -> None:
    settings = read(tmp_path, GENLYD_URL="https://genlyd.example.dk/")
    assert settings["URL"] == "https://genlyd.example.dk"
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://genlyd.example.dk"]


def test_database_address_is_passed_on_whole(tmp_path: Path) -> None:
    url = "postgresql://me:pa%20ss@db.example:6543/genlyd?sslmode=verify-full&target_session_attrs=read-write"
    database = read(tmp_path, DATABASE_URL=url)["DATABASES"]["default"]
    assert [database[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")] == [
        "db.example", "6543", "genlyd", "me", "pa ss",
    ]  # fmt: skip
    assert database["OPTIONS"]["sslmode"] == "verify-full"
    assert database["OPTIONS"]["target_session_attrs"] == "read-write"


def test_secret_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("hunter2\n")
    assert read(tmp_path, GENLYD_SMTP_PASSWORD_FILE=str(file))["SMTP_PASSWORD"] == "hunter2"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GENLYD_DEBUG", "perhaps", "GENLYD_DEBUG='perhaps' is neither yes nor no"),
        ("GENLYD_SMTP_PORT", "many", "GENLYD_SMTP_PORT='many' is not a whole number"),
        ("GENLYD_SMTP_PORT", "70000", "GENLYD_SMTP_PORT=70000 must be from 1 to 65535"),
        ("GENLYD_LANGUAGE", "sv", "GENLYD_LANGUAGE='sv' must be one of en, da"),
        ("GENLYD_SMTP_PASSWORD_FILE", "/no/such/file", "cannot be read"),
    ],
)
def test_unusable_value_stops_with_its_name(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(RuntimeError, match=words):
        read(tmp_path, **{name: value})


def test_old_keys_still_read_what_they_signed(tmp_path: Path) -> None:
    settings = read(tmp_path, GENLYD_SECRET_KEYS="new-key, old-key")
    assert (settings["SECRET_KEY"], settings["SECRET_KEY_FALLBACKS"]) == ("new-key", ["old-key"])
