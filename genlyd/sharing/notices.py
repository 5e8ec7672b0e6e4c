"""Mail that sharing sends."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.base import clock
from genlyd.networks import registry
from genlyd.notifications.actions.notify import notify
from genlyd.notifications.notice import Notice, declare
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Delivery, Share

REMINDER = declare("sharing.reminder", gettext_lazy("When a post I planned to share myself is due"))


def tell_unconfirmed(delivery_id: int) -> None:
    """We could not confirm a post: only the person can look. Says nothing if it has been settled meanwhile."""
    delivery = Delivery.objects.select_related("share__member__user", "share__member__organisation").get(
        pk=delivery_id
    )
    if delivery.state != State.ASK_PERSON:
        return
    share = delivery.share
    name = str(registry.NETWORKS[share.network].name)
    notify(
        share.member,
        Notice(
            kind="sharing.unconfirmed",
            subject=lambda: _("Is your post on %(network)s?") % {"network": name},
            template="sharing/mail/unconfirmed",
            context={"network": name, "share": share, "page": settings.URL + reverse("sharing:mine")},
        ),
    )


def tell_late(delivery_id: int) -> None:
    """A post could not go out at its time: should it still? Says nothing if the person has decided meanwhile."""
    delivery = Delivery.objects.select_related("share__member__user", "share__member__organisation").get(
        pk=delivery_id
    )
    if delivery.state != State.LATE:
        return
    share = delivery.share
    name = str(registry.NETWORKS[share.network].name)
    notify(
        share.member,
        Notice(
            kind="sharing.late",
            subject=lambda: _("Should your post still go to %(network)s?") % {"network": name},
            template="sharing/mail/late",
            context={"network": name, "share": share, "page": settings.URL + reverse("sharing:mine")},
        ),
    )


def remind(share_id: int) -> None:
    """The time has come for a post that the person wants to put up themselves."""
    share = Share.objects.select_related("member__user", "member__organisation").get(pk=share_id)
    if share.confirmed_at or share.cancelled_at or share.planned_at > clock.now():
        return
    name = str(registry.NETWORKS[share.network].name)
    notify(
        share.member,
        Notice(
            kind=REMINDER,
            subject=lambda: _("Your post for %(network)s is ready") % {"network": name},
            template="sharing/mail/reminder",
            context={
                "network": name,
                "share": share,
                "page": settings.URL + reverse("sharing:hand_over", args=[share.pk]),
            },
        ),
    )
