import re
from collections.abc import Callable

import pytest
from django.core.cache import cache

from genlyd.notifications.models import Mail


@pytest.fixture(autouse=True)
def outbox(settings: object) -> None:
    """Mail becomes rows, as on a real installation; limits start afresh."""
    settings.EMAIL_BACKEND = "genlyd.notifications.outbox.OutboxBackend"
    settings.SMTP_HOST = "mail.example"


@pytest.fixture
def fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def link_mailed_to() -> Callable[[str], str]:
    """The path of the newest link mailed to an address."""

    def find(address: str) -> str:
        mail = Mail.objects.filter(to__contains=address).order_by("-pk")[0]
        return re.search(r"https?://[^/\s]+(/\S+)", mail.text).group(1)

    return find
