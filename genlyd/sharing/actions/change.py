"""What a person may still do about a post that has not gone out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.networks import registry
from genlyd.sharing import checks
from genlyd.sharing.access import delivery_of
from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.actions.share import start_delivery
from genlyd.sharing.crowd import due_for
from genlyd.sharing.domain.lifecycle import CANCELLABLE, Event, State
from genlyd.sharing.domain.spread import minute_of
from genlyd.sharing.models import Delivery, Share
from genlyd.sharing.tasks import remind


def may_change(share: Share, delivery: Delivery | None) -> bool:
    """It has not gone out, and is not on its way."""
    if share.confirmed_at or share.cancelled_at:
        return False
    return delivery is None or delivery.state in CANCELLABLE or delivery.state == State.REJECTED


def _too_late() -> Refused:
    return Refused(
        _("The post is on its way already."),
        next_step=_("Look again in a minute; what has been posted can be deleted from here."),
    )


def _stop(delivery: Delivery, *, now: datetime) -> None:
    if delivery.state in {State.REJECTED, State.CANCELLED}:
        return
    if delivery.state not in CANCELLABLE:
        raise _too_late()
    try:
        move(delivery, Event.CANCEL, now=now)
    except Lost:
        raise _too_late() from None


def cancel_share(*, share: Share) -> Share:
    """Not this one after all. Refuses once the post may have left."""
    now = clock.now()
    if share.cancelled_at:
        return share
    if share.confirmed_at:
        raise _too_late()
    with transaction.atomic():
        # An edit in another window makes a new version: this is about the newest, whoever comes first.
        Share.objects.select_for_update(of=("self",)).only("pk").get(pk=share.pk)
        if delivery := delivery_of(share):
            _stop(delivery, now=now)
        # Asked of the row: the person may be saying in another window that it is posted.
        if not Share.objects.filter(pk=share.pk, confirmed_at=None).update(cancelled_at=now):
            raise _too_late()
    share.cancelled_at = now
    return share


@contextmanager
def _once() -> Iterator[None]:
    """Two edits at once: the database lets one new version begin, the other hears that it came too late."""
    try:
        yield
    except IntegrityError as error:
        raise _too_late() from error


def edit_share(*, share: Share, text: str, planned_at: datetime | None = None) -> Share:
    """Other words, or another time. A post that was under way or refused starts again as a new version."""
    now = clock.now()
    text, when = text.strip(), max(planned_at or now, now)
    delivery = delivery_of(share)
    if not may_change(share, delivery):
        raise _too_late()
    if not text:
        raise Refused(
            _("There is nothing to share yet."),
            next_step=_("Write a sentence in your own words."),
            field="text",
        )
    checked = checks.check(
        share.member, share.story, registry.NETWORKS[share.network], text=text, picture=share.picture, when=when,
        but=share.pk, account=delivery.account if delivery else None,
    )  # fmt: skip
    if checked.blocking:
        raise Refused(checked.blocking[0].message, next_step=checked.blocking[0].mend, field="text")
    from genlyd.rules.queries import measure_text

    measured = measure_text(
        share.member.organisation, text=text, story_texts=[one.text for one in share.story.examples.all()]
    )
    with _once(), transaction.atomic():
        Share.objects.select_for_update(of=("self",)).only("pk").get(pk=share.pk)
        if delivery:
            _stop(delivery, now=now)
        same_minute = when > now and minute_of(when) == minute_of(share.planned_at)
        share.text, share.planned_at = text, when
        share.own_share, share.own_words, share.disclosed = (
            measured.own_share, measured.own_words, measured.disclosed,
        )  # fmt: skip
        names = ("text", "planned_at", "own_share", "own_words", "disclosed")
        open_one = Share.objects.filter(pk=share.pk, confirmed_at=None, cancelled_at=None)
        if not open_one.update(**{name: getattr(share, name) for name in names}):
            raise _too_late()
        if delivery:
            due_at = due_for(share, registry.NETWORKS[share.network], planned=when > now)
            if same_minute:
                # What the person was shown stays: other words do not move a post.
                due_at = delivery.due_at
            start_delivery(share, account=delivery.account, due_at=due_at, version=delivery.version + 1)
        elif when > now:
            remind.configure(schedule_at=when).defer(share_id=share.pk)
    return share
