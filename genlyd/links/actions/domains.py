"""An organisation's own hosts for its links: bring, check, prefer, take away."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genlyd.base import audit
from genlyd.base.errors import Refused
from genlyd.links import dns
from genlyd.links.domain import hosts, slugs
from genlyd.links.models import Domain, Link
from genlyd.links.queries import live_links
from genlyd.links.words import bad_host
from genlyd.people.models import Member

#: Own hosts of one organisation. Each is asked for in the DNS every hour.
MOST = 20


def add_domain(*, by: Member, typed: str) -> Domain:
    """A host that is not believed yet. Refuses what cannot be one, or what another organisation has proved."""
    try:
        host = hosts.host_of(typed, ours=_ours())
    except hosts.BadHost as bad:
        raise bad_host(bad.why) from None
    with transaction.atomic():
        if Domain.objects.filter(host=host, organisation=by.organisation).exists():
            raise Refused(_("You have this domain already."), field="host")
        if Domain.objects.filter(host=host).exclude(proved_at=None).exists():
            raise _anothers()
        if Domain.objects.filter(organisation=by.organisation).count() >= MOST:
            raise Refused(
                _("You have as many domains as one organisation can."),
                next_step=_("Remove one that you no longer use."),
                field="host",
            )
        domain = Domain.objects.create(organisation=by.organisation, host=host)
        audit.note(by.organisation, by, "domain.added", host)
    return domain


def check_domain(*, domain: Domain, now: datetime) -> Domain:
    """Ask the DNS, and believe it or stop. Administrators are told when it has been away for a day, and for long."""
    from genlyd.links.notices import domain_away, domain_lost, tell_administrators

    problem, before = dns.look(domain.host, domain.proof), domain.checked_at
    domain.problem, domain.checked_at = problem.value, now
    if problem.proves:
        domain.proved_at, domain.failing_since = domain.proved_at or now, None
    elif problem is not hosts.Problem.NO_ANSWER:
        domain.failing_since = domain.failing_since or now
    changed = ["problem", "checked_at", "failing_since"]
    try:
        with transaction.atomic():
            if domain.proved_at and hosts.is_lost(domain.failing_since, now):
                domain.proved_at, domain.preferred = None, False
                tell_administrators(domain, domain_lost(domain))
            elif domain.proved_at and hosts.is_to_be_told(domain.failing_since, before=before, now=now):
                tell_administrators(domain, domain_away(domain))
            # Redirect processes forget everything when these two are written: only when they change.
            known = Domain.objects.only("proved_at", "preferred").get(pk=domain.pk)
            if (known.proved_at, known.preferred) != (domain.proved_at, domain.preferred):
                changed += ["proved_at", "preferred"]
            domain.save(update_fields=changed)
    except IntegrityError:
        domain.refresh_from_db()
        raise _anothers() from None
    return domain


def prefer_domain(*, by: Member, domain: Domain, preferred: bool) -> Domain:
    """New links get this host, or the installation's own again. Links that are there keep theirs."""
    if preferred and not domain.proved_at:
        raise Refused(
            _("This domain is not proved yet."), next_step=_("Make its DNS records first, then check them.")
        )
    with transaction.atomic():
        Domain.objects.filter(organisation=by.organisation, preferred=True).update(preferred=False)
        if preferred:
            Domain.objects.filter(pk=domain.pk).update(preferred=True)
        audit.note(
            by.organisation, by, "domain.preferred" if preferred else "domain.not_preferred", domain.host
        )
    domain.preferred = preferred
    return domain


def remove_domain(*, by: Member, domain: Domain, move: bool, now: datetime) -> int:
    """Take a host away; its links get the installation's own host. How many did.

    What is posted or printed under the old host stops working, so live links make it refuse unless `move` says
    that this is known.
    """
    with transaction.atomic():
        Domain.objects.select_for_update().get(pk=domain.pk)
        live = live_links(now).filter(domain=domain).count()
        if live and not move:
            raise Refused(
                ngettext(
                    "%(n)s link in use has this domain.", "%(n)s links in use have this domain.", live
                ) % {"n": live},
                next_step=_("Say below that they may move: their old addresses then stop working."),
            )  # fmt: skip
        moved = _move_home(domain)
        audit.note(by.organisation, by, "domain.removed", domain.host, moved=moved)
        domain.delete()
    return moved


def _move_home(domain: Domain) -> int:
    same = Link.objects.filter(domain=None, slug=OuterRef("slug"))
    links = Link.objects.filter(domain=domain)
    moved = links.exclude(Exists(same)).update(domain=None)
    for link in links.only("slug"):
        # Its slug is taken there: the same name with a tail of its own.
        link.slug = f"{link.slug[: slugs.LONGEST - slugs.TAIL - 1]}-{slugs.random_slug(slugs.TAIL)}"
        link.domain = None
        link.save(update_fields=["slug", "domain"])
        moved += 1
    return moved


def _ours() -> set[str]:
    given = {urlsplit(settings.URL).hostname, urlsplit(settings.LINK_URL).hostname, *settings.ALLOWED_HOSTS}
    return {host.lower() for host in given if host}


def _anothers() -> Refused:
    return Refused(
        _("Another organisation here uses this domain for its links."),
        next_step=_("If it is yours, remove their DNS record; it is free a week later."),
        field="host",
    )
