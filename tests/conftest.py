from __future__ import annotations

import hypothesis
from django.conf import settings

pytest_plugins = ["tests.fixtures"]


def pytest_configure() -> None:
    # Argon2 is slow on purpose, and hashed names would need `collectstatic` before every run.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # No test asks the live network about made-up people; those that want an AppView start one.
    settings.NETWORK_ADDRESSES = {"bluesky.appview": "http://127.0.0.1:9", **settings.NETWORK_ADDRESSES}
    # Machines that run tests are busy: how long an example took says nothing about the code.
    hypothesis.settings.register_profile(
        "genlyd", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("genlyd")
