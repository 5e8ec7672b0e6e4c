from __future__ import annotations

from genlyd.notifications.models import Muted
from genlyd.people.models import Member


def mute(*, member: Member, kind: str) -> None:
    """Repeatable: pressing unsubscribe twice is one wish."""
    Muted.objects.get_or_create(member=member, kind=kind)


def unmute(*, member: Member, kind: str) -> None:
    Muted.objects.filter(member=member, kind=kind).delete()
