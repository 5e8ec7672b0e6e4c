"""The pages that links lead to: remember them, look at them, lead links elsewhere."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import connection, transaction

from genlyd.base import audit
from genlyd.base.facts import record
from genlyd.base.http import (
    BadAddress,
    NotFetched,
    NotReachable,
    PrivateAddress,
    TooLarge,
    TooManyRedirects,
    fetch,
)
from genlyd.links.domain import health
from genlyd.links.domain.health import Change, Sight, Standing
from genlyd.links.facts import TargetBack, TargetInTrouble
from genlyd.links.models import Target
from genlyd.links.models.targets import key_of
from genlyd.links.queries import leading_to, live_links
from genlyd.links.words import needs_another_target
from genlyd.people.models import Member, Organisation

#: A page that no link has been made to for this long is left alone.
WANTED = timedelta(days=180)
#: How long a look under way keeps others from the same page, should its worker die.
LEASE = timedelta(minutes=30)
SECONDS, MOST_BYTES = 10.0, 200_000
#: HEAD is cheap and often badly answered: anything but a yes is asked again with GET.
_TRUSTED = range(200, 300)


def want_target(organisation: Organisation, url: str, *, now: datetime) -> None:
    """A link leads there now. Part of the caller's transaction.

    Mostly one SELECT: a thousand people who share one story at once must not wait for each other at its row.
    """
    known = Target.objects.filter(organisation=organisation, key=key_of(url))
    wanted_at = known.values_list("wanted_at", flat=True).first()
    if wanted_at is None:
        target = Target(organisation=organisation, url=url, key=key_of(url), wanted_at=now, due_at=now)
        Target.objects.bulk_create([target], ignore_conflicts=True)
    elif wanted_at < now - timedelta(days=1):
        known.update(wanted_at=now)


# Reads links outside shares alone: an index has only them. Writes nothing while all pages are wanted.
_KEEP = """
INSERT INTO links_target (organisation_id, url, key, wanted_at, due_at, health, failures)
SELECT organisation_id, url, key, %(now)s, %(now)s, '', 0 FROM (
    SELECT DISTINCT organisation_id, target AS url, encode(sha256(convert_to(target, 'UTF8')), 'hex') AS key
    FROM links_link WHERE kind <> 'share' AND retired_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
) live WHERE NOT EXISTS (
    SELECT FROM links_target known
    WHERE known.organisation_id = live.organisation_id AND known.key = live.key AND known.wanted_at > %(lately)s
) ON CONFLICT (organisation_id, key) DO UPDATE SET wanted_at = excluded.wanted_at
"""


def keep_targets(*, now: datetime) -> int:
    """Paper lasts: pages are wanted for as long as a link outside shares to them is live. How many had to be."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"now": now, "lately": now - WANTED / 2})
        return int(cursor.rowcount)


def due_targets(now: datetime, most: int) -> list[Target]:
    """Those whose look is due, taken for `LEASE`: nobody else gets them meanwhile."""
    with transaction.atomic():
        due = Target.objects.filter(due_at__lte=now, wanted_at__gt=now - WANTED).order_by("due_at")
        taken = list(due.select_for_update(skip_locked=True)[:most])
        Target.objects.filter(pk__in=[target.pk for target in taken]).update(due_at=now + LEASE)
    return taken


def look_at(url: str) -> Sight:
    """One look, as gently as it can be: HEAD first, at most ten seconds and 200 kB each."""
    for method in ("HEAD", "GET"):
        try:
            answer = fetch(url, method=method, seconds=SECONDS, most_bytes=MOST_BYTES)
        except TooLarge:
            return Sight.OK
        except (BadAddress, PrivateAddress, TooManyRedirects):
            return Sight.UNKNOWN
        except NotReachable:
            return Sight.FAILING if _has_name(url) else Sight.GONE
        except NotFetched:
            return Sight.FAILING
        if answer.status in _TRUSTED:
            return Sight.OK
    return health.sight_of(answer.status)


def check_target(target: Target, *, now: datetime, look: Callable[[str], Sight] = look_at) -> Change:
    """Look, and remember. Trouble and its end are told as facts."""
    sight = look(target.url)
    with transaction.atomic():
        target = Target.objects.select_for_update().get(pk=target.pk)
        before = Standing(target.health, target.failures, target.failing_since)
        standing, change = health.after(before, sight, now)
        target.health, target.failures, target.failing_since = (
            standing.health, standing.failures, standing.failing_since,
        )  # fmt: skip
        target.checked_at, target.due_at = now, health.next_look(standing, now)
        target.save(update_fields=["health", "failures", "failing_since", "checked_at", "due_at"])
        if change is Change.TROUBLE:
            record(TargetInTrouble(target_id=target.pk))
        elif change is Change.BACK:
            record(TargetBack(target_id=target.pk))
    return change


def lead_elsewhere(*, by: Member, target: Target, to: str, now: datetime) -> int:
    """All the organisation's links to a page lead to another one, under their old addresses. How many."""
    from genlyd.links.actions.create import checked_target

    to = checked_target(to)
    if to == target.url:
        raise needs_another_target()
    with transaction.atomic():
        moved = leading_to(live_links(now), by.organisation_id, target.url).update(target=to)
        want_target(by.organisation, to, now=now)
        audit.note(by.organisation, by, "target.changed", target.url, to=to, links=moved)
        target.delete()
    return moved


def _has_name(url: str) -> bool:
    """False only when the DNS says that nobody has the host; True while it says nothing."""
    try:
        socket.getaddrinfo(urlsplit(url).hostname, None)
    except socket.gaierror as error:
        return error.errno not in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
    except (OSError, UnicodeError, ValueError):
        return True
    return True
