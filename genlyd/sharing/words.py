"""What a person is told about a post of theirs. Never "failed" where the truth is "we do not know"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Delivery, Share


@dataclass(frozen=True)
class Standing:
    """How a share stands: a word or two, its tone, and a sentence where one helps."""

    label: str | Promise
    tone: str = "quiet"
    sentence: str | Promise = ""


PROBLEMS: dict[str, str | Promise] = {
    "unreachable": _("The network could not be reached. Nothing was posted."),
    "stale_session": _("The network wanted a fresh sign-in. Nothing was posted."),
    "busy": _("The network asked us to wait. Nothing was posted yet."),
    "budget": _(
        "This month’s budget for the network is used up. Call it off and share it yourself, "
        "or ask your administrator for more."
    ),
    "account_closed": _("The network says that the account is closed or suspended."),
    "reconnect": _("The network wants you to connect again. Nothing was posted."),
    "picture_too_large": _("The picture is too large for the network. Nothing was posted."),
    "not_accepted": _("The network did not accept the post. Change it and try again."),
    "unconfirmed": _("We could not confirm this post. It may be there."),
    "perhaps_there": _(
        "The network says that the same post is there already. It is probably yours: have a look."
    ),
    "already_posted": _(
        "You have posted this there already, so nothing was posted again. Change it to post anew."
    ),
    "late": _("Its time passed more than a day ago. Post it now, or call it off."),
    "rule": _("A rule of your organisation stopped it when it was to go out. Change it and try again."),
    "story_gone": _("The story is not on offer any more. Nothing was posted."),
    "story_later": _("The story may only be told later. The post waits until then."),
    "not_taking_part": _("You no longer take part. Nothing was posted."),
}

_STANDINGS: dict[str, Standing] = {
    State.SCHEDULED: Standing(_("Planned")),
    State.DUE: Standing(_("On its way"), "accent"),
    State.PREPARING: Standing(_("On its way"), "accent"),
    State.READY: Standing(_("On its way"), "accent"),
    State.SENDING: Standing(_("On its way"), "accent"),
    State.WAITING: Standing(_("Waiting"), "warn"),
    State.LATE: Standing(_("Still to be posted?"), "warn"),
    State.NEEDS_RECONNECT: Standing(_("Connect again"), "warn"),
    State.UNKNOWN: Standing(_("Being confirmed"), "accent"),
    State.RECONCILING: Standing(_("Being confirmed"), "accent"),
    State.ASK_PERSON: Standing(_("Is it there?"), "warn"),
    State.PUBLISHED: Standing(_("Posted"), "good"),
    State.EDITED: Standing(_("Posted"), "good"),
    State.DELETED: Standing(_("Deleted")),
    State.REJECTED: Standing(_("Not posted"), "bad"),
    State.CANCELLED: Standing(_("Called off")),
    State.ABANDONED: Standing(_("Never confirmed")),
}
#: Something is happening: a page that shows it may look again by itself.
MOVING = frozenset({State.DUE, State.PREPARING, State.READY, State.SENDING, State.UNKNOWN, State.RECONCILING})
#: States whose stored problem is worth a sentence.
_EXPLAINED = {State.WAITING, State.LATE, State.NEEDS_RECONNECT, State.REJECTED, State.ASK_PERSON}


def standing(share: Share, delivery: Delivery | None, *, now: datetime) -> Standing:
    if share.deleted_at:
        return _STANDINGS[State.DELETED]
    if share.deletion_asked_at:
        return Standing(_("Being deleted"), "accent")
    if delivery is not None:
        plain = _STANDINGS[delivery.state]
        explained = delivery.state in _EXPLAINED or (
            delivery.state in {State.DUE, State.READY} and delivery.problem
        )
        return Standing(
            _waiting_until(delivery) or plain.label, plain.tone,
            PROBLEMS.get(delivery.problem, "") if explained else "",
        )  # fmt: skip
    return _by_hand(share, now)


def _waiting_until(delivery: Delivery) -> str:
    """The network's quota: nothing is wrong, and the time is all there is to say."""
    if delivery.state != State.WAITING or delivery.problem != "quota" or delivery.not_before is None:
        return ""
    # Rounded up: nobody should come back a minute too early.
    until, today = timezone.localtime(delivery.not_before + timedelta(seconds=59)), timezone.localdate()
    shape = "TIME_FORMAT" if until.date() == today else "SHORT_DATETIME_FORMAT"
    return gettext("Waiting until %(time)s") % {"time": formats.date_format(until, shape)}


def _by_hand(share: Share, now: datetime) -> Standing:
    if share.cancelled_at:
        return Standing(_("Not posted"))
    if share.confirmed_at:
        return Standing(_("Posted"), "good")
    if share.planned_at > now:
        return _STANDINGS[State.SCHEDULED]
    return Standing(_("Did you post it?"), "warn")
