"""What a person is told about a post of theirs. Never "failed" where the truth is "we do not know"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genlyd.networks import registry
from genlyd.sharing.domain.lifecycle import LIVE, State
from genlyd.sharing.models import Delivery, Share


@dataclass(frozen=True)
class Standing:
    """How a share stands: a word or two, its tone, and a sentence where one helps."""

    label: str | Promise
    tone: str = "quiet"
    sentence: str | Promise = ""


PROBLEMS: dict[str, str | Promise] = {
    "unreachable": _(
        "The network could not be reached, and nothing was posted yet. Genlyd tries again by itself."
    ),
    "gave_up": _(
        "The network could not be reached for hours, and nothing was posted. Choose a new time for it."
    ),
    "stale_session": _("The network wanted a fresh sign-in, and Genlyd gets one. Nothing was posted yet."),
    "busy": _("The network asked us to wait. The post goes out by itself when it may."),
    "budget": _(
        "This month’s budget for the network is used up. Call it off and share it yourself, "
        "or ask your administrator for more."
    ),
    "account_closed": _(
        "The network says that your account is closed or suspended. Look into it there, then connect it again."
    ),
    "reconnect": _("The network wants you to connect again. Nothing was posted; it goes out once you have."),
    "picture_too_large": _(
        "The picture is too large for the network, so nothing was posted. Share it with a smaller one."
    ),
    "not_accepted": _("The network did not accept the post. Change it and try again."),
    "unconfirmed": _("We could not confirm this post. It may be there. Have a look, and tell us."),
    "perhaps_there": _(
        "The network says that the same post is there already. It is probably yours: have a look."
    ),
    "already_posted": _(
        "You have posted this there already, so nothing was posted again. Change it to post anew."
    ),
    "late": _("Its time passed more than a day ago. Post it now, or call it off."),
    "rule": _("A rule of your organisation stopped it when it was to go out. Change it and try again."),
    "story_gone": _("The story is not on offer any more, so nothing was posted. Tell another one."),
    "story_later": _("The story may only be told later. The post waits until then."),
    "not_taking_part": _(
        "You no longer take part, so nothing was posted. Say yes again on your own page, if you like."
    ),
    "near_copy": _(
        "A colleague has posted nearly the same meanwhile, and the network does not allow that. Say it in your own "
        "words. Nothing was posted."
    ),
    "switched_off": _(
        "An administrator has switched this network off. The post waits; you can share it by hand."
    ),
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
#: Taken down at the network, by its writer or by the network: Genlyd was not asked.
_GONE = Standing(
    _("No longer there"),
    "quiet",
    _("The post is gone from the network. It does not count any more; what was known of it stays here."),
)
#: Something is happening: a page that shows it may look again by itself.
MOVING = frozenset({State.DUE, State.PREPARING, State.READY, State.SENDING, State.UNKNOWN, State.RECONCILING})
#: States whose stored problem is worth a sentence.
_EXPLAINED = {State.WAITING, State.LATE, State.NEEDS_RECONNECT, State.REJECTED, State.ASK_PERSON}


def standing(share: Share, delivery: Delivery | None, *, now: datetime) -> Standing:
    if share.deleted_at and not share.deletion_asked_at:
        return _GONE
    if share.deleted_at:
        return _STANDINGS[State.DELETED]
    if share.deletion_asked_at:
        return Standing(_("Being deleted"), "accent")
    if delivery is not None:
        plain = _STANDINGS[delivery.state]
        if share.network == "practice" and delivery.state in LIVE:
            plain = Standing(_("On your practice wall"), "good")
        explained = delivery.state in _EXPLAINED or (
            delivery.state in {State.DUE, State.READY} and delivery.problem
        )
        sentence = said(share.network, delivery.problem) if explained else ""
        if delivery.state == State.SCHEDULED and (between := _between(share, delivery)):
            return Standing(plain.label, plain.tone, between)
        return Standing(_waiting_until(delivery) or plain.label, plain.tone, sentence)
    return _by_hand(share, now)


def said(network: str, problem: str) -> str | Promise:
    """A network's own words for a problem before the general ones; "" where there is none."""
    known = registry.get(network)
    return (known.problems.get(problem) if known else None) or PROBLEMS.get(problem, "")


def _between(share: Share, delivery: Delivery) -> str:
    """A planned post that shares its minute with colleagues' posts: within which time it goes out."""
    network = registry.get(share.network)
    if network is None or not network.spread or delivery.due_at <= share.planned_at:
        return ""
    begin, end = (timezone.localtime(at) for at in (share.planned_at, share.planned_at + network.spread))
    return gettext(
        "Goes out between %(begin)s and %(end)s, apart from colleagues’ posts of the same story."
    ) % {
        "begin": formats.time_format(begin.time(), "TIME_FORMAT"),
        "end": formats.time_format(end.time(), "TIME_FORMAT"),
    }


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
