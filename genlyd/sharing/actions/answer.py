"""What the person says: did the post go out? Nobody else's word counts where the network gives none."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.networks import registry
from genlyd.networks.domain.permalink import Recognised, Seen, recognise
from genlyd.sharing.access import delivery_of
from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.actions.results import confirm_share, publish
from genlyd.sharing.domain.lifecycle import Event, State
from genlyd.sharing.models import Share


def _recognised(share: Share, permalink: str) -> Recognised | None:
    """The post that the address names. Raises Refused, saying what the address is instead."""
    if not permalink.strip():
        return None
    found = recognise(share.network, permalink)
    if found.seen is Seen.POST:
        return found
    name = registry.NETWORKS[share.network].name
    words = {
        Seen.PROFILE: _("This is the address of a profile on %(network)s, not of the post."),
        Seen.FEED: _("This is what you see when you open %(network)s, not the post."),
        Seen.ELSEWHERE: _("This address is not on %(network)s."),
        Seen.UNREADABLE: _("This is no address."),
    }.get(found.seen, _("We do not recognise this as the address of a post on %(network)s."))
    raise Refused(
        words % {"network": name},
        next_step=_(
            "Open the post by its time or its menu, and copy the address there. Or leave the field empty."
        ),
        field="permalink",
    )


def _told_already(share: Share, found: Recognised) -> bool:
    """Somebody has told of this very post before: one post counts once."""
    same = Share.objects.filter(
        organisation_id=share.organisation_id, network=share.network, remote_id=found.remote_id, deleted_at=None
    )  # fmt: skip
    return bool(found.remote_id) and same.exclude(pk=share.pk).exists()


def _told() -> Refused:
    return Refused(
        _("Somebody has told of this post before."), next_step=_("Copy the address of the other one."),
        field="permalink",
    )  # fmt: skip


def say_posted(*, share: Share, permalink: str = "") -> Share:
    """The person has seen it there."""
    found = _recognised(share, permalink)
    if found and _told_already(share, found):
        raise _told()
    url = found.url if found else ""
    delivery = delivery_of(share)
    with transaction.atomic():
        share = Share.objects.select_for_update(of=("self",)).select_related("link").get(pk=share.pk)
        if share.confirmed_at:
            return share
        if share.cancelled_at:
            raise Refused(
                _("You have called this post off."), next_step=_("Write it anew if you posted it after all.")
            )
        now = clock.now()
        if delivery is None:
            share.remote_id = found.remote_id if found else ""
            try:
                with transaction.atomic():
                    confirm_share(share, at=now, by_api=False, permalink=url)
            except IntegrityError:  # told of by a colleague at this very moment
                raise _told() from None
        elif delivery.state == State.ASK_PERSON:
            delivery.share = share
            try:
                publish(delivery, Event.FOUND, remote_id="", permalink=url, now=now, by_api=False)
            except Lost:
                raise _answered() from None
        else:
            raise Refused(_("Genlyd is still finding out."), next_step=_("Look again in a minute."))
    return share


def note_opened(*, share: Share) -> None:
    """The person has taken the post with them. It says nothing about whether it went up."""
    if not share.opened_at:
        Share.objects.filter(pk=share.pk, opened_at=None).update(opened_at=clock.now())


def _answered() -> Refused:
    return Refused(_("Somebody has answered already."), next_step=_("Load the page again."))


def say_not_posted(*, share: Share) -> Share:
    """By hand-over: it came to nothing, and leaves no trace in any figure. By API: it may go out once more."""
    delivery = delivery_of(share)
    now = clock.agreed()
    if delivery is None:
        # Asked of the row and not of what was loaded: the other button may be pressed at the same moment.
        open_one = Share.objects.filter(pk=share.pk, confirmed_at=None)
        if not open_one.filter(cancelled_at=None).update(cancelled_at=now) and not open_one.exists():
            raise Refused(
                _("You have said that it was posted."), next_step=_("Delete it instead, if it is gone again.")
            )
        share.refresh_from_db(fields=["cancelled_at"])
        return share
    if delivery.state != State.ASK_PERSON:
        raise Refused(_("Genlyd is still finding out."), next_step=_("Look again in a minute."))
    try:
        move(delivery, Event.ABSENT, now=now, due_at=now, problem="", hint="", not_before=None)
    except Lost:
        raise _answered() from None
    return share


def post_late(*, share: Share) -> Share:
    """Its time is long past, and the person says that it should still go out: now is its time."""
    delivery = delivery_of(share)
    if delivery is None or delivery.state != State.LATE:
        raise Refused(_("This post is not waiting for you."), next_step=_("Load the page again."))
    now = clock.agreed()
    try:
        move(delivery, Event.GO_ON, now=now, due_at=now, problem="")
    except Lost:
        raise _answered() from None
    return share
