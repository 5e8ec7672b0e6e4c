"""Keeping within a network's quotas, whatever the number of workers: one conditional upsert per quota.

For a publishing call the claim takes (sharing.actions.publish), in its own transaction: what rolls back was never
taken. For every other call the adapter takes just before it calls:

    quotas.count(account, Call.UPLOAD)        # raises Exhausted, a Failed that says how long to wait

Taken is taken: a call that failed may have been counted by the network. `Network.quotas` declares them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from genlyd.base import clock
from genlyd.networks.contract import MADE, Network
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.quota import LATE, Call, Quota, Resets, Scope
from genlyd.networks.models import Account, QuotaUse

#: Where an account remembers what its network says about its quotas: Account.options["quotas"] = {key: most}.
LEARNED = "quotas"

# `moved`: the stored slots pushed on to the present one. A worker whose clock is behind counts into the newest slot.
_TAKE = """
INSERT INTO networks_quotause AS q
    (organisation_id, network, quota, subject, "window", slot, counts, counted, most, ends_at)
SELECT %(organisation)s, %(network)s, %(quota)s, %(subject)s, %(window)s, %(slot)s,
       ARRAY[%(cost)s] || array_fill(0, ARRAY[%(kept)s - 1]), %(cost)s, %(most)s, %(ends_at)s
WHERE %(cost)s <= %(most)s
ON CONFLICT (organisation_id, network, quota, subject, "window") DO UPDATE SET
    (slot, counts, counted) = (
        SELECT greatest(q.slot, excluded.slot), ARRAY[moved[1] + %(cost)s] || moved[2:],
               (SELECT sum(used) FROM unnest(moved) used) + %(cost)s
        FROM (SELECT (array_fill(0, ARRAY[least(greatest(excluded.slot - q.slot, 0), %(kept)s)::int]) || q.counts)
                     [1:%(kept)s] AS moved) now
    ),
    most = excluded.most, ends_at = greatest(q.ends_at, excluded.ends_at)
WHERE (SELECT sum(used) FROM unnest(
        (array_fill(0, ARRAY[least(greatest(excluded.slot - q.slot, 0), %(kept)s)::int]) || q.counts)[1:%(kept)s]
      ) used) + %(cost)s <= excluded.most
RETURNING counted
"""


class Exhausted(Failed):
    """The quota does not reach for this call before `until`. Nothing was sent, and nothing was taken."""

    def __init__(self, network: Network, quota: Quota, until: datetime, now: datetime) -> None:
        self.quota, self.until = quota, until
        super().__init__(
            Outcome(kind=Kind.WAIT, problem="quota", wait=until - now, error=f"{network.key} {quota.key}")
        )


def subject(account: Account, quota: Quota) -> str:
    """Who shares the quota. Connecting again does not begin a new one."""
    if quota.scope is Scope.APP:
        return f"app {account.server}"
    return f"{account.remote_id} {account.server}"


def most(account: Account, quota: Quota) -> int:
    """What the network has said about this account, else what it documents."""
    learned = (account.options or {}).get(LEARNED, {}).get(quota.key)
    return learned if isinstance(learned, int) and learned >= 0 else quota.most


def learn(account: Account, key: str, most: int) -> None:
    """The network has said how much this account may (Instagram's content_publishing_limit, say)."""
    with transaction.atomic():
        locked = Account.objects.select_for_update().only("pk", "options").get(pk=account.pk)
        known = locked.options or {}
        locked.options = {**known, LEARNED: {**known.get(LEARNED, {}), key: most}}
        locked.save(update_fields=["options"])
    account.options = locked.options


def count(account: Account, call: Call, *, times: int = 1) -> None:
    """A call that the account's network is about to be asked: see `take`."""
    take(MADE[account.network], account, call, times=times)


def take(
    network: Network,
    account: Account,
    call: Call,
    *,
    times: int = 1,
    now: datetime | None = None,
    savepoint: bool = True,
) -> None:
    """Count the call against every quota it falls under, or against none: raises Exhausted.

    Without `savepoint`, whoever has opened the transaction undoes all of it then.
    """
    now = now or clock.now()
    with transaction.atomic(savepoint=savepoint):
        # Always in the declared order, so that two takers cannot wait for each other; apps, which many share, last.
        for quota in sorted(network.quotas, key=lambda quota: quota.scope is Scope.APP):
            cost = quota.cost(call) * times
            if cost:
                _take(network, account, quota, cost, now)


def _take(network: Network, account: Account, quota: Quota, cost: int, now: datetime) -> None:
    for window in quota.windows(now):
        slot = quota.slot_at(now) if quota.resets is Resets.ROLLING else window
        values: dict[str, Any] = {
            "organisation": account.organisation_id, "network": network.key, "quota": quota.key,
            "subject": subject(account, quota), "window": window, "slot": slot, "kept": quota.kept, "cost": cost,
            "most": most(account, quota), "ends_at": quota.begin(slot + quota.kept) + LATE,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, values)
            if cursor.fetchone() is None:
                raise Exhausted(network, quota, _until(account, quota, values, now), now)


def _until(account: Account, quota: Quota, values: dict[str, Any], now: datetime) -> datetime:
    row = _row(account, quota, values["network"], values["window"])
    if row is None:
        return now + quota.length
    return quota.free_again(now, row.window, row.slot, row.counts, values["cost"])


def _row(account: Account, quota: Quota, network: str, window: int) -> QuotaUse | None:
    return QuotaUse.objects.filter(
        organisation_id=account.organisation_id, network=network, quota=quota.key,
        subject=subject(account, quota), window=window,
    ).first()  # fmt: skip


def left(network: Network, account: Account, quota: Quota, *, now: datetime | None = None) -> int:
    """How much is left of a quota now, for whoever plans reads. It may be gone the next moment."""
    now = now or clock.now()
    room = most(account, quota)
    for window in quota.windows(now):
        row = _row(account, quota, network.key, window)
        if row:
            gone = max((quota.slot_at(now) if quota.resets is Resets.ROLLING else window) - row.slot, 0)
            room = min(room, most(account, quota) - sum(row.counts[: max(quota.kept - gone, 0)]))
    return max(room, 0)


def forget_old(*, now: datetime) -> int:
    """Windows that are over say nothing any more. Returns how many were removed."""
    return QuotaUse.objects.filter(ends_at__lt=now).delete()[0]
