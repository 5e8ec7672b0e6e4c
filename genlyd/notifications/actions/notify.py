from __future__ import annotations

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise

from genlyd.notifications.actions.queue import queue_mail
from genlyd.notifications.models import Mail, Muted
from genlyd.notifications.notice import Notice, is_declared
from genlyd.notifications.unsubscribe import unsubscribe_url
from genlyd.people.middleware import zone_of
from genlyd.people.models import Member


def notify(member: Member, notice: Notice) -> Mail | None:
    """Mail a notice in the member's own language. None if they have left or have switched this kind off.

    Part of the caller's transaction. Reads `member.user` and `member.organisation`: select them when there are many.
    """
    if member.left_at or Muted.objects.filter(member=member, kind=notice.kind).exists():
        return None
    with translation.override(language_of(member)), timezone.override(zone_of(member)):
        subject = _words(notice.subject)
        headers: dict[str, str] = {}
        leave = unsubscribe_url(member, notice.kind) if is_declared(notice.kind) else ""
        if leave:
            headers = {
                "List-Unsubscribe": f"<{leave}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        context = {
            **notice.context,
            "member": member,
            "organisation": member.organisation,
            "subject": subject,
            "site_url": settings.URL,
            "unsubscribe_url": leave,
        }
        message = EmailMultiAlternatives(
            subject=subject,
            body=render_text(f"{notice.template}.txt", context),
            from_email=sender(member.organisation.name),
            to=[formataddr((member.name, member.email))],
            headers=headers,
        )
        message.attach_alternative(render_to_string(f"{notice.template}.html", context), "text/html")
    mails = queue_mail(
        message,
        organisation_id=member.organisation_id,
        member_id=member.pk,
        kind=notice.kind,
        pictures=notice.pictures,
    )
    return mails[0]


def language_of(member: Member) -> str:
    return (member.user.language if member.user else "") or member.organisation.language


def sender(name: str) -> str:
    """The installation's address under the organisation's name: people open mail from whom they know."""
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def render_text(template: str, context: dict[str, Any]) -> str:
    """Plain text is not HTML: an ampersand in a name must arrive as one."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return str(engine.get_template(template).render(Context(context, autoescape=False))).strip() + "\n"


def _words(words: object) -> str:
    if callable(words) and not isinstance(words, Promise):
        return str(words())
    return str(words)
