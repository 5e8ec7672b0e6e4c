"""The error map of X: which answers are a definite no, and which prove nothing (networks.md 1.2, 4.3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from genlyd.networks.domain.outcome import Kind, Outcome

#: X counts in quarters of an hour.
DEFAULT_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=24)
#: How long to leave X alone when only an administrator can help: money, or the app's permission.
ADMINISTRATOR_WAIT = timedelta(hours=1)
#: A month's cap does not move in minutes.
CAP_WAIT = timedelta(hours=6)


def kind_of(body: Any) -> str:
    """The last word of the problem's type ("usage-capped"), "" for about:blank and for anything else."""
    name = body.get("type") if isinstance(body, Mapping) else None
    return (
        name.rstrip("/").rpartition("/problems/")[2] if isinstance(name, str) and "/problems/" in name else ""
    )


def words_of(body: Any) -> str:
    """What X says went wrong, in one line of lower case: only ever compared, and kept for the audit trail."""
    if not isinstance(body, Mapping):
        return ""
    errors = body.get("errors") if isinstance(body.get("errors"), list) else []
    said = [error.get("message") for error in errors or [] if isinstance(error, Mapping)]
    return " ".join(
        one for one in (body.get("title"), body.get("detail"), *said) if isinstance(one, str)
    ).lower()[:300]


def waiting_time(reset: str | None, now: datetime) -> timedelta:
    """Until `x-rate-limit-reset` (seconds since 1970); a quarter of an hour when that is not readable."""
    try:
        wait = datetime.fromtimestamp(float(reset or ""), UTC) - now
    except (ValueError, OverflowError, OSError):
        return DEFAULT_WAIT
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)


def judge(status: int, body: Any, headers: Mapping[str, str], now: datetime) -> Outcome:
    """An answer that is not a success. Whatever is not a documented refusal proves nothing."""
    kind, problem, wait = _verdict(status, kind_of(body), words_of(body))
    if problem == "busy":
        wait = waiting_time(headers.get("x-rate-limit-reset"), now)
    return Outcome(
        kind=kind,
        problem=problem,
        wait=wait,
        status=status,
        error=words_of(body) or kind_of(body) or str(status),
    )


def _verdict(  # noqa: PLR0911  one line for each kind of answer
    status: int, name: str, words: str
) -> tuple[Kind, str, timedelta | None]:
    match status:
        case 400:
            return _about_the_post(words)
        case 401:
            # Read and turned away at the door: nothing was written.
            return Kind.NOT_SENT, "stale_session", None
        case 402:
            return Kind.WAIT, "no_credits", ADMINISTRATOR_WAIT
        case 403:
            return _forbidden(name, words)
        case 413:
            return Kind.REJECTED, "picture_too_large", None
        case 429 if name == "usage-capped" or "usage cap" in words:
            return Kind.WAIT, "usage_capped", CAP_WAIT
        case 429:
            return Kind.WAIT, "busy", DEFAULT_WAIT
    return Kind.UNKNOWN, "unconfirmed", None


def _about_the_post(words: str) -> tuple[Kind, str, timedelta | None]:
    if "too long" in words:
        return Kind.REJECTED, "too_long", None
    if "media id" in words:
        return Kind.REJECTED, "picture_expired", None
    return Kind.REJECTED, "not_accepted", None


def _forbidden(name: str, words: str) -> tuple[Kind, str, timedelta | None]:
    if "duplicate content" in words:
        return Kind.DUPLICATE, "duplicate", None
    if name == "client-forbidden" or "client-not-enrolled" in words:
        return Kind.WAIT, "app_forbidden", ADMINISTRATOR_WAIT
    if "suspended" in words or "locked" in words:
        return Kind.RECONNECT, "account_closed", None
    return Kind.REJECTED, "forbidden", None
