"""How people, networks and proxies reach the site and its short links."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from genlyd.cli import options
from genlyd.cli.doctor.finding import Finding, bad, note, well

LOCAL = {"localhost", "127.0.0.1", "::1"}


def _resolves(host: str) -> bool:
    try:
        return bool(socket.getaddrinfo(host, None))
    except OSError:
        return False


def site() -> Iterator[Finding]:
    parts = urlsplit(settings.URL)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        yield bad(
            "GENLYD_URL", f"{settings.URL!r} is no web address", "Write it as in https://genlyd.example.dk"
        )
    elif parts.path:
        yield bad(
            "GENLYD_URL", f"{settings.URL} has a path", "Genlyd wants a host name of its own: drop the path."
        )
    elif host in LOCAL:
        yield note(
            "GENLYD_URL", f"{settings.URL}: links in mails work on this machine only",
            "Set GENLYD_URL to the address that people type.",
        )  # fmt: skip
    elif parts.scheme == "http":
        yield bad(
            "GENLYD_URL", f"{settings.URL} is not encrypted: passwords travel open, and passkeys do not work",
            "Put a reverse proxy with a certificate in front (Caddy fetches one by itself) and write https://.",
        )  # fmt: skip
    elif not _resolves(host):
        yield bad("GENLYD_URL", f"{host} has no address in the DNS", "Add an A or AAAA record for it.")
    else:
        yield well("GENLYD_URL", settings.URL)
    if "*" in settings.ALLOWED_HOSTS:
        yield bad(
            "GENLYD_HOSTS", "`*` lets anybody put their own host name into our mails", "Name the hosts."
        )


def proxy() -> Iterator[Finding]:
    if settings.SECURE and not settings.BEHIND_PROXY:
        yield bad(
            "Proxy", "GENLYD_URL is https, but nobody tells Genlyd which requests were encrypted: forms will fail",
            "Genlyd does not speak TLS itself. Set GENLYD_BEHIND_PROXY=yes, and let the proxy set X-Forwarded-Proto "
            "and X-Forwarded-For.",
        )  # fmt: skip
    elif settings.BEHIND_PROXY and options.default_host() not in LOCAL:
        yield note(
            "Proxy", f"listens on {options.default_host()}: whoever reaches that port may write X-Forwarded-For",
            "Let only the proxy reach the port, or listen on 127.0.0.1.",
        )  # fmt: skip
    else:
        yield well("Proxy", "expected" if settings.BEHIND_PROXY else "none")


def links() -> Iterator[Finding]:
    parts, site_parts = urlsplit(settings.LINK_URL), urlsplit(settings.URL)
    host = parts.hostname or ""
    if host in LOCAL and site_parts.hostname not in LOCAL:
        yield bad(
            "GENLYD_LINK_URL", "short links lead to the visitor's own machine",
            "Set GENLYD_LINK_URL to a short domain of yours that the proxy passes on to the redirect port.",
        )  # fmt: skip
    elif host not in LOCAL and not _resolves(host):
        yield bad("GENLYD_LINK_URL", f"{host} has no address in the DNS", "Add an A or AAAA record for it.")
    elif host not in LOCAL and parts.scheme != "https":
        yield note(
            "GENLYD_LINK_URL", "is not encrypted; networks warn of such links", "Give it a certificate."
        )
    elif settings.LINK_URL == settings.URL:
        yield bad(
            "GENLYD_LINK_URL", "is the same as GENLYD_URL", "Give the links a host or a port of their own."
        )
    else:
        yield well("GENLYD_LINK_URL", settings.LINK_URL)


def modes() -> Iterator[Finding]:
    local = urlsplit(settings.URL).hostname in LOCAL
    if settings.DEBUG and not local:
        yield bad("GENLYD_DEBUG", "shows everybody the insides of every error", "Unset it.")
    if settings.DEMO and not local:
        yield bad(
            "GENLYD_DEMO", "lets everybody be anybody", "Unset it, and use a database that had no demo."
        )


def ports() -> Iterator[Finding]:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.default_host(), options.default_host())  # noqa: S104
    port = options.default_port()
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        yield well("Port", f"{port} is free: Genlyd does not run here now")
        return
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/readyz", timeout=5) as answer:
            ours = answer.read() == b"ready\n"
    except (urllib.error.URLError, OSError):
        ours = False
    if ours:
        yield well("Port", f"the site answers on {port}")
    else:
        yield bad(
            "Port", f"something on {port} does not answer as Genlyd does", "Stop it, or set GENLYD_PORT."
        )
