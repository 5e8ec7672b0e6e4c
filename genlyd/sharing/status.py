"""How publishing stands in an organisation, for its administrators: counts and accounts, never what people post."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Network
from genlyd.networks.models import Account, NetworkApp
from genlyd.networks.registry import REAL
from genlyd.people.models import Member
from genlyd.sharing.domain.lifecycle import OVER, State
from genlyd.sharing.models import Delivery, Share
from genlyd.sharing.words import said

#: What is counted as posted lately.
LATELY = timedelta(days=7)
#: A post that is due for longer without having moved is late: the sweep looks every minute.
LATE = timedelta(minutes=5)
#: Connections that end within this time are shown.
SOON = timedelta(days=10)
ON_THEIR_WAY = frozenset({State.DUE, State.PREPARING, State.READY, State.SENDING})
CONFIRMING = frozenset({State.UNKNOWN, State.RECONCILING})


@dataclass(frozen=True)
class Line:
    """One network. `app` is the organisation's own app there, if it has one."""

    network: Network
    app: NetworkApp | None
    accounts: int
    broken: int
    posted: int
    waiting: int

    @property
    def label(self) -> str | Promise:
        if not self.network.sign_ins:
            return _("By hand")
        if self.network.app and self.app is None:
            return _("By hand; not set up")
        if self.app and not self.app.enabled:
            return _("Switched off")
        if self.app and self.app.problem:
            return _("Needs you")
        return _("Posts by itself")

    @property
    def tone(self) -> str:
        if self.app and self.app.enabled and self.app.problem:
            return "bad"
        by_itself = self.network.sign_ins and (self.network.app is None or (self.app and self.app.enabled))
        return "good" if by_itself else "quiet"


def lines(asker: Member, rows: list[dict[str, Any]], *, now: datetime) -> list[Line]:
    """Every network, in the order in which people meet them. `rows` come from `queue`. Three queries."""
    organisation = asker.organisation_id
    apps = {app.network: app for app in NetworkApp.objects.filter(organisation_id=organisation, server="")}
    accounts: dict[str, dict[str, Any]] = {
        row["network"]: {**row}
        for row in Account.objects.filter(organisation_id=organisation, disconnected_at=None)
        .values("network")
        .annotate(all=Count("pk"), broken=Count("pk", filter=Q(needs_reconnect_since__isnull=False)))
    }
    posted = dict(
        Share.objects.filter(
            organisation_id=organisation, confirmed_at__gte=now - LATELY, confirmed_by_api=True
        )
        .values_list("network")
        .annotate(Count("pk"))
    )
    waiting = Counter[str]()
    for row in rows:
        waiting[row["share__network"]] += row["posts"]
    return [
        Line(
            network=network,
            app=apps.get(network.key),
            accounts=accounts.get(network.key, {}).get("all", 0),
            broken=accounts.get(network.key, {}).get("broken", 0),
            posted=posted.get(network.key, 0),
            waiting=waiting[network.key],
        )
        for network in REAL.values()
    ]


def queue(asker: Member) -> list[dict[str, Any]]:
    """Posts that are not over, counted by network, state and problem."""
    rows: Any = (
        Delivery.objects.filter(organisation_id=asker.organisation_id)
        .exclude(state__in=OVER)
        .values("share__network", "state", "problem")
        .annotate(posts=Count("pk"), first=Min("due_at"))
        .order_by("share__network", "state", "problem")
    )
    return list(rows)


@dataclass(frozen=True)
class Late:
    posts: int
    oldest: datetime | None


#: Words for what a post in the queue is doing, and the states that mean it.
DOINGS: tuple[tuple[str | Promise, frozenset[State]], ...] = (
    (_("Planned for later"), frozenset({State.SCHEDULED})),
    (_("On their way"), ON_THEIR_WAY),
    (_("Waiting for the network"), frozenset({State.WAITING})),
    (_("Waiting for the person to connect again"), frozenset({State.NEEDS_RECONNECT})),
    (_("Being confirmed"), CONFIRMING),
    (_("Only the person can say"), frozenset({State.ASK_PERSON, State.LATE})),
)


#: Why posts wait, for somebody who cannot answer for the person. A network's own words come after these.
REASONS: dict[str, str | Promise] = {
    "unreachable": _("The network could not be reached. Genlyd tries again by itself."),
    "stale_session": _("The network wants a fresh sign-in, and Genlyd gets one."),
    "busy": _("The network asked us to wait."),
    "quota": _("The network takes no more for now."),
    "budget": _("The month’s budget is used up."),
    "account_closed": _("The network says that the account is closed or suspended."),
    "reconnect": _("The network wants the person to connect again."),
    "unconfirmed": _("Nobody could see whether the post arrived."),
    "perhaps_there": _("The network says that the same post is there already."),
    "late": _("The time of the post passed more than a day ago."),
    "story_later": _("The story may only be told later."),
    "switched_off": _("The network is switched off here."),
}


def _reason(network: str, problem: str) -> str | Promise:
    return REASONS.get(problem) or said(network, problem)


def doings(rows: list[dict[str, Any]]) -> list[tuple[str | Promise, int, list[str | Promise]]]:
    """What the queue does: words, how many posts, and the reasons that are known. Empty when nothing waits."""
    found = []
    for words, states in DOINGS:
        of_these = [row for row in rows if row["state"] in states]
        reasons = {_reason(row["share__network"], row["problem"]) for row in of_these if row["problem"]}
        if of_these:
            found.append((words, sum(row["posts"] for row in of_these), sorted(reasons - {""}, key=str)))
    return found


def late(asker: Member, *, now: datetime) -> Late:
    """Posts that should have gone out and have not been touched: the sign of a worker that does not run."""
    found = Delivery.objects.filter(
        Q(not_before=None) | Q(not_before__lte=now - LATE),
        organisation_id=asker.organisation_id,
        state__in=[State.SCHEDULED, State.DUE, State.READY],
        due_at__lte=now - LATE,
    ).aggregate(posts=Count("pk"), oldest=Min("due_at"))
    return Late(posts=found["posts"], oldest=found["oldest"])


def accounts_in_need(asker: Member, *, now: datetime) -> QuerySet[Account]:
    """Accounts that only their owners can mend, and those that end soon. The longest waiting first."""
    return (
        Account.objects.filter(organisation_id=asker.organisation_id, disconnected_at=None)
        .filter(Q(needs_reconnect_since__isnull=False) | Q(expires_at__lte=now + SOON))
        .filter(member__left_at=None)
        .select_related("member")
        .order_by("needs_reconnect_since", "expires_at", "pk")
    )
