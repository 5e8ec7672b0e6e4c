"""Structured logs: JSON lines in production, aligned text while developing."""

from __future__ import annotations

import logging.config
import re
from typing import Any

import structlog

#: Pages whose address is the permission: what comes after the name never stands in a log.
SECRET_IN_PATH = re.compile(
    r"(/(?:setup|invitation|join/confirm|join|mail/unsubscribe|account/confirm-email|account/password/reset/key"
    r"|share/picture|share/preview)/)[^/\s]+"
)


def without_secrets(path: str) -> str:
    """The path as a log may keep it."""
    return SECRET_IN_PATH.sub(r"\1…", path)


class WithoutSecrets(logging.Filter):
    """For records of Django's own: a request that failed is logged with its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django") and isinstance(record.args, tuple):
            record.args = tuple(without_secrets(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def configure(options: dict[str, Any]) -> None:
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    as_json = options["format"] == "json"
    renderer: Any = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "genlyd": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        renderer,
                    ],
                }
            },
            "filters": {"without_secrets": {"()": WithoutSecrets}},
            "handlers": {
                "console": {
                    "class": "logging.StreamHandler",
                    "formatter": "genlyd",
                    "filters": ["without_secrets"],
                }
            },
            "root": {"handlers": ["console"], "level": "INFO"},
            "loggers": {
                "procrastinate": {"level": "WARNING"},
                "django.request": {"level": "ERROR"},
                "httpx2": {"level": "WARNING"},
            },
        }
    )
