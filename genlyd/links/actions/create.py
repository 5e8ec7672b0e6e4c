from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.links.domain import target as targets
from genlyd.links.models import Domain, Link
from genlyd.people.models import Member, Organisation

#: One in ten billion slugs meets another; three meetings in a row mean that something else is wrong.
TRIES = 3


def create_link(
    *,
    organisation: Organisation,
    target: str,
    utm: Mapping[str, str] | None = None,
    kind: str = Link.Kind.SHARE,
    slug: str = "",
    domain: Domain | None = None,
    member: Member | None = None,
    network: str = "",
    campaign: int | None = None,
    label: str = "",
    expires_at: datetime | None = None,
    preview: Mapping[str, str] | None = None,
) -> Link:
    """A new short link, with a random slug unless one is given. Its address is `link.url`.

    `utm` holds the parameters that are added on the way out ({"utm_source": "linkedin", ...}); those the target
    has itself are respected. `domain` None: the organisation's preferred one, or else the installation's own host.
    Refuses a target that is not an absolute http(s) address, and a slug that is taken.
    """
    target = target.strip()
    if not targets.usable(target):
        raise Refused(
            _("“%(target)s” is not an address a link can lead to.") % {"target": target[:80]},
            next_step=_("Write the whole address, beginning with https://."),
            field="target",
        )
    domain = domain or Domain.objects.filter(organisation=organisation, preferred=True).first()
    fields = {
        "organisation": organisation, "target": target, "utm": dict(utm or {}), "kind": kind, "domain": domain,
        "member": member, "network": network, "campaign": campaign, "label": label, "expires_at": expires_at,
        "preview": dict(preview or {}),
    }  # fmt: skip
    if slug:
        return _with_own_slug(slug.strip().lower(), fields)
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return Link.objects.create(**fields)
        except IntegrityError:
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def _with_own_slug(slug: str, fields: dict[str, Any]) -> Link:
    try:
        with transaction.atomic():
            return Link.objects.create(slug=slug, **fields)
    except IntegrityError:
        raise Refused(
            _("“%(slug)s” is taken already.") % {"slug": slug},
            next_step=_("Choose another ending for the link."),
            field="slug",
        ) from None
