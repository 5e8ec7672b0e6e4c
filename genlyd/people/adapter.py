from __future__ import annotations

from email.utils import formataddr, parseaddr
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from genlyd.base import crypto
from genlyd.people.models import Member, User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come by invitation, join link or first set-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the person's language, from their organisation, in the frame all our mail has."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        member = self._member(user)
        with translation.override((user.language if user else "") or translation.get_language()):
            message = self.render_mail(template_prefix, email, {**context, "organisation": _house(member)})
        message.genlyd = {  # type: ignore[attr-defined]
            "organisation_id": member.organisation_id if member else None,
            "member_id": member.pk if member else None,
            "kind": "people.account",
        }
        message.send()

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        plain = super().render_mail(template_prefix, email, context, headers)
        house = context.get("organisation")
        message = EmailMultiAlternatives(
            subject=plain.subject,
            body=str(plain.body).strip() + "\n",
            from_email=formataddr(
                (house.name if house else "Genlyd", parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
            ),
            to=plain.to,
            headers=plain.extra_headers,
        )
        code = str(context.get("code", ""))
        before, _code, after = str(plain.body).strip().partition(code or "\0")
        frame = {
            "subject": plain.subject,
            "organisation": house,
            "code": code,
            "before": before,
            "after": after,
        }
        message.attach_alternative(render_to_string("people/mail/account.html", frame), "text/html")
        return message

    @staticmethod
    def _member(user: User | None) -> Member | None:
        if user is None:
            return None
        return (
            Member.objects.current().filter(user=user).select_related("organisation").order_by("pk").first()
        )


def _house(member: Member | None) -> Any:
    return member.organisation if member else None


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second step are encrypted at rest, like every other secret of ours."""

    def encrypt(self, text: str) -> str:
        return crypto.seal({"secret": text}).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return str(crypto.unseal(encrypted_text.encode())["secret"])

    def get_totp_issuer(self) -> str:
        return "Genlyd"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
