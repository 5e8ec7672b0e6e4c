"""The one place that talks SMTP. A failure says whether trying again can help."""

from __future__ import annotations

import base64
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings

from genlyd.notifications.models import Mail

TIMEOUT = 30


class NotSent(Exception):
    """The mail did not leave. `problem` is a Mail.Problem, `detail` the server's own words."""

    def __init__(self, problem: str, detail: str, *, temporary: bool) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail
        self.temporary = temporary


def as_message(mail: Mail) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    for name, value in mail.headers.items():
        message[name] = value
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    # Answers nobody wants: out-of-office notes to a machine.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
        html_part = message.get_payload()[1]  # type: ignore[index]
        for cid, png in mail.pictures.items():
            html_part.add_related(  # type: ignore[union-attr]
                base64.b64decode(png), "image", "png", cid=f"<{cid}>", disposition="inline"
            )
    return message


def send(mail: Mail) -> None:
    """Raises NotSent."""
    try:
        with _connection() as server:
            server.send_message(
                as_message(mail),
                from_addr=parseaddr(mail.headers.get("From", ""))[1],
                to_addrs=[parseaddr(mail.to)[1]],
            )
    except smtplib.SMTPAuthenticationError as error:
        # Permanent for the server, but an administrator can mend it while we wait.
        raise NotSent(Mail.Problem.SIGN_IN, _answer(error), temporary=True) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _refused(code, words, permanent=Mail.Problem.ADDRESS) from error
    except smtplib.SMTPServerDisconnected as error:
        raise NotSent(Mail.Problem.UNREACHABLE, str(error), temporary=True) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error, permanent=Mail.Problem.REFUSED) from error
    except smtplib.SMTPNotSupportedError as error:
        problem = Mail.Problem.ENCRYPTION if "STARTTLS" in str(error) else Mail.Problem.REFUSED
        raise NotSent(problem, str(error), temporary=problem == Mail.Problem.ENCRYPTION) from error
    except ssl.SSLError as error:
        raise NotSent(Mail.Problem.ENCRYPTION, str(error), temporary=True) from error
    except ValueError as error:  # an address or a header that no mail can carry
        raise NotSent(Mail.Problem.ADDRESS, str(error), temporary=False) from error
    except OSError as error:
        raise NotSent(Mail.Problem.UNREACHABLE, str(error), temporary=True) from error


def _connection() -> smtplib.SMTP:
    host, port = settings.SMTP_HOST, settings.SMTP_PORT
    server: smtplib.SMTP
    if settings.SMTP_SECURITY == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        if settings.SMTP_SECURITY == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.SMTP_USER:
            server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server


def _refused(code: int, words: bytes | str, *, permanent: Mail.Problem) -> NotSent:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if 400 <= code < 500:  # noqa: PLR2004
        return NotSent(Mail.Problem.BUSY, f"{code} {text}", temporary=True)
    return NotSent(permanent, f"{code} {text}", temporary=False)


def _answer(error: smtplib.SMTPResponseException) -> str:
    words = error.smtp_error
    return f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
