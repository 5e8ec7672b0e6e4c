"""The signed link in a mail by which one leaves a kind of notice without signing in (RFC 8058)."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from genlyd.people.models import Member

_SALT = "genlyd.notifications.unsubscribe"


def unsubscribe_url(member: Member, kind: str) -> str:
    token = signing.dumps([member.pk, kind], salt=_SALT)
    return settings.URL + reverse("notifications:unsubscribe", kwargs={"token": token})


def read_token(token: str) -> tuple[int, str] | None:
    """(member id, kind), or None if nobody here signed it. It never expires: an old mail must still let one go."""
    try:
        member_id, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return int(member_id), str(kind)
