"""Mail about pages behind links, to those who look after these; and to administrators about their link domains."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.links.domain.hosts import shown
from genlyd.links.models import Domain, Target
from genlyd.links.owners import Concerned
from genlyd.notifications.actions.notify import notify
from genlyd.notifications.notice import Notice, declare
from genlyd.people.queries import administrators

PAGE = declare("links.page", gettext_lazy("When the page a link of yours leads to is gone, or back"))
#: Links that a mail names.
MOST_NAMED = 5


def page_gone(concerned: Concerned, target: Target) -> Notice:
    gone = target.health == Target.Health.GONE

    def subject() -> str:
        if gone:
            return _("The page your link leads to is gone")
        return _("The page your link leads to does not answer")

    return _about_page(concerned, target, subject, "links/mail/page_gone", gone=gone)


def page_back(concerned: Concerned, target: Target) -> Notice:
    def subject() -> str:
        return _("The page your link leads to answers again")

    return _about_page(concerned, target, subject, "links/mail/page_back")


def _about_page(
    concerned: Concerned, target: Target, subject: Callable[[], str], template: str, **more: object
) -> Notice:
    links = concerned.links
    if concerned.people or any(link.member_id is None for link in links):
        page = reverse("links:target", args=[target.pk])
    else:
        page = reverse("links:change", args=[links[0].pk]) if len(links) == 1 else reverse("links:mine")
    context = {
        "target": target,
        "names": [link.name for link in links[:MOST_NAMED]],
        "more": len(links[MOST_NAMED:]),
        "people": concerned.people,
        "page": settings.URL + page,
        **more,
    }
    return Notice(kind=PAGE, subject=subject, template=template, context=context)


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
