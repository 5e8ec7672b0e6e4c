"""Mail to administrators about their link domains."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from genlyd.links.domain.hosts import shown
from genlyd.links.models import Domain
from genlyd.notifications.actions.notify import notify
from genlyd.notifications.notice import Notice
from genlyd.people.queries import administrators


def domain_away(domain: Domain) -> Notice:
    """A day without its DNS records: there is time to mend them."""
    return _notice(domain, lost=False)


def domain_lost(domain: Domain) -> Notice:
    return _notice(domain, lost=True)


def tell_administrators(domain: Domain, notice: Notice) -> None:
    """Part of the caller's transaction."""
    for member in administrators(domain.organisation_id).select_related("user", "organisation"):
        notify(member, notice)


def _notice(domain: Domain, *, lost: bool) -> Notice:
    def subject() -> str:
        words = _("Links on %(host)s no longer work") if lost else _("%(host)s has lost its DNS records")
        return words % {"host": shown(domain.host)}

    return Notice(
        kind="links.domain",
        subject=subject,
        template="links/mail/domain",
        context={
            "host": shown(domain.host),
            "lost": lost,
            "since": domain.failing_since,
            "page": settings.URL + reverse("links:domain", args=[domain.pk]),
        },
    )
