"""Reads of a member's own posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from genlyd.base import clock
from genlyd.links.models import LinkDay
from genlyd.networks import registry
from genlyd.networks.contract import Network
from genlyd.networks.models import Account, PracticePost
from genlyd.people.models import Member
from genlyd.sharing.access import shares_of
from genlyd.sharing.actions.change import may_change
from genlyd.sharing.actions.delete import may_delete
from genlyd.sharing.domain.lifecycle import LIVE, State
from genlyd.sharing.figures import Known, known_of, may_type
from genlyd.sharing.models import Delivery, Draft, Share
from genlyd.sharing.words import MOVING, Standing, standing
from genlyd.ui.charts.words import number


@dataclass(frozen=True)
class Post:
    """One row of "my posts"."""

    share: Share
    network: Network
    delivery: Delivery | None
    standing: Standing
    #: Human clicks; None when there is no link or nothing was measured yet.
    clicks: int | None
    may_change: bool
    may_delete: bool
    #: What its network or its writer says of it.
    known: Known
    may_type: bool

    @property
    def clicks_text(self) -> str:
        return number(self.clicks)

    @property
    def to_answer(self) -> bool:
        """Only the person knows whether it is there."""
        if self.delivery:
            return self.delivery.state == State.ASK_PERSON
        return not (self.share.confirmed_at or self.share.cancelled_at)

    @property
    def is_moving(self) -> bool:
        """Likely to look different in a moment."""
        if self.share.deletion_asked_at and not self.share.deleted_at:
            return True
        if self.delivery is None:
            return False
        starts = self.delivery.state == State.SCHEDULED and self.delivery.due_at <= clock.now()
        return starts or self.delivery.state in MOVING

    @property
    def is_planned_by_hand(self) -> bool:
        """Its time is still to come, and the person has not gone ahead of it."""
        return self.is_due and self.share.planned_at > clock.now()

    @property
    def is_due(self) -> bool:
        """By hand: its time has come, and the person has not looked at it yet."""
        return self.delivery is None and self.share.opened_at is None

    @property
    def may_edit(self) -> bool:
        """By hand only until its time: then the person has the words, and we no longer know which."""
        return self.may_change and (self.delivery is not None or self.share.planned_at > clock.now())

    @property
    def needs_account(self) -> bool:
        return bool(self.delivery and self.delivery.state == State.NEEDS_RECONNECT)

    @property
    def is_late(self) -> bool:
        """It goes out when the person says that it still should."""
        return bool(self.delivery and self.delivery.state == State.LATE)

    @property
    def hint(self) -> str:
        """Where the network says that the same post is."""
        told = {State.ASK_PERSON, State.REJECTED}
        return self.delivery.hint if self.delivery and self.delivery.state in told else ""

    @property
    def permalink(self) -> str:
        return "" if self.share.deleted_at else self.share.permalink

    @property
    def at(self) -> datetime:
        return self.share.confirmed_at or self.share.planned_at


def my_shares(member: Member) -> QuerySet[Share]:
    newest_first = Prefetch(
        "deliveries",
        queryset=Delivery.objects.select_related("account").order_by("-version"),
        to_attr="versions",
    )
    return (
        shares_of(member)
        .select_related("story", "link", "picture")
        .prefetch_related(newest_first)
        .order_by("-created_at", "-pk")
    )


def posts(shares: Iterable[Share]) -> list[Post]:
    """Two queries however many there are: shares bring their deliveries; clicks and figures come together."""
    rows = list(shares)
    clicks, figures, now = _clicks(rows), known_of(rows), clock.now()
    result = []
    for share in rows:
        delivery = next(iter(share.versions), None)  # type: ignore[attr-defined]
        network = registry.get(share.network)
        if network is None:
            continue
        known = figures.get(share.pk, Known())
        result.append(
            Post(
                share=share,
                network=network,
                delivery=delivery,
                standing=standing(share, delivery, now=now),
                clicks=clicks.get(share.link_id) if share.confirmed_at and share.link_id else None,
                may_change=may_change(share, delivery),
                may_delete=may_delete(share, delivery),
                known=known,
                may_type=may_type(share, known),
            )
        )
    return result


def _clicks(shares: list[Share]) -> dict[int, int]:
    links = [share.link_id for share in shares if share.link_id]
    if not links:
        return {}
    counted = (
        LinkDay.objects.filter(organisation_id=shares[0].organisation_id, link_id__in=links)
        .values("link_id")
        .annotate(human=Sum("human_clicks"))
    )
    return {row["link_id"]: row["human"] for row in counted}


def awaiting_confirmation(member: Member) -> list[Post]:
    """Posts only the person can tell about: handed over and due, or not confirmed by the network. Newest first."""
    now = clock.now()
    waiting = my_shares(member).filter(
        Q(way=Share.Way.HAND_OVER, confirmed_at=None, cancelled_at=None, planned_at__lte=now)
        | Q(deliveries__state=State.ASK_PERSON)
    )
    return posts(waiting.distinct()[:20])


def drafts_of(member: Member) -> QuerySet[Draft]:
    """What the member is writing, newest first."""
    return (
        Draft.objects.filter(member=member, organisation_id=member.organisation_id)
        .select_related("story")
        .order_by("-changed_at")
    )


def account_for(member: Member, network: str) -> Account | None:
    """The member's connected account on a network, usable or waiting to be reconnected."""
    return (
        Account.objects.filter(member=member, network=network, disconnected_at=None)
        .order_by("-connected_at")
        .first()
    )


def practised(member: Member) -> QuerySet[Share]:
    """What stands on the member's practice wall, newest first. `on_wall` is the text as it stands there."""
    wall = PracticePost.objects.filter(
        account__member=member, key=OuterRef("deliveries__remote_id"), account__disconnected_at=None
    )
    return (
        shares_of(member)
        .filter(network="practice", deliveries__state__in=LIVE, deletion_asked_at=None)
        .annotate(on_wall=Subquery(wall.values("text")[:1]))
        .exclude(on_wall=None)
        .select_related("story__preview_picture", "picture")
        .order_by("-created_at", "-pk")
    )


def has_shared(member: Member) -> bool:
    """Anything at all, practice included."""
    return Share.objects.filter(member=member).exists()
