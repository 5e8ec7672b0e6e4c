from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator

from django.conf import settings

from genlyd.cli.doctor.finding import Finding, bad, note, well

PATIENCE = 10


def _greet() -> None:
    context = ssl.create_default_context()
    host, port = settings.SMTP_HOST, settings.SMTP_PORT
    if settings.SMTP_SECURITY == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=PATIENCE)
    with server:
        server.ehlo()
        if settings.SMTP_SECURITY == "starttls":
            server.starttls(context=context)
        if settings.SMTP_USER:
            server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
        server.noop()


def server() -> Iterator[Finding]:
    """Says hello and signs in; sends nothing."""
    if not settings.SMTP_HOST:
        yield note(
            "Mail", "no mail leaves: GENLYD_SMTP_HOST is not set",
            "Set GENLYD_SMTP_HOST, _USER and _PASSWORD. Until then mail is kept and shown to administrators.",
        )  # fmt: skip
        return
    where = f"{settings.SMTP_HOST}:{settings.SMTP_PORT}"
    try:
        _greet()
    except smtplib.SMTPAuthenticationError:
        yield bad("Mail", f"{where} refuses the password", "Check GENLYD_SMTP_USER and GENLYD_SMTP_PASSWORD.")
    except ssl.SSLError as error:
        yield bad(
            "Mail", f"no encryption with {where}: {error.reason}",
            "Port 587 wants GENLYD_SMTP_SECURITY=starttls, port 465 wants tls.",
        )  # fmt: skip
    except (OSError, smtplib.SMTPException) as error:
        yield bad(
            "Mail", f"{where} cannot be used: {error}", "Check host and port, and the firewall between."
        )
    else:
        yield well("Mail", f"{where} lets us in")
