"""What LinkedIn's refusals mean. Whatever stands nowhere in this table proves nothing about a post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from genlyd.networks.domain.outcome import Kind, Outcome
from genlyd.networks.linkedin.domain import urns

#: A token that is this young may be called revoked while LinkedIn's servers still tell each other about it.
FRESH = timedelta(seconds=60)
FRESH_WAIT = timedelta(seconds=20)
#: How long a delivery waits before it asks again whether the administrator has chosen a newer version.
VERSION_WAIT = timedelta(hours=1)
#: "busy" without a word on when: short at first, the day's limit is over at midnight UTC.
BUSY_WAIT = timedelta(minutes=15)


def judge(  # noqa: PLR0911  one line for each kind of answer
    status: int, body: Mapping[str, Any], *, token_age: timedelta, now: datetime
) -> Outcome:
    """An answer that is not a success. `token_age` is counted from when the member connected."""
    code, number = str(body.get("code", "")), str(body.get("serviceErrorCode", ""))
    error = " ".join(part for part in (code, number, str(body.get("message", ""))[:200]) if part)

    def outcome(kind: Kind, problem: str, **fields: Any) -> Outcome:
        return Outcome(kind=kind, problem=problem, status=status, error=error or str(status), **fields)

    if status == 401:  # noqa: PLR2004
        if token_age < FRESH:
            return outcome(Kind.WAIT, "stale_session", wait=FRESH_WAIT)
        return outcome(Kind.RECONNECT, "reconnect")
    if status == 403:  # noqa: PLR2004
        return outcome(Kind.RECONNECT, "permission")
    if status == 426:  # noqa: PLR2004
        return outcome(Kind.WAIT, "version", wait=VERSION_WAIT)
    if status == 429:  # noqa: PLR2004
        return outcome(Kind.WAIT, "busy", wait=min(BUSY_WAIT, until_midnight(now)))
    if is_duplicate(status, body):
        # The post it names may be a ghost that answers 404: evidence for a person, and no proof of anything.
        named = urns.mentioned(str(body))
        where = urns.permalink(named) if named else ""
        return outcome(Kind.DUPLICATE, "duplicate", remote_id=named, permalink=where)
    if status in {400, 422}:
        return outcome(Kind.REJECTED, "too_long" if "TOO_LONG" in str(body) else "not_accepted")
    return outcome(Kind.UNKNOWN, "unconfirmed")


def is_duplicate(status: int, body: Mapping[str, Any]) -> bool:
    return status == 422 and ("DUPLICATE_POST" in str(body) or "is a duplicate of" in str(body))  # noqa: PLR2004


def until_midnight(now: datetime) -> timedelta:
    """LinkedIn counts by the day, in UTC. `now` is aware and in UTC."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return tomorrow - now
