"""Mail about a member's connections."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.networks.models import Account
from genlyd.notifications.notice import Notice, declare

ENDING = declare("networks.ending", gettext_lazy("When a connection to a network is about to end"))


def ending_notice(account: Account, name: str | Promise, *, days: int) -> Notice:
    """`days` is one of domain.endings.WARNINGS."""

    def subject() -> str:
        words = (
            _("Your connection to %(network)s ends today")
            if days == 0
            else _("Your connection to %(network)s ends soon")
        )
        return words % {"network": name}

    return Notice(
        kind=ENDING,
        subject=subject,
        template="networks/mail/ending",
        context={
            "account": account,
            "network": name,
            "days": days,
            "page": settings.URL + reverse("networks:accounts"),
        },
    )
