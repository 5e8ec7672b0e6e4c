"""The error map: which answers of a server are a definite no, and which prove nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from genlyd.networks.domain.outcome import Kind, Outcome
from genlyd.networks.mastodon.domain.matching import instant

DEFAULT_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
#: docs.joinmastodon.org/api/oauth-scopes: the token lacks a right that was asked for. Untranslated in the source.
SCOPE = "outside the authorized scopes"
#: app/controllers/api/base_controller.rb: the account is suspended, disabled or not confirmed. Untranslated, too.
CLOSED = ("login is currently disabled", "pending approval", "missing a confirmed e-mail")


def waiting_time(reset: str | None, retry_after: str | None, now: datetime) -> timedelta:
    """From `X-RateLimit-Reset` (an ISO time) or `Retry-After` (seconds); five minutes when neither is readable."""
    if reset and (at := instant(reset)):
        wait = at - now
    else:
        try:
            # "inf" and "nan" are numbers too, and a hostile server knows it.
            wait = timedelta(seconds=float(retry_after or ""))
        except (ValueError, OverflowError):
            return DEFAULT_WAIT
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)


def judge(  # noqa: PLR0911  one line for each kind of answer
    status: int, error: str, *, wait: timedelta = DEFAULT_WAIT
) -> Outcome:
    """An answer that is not a success. Whatever is not a documented refusal proves nothing.

    Mastodon has no error codes, and most of its sentences are translated: only the status can be relied upon.
    """
    said = error.lower()

    def outcome(kind: Kind, problem: str, *, until: timedelta | None = None) -> Outcome:
        return Outcome(kind=kind, problem=problem, status=status, error=error[:300], wait=until)

    match status:
        case 401:
            return outcome(Kind.RECONNECT, "reconnect")
        case 403 if any(words in said for words in CLOSED):
            return outcome(Kind.RECONNECT, "account_closed")
        case 403 if SCOPE in said:
            return outcome(Kind.RECONNECT, "mastodon_scope")
        case 403:
            return outcome(Kind.REJECTED, "mastodon_forbidden")
        case 413:
            return outcome(Kind.REJECTED, "picture_too_large")
        case 422:
            return outcome(Kind.REJECTED, "not_accepted")
        case 429:
            return outcome(Kind.WAIT, "busy", until=wait)
        case _:
            return outcome(Kind.UNKNOWN, "unconfirmed")
