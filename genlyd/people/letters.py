"""Mail that people sends by itself. The areas above use `notifications.notify`; this area lies below it."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import translation

from genlyd.people.models import Member, Organisation


def write(
    template: str, *, to: str, name: str, organisation: Organisation, kind: str, language: str = "",
    member: Member | None = None, **context: Any,
) -> None:  # fmt: skip
    """Render `people/mail/<template>.html` and `.txt` in the reader's language and put it in the outbox.

    The first line of the text is the subject.
    """
    with translation.override(language or organisation.language):
        values = {**context, "organisation": organisation, "name": name, "site_url": settings.URL}
        engine = engines["django"].engine  # type: ignore[attr-defined]
        text = str(
            engine.get_template(f"people/mail/{template}.txt").render(Context(values, autoescape=False))
        ).strip()
        subject, _line, body = text.partition("\n")
        html = render_to_string(f"people/mail/{template}.html", {**values, "subject": subject})
    message = EmailMultiAlternatives(
        subject=subject.strip(),
        body=body.strip() + "\n",
        from_email=formataddr((organisation.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[formataddr((name, to))],
    )
    message.attach_alternative(html, "text/html")
    message.genlyd = {  # type: ignore[attr-defined]
        "organisation_id": organisation.pk, "member_id": member.pk if member else None, "kind": kind,
    }  # fmt: skip
    message.send()
