"""The outermost middleware: every request gets a name, a line in the log, a count, and its safety headers."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from genlyd.config import health, metrics
from genlyd.config.logs import without_secrets

#: Values of the label; a visitor may write any other word as the method of a request.
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

logger = structlog.stdlib.get_logger("genlyd.access")
SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": health.alive,
    "/readyz": health.ready,
    "/metrics": metrics.show,
}
#: What pages of ours never do, said so that nothing injected can either.
HEADERS = {
    "Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "microphone=(), midi=(), payment=(), usb=(), publickey-credentials-get=(self), "
    "publickey-credentials-create=(self), clipboard-write=(self)",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _request_id(request: HttpRequest) -> str:
    """The proxy's own name for the request, if there is a proxy we trust; else one of ours."""
    given = request.headers.get("X-Request-ID", "")
    return given if settings.BEHIND_PROXY and SANE_ID.fullmatch(given) else secrets.token_hex(8)


def _believe_proxy(request: HttpRequest) -> None:
    """The visitor's address is the last one in X-Forwarded-For: the proxy wrote it; those before it anybody may."""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if forwarded:
        request.META["REMOTE_ADDR"] = forwarded


def _view_name(request: HttpRequest) -> str:
    """Few enough values for a label: names of views, never paths."""
    match = request.resolver_match
    return (match.view_name or match.func.__name__) if match else "none"


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe:
            return probe(request)
        started = time.perf_counter()
        name = _request_id(request)
        if settings.BEHIND_PROXY:
            _believe_proxy(request)
        # No text of ours holds a NUL, and PostgreSQL takes none: whoever sends one searches for what is left.
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)
        request.id = name  # type: ignore[attr-defined]
        response = self.get_response(request)
        took = time.perf_counter() - started
        response["X-Request-ID"] = name
        for header, value in HEADERS.items():
            response.setdefault(header, value)
        view = _view_name(request)
        method = request.method if request.method in METHODS else "other"
        metrics.pages.labels(view, method, response.status_code).inc()
        metrics.seconds.labels(view).observe(took)
        # The query is left out: it may lead back to a page whose address is a secret.
        logger.log(
            logging.WARNING if response.status_code >= 500 else logging.INFO,  # noqa: PLR2004
            "request",
            method=request.method,
            path=without_secrets(request.path),
            status=response.status_code,
            ms=round(took * 1000),
            view=view,
        )
        structlog.contextvars.clear_contextvars()
        return response
