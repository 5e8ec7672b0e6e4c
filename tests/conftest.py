from __future__ import annotations

from django.conf import settings

pytest_plugins = ["tests.fixtures"]


def pytest_configure() -> None:
    # Argon2 is slow on purpose, and hashed names would need `collectstatic` before every run.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
