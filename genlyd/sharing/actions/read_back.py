"""Reading posts back, lane by lane: a network that does not answer holds up no other, and no post on its way out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from genlyd.networks import quotas, registry
from genlyd.networks.domain.figures import Figures, Gone
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.quota import Call
from genlyd.networks.models import Account
from genlyd.networks.reading import Reader
from genlyd.sharing.actions.note_figures import note_figures
from genlyd.sharing.actions.reading_lanes import Lane, leave_alone, readable, wake
from genlyd.sharing.actions.watch import notice_gone
from genlyd.sharing.domain.reading_times import GONE_AGAIN, next_reading, retry_reading
from genlyd.sharing.models import PostWatch
from genlyd.sharing.models.readings import Quality

log = structlog.get_logger(__name__)
#: Posts of one lane that one run looks at, at most; and how long it goes on.
MOST = 500
SECONDS = 45.0
#: Accounts in a row that nothing could be read for, before the whole lane is left alone.
ENOUGH = 3
#: Our own count says that one account has asked enough: that tells nothing of the network.
OWN_LIMIT = "quota"


def read_lane(lane: Lane, *, now: Callable[[], datetime], seconds: float = SECONDS) -> bool:
    """Read what is due in one lane. Returns whether there is more to do at once."""
    network = registry.get(lane.network)
    if network is None or network.reader is None:
        return False
    begun, failed, awake = time.monotonic(), 0, False
    due = _due(lane, now())
    for account, posts in _by_account(due):
        if time.monotonic() - begun > seconds:
            return True
        outcome = _read_account(network.reader, account, posts, now)
        if outcome is None:
            failed = 0
            if not awake:
                wake(lane)
                awake = True
        elif outcome.problem != OWN_LIMIT:
            failed += 1
            if failed == ENOUGH:
                leave_alone(lane, now())
                return False
    return len(due) == MOST


def _due(lane: Lane, now: datetime) -> list[PostWatch]:
    posts = readable(now).filter(
        organisation_id=lane.organisation_id, network=lane.network, server=lane.server
    )
    return list(
        posts.select_related("delivery__account__organisation", "delivery__share").order_by("next_at", "pk")[
            :MOST
        ]
    )


def _by_account(posts: Iterable[PostWatch]) -> list[tuple[Account, list[PostWatch]]]:
    """Whose post has waited longest comes first."""
    found: dict[int, list[PostWatch]] = {}
    for post in posts:
        found.setdefault(post.delivery.account_id, []).append(post)
    return [(rows[0].delivery.account, rows) for rows in found.values()]


def _read_account(
    reader: Reader, account: Account, posts: list[PostWatch], now: Callable[[], datetime]
) -> Outcome | None:
    """Read an account's posts, batch by batch. An outcome says why the network could not be asked."""
    for first in range(0, len(posts), reader.batch):
        # Asked anew: whoever has withdrawn in the last minute is not read in this one.
        due = {post.delivery_id: post for post in posts[first : first + reader.batch]}
        batch = [due[pk] for pk in readable(now()).filter(delivery__in=due).values_list("pk", flat=True)]
        if not batch:
            continue
        try:
            leave_room(account)
            said = reader.read(account, [post.delivery.remote_id for post in batch])
        except Failed as failed:
            _put_off(posts[first:], now(), wait=failed.outcome.wait)
            return failed.outcome
        except Exception:
            # A server may answer anything: what it does to one account must not cost the others their figures.
            log.exception("posts_not_read", account=account.pk, network=account.network)
            _put_off(batch, now())
            continue
        _store(account, batch, said, now())
    return None


def leave_room(account: Account) -> None:
    """Half of what an account may ask of its network in a while is for posting. Raises Failed."""
    network = registry.NETWORKS[account.network]
    for quota in network.quotas:
        shared = quota.cost(Call.READ) and quota.cost(Call.POST)
        if shared and quotas.left(network, account, quota) * 2 < quotas.most(account, quota):
            raise Failed(
                Outcome(kind=Kind.WAIT, problem=OWN_LIMIT, wait=min(quota.length, timedelta(hours=1)))
            )


@transaction.atomic
def _store(
    account: Account, batch: list[PostWatch], said: Mapping[str, Figures | Gone], now: datetime
) -> None:
    answers = {post: said.get(post.delivery.remote_id) for post in batch}
    found = {post: answer for post, answer in answers.items() if not isinstance(answer, Gone | None)}
    for post in found:
        post.failures, post.gone_seen_at = 0, None
    _plan({post: next_reading(post.published_at, now) for post in found})
    _skip([post for post, answer in answers.items() if answer is None], now)
    for post, answer in answers.items():
        if isinstance(answer, Gone):
            _doubt(post, now)
    note_figures(
        organisation_id=account.organisation_id, at=now, quality=Quality.MEASURED, source="network",
        by_share={post.delivery.share_id: figures for post, figures in found.items()},
    )  # fmt: skip


def _doubt(post: PostWatch, now: datetime) -> None:
    """The network says that it is gone. Said once it may be a mistake; said again a day later it is so."""
    if post.gone_seen_at and now - post.gone_seen_at >= GONE_AGAIN:
        notice_gone(post, now=now)
        return
    post.gone_seen_at = post.gone_seen_at or now
    _plan({post: post.gone_seen_at + GONE_AGAIN})


def _skip(posts: list[PostWatch], now: datetime) -> None:
    """The network said nothing of them this time. The next planned reading is soon enough; after the last one, try."""
    for post in posts:
        post.failures = min(post.failures + 1, 1000)
    _plan(
        {
            post: next_reading(post.published_at, now) or retry_reading(post.published_at, now, post.failures)
            for post in posts
        }
    )


def _put_off(posts: list[PostWatch], now: datetime, *, wait: timedelta | None = None) -> None:
    for post in posts:
        post.failures = min(post.failures + 1, 1000)
    _plan({post: retry_reading(post.published_at, now, post.failures, wait=wait) for post in posts})


def _plan(times: Mapping[PostWatch, datetime | None]) -> None:
    """When each is looked at next; None: never again."""
    later = []
    for post, at in times.items():
        if at is not None:
            post.next_at = at
            later.append(post)
    PostWatch.objects.bulk_update(later, ["next_at", "failures", "gone_seen_at"])
    over = [post.delivery_id for post, at in times.items() if at is None]
    PostWatch.objects.filter(delivery__in=over).delete()
