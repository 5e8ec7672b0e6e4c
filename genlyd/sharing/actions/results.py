"""Storing what a call brought. Nothing here calls a network, and nothing that may fail shares its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from genlyd.base.facts import record
from genlyd.links.actions import mark_published
from genlyd.networks import budget, registry
from genlyd.networks.domain.outcome import Kind, Outcome
from genlyd.sharing.actions.moves import move
from genlyd.sharing.domain import timing as times
from genlyd.sharing.domain.lifecycle import Event
from genlyd.sharing.domain.timing import Timing
from genlyd.sharing.facts import ShareConfirmed
from genlyd.sharing.models import Attempt, Delivery, Share


def confirm_share(share: Share, *, at: datetime, by_api: bool, permalink: str) -> None:
    """The share counts from now on. Its link learns when the post went out; the areas above hear of it."""
    share.confirmed_at, share.confirmed_by_api, share.permalink = at, by_api, permalink
    share.save(update_fields=["confirmed_at", "confirmed_by_api", "permalink", "remote_id"])
    if share.link:
        mark_published(link=share.link, at=at)
    record(ShareConfirmed(share_id=share.pk))


def publish(
    delivery: Delivery,
    event: Event,
    *,
    remote_id: str,
    permalink: str,
    now: datetime,
    by_api: bool,
    held_by: str | None = None,
    began: datetime | None = None,
) -> None:
    """The post is there. Part of the caller's transaction."""
    move(
        delivery, event, now=now, held_by=held_by, remote_id=remote_id, permalink=permalink, problem="",
        not_before=None,
    )  # fmt: skip
    if delivery.share.network == "practice":
        # On its author's own wall: never confirmed, so it is counted nowhere (the database sees to it, too).
        Share.objects.filter(pk=delivery.share_id).update(permalink=permalink)
        return
    confirm_share(delivery.share, at=began or _began(delivery) or now, by_api=by_api, permalink=permalink)


def _began(delivery: Delivery) -> datetime | None:
    """When the request left: visitors may have come before the answer did."""
    last = delivery.attempts.order_by("-number").first()
    return last.started_at if last else None


def store(
    delivery: Delivery,
    outcome: Outcome,
    *,
    worker: str,
    now: datetime,
    timing: Timing,
    began: datetime | None = None,
) -> None:
    """Close the open attempt and move the delivery, in one transaction. Raises Lost when the lease is gone.

    `began` is when the attempt started, for who knows it.
    """
    with transaction.atomic():
        Attempt.objects.filter(delivery=delivery, number=delivery.attempt_count, ended_at=None).update(
            ended_at=now,
            http_status=outcome.status,
            outcome=outcome.kind,
            error=outcome.error[:300],
            response=outcome.response.replace("\x00", "")[:2000],
        )
        if outcome.kind is Kind.PUBLISHED:
            publish(
                delivery, Event.CONFIRM, remote_id=outcome.remote_id, permalink=outcome.permalink, now=now,
                by_api=True, held_by=worker, began=began,
            )  # fmt: skip
            return
        event, fields = _next(delivery, outcome, now, timing)
        move(delivery, event, now=now, held_by=worker, **fields)
        if outcome.kind is Kind.NOT_SENT:
            _give_back(delivery)


def _give_back(delivery: Delivery) -> None:
    """Proven not sent, so it costs nothing. What is only absent later may have been charged: that stays spent."""
    last = delivery.attempts.filter(number=delivery.attempt_count, price__gt=0).first()
    if last:
        network = registry.NETWORKS[delivery.share.network]
        budget.give_back(network, delivery.organisation_id, last.price, at=last.started_at)


def _lost_before(delivery: Delivery) -> bool:
    """A call for this share, by this or an earlier version of its delivery, whose end nobody saw."""
    mine = Attempt.objects.filter(delivery__share=delivery.share_id, delivery__account=delivery.account_id)
    this = Q(delivery=delivery.pk, number=delivery.attempt_count)
    return mine.filter(outcome__in=[Kind.UNKNOWN, Kind.DUPLICATE]).exclude(this).exists()


def _next(  # noqa: PLR0911  one for each kind of answer
    delivery: Delivery, outcome: Outcome, now: datetime, timing: Timing
) -> tuple[Event, dict[str, Any]]:
    told: dict[str, Any] = {"problem": outcome.problem}
    match outcome.kind:
        case Kind.NOT_SENT:
            pause = times.back_off(delivery.attempt_count, timing)
            if pause is not None:
                return Event.NOT_SENT, {**told, "not_before": now + pause}
            return Event.REFUSE, {"problem": "gave_up"}
        case Kind.REJECTED:
            return Event.REFUSE, told
        case Kind.RECONNECT:
            return Event.SIGNED_OUT, told
        case Kind.WAIT:
            return Event.HOLD, {**told, "not_before": now + (outcome.wait or timing.back_off[0])}
        case Kind.DUPLICATE if not _lost_before(delivery):
            return Event.REFUSE, {"problem": "already_posted", "hint": outcome.permalink}
    duplicate = outcome.kind is Kind.DUPLICATE
    problem = "perhaps_there" if duplicate else "unconfirmed"
    return Event.LOSE, {"problem": problem, "hint": outcome.permalink, "not_before": now + timing.settle[0]}
