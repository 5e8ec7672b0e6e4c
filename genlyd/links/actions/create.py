from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.links.domain import target as targets
from genlyd.links.models import Link
from genlyd.people.models import Organisation

#: One in ten billion slugs meets another; three meetings in a row mean that something else is wrong.
TRIES = 3


def create_link(*, organisation: Organisation, target: str, utm: Mapping[str, str] | None = None) -> Link:
    """A new short link with a random slug. Its address is `link.url`.

    `utm` holds the parameters that are added on the way out ({"utm_source": "linkedin", ...}); those the target
    has itself are respected. Refuses a target that is not an absolute http(s) address.
    """
    target = target.strip()
    if not targets.usable(target):
        raise Refused(
            _("“%(target)s” is not an address a link can lead to.") % {"target": target[:80]},
            next_step=_("Write the whole address, beginning with https://."),
            field="target",
        )
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return Link.objects.create(organisation=organisation, target=target, utm=dict(utm or {}))
        except IntegrityError:
            if not tries_left:
                raise
    raise AssertionError("unreachable")
