from collections.abc import Iterator
from typing import Any

import pytest

from tests.notifications.smtp_server import Letterbox, LoopbackController


@pytest.fixture
def letterbox(settings: Any) -> Iterator[Letterbox]:
    """A mail server that Genlyd is configured for."""
    box = Letterbox()
    controller = LoopbackController(box)
    controller.start()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", controller.port, "none"
    settings.SMTP_USER = settings.SMTP_PASSWORD = ""
    yield box
    controller.stop()
