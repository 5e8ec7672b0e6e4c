"""Links outside shares: in a mail signature, on a badge, in print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from genlyd.base import audit
from genlyd.base.errors import Refused
from genlyd.links.access import HOUSE, OWN
from genlyd.links.actions.create import checked_target, create_link, free_slugs, usable_slug
from genlyd.links.actions.targets import want_target
from genlyd.links.models import Link
from genlyd.links.purposes import checked_purpose
from genlyd.links.words import taken
from genlyd.people.models import Consent, Member


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants of a link. `slug` empty: a readable one is found."""

    target: str
    label: str = ""
    slug: str = ""
    expires_at: datetime | None = None
    #: What it is made for: a links.purposes.Purpose that the asker may have.
    made_for: int | None = None


def make_outside_link(*, by: Member, kind: str, wish: Wish, now: datetime) -> Link:
    """A signature or badge link is the maker's own; print and other belong to the organisation."""
    own = kind in OWN
    if not own and kind not in HOUSE:
        raise ValueError(kind)
    if own and not Consent.objects.filter(member=by, withdrawn_at=None).exists():
        raise Refused(
            _("You have not said yes to taking part."),
            next_step=_("Taking part is voluntary; say yes on your own page."),
        )
    _not_over(wish, now)
    made_for = checked_purpose(by, wish.made_for)
    with transaction.atomic():
        link = create_link(
            organisation=by.organisation, target=wish.target, kind=kind, slug=wish.slug, label=wish.label,
            title=wish.label, member=by if own else None, network=kind if own else "",
            utm=_utm(kind, wish.label), expires_at=wish.expires_at, made_for=made_for, created_by=by,
        )  # fmt: skip
        audit.note(by.organisation, by, "link.made", link.slug, target=link.target)
    return link


def change_outside_link(*, by: Member, link: Link, wish: Wish, now: datetime) -> Link:
    """The same link with another target, name or end. Without a slug it keeps its own.

    Paper cannot be changed: what was printed leads to the new target at once, and an old slug stops working.
    """
    _not_over(wish, now)
    made_for = checked_purpose(by, wish.made_for, kept=link.made_for)
    before = link.target
    link.target = checked_target(wish.target)
    link.label, link.made_for = wish.label, made_for
    link.expires_at = wish.expires_at
    link.utm = _utm(link.kind, wish.label)
    if wish.slug:
        link.slug = usable_slug(wish.slug)
    try:
        with transaction.atomic():
            link.save()
            want_target(by.organisation, link.target, now=now)
            audit.note(by.organisation, by, "link.changed", link.slug, before=before, target=link.target)
    except IntegrityError:
        raise taken(link.slug, free_slugs(link.slug, link.domain)) from None
    return link


def bring_back(*, by: Member, link: Link) -> Link:
    """Undo a retirement: the link works again."""
    with transaction.atomic():
        if Link.objects.filter(pk=link.pk).exclude(retired_at=None).update(retired_at=None):
            audit.note(by.organisation, by, "link.brought_back", link.slug)
    link.retired_at = None
    return link


def _not_over(wish: Wish, now: datetime) -> None:
    if wish.expires_at and wish.expires_at <= now:
        raise Refused(
            _("The link would be over before it begins."),
            next_step=_("Choose a later day."),
            field="last_day",
        )


def _utm(kind: str, label: str) -> dict[str, str]:
    return {"utm_source": kind, "utm_medium": "short_link", "utm_campaign": slugify(label)[:60] or "genlyd"}
