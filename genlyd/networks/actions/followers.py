"""How many follow an account: asked once a week, through whatever the network has for it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from genlyd.base import clock
from genlyd.networks import registry
from genlyd.networks.domain.outcome import Failed
from genlyd.networks.models import Account, FollowerReading
from genlyd.people.models import Consent

log = structlog.get_logger(__name__)
EVERY = timedelta(days=7)
#: Accounts that one run asks about at most, and how long it goes on.
MOST, SECONDS = 1000, 120.0
#: Failures in a row after which a network (or server) is left for the next run.
ENOUGH = 3


@transaction.atomic
def note_followers(*, account: Account, followers: int, at: datetime) -> None:
    """The same number again is no new reading."""
    if not FollowerReading.objects.filter(account=account).exists() or account.followers != followers:
        FollowerReading.objects.get_or_create(
            account=account, read_at=at,
            defaults={"organisation_id": account.organisation_id, "followers": followers},
        )  # fmt: skip
    account.followers, account.followers_at = followers, at
    account.save(update_fields=["followers", "followers_at"])


def ask_followers(*, account: Account) -> bool:
    """Ask, and note what is said; unknown leaves what was known. False: the network could not be asked."""
    network = registry.get(account.network)
    if network is None or network.reader is None:
        return True
    try:
        count = network.reader.followers(account)
    except Failed:
        return False
    except Exception:
        # A server may answer anything: what it does to one account must not cost the others theirs.
        log.exception("followers_not_read", account=account.pk, network=account.network)
        return False
    if count is not None:
        note_followers(account=account, followers=count, at=clock.now())
    return True


def due(now: datetime) -> QuerySet[Account]:
    """Of people who take part, with an account that is connected, not asked within a week; longest ago first."""
    takes_part = Exists(Consent.objects.filter(member=OuterRef("member"), withdrawn_at=None))
    keys = [key for key, network in registry.NETWORKS.items() if network.reader]
    return (
        Account.objects.filter(
            takes_part,
            network__in=keys,
            disconnected_at=None,
            needs_reconnect_since=None,
            member__left_at=None,
        )
        .filter(Q(followers_asked_at=None) | Q(followers_asked_at__lt=now - EVERY))
        .order_by(F("followers_asked_at").asc(nulls_first=True), "pk")
    )


def ask_all(*, seconds: float = SECONDS) -> None:
    """A week's turn. A server that does not answer is left after a few, so that the others get theirs."""
    begun, silent = time.monotonic(), dict[tuple[str, str], int]()
    for account in due(clock.now())[:MOST]:
        lane = account.network, account.server
        if silent.get(lane, 0) >= ENOUGH:
            continue
        if time.monotonic() - begun > seconds:
            return
        answered = ask_followers(account=account)
        silent[lane] = 0 if answered else silent.get(lane, 0) + 1
        Account.objects.filter(pk=account.pk).update(followers_asked_at=clock.now())


def forget_followers(*, network: str, before: datetime) -> None:
    """What was told before that moment, and not since, is not kept."""
    FollowerReading.objects.filter(account__network=network, read_at__lt=before).delete()
    Account.objects.filter(network=network, followers_at__lt=before).update(followers=None, followers_at=None)
