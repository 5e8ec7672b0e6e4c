from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.links.actions.targets import want_target
from genlyd.links.domain import slugs
from genlyd.links.domain import target as targets
from genlyd.links.models import Domain, Link
from genlyd.links.words import cannot_be_called, taken
from genlyd.people.models import Member, Organisation

#: Each try takes a longer slug: even a hundred thousand links of one title meet none in the end.
TRIES = 5
#: Free slugs that are named when the wished one is taken.
MOST_SUGGESTED = 3


def create_link(
    *,
    organisation: Organisation,
    target: str,
    utm: Mapping[str, str] | None = None,
    kind: str = Link.Kind.SHARE,
    slug: str = "",
    title: str = "",
    domain: Domain | None = None,
    member: Member | None = None,
    network: str = "",
    campaign: int | None = None,
    label: str = "",
    expires_at: datetime | None = None,
    preview: Mapping[str, str] | None = None,
    made_for: int | None = None,
    created_by: Member | None = None,
) -> Link:
    """A new short link. Its address is `link.url`.

    Its slug is the one given, as a person chose it; or told from `title` (`havvind-x7k4q`); or random.
    `utm` holds the parameters that are added on the way out ({"utm_source": "linkedin", ...}); those the target
    has itself are respected. `domain` None: the organisation's preferred one, or else the installation's own host.
    Refuses a target that is not an absolute http(s) address, and a given slug that is taken or cannot be had.
    """
    target = checked_target(target)
    want_target(organisation, target, now=clock.now())
    domain = domain or Domain.objects.filter(organisation=organisation, preferred=True).first()
    fields = {
        "organisation": organisation, "target": target, "utm": dict(utm or {}), "kind": kind, "domain": domain,
        "member": member, "network": network, "campaign": campaign, "label": label, "expires_at": expires_at,
        "preview": dict(preview or {}), "made_for": made_for, "created_by": created_by,
    }  # fmt: skip
    if slug:
        return _with_own_slug(slug, fields)
    for tries in range(TRIES):
        try:
            with transaction.atomic():
                return Link.objects.create(slug=slugs.titled_slug(title, slugs.TAIL + tries // 2), **fields)
        except IntegrityError:
            if tries == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _with_own_slug(wish: str, fields: dict[str, Any]) -> Link:
    slug = usable_slug(wish)
    try:
        with transaction.atomic():
            return Link.objects.create(slug=slug, **fields)
    except IntegrityError:
        raise taken(slug, free_slugs(slug, fields["domain"])) from None


def usable_slug(wish: str) -> str:
    """What somebody typed, written as a slug. Refuses what no link may be called."""
    slug = slugs.own_slug(wish)
    if trouble := slugs.trouble(slug):
        raise cannot_be_called(slug or wish, trouble)
    return slug


def free_slugs(slug: str, domain: Domain | None) -> list[str]:
    """Slugs like this one that nobody has at that host. One query."""
    wanted = list(slugs.suggestions(slug, year=clock.now().year))
    used = set(Link.objects.filter(domain=domain, slug__in=wanted).values_list("slug", flat=True))
    return [one for one in wanted if one not in used][:MOST_SUGGESTED]


def checked_target(target: str) -> str:
    """The target without spaces around it. Refuses what is no absolute http(s) address."""
    target = target.strip()
    if not targets.usable(target):
        raise Refused(
            _("“%(target)s” is not an address a link can lead to.") % {"target": target[:80]},
            next_step=_("Write the whole address, beginning with https://."),
            field="target",
        )
    return target
